"""What stands around a story: its series, related stories, the next one in its section.

An editor's choice comes first. Then what shares tags with it: a rare tag says more than a common
one, and a newer story more than an old one. Each part reads a bounded number of rows.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import log2
from operator import itemgetter
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from articles.cards import without_bylines
from articles.models import Article, ArticleQuerySet, Related, Series, TaggedArticle
from articles.models.prepared import Given, PreparedTogether
from articles.story_rows import hold_rows

SHOWN = 4
TAGS_READ = 12
HALF_LIFE_DAYS = 45
CHOSEN_READ, TAGGED_READ = 12, 40


@dataclass(frozen=True, slots=True)
class SeriesPlace:
    """A story's part in a series, among the parts that readers see."""

    series: Series
    number: int
    count: int
    previous: Article | None
    next: Article | None


@dataclass(frozen=True, slots=True)
class Around:
    series: tuple[SeriesPlace, ...] = ()
    related: tuple[Article, ...] = ()
    next_in_section: Article | None = None


def around(
    article: Article, *, tag_ids: Sequence[int], chosen: Sequence[int] | None = None
) -> Around:
    """2 queries: what is near, the cards of that; 1 more where its rows are not in memory.

    `chosen`: the editor's related stories where they aren't rows yet (a draft's); 1 query more.
    """
    hold_rows(article)
    parts: list[Any] = list(article.series_items.all())
    in_series = {pk for part in parts for pk in (part.previous, part.next) if pk}
    near = _near(article, () if article.no_related else tag_ids, shown=SHOWN + len(in_series))
    wanted = near.chosen if chosen is None else _seen(chosen)
    wanted += [pk for pk in _likest(near.tagged) if pk not in wanted]
    related = [pk for pk in wanted if pk not in {article.pk, *in_series}][:SHOWN]
    after = next((pk for pk in near.older if pk not in {*in_series, *related}), None)
    cards = without_bylines([*related, *in_series, *([after] if after else [])])
    return Around(
        tuple(_place(part, cards) for part in parts),
        tuple(cards[pk] for pk in related if pk in cards),
        cards.get(after or 0),
    )


def _place(part: Any, cards: Mapping[int, Article]) -> SeriesPlace:
    return SeriesPlace(
        part.series,
        part.parts_before + 1,
        part.parts_before + 1 + part.parts_after,
        cards.get(part.previous or 0),
        cards.get(part.next or 0),
    )


@dataclass(frozen=True, slots=True)
class _Near:
    """Ids of stories: an editor's choice in its order; those that share a tag, tag by tag, with
    their times (None for what isn't suggested, but makes its tag a commoner one); those before this
    one in its section, the newest first. Readers may see all but the ones without a time.
    """

    chosen: list[int]
    tagged: list[dict[int, datetime | None]]
    older: list[int]


def _near(article: Article, tag_ids: Sequence[int], *, shown: int) -> _Near:
    """1 query, each part of it read from an index. `shown`: how many stories may stand above the
    next one, which must be another.
    """
    tags = {f"tag{number}": tag for number, tag in enumerate(tag_ids[:TAGS_READ])}
    chosen, older, *tagged = _near_ids(len(tags), shown + 1)(
        story=article.pk, section=article.section_id, moment=article.publish_at, **tags
    )
    return _Near(
        [pk for pk, _, _, _ in sorted(chosen, key=itemgetter(2, 3))],
        [
            {pk: out if seen else None for pk, out, _, seen in rows if pk != article.pk}
            for rows in tagged
        ],
        [pk for pk, _, _, _ in sorted(older, key=itemgetter(1, 0), reverse=True)],
    )


@cache
def _near_ids(tags: int, older: int) -> PreparedTogether:
    story, moment = Given("story"), Given("moment")
    seen = Article.objects.published()
    columns = ("pk", "publish_at", Value(0), Value(0))
    # Of the same second, too: in the order of newest().
    before = Q(publish_at__lt=moment) | Q(publish_at=moment, pk__lt=story)
    return PreparedTogether(
        lambda: [
            Related.objects.filter(Exists(seen.filter(pk=OuterRef("to"))), article=story)
            .order_by("order", "pk")
            .values_list("to", "to__publish_at", "order", "pk")[:CHOSEN_READ],
            # This moment before now, for SQLite (articles.archive).
            Article.objects.filter(before, section=Given("section"), publish_at__lte=moment)
            .published()
            .newest()
            .values_list(*columns)[:older],
            *(_uses_of(Given(f"tag{number}"), seen) for number in range(tags)),
        ]
    )


def _uses_of(tag: Given, seen: ArticleQuerySet) -> Any:
    """Of a tag the stories made last (what is older than that is rarely what a reader wants), and
    of each whether it may be suggested.
    """
    offered = Exists(seen.filter(pk=OuterRef("content_object"), no_related=False))
    uses = TaggedArticle.objects.filter(tag=tag).order_by("-content_object")
    return uses.values_list(
        "content_object",
        "content_object__publish_at",
        Value(0),
        Case(When(offered, then=Value(1)), default=Value(0)),
    )[:TAGGED_READ]


def _seen(ids: Sequence[int]) -> list[int]:
    seen = set(Article.objects.published().among(ids).values_list("pk", flat=True))
    return [pk for pk in ids if pk in seen]


def _likest(tagged: Sequence[Mapping[int, datetime | None]]) -> list[int]:
    """Those first that share the most and the rarest tags and are the newest."""
    now = timezone.now()
    times = {pk: out for stories in tagged for pk, out in stories.items() if out}
    shared: dict[int, float] = defaultdict(float)
    for stories in tagged:
        for pk in stories:
            shared[pk] += 1 / log2(2 + len(stories))
    scores = {pk: (shared[pk] * _recency(out, now), out, pk) for pk, out in times.items()}
    return sorted(scores, key=scores.__getitem__, reverse=True)


def _recency(out: datetime, now: datetime) -> float:
    """1 for today, half of it every HALF_LIFE_DAYS, never nothing."""
    days = (now - out).total_seconds() / 86_400
    return 0.1 + 0.9 * float(0.5 ** (max(days, 0) / HALF_LIFE_DAYS))
