"""Lists of stories, a page at a time, at a cost that the size of the archive doesn't change.

No total is counted and no page lies further back than MAX_PAGES: older stories are found by month
and day (articles.archive), by search and in the sitemaps.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.db import connection
from django.http import Http404, HttpRequest

from articles.models import Article, ArticleQuerySet

PER_PAGE = 20
MAX_PAGES = 250
PARTS_A_QUERY = 400  # SQLite joins 500 at most


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list; it knows whether another follows, and not how many."""

    number: int
    articles: tuple[Article, ...]
    has_next: bool

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    def __len__(self) -> int:
        return len(self.articles)

    @property
    def first_place(self) -> int:
        """Where its first story stands in the whole list, counted from 0."""
        return (self.number - 1) * PER_PAGE

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    def without(self, placed: Collection[int]) -> "ListPage":
        """The same page without the stories that stand elsewhere on it."""
        articles = tuple(article for article in self.articles if article.pk not in placed)
        return ListPage(self.number, articles, self.has_next)


def page_number(request: HttpRequest) -> int:
    """What ?page= asks for, 1 without it. Http404 for nonsense."""
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MAX_PAGES))):
        raise Http404("No such page.")
    number = int(text)
    if not 1 <= number <= MAX_PAGES:
        raise Http404("No such page.")
    return number


def page_of(request: HttpRequest, articles: ArticleQuerySet) -> ListPage:
    """The page asked for, the newest first. Http404 out of range; an empty list has a first page.
    2 queries.
    """
    return page_in_order(request, articles.newest())


def page_in_order(request: HttpRequest, articles: ArticleQuerySet) -> ListPage:
    """The same of a list that has an order of its own."""
    number = page_number(request)
    start = (number - 1) * PER_PAGE
    found = list(articles.for_cards()[start : start + PER_PAGE + 1])
    if not found and number > 1:
        raise Http404("No such page.")
    more = len(found) > PER_PAGE and number < MAX_PAGES
    return ListPage(number, tuple(found[:PER_PAGE]), more)


def ids_of(parts: Sequence[ArticleQuerySet]) -> list[list[int]]:
    """The ids of several short lists (each with its own LIMIT and index), each the newest first,
    in one query.
    """
    found: list[list[int]] = []
    for start in range(0, len(parts), PARTS_A_QUERY):
        found += _ids_of(parts[start : start + PARTS_A_QUERY])
    return found


def _ids_of(parts: Sequence[ArticleQuerySet]) -> list[list[int]]:
    sqls: list[str] = []
    params: list[Any] = []
    for number, part in enumerate(parts):
        sql, values = part.values_list("pk", "publish_at").query.sql_with_params()
        sqls.append(f"SELECT {number}, part{number}.* FROM ({sql}) part{number}")  # noqa: S608
        params += values
    found: list[list[int]] = [[] for _ in parts]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sqls), params)
        # A union promises no order of its parts' rows.
        for number, pk, _ in sorted(cursor.fetchall(), key=itemgetter(2, 1), reverse=True):
            found[number].append(pk)
    return found
