"""The index in PostgreSQL: a row an article, its words as a tsvector without places under GIN.

A GIN list has no order: the rows of a word that stands in half the archive would all be fetched to
find the newest. So the newest few entries are asked first how common the thing is, and either the
entries are walked from the newest on, or the list is fetched and sorted. For the list the rows must
be narrow, so text and words are kept out of line, and uncompressed, for unpacking costs more than
reading. The words come folded: no parser and no dictionary of the server has a say.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import starmap
from typing import Any

from django.db import OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.search.engine import POOL, Entry, TooSlow, Wanted, fits
from articles.search.query import Query, Term

STATEMENT_TIMEOUT_MS = 2_000
PROBE = 200  # of the newest entries tell how common something is
COMMON = 0.25
SPARE = 1.3  # as many more are walked than the probe promised to be enough
EVERYTHING = 2**31
_CREATE = [
    # No foreign key: an entry of an article that is gone finds nothing, and a flush of the tables
    # that Django knows must not stumble over one that it doesn't.
    r"""CREATE TABLE articles_search (
        article_id bigint PRIMARY KEY, published_at timestamptz NOT NULL, text text NOT NULL,
        words tsvector NOT NULL GENERATED ALWAYS AS (array_to_tsvector(array_remove(
            string_to_array(translate(text, E'\n|', '  '), ' '), ''))) STORED
    )""",
    "ALTER TABLE articles_search ALTER text SET STORAGE EXTERNAL",
    "ALTER TABLE articles_search ALTER words SET STORAGE EXTERNAL",
    "CREATE INDEX articles_search_newest ON articles_search (published_at DESC)",
]
# Entries are few and must be found at once: no list of pending ones to read in each search.
_FINISH = """CREATE INDEX {how} articles_search_words ON articles_search
    USING gin (words) WITH (fastupdate = off)"""
_WRITE = """
    INSERT INTO articles_search (article_id, published_at, text) VALUES (%s, %s, %s)
    ON CONFLICT (article_id) DO UPDATE SET published_at = excluded.published_at, text = excluded.text
"""
_PROBE = """
    SELECT {asked} FROM (
        SELECT article_id, text, words FROM articles_search WHERE {dates}
        ORDER BY published_at DESC LIMIT %s
    ) entry
"""
# The inner query takes entries in their order, the outer one stops when it has enough of them.
_WALKED = """
    SELECT article_id, published_at, text FROM (
        SELECT * FROM articles_search WHERE {dates} ORDER BY published_at DESC LIMIT %s
    ) entry WHERE {fits} ORDER BY published_at DESC LIMIT %s
"""
# OFFSET 0 keeps the planner from walking all the same: it takes reading a tsvector for free.
_LISTED = """
    SELECT article_id, published_at, text FROM (
        SELECT * FROM (SELECT * FROM articles_search WHERE words @@ %s::tsquery OFFSET 0) listed
        WHERE {dates} ORDER BY published_at DESC LIMIT %s
    ) entry WHERE {fits} ORDER BY published_at DESC LIMIT %s
