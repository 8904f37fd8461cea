"""What lists of stories read of each: the columns of a card, its section, lead photo and bylines.

The SQL of each list is written once in a process (articles.models.prepared). Everything else of a
story is deferred.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import cache
from typing import Any

from articles.models import Article, ArticleQuerySet, Byline
from articles.models.article import CARD_COLUMNS
from articles.models.prepared import Given, PreparedInstances

BYLINE_COLUMNS = ("article", "role", "text_override", "contributor__name")


class CardList:
    """A list in an order of its own, read in parts. `make` returns its queryset, with a `Given` for
    each value that differs; `more` are columns beside those of a card.
    """

    def __init__(self, make: Callable[[], ArticleQuerySet], *more: str) -> None:
        self._stories = PreparedInstances(make, Article, (*CARD_COLUMNS, *more))

    def part(self, start: int, count: int, **given: Any) -> list[Article]:
        """At most `count` stories from `start` on. 2 queries: the stories, their bylines."""
        depth = start + count  # for lists that end there by themselves (articles.models.newest_of)
        return _with_bylines(self._stories.part(start, count, depth=depth, **given))


def by_number(ids: Collection[int], *more: str) -> dict[int, Article]:
    """Those of these stories that readers may see, by number. 2 queries, none for no numbers."""
    found = without_bylines(ids, *more)
    _with_bylines(list(found.values()))
    return found


def without_bylines(ids: Collection[int], *more: str) -> dict[int, Article]:
    """The same for cards that name nobody. 1 query."""
    if not ids:
        return {}
    stories = _among(_room_for(len(ids)), more)
    return {story.pk: story for story in stories(**_numbered(ids))}


def _with_bylines(stories: list[Article]) -> list[Article]:
    """Held where prefetching would hold them, so that `story.bylines.all()` finds them."""
    if stories:
        bylines: dict[int, list[Byline]] = defaultdict(list)
        for byline in _bylines(_room_for(len(stories)))(**_numbered([each.pk for each in stories])):
            bylines[byline.article_id].append(byline)
        for story in stories:
            held = {"bylines": bylines.get(story.pk, [])}
            story._prefetched_objects_cache = held  # type: ignore[attr-defined]
    return stories


@cache
def _among(room: int, more: tuple[str, ...]) -> PreparedInstances[Article]:
    return PreparedInstances(
        lambda: Article.objects.published().among(_numbers(room)), Article, (*CARD_COLUMNS, *more)
    )


@cache
def _bylines(room: int) -> PreparedInstances[Byline]:
    return PreparedInstances(
        lambda: Byline.objects.filter(article__pk__in=_numbers(room)), Byline, BYLINE_COLUMNS
    )


def _room_for(count: int) -> int:
    """1, 2, 4, 8 …: a few statements serve any number of stories."""
    return int(1 << (count - 1).bit_length())


def _numbers(room: int) -> list[Any]:
    return [Given(f"id{place}") for place in range(room)]


def _numbered(ids: Collection[int]) -> dict[str, int]:
    """Values for `_numbers`; the last one fills what is left."""
    numbers = list(ids)
    numbers += numbers[-1:] * (_room_for(len(numbers)) - len(numbers))
    return {f"id{place}": pk for place, pk in enumerate(numbers)}
