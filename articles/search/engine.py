"""The small interface that both databases answer to, and the choice of the one in use.

An engine finds the newest stories that fit and has no say in their order of relevance: ranks are
made from the words of an entry (finding.py), so both databases give the same answers.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

from articles.models import Article
from articles.search.query import Query

# How many stories one search ranks and counts. The newest so many that match, and the newest
# HEADLINES of those that have it all in the headline, however old: a word that stands in half the
# archive costs no more than one that stands in a thousand stories.
CANDIDATES = 300
HEADLINES = 200
# What an index of words can't tell (a phrase, what is left out) is looked for in the newest so many
# stories that have the words.
POOL = 2_000
# The order is made from the beginnings of the entries: marked words, headline, summary with names
# and some 200 words of the body. Whole texts of long stories would be most of what a search reads.
RANKED_CHARS = 2_000


class Entry(NamedTuple):
    """An article as the index has it. `text` is what entry_text made of it; of what an engine found
    the first RANKED_CHARS.
    """

    article_id: int
    published_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an engine is asked: words, filters by their names in the index, a span of time."""

    query: Query
    filters: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None  # not included
    limit: int = CANDIDATES

    def __bool__(self) -> bool:
        return bool(self.query or self.filters)


class TooSlow(Exception):
    """The database gave up on this search: it asks for more than a page may cost."""


class Engine(Protocol):
    def create(self, connection: BaseDatabaseWrapper) -> None:
        """Make the index, empty and not yet quick."""

    def finish(self, connection: BaseDatabaseWrapper) -> None:
        """Make it quick: what is best made once, when the index is filled."""

    def drop(self, connection: BaseDatabaseWrapper) -> None: ...

    def write(self, connection: BaseDatabaseWrapper, entries: Sequence[Entry]) -> None:
        """Put these entries in place of what the index has of their articles."""

    def forget(self, connection: BaseDatabaseWrapper, ids: Iterable[int]) -> None: ...

    def bounded(self, connection: BaseDatabaseWrapper) -> AbstractContextManager[None]:
        """Around all questions of one search, which ends in time, whatever was asked. Raises TooSlow."""

    def newest(self, connection: BaseDatabaseWrapper, wanted: Wanted) -> list[Entry]:
        """The newest public stories that fit, newest first."""


def engine_for(database: BaseDatabaseWrapper = connection) -> Engine:
    if database.vendor == "postgresql":
        from articles.search.postgres import PostgresEngine

        return PostgresEngine()
    from articles.search.sqlite import SqliteEngine

    return SqliteEngine()


def is_english() -> bool:
    """Whether plurals are folded: a site in another language says so with LANGUAGE_CODE."""
    return settings.LANGUAGE_CODE.startswith("en")


def fits(query: Query, *, find: str) -> tuple[str, list[Any]]:
    """SQL for what an index of words can't tell of an `entry`: phrases, by the database's function
    that finds a text in another, and whether its article is public now, by the live row.
    """
    pieces: list[tuple[str, list[Any]]] = []
    for group in query.groups:
        if any(term.is_phrase for term in group):
            either = " OR ".join([f"{find}(entry.text, %s) > 0"] * len(group))
            pieces.append((f"({either})", [term.needle for term in group]))
    unwanted = [term for term in query.excluded if term.is_phrase]
    pieces += [(f"{find}(entry.text, %s) = 0", [term.needle]) for term in unwanted]
    public, values = _is_public(connection.vendor)
    pieces.append((public, [*values]))
    return " AND ".join(sql for sql, _ in pieces), [value for _, of in pieces for value in of]


@cache
def _is_public(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """It is the same in each search, and Django takes longer to write it than a database to ask it
    of a hundred rows.
    """
    article = RawSQL("entry.article_id", ())
    public = Article.objects.published().filter(pk=article).order_by().values("pk")
    sql, params = public.query.sql_with_params()
    # Selected, not only named: PostgreSQL would join the whole table.
    return f"(SELECT EXISTS ({sql}))", tuple(params)
