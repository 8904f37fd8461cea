"""Searching: the candidates of the engine, put in order, a page of them loaded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection
from django.utils import timezone

from articles.cards import by_number
from articles.models import Article
from articles.search.engine import (
    CANDIDATES,
    HEADLINES,
    Engine,
    Entry,
    TooSlow,
    Wanted,
    engine_for,
    is_english,
)
from articles.search.highlight import Piece, passage
from articles.search.query import Query, parse
from articles.search.ranking import ranked
from newsroom.lib.text import excerpt, slug_words

PER_PAGE = 20
MAX_PAGES = CANDIDATES // PER_PAGE
FALLBACKS_FOR_A_PATH = 5
MAX_PATH_WORDS = 8
MAX_SNIPPET_CHARS = 220


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is looked for: a reader's words, filters (names of the index), a span, an order."""

    text: str = ""
    filters: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None  # not included
    by_date: bool = False

    @property
    def parsed(self) -> Query:
        return parse(self.text, english=is_english())


@dataclass(frozen=True, slots=True)
class Hit:
    article: Article
    passage: list[Piece]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`total` is exact up to CANDIDATES; with `has_more` it is "more than" that many."""

    hits: tuple[Hit, ...] = ()
    number: int = 1
    total: int = 0
    has_more: bool = False
    opened: bool = False  # nothing has the last word as it stands: these have a longer one

    @property
    def num_pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))

    @property
    def is_beyond(self) -> bool:
        return self.number > self.num_pages


def search(query: SearchQuery, *, page: int = 1) -> SearchPage:
    """The page of stories that readers may see now. Raises TooSlow where the database gives up."""
    engine = engine_for()
    wanted = Wanted(query.parsed, query.filters, query.since, query.until, limit=CANDIDATES + 1)
    if not wanted:
        return SearchPage(number=page)
    opened = False
    with engine.bounded(connection):
        found = _candidates(engine, wanted, by_date=query.by_date)
        if not found and (longer := wanted.query.with_open_end()) is not wanted.query:
            wanted = replace(wanted, query=longer)
            found = _candidates(engine, wanted, by_date=query.by_date)
            opened = bool(found)
    total = min(len(found), CANDIDATES)
    start = (page - 1) * PER_PAGE
    ids = [entry.article_id for entry in found[:total][start : start + PER_PAGE]]
    return SearchPage(
        hits=_load(ids, wanted.query),
        number=page,
        total=total,
        has_more=len(found) > CANDIDATES,
        opened=opened,
    )


def for_path(path: str) -> list[Article]:
    """Stories that a dead address may have meant: those with most of its words, in the headline
    above all. Two queries.
    """
    slug = max((slug_words(part) for part in path.split("/")), key=len, default=[])
    words = [word for word in slug if len(word) > 2 and not word.isdecimal()]
    query = parse(" OR ".join(words[:MAX_PATH_WORDS]), english=is_english())
    if not query:
        return []
    engine = engine_for()
    try:
        with engine.bounded(connection):
            found = _candidates(engine, Wanted(query, limit=CANDIDATES // 4))
    except TooSlow:
        return []
    ids = [entry.article_id for entry in found[:FALLBACKS_FOR_A_PATH]]
    rows = by_number(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _candidates(engine: Engine, wanted: Wanted, *, by_date: bool = False) -> list[Entry]:
    found = engine.newest(connection, wanted)
    if by_date or not wanted.query:
        return found
    if len(found) == wanted.limit or wanted.query.needs_text:
        asked = replace(wanted, query=wanted.query.in_headline(), limit=HEADLINES)
        # An entry is a tuple with its whole text: known by its number, not by that.
        known = {entry.article_id for entry in found}
        more = engine.newest(connection, asked)
        found += [entry for entry in more if entry.article_id not in known]
    return ranked(found, wanted.query.terms, now=timezone.now())


def _load(ids: Sequence[int], query: Query) -> tuple[Hit, ...]:
    rows = by_number(ids, "body_text")
    english = is_english()
    return tuple(
        Hit(rows[pk], _passage(rows[pk], query, english=english)) for pk in ids if pk in rows
    )


def _passage(article: Article, query: Query, *, english: bool) -> list[Piece]:
    """From the body, else from the summary, else how the story begins. One of several words that
    are each enough for the search is enough for the passage.
    """
    terms, enough = query.terms, len(query.groups)
    return (
        passage(article.body_text, terms, english=english, enough=enough)
        or passage(article.dek, terms, english=english)
        or [Piece(excerpt(article.body_text or article.dek, max_chars=MAX_SNIPPET_CHARS), False)]
    )
