"""The index in SQLite: a table of entries and an FTS5 index over it, kept exact by triggers.

The number of an entry grows with the time of publication, so that FTS5, which walks its matches in
the order of their numbers, gives the newest first and can stop. It keeps no places of words: with
them it is thrice the size. The words come folded; the `ascii` tokenizer takes every letter beyond
ASCII as it is.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime

from django.db.backends.base.base import BaseDatabaseWrapper

from articles.search.engine import POOL, RANKED_CHARS, Entry, Wanted, fits
from articles.search.query import Term

_ID_BITS = 24
_CREATE = [
    """CREATE TABLE articles_search_entry (
        id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL UNIQUE, text TEXT NOT NULL
    )""",
    """CREATE VIRTUAL TABLE articles_search USING fts5(
        text, content='articles_search_entry', content_rowid='id',
        tokenize='ascii', detail='none', prefix='2 3'
    )""",
    """CREATE TRIGGER articles_search_added AFTER INSERT ON articles_search_entry BEGIN
        INSERT INTO articles_search (rowid, text) VALUES (new.id, new.text);
    END""",
    """CREATE TRIGGER articles_search_gone AFTER DELETE ON articles_search_entry BEGIN
        INSERT INTO articles_search (articles_search, rowid, text)
        VALUES ('delete', old.id, old.text);
    END""",
]
_NEWEST = """
    SELECT entry.id, entry.article_id, substr(entry.text, 1, {chars}) FROM (
        SELECT rowid FROM articles_search
        WHERE articles_search MATCH %s AND rowid >= %s AND rowid < %s ORDER BY rowid DESC LIMIT %s
    ) found CROSS JOIN articles_search_entry entry ON entry.id = found.rowid
    WHERE {fits} LIMIT %s
"""


class SqliteEngine:
    def create(self, connection: BaseDatabaseWrapper) -> None:
        with connection.cursor() as cursor:
            for statement in _CREATE:
                cursor.execute(statement)

    def finish(self, connection: BaseDatabaseWrapper) -> None:
        """FTS5 merges what it has as it goes."""

    def drop(self, connection: BaseDatabaseWrapper) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS articles_search")
            cursor.execute("DROP TABLE IF EXISTS articles_search_entry")

    def write(self, connection: BaseDatabaseWrapper, entries: Sequence[Entry]) -> None:
        self.forget(connection, [entry.article_id for entry in entries])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO articles_search_entry (id, article_id, text) VALUES (%s, %s, %s)",
                [
                    (number_of(entry.published_at, entry.article_id), entry.article_id, entry.text)
                    for entry in entries
                ],
            )

    def forget(self, connection: BaseDatabaseWrapper, ids: Iterable[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "DELETE FROM articles_search_entry WHERE article_id = %s", [(pk,) for pk in ids]
            )

    def bounded(self, connection: BaseDatabaseWrapper) -> AbstractContextManager[None]:
        """Its searches end by themselves: they stop at the limit."""
        return nullcontext()

    def newest(self, connection: BaseDatabaseWrapper, wanted: Wanted) -> list[Entry]:
        asked, params = fits(wanted.query, find="instr")
        since = number_of(wanted.since) if wanted.since else -(2**62)
        until = number_of(wanted.until) if wanted.until else 2**62
        pool = POOL if wanted.query.needs_text else -1
        with connection.cursor() as cursor:
            cursor.execute(
                _NEWEST.format(fits=asked, chars=RANKED_CHARS),
                [match_of(wanted), since, until, pool, *params, wanted.limit],
            )
            return [Entry(pk, time_of(number), text) for number, pk, text in cursor.fetchall()]


def number_of(moment: datetime, article_id: int = 0) -> int:
    """The number of an entry: the second of its publication, then the article's own number."""
    return (int(moment.timestamp()) << _ID_BITS) + article_id % (1 << _ID_BITS)


def time_of(number: int) -> datetime:
    return datetime.fromtimestamp(number >> _ID_BITS, tz=UTC)


def match_of(wanted: Wanted) -> str:
    """The query in FTS5's language: the words of a phrase anywhere, and no excluded phrase. Keys
    hold letters and digits only: nothing to escape.
    """
    groups = [f"({' OR '.join(map(_term, group))})" for group in wanted.query.groups]
    match = " AND ".join([*groups, *(f'"{name}"' for name in wanted.filters)])
    left_out = [_term(term) for term in wanted.query.excluded if not term.is_phrase]
    return f"({match}) NOT ({' OR '.join(left_out)})" if left_out else match


def _term(term: Term) -> str:
    *firsts, last = (f'"{key}"' for key in term.keys)
    joined = " AND ".join([*firsts, f"{last} *" if term.prefix else last])
    return f"({joined})" if firsts else joined