"""


class PostgresEngine:
    def create(self, connection: BaseDatabaseWrapper) -> None:
        with connection.cursor() as cursor:
            for statement in _CREATE:
                cursor.execute(statement)

    def finish(self, connection: BaseDatabaseWrapper) -> None:
        # Nobody's save waits for it, where it may run beside them.
        how = "" if connection.in_atomic_block else "CONCURRENTLY"
        with connection.cursor() as cursor:
            cursor.execute(_FINISH.format(how=how))
            cursor.execute("ANALYZE articles_search")

    def drop(self, connection: BaseDatabaseWrapper) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS articles_search")

    def write(self, connection: BaseDatabaseWrapper, entries: Sequence[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(_WRITE, entries)

    def forget(self, connection: BaseDatabaseWrapper, ids: Iterable[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM articles_search WHERE article_id = ANY(%s)", [list(ids)])

    def newest(self, connection: BaseDatabaseWrapper, wanted: Wanted) -> list[Entry]:
        # A filter is asked for as a word is.
        groups = (*wanted.query.groups, *((Term((name,)),) for name in wanted.filters))
        with _bounded(connection):
            return _newest(connection, replace(wanted, query=replace(wanted.query, groups=groups)))


def _newest(connection: BaseDatabaseWrapper, wanted: Wanted) -> list[Entry]:
    query, limit = wanted.query, wanted.limit
    fitting, having, shares = _probe(connection, wanted)
    if fitting >= COMMON:
        found = _ask(connection, _WALKED, wanted, [], int(limit / fitting * SPARE))
        if len(found) == limit:
            return found
    if having >= COMMON and query.needs_text:
        return _ask(connection, _WALKED, wanted, [], POOL)
    # Lists of all the words with a common beginning are long: those are asked of the entries.
    by_share = sorted(zip(shares, query.groups, strict=True), key=lambda pair: pair[0])
    listed = replace(query, groups=tuple(
        group for place, (share, group) in enumerate(by_share)
        if place == 0 or share < COMMON or not any(term.prefix for term in group)
    ))  # fmt: skip
    exact = len(listed.groups) == len(query.groups) and not query.needs_text
    pool = EVERYTHING if exact else POOL
    return _ask(connection, _LISTED, wanted, [tsquery(listed, listed=True)], pool)


def _probe(connection: BaseDatabaseWrapper, wanted: Wanted) -> tuple[float, float, list[float]]:
    """The shares of the newest entries that fit, that have all the words, and each group of them."""
    groups = [tsquery(Query(groups=(group,))) for group in wanted.query.groups]
    asked, fit_params = _fits(wanted)
    dates, date_params = _dates(wanted)
    sql = _PROBE.format(
        asked=", ".join([asked, *["words @@ %s::tsquery"] * len(groups)]), dates=dates
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*fit_params, *groups, *date_params, PROBE])
        rows = cursor.fetchall()
    size = max(len(rows), 1)
    each = [sum(column) / size for column in zip(*(row[1:] for row in rows), strict=True)]
    return (
        sum(row[0] for row in rows) / size,
        sum(all(row[1:]) for row in rows) / size,
        each or [0.0] * len(groups),
    )


def _ask(
    connection: BaseDatabaseWrapper, sql: str, wanted: Wanted, words: list[str], pool: int
) -> list[Entry]:
    asked, fit_params = _fits(wanted)
    dates, date_params = _dates(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.format(fits=asked, dates=dates),
            [*words, *date_params, pool, *fit_params, wanted.limit],
        )
        return list(starmap(Entry, cursor.fetchall()))


def _fits(wanted: Wanted) -> tuple[str, list[Any]]:
    """The whole question, asked of one entry: the words first, the live row last."""
    rest, params = fits(wanted.query, find="strpos")
    return f"entry.words @@ %s::tsquery AND {rest}", [tsquery(wanted.query), *params]


def _dates(wanted: Wanted) -> tuple[str, list[Any]]:
    pieces = [("published_at >= %s", wanted.since), ("published_at < %s", wanted.until)]
    asked = [(sql, value) for sql, value in pieces if value]
    return " AND ".join(["true", *(sql for sql, _ in asked)]), [value for _, value in asked]


@contextmanager
def _bounded(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """A search ends in time, whatever was asked; to compile a plan costs more than these run."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(
                f"SET LOCAL statement_timeout = {STATEMENT_TIMEOUT_MS}; SET LOCAL jit = off;"
                " SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL enable_seqscan = off"
            )
            yield
    except OperationalError as error:
        if "statement timeout" not in str(error):
            raise
        raise TooSlow from error


def tsquery(query: Query, *, listed: bool = False) -> str:
    """What can be asked of words without places: those of a phrase anywhere, and no excluded
    phrase. What fits the query fits that, too. `listed`: for a list, where to leave out whatever
    begins so would fetch the lists of all these words.
    """
    groups = [f"({' | '.join(map(_term, group))})" for group in query.groups]
    excluded = [
        f"!{_term(term)}"
        for term in query.excluded
        if not term.is_phrase and not (listed and term.prefix)
    ]
    return " & ".join([*groups, *excluded])


def _term(term: Term) -> str:
    *firsts, last = (f"'{key}'" for key in term.keys)  # letters and digits only
    joined = " & ".join([*firsts, f"{last}:*" if term.prefix else last])
    return f"({joined})" if firsts else joined
