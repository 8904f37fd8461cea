"""The most reacted stories, of all reactions and of each kind: now, this week, this month.

Ranked by when readers reacted (reactions.heat), not by when the story came: an old one that goes
round today stands beside today's. A ranking is numbers of stories, kept for a moment; who may see
them, and the counts beside them, are asked each time.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from time import time

from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import number_format

from articles.cards import without_bylines
from articles.models import Article
from articles.site_clock import ForAMoment
from reactions import heat
from reactions.board_view import BoardView, KindCount
from reactions.heat import NOW, PERIODS, Period
from reactions.models import ReactionKind
from reactions.tallies import read_boards

ALL = 0  # no kind's number
KINDS_SHOWN = 3
KEPT = 60  # places of a list
SPARE = 10  # of them beside those shown: some may be gone since
NOW_SECONDS, PERIOD_SECONDS = 30, 300
TURN_SECONDS, LAST_SECONDS = (
    30,
    3_600,
)  # who makes the next one may die over it; how long the last is shown
MOODS, MOOD_STORIES = 4, 3
FEWEST_MOODS = 2

Read = Callable[[Collection[int]], Mapping[int, Article]]
# By kind (ALL: of all reactions): (score, article), the highest first.
Ranking = dict[int, list[tuple[float, int]]]
_first = Lock()


@dataclass(frozen=True, slots=True)
class Popular:
    """One story of a list: how many reacted (of the list's kind), and with what most."""

    article: Article
    total: int
    kinds: tuple[KindCount, ...]

    @property
    def number(self) -> str:
        return number_format(self.total, use_l10n=True, force_grouping=True)


@dataclass(frozen=True, slots=True)
class Mood:
    """Stories that got one kind more than another: "What made readers laugh"."""

    title: str
    kind: KindCount
    stories: tuple[Popular, ...]


def most_reacted(
    limit: int, *, period: Period = NOW, kind: int = ALL, read: Read = without_bylines
) -> list[Popular]:
    """The stories with the highest scores, at most KEPT - SPARE, the rows as `read` reads them. Where
    there are few now, those of the week and the month follow.

    2 queries with the default and a kept ranking: stories, counts.
    """
    places = _places(period, kind, limit + SPARE)
    articles = _told(read, places)
    boards = read_boards(list(articles))
    found = (_popular(articles[pk], boards[pk], kind) for pk in places if pk in boards)
    return [each for each in found if each.total][:limit]


def moods(*, read: Read = without_bylines) -> list[Mood]:
    """The kinds with a `list_title` that readers chose most now, with their stories, each story
    once: with the kind it got most of. Where there are few now, those of the week and the month
    follow.

    2 queries with kept rankings.
    """
    titles = {kind.pk: kind.list_title for kind in offered_kinds() if kind.list_title}
    chosen = _moods(titles)
    wanted = [pk for places in chosen.values() for pk in places]
    articles = _told(read, wanted)
    boards = read_boards(list(articles))
    made = (_mood(titles[kind], kind, places, articles, boards) for kind, places in chosen.items())
    found = [mood for mood in made if mood][:MOODS]
    return found if len(found) >= FEWEST_MOODS else []


def _offered() -> list[ReactionKind]:
    return list(ReactionKind.objects.filter(retired_at=None, sets__isnull=False).distinct())


_kept_kinds = ForAMoment(_offered)


def offered_kinds() -> list[ReactionKind]:
    """Those that a bar may have, in their own order. Read once a moment, as the menu is."""
    return list(_kept_kinds())


def ranking(period: Period) -> Ranking:
    """The period's lists, at most half a minute old; a week's and a month's, five. One request makes
    the next, and the others go on with the last; where there is none, one of this process's.
    """
    key = f"reactions:ranked:{period.slug}"
    kept: tuple[float, Ranking] | None = cache.get(key)
    if kept is None:
        with _first:
            kept = cache.get(key) or _ranked(key, period)
    elif kept[0] <= time() and cache.add(f"{key}:turn", True, timeout=TURN_SECONDS):
        kept = _ranked(key, period)
        cache.delete(f"{key}:turn")
    return kept[1]


def _ranked(key: str, period: Period) -> tuple[float, Ranking]:
    """(until when it is new, the lists), made and kept."""
    lists = _rank(heat.read(period, timezone.now()))
    made = (time() + (PERIOD_SECONDS if period.hours else NOW_SECONDS), lists)
    cache.set(key, made, timeout=LAST_SECONDS)
    return made


def _rank(heats: Sequence[heat.Heat]) -> Ranking:
    """Votes that stand no longer weigh nothing: of more that arrived than the bar shows (a reader
    changed to and fro), as many count as it shows. Kinds that left the bar don't.
    """
    shown = {
        (board.article_id, kind.id): kind.shown
        for board in read_boards(sorted({each.article_id for each in heats})).values()
        for kind in board.kinds
    }
    lists: Ranking = defaultdict(list)
    totals: dict[int, float] = defaultdict(float)
    for each in heats:
        score = each.score * min(1, shown.get((each.article_id, each.kind_id), 0) / each.arrived)
        if score > 0:
            lists[each.kind_id].append((score, each.article_id))
            totals[each.article_id] += score
    lists[ALL] = [(score, article_id) for article_id, score in totals.items()]
    return {kind: sorted(places, reverse=True)[:KEPT] for kind, places in lists.items()}


def _told(read: Read, wanted: Collection[int]) -> dict[int, Article]:
    """Those that may be in a list: what readers can see, and nobody has paid for."""
    return {
        pk: article
        for pk, article in read(wanted).items()
        if article.kind != Article.Kind.SPONSORED
    }


def _places(period: Period, kind: int, wanted: int) -> list[int]:
    """Numbers of stories, the highest score first."""
    places: dict[int, None] = {}  # in order, each once
    for each in PERIODS if period is NOW else (period,):
        if len(places) < wanted:
            places |= dict.fromkeys(pk for _, pk in ranking(each).get(kind, []))
    return list(places)[:wanted]


def _popular(article: Article, board: BoardView, kind: int) -> Popular:
    """Nothing moves in a list: its pictures are the still ones."""
    kinds = [each for each in board.kinds if each.shown and kind in (ALL, each.id)]
    kinds.sort(key=lambda each: -each.shown)
    top = (replace(each, image=each.still or each.image, still="") for each in kinds[:KINDS_SHOWN])
    return Popular(article, sum(each.shown for each in kinds), tuple(top))


def _moods(titled: Collection[int]) -> dict[int, list[int]]:
    """By kind, the one with the highest score first: its stories, first those of now."""
    places: dict[int, list[int]] = defaultdict(list)
    taken: set[int] = set()
    for period in PERIODS:
        lists, best = ranking(period), dict[int, tuple[float, int]]()
        for kind in lists.keys() & set(titled):
            for score, pk in lists[kind]:
                if pk not in taken:
                    best[pk] = max(best.get(pk, (0.0, ALL)), (score, kind))
        taken |= best.keys()
        for pk, (_, kind) in sorted(best.items(), key=lambda item: item[1], reverse=True):
            places[kind].append(pk)
    some = list(places.items())[: MOODS + SPARE]
    return {kind: stories[: MOOD_STORIES + SPARE] for kind, stories in some}


def _mood(
    title: str,
    kind: int,
    places: Iterable[int],
    articles: Mapping[int, Article],
    boards: Mapping[int, BoardView],
) -> Mood | None:
    """None where nothing of it is to be seen."""
    found = (_popular(articles[pk], boards[pk], kind) for pk in places if pk in boards)
    stories = tuple(each for each in found if each.total)[:MOOD_STORIES]
    return Mood(title, stories[0].kinds[0], stories) if stories else None
