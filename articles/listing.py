"""Lists of stories, a page at a time, at a cost that the size of the archive doesn't change.

No total is counted and no page lies further back than MAX_PAGES: older stories are found by month
and day (articles.archive), by search and in the sitemaps.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.http import Http404, HttpRequest

from articles.cards import CardList
from articles.models import Article, ArticleQuerySet, Byline, TaggedArticle
from articles.models.newest_of import newest_of
from articles.models.prepared import Given, PreparedTogether

PER_PAGE = 20
MAX_PAGES = 250


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


def page_of(request: HttpRequest, stories: CardList, **given: Any) -> ListPage:
    """The page asked for. Http404 out of range; an empty list has a first page. 2 queries."""
    number = page_number(request)
    found = stories.part((number - 1) * PER_PAGE, PER_PAGE + 1, **given)
    if not found and number > 1:
        raise Http404("No such page.")
    more = len(found) > PER_PAGE and number < MAX_PAGES
    return ListPage(number, tuple(found[:PER_PAGE]), more)


def ids_of(parts: PreparedTogether, **given: Any) -> list[list[int]]:
    """The ids of several short lists of (pk, publish_at), each the newest first. 1 query."""
    # A union promises no order of its parts' rows.
    return [
        [pk for pk, _ in sorted(rows, key=itemgetter(1, 0), reverse=True)]
        for rows in parts.as_stored(**given)
    ]


def newest() -> ArticleQuerySet:
    return Article.objects.published().newest()


def of_section() -> ArticleQuerySet:
    return Article.objects.published().filter(section=Given("section")).newest()


def of_tag() -> ArticleQuerySet:
    """Of the `Given`s `tag` and `depth`; `CardList` gives the depth."""
    uses = TaggedArticle.objects.filter(tag=Given("tag"))
    numbers = newest_of(uses, "content_object", depth=Given("depth"))
    return Article.objects.filter(pk__in=numbers).newest()


def of_contributor() -> ArticleQuerySet:
    """Of the `Given`s `contributor` and `depth`; `CardList` gives the depth."""
    bylines = Byline.objects.filter(contributor=Given("contributor"))
    numbers = newest_of(bylines, "article", depth=Given("depth"))
    return Article.objects.filter(pk__in=numbers).newest()
