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
from typing import Any

from django.db import OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.search.engine import POOL, RANKED_CHARS, Entry, TooSlow, Wanted, fits
from articles.search.query import Query, Term

STATEMENT_TIMEOUT_MS = 2_000
PROBE = 200  # of the newest entries tell how common something is
COMMON = 0.2
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
    SELECT count(*), {asked} FROM (
        SELECT words FROM articles_search WHERE {dates} ORDER BY published_at DESC LIMIT %s
    ) entry
"""
# The innermost query takes entries in their order, and each one around it says that it keeps that
# order: else all are sorted. The outermost stops when it has enough of them.
_WALKED = """
    SELECT article_id, published_at, {head} FROM (
        SELECT article_id, published_at, {text} AS text FROM (
            SELECT * FROM articles_search WHERE {dates} ORDER BY published_at DESC LIMIT %s
        ) newest WHERE {words} ORDER BY published_at DESC OFFSET 0
    ) entry WHERE {fits} ORDER BY published_at DESC LIMIT %s
"""
# OFFSET 0 keeps the planner from walking all the same: it takes reading a tsvector for free.
_LISTED = """
    SELECT article_id, published_at, {head} FROM (
        SELECT article_id, published_at, {text} AS text FROM (
            SELECT * FROM (SELECT * FROM articles_search WHERE words @@ %s::tsquery OFFSET 0) listed
            WHERE {dates} ORDER BY published_at DESC LIMIT %s
        ) newest WHERE {words} ORDER BY published_at DESC OFFSET 0
    ) entry WHERE {fits} ORDER BY published_at DESC LIMIT %s
"""
# left() counts letter by letter, which costs more than to send a usual story whole.
_HEAD = f"""CASE WHEN octet_length(text) <= {4 * RANKED_CHARS} THEN text
    ELSE left(text, {RANKED_CHARS}) END"""


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
        wanted = replace(wanted, query=replace(wanted.query, groups=groups))
        query, limit = wanted.query, wanted.limit
        having, shares = _probe(connection, wanted)
        if having >= COMMON:
            pool = POOL if query.needs_text else int(limit / having * SPARE)
            found = _ask(connection, _WALKED, wanted, [], pool)
            if query.needs_text or len(found) == limit:
                return found
        # Lists of all the words with a common beginning are long: those are asked of the entries.
        by_share = sorted(zip(shares, query.groups, strict=True), key=lambda pair: pair[0])
        listed = replace(query, groups=tuple(
            group for place, (share, group) in enumerate(by_share)
            if place == 0 or share < COMMON or not any(term.prefix for term in group)
        ))  # fmt: skip
        exact = len(listed.groups) == len(query.groups) and not query.needs_text
        pool = EVERYTHING if exact else POOL
        return _ask(connection, _LISTED, wanted, [tsquery(listed, listed=True)], pool)

    @contextmanager
    def bounded(self, connection: BaseDatabaseWrapper) -> Iterator[None]:
        """To compile a plan costs more than these run."""
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


def _probe(connection: BaseDatabaseWrapper, wanted: Wanted) -> tuple[float, list[float]]:
    """The share of the newest entries that have all the words, and that of each group."""
    asked = [tsquery(wanted.query)]
    if len(wanted.query.groups) > 1:
        asked += [tsquery(Query(groups=(group,))) for group in wanted.query.groups]
    dates, date_params = _dates(wanted)
    counts = ", ".join(["count(*) FILTER (WHERE words @@ %s::tsquery)"] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(_PROBE.format(asked=counts, dates=dates), [*asked, *date_params, PROBE])
        size, *found = cursor.fetchone()
    having, *shares = (number / max(size, 1) for number in found)
    return having, shares or [having]


def _ask(
    connection: BaseDatabaseWrapper, sql: str, wanted: Wanted, listed: list[str], pool: int
) -> list[Entry]:
    query = wanted.query
    fitting, fit_params = fits(query, find="strpos")
    # Not again of a list; and what has the phrases has their words: to read a text takes no longer.
    only_phrases = not query.excluded and all(term.is_phrase for term in query.terms)
    words = [] if only_phrases or listed == [tsquery(query)] else [tsquery(query)]
    dates, date_params = _dates(wanted)
    sql = sql.format(
        head=_HEAD,
        text="text || ''" if query.needs_text else "text",  # fetched once, however often it is read
        words="words @@ %s::tsquery" if words else "true",
        dates=dates,
        fits=fitting,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*listed, *date_params, pool, *words, *fit_params, wanted.limit])
        rows = cursor.fetchall()
    return [Entry(pk, moment, text[:RANKED_CHARS]) for pk, moment, text in rows]


def _dates(wanted: Wanted) -> tuple[str, list[Any]]:
    pieces = [("published_at >= %s", wanted.since), ("published_at < %s", wanted.until)]
    asked = [(sql, value) for sql, value in pieces if value]
    return " AND ".join(["true", *(sql for sql, _ in asked)]), [value for _, value in asked]


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
