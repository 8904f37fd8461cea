"""What stands around a story: its series, related stories, the next one in its section.

An editor's choice comes first. Then what shares tags with it: a rare tag says more than a common
one, and a newer story more than an old one. Each part reads a bounded number of rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log2

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import Article, ArticleQuerySet, Series, SeriesItem

SHOWN = 4
TAGS_READ = 12
SERIES_READ = 12  # of one story
HALF_LIFE_DAYS = 45
AS_TO_HAND = 0  # in place of a tag's id: an editor's choice

CHOSEN = """
    SELECT 0, to_id FROM (SELECT to_id FROM articles_related
                           WHERE article_id = %s ORDER BY "order", id LIMIT 12) chosen
"""
# Of each tag the stories made last; what is older than that is rarely what a reader wants.
TAGGED = """
    SELECT tag_id, content_object_id FROM (
        SELECT tag_id, content_object_id FROM articles_taggedarticle
         WHERE tag_id = %s ORDER BY content_object_id DESC LIMIT 40) uses
"""


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
    """5 queries: its parts of series, what is near, when that came out, the cards, the next one.

    `chosen`: the editor's related stories where they aren't rows yet (a draft's).
    """
    parts = _parts(article)
    in_series = {pk for part in parts for pk in (part.previous, part.next) if pk}
    by_hand, tagged = _near(article, tag_ids)
    wanted = [pk for pk in (by_hand if chosen is None else chosen) if pk != article.pk]
    if not article.no_related:
        wanted += [pk for pk in _likest(tagged) if pk not in wanted]
    # Some more than are shown: an editor's choice may be withdrawn since.
    wanted = [pk for pk in wanted if pk not in in_series][: SHOWN * 2]
    cards = _teasers(Article.objects.published()).in_bulk([*wanted, *in_series])
    related = tuple(cards[pk] for pk in wanted if pk in cards)[:SHOWN]
    shown = {article.pk, *in_series, *(each.pk for each in related)}
    return Around(
        tuple(_place(part, cards) for part in parts),
        related,
        next_in_section(article, not_again=shown),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A story's part in a series: the public parts on either side, how many and which are next."""

    series: Series
    before: int
    after: int
    previous: int | None
    next: int | None


def _parts(article: Article) -> list[_Part]:
    """Its part in each of its series, counting only what readers see beside it. 1 query."""
    others = SeriesItem.objects.filter(
        series=OuterRef("series"), article__in=Article.objects.published()
    ).exclude(article=article.pk)
    same = Q(order=OuterRef("order"))
    before = others.filter(Q(order__lt=OuterRef("order")) | same & Q(pk__lt=OuterRef("pk")))
    after = others.filter(Q(order__gt=OuterRef("order")) | same & Q(pk__gt=OuterRef("pk")))
    items = SeriesItem.objects.filter(article=article.pk).select_related("series")
    found = items.annotate(
        parts_before=_number_of(before),
        parts_after=_number_of(after),
        previous=Subquery(before.order_by("-order", "-pk").values("article")[:1]),
        next=Subquery(after.order_by("order", "pk").values("article")[:1]),
    ).order_by("series", "pk")
    return [
        _Part(item.series, item.parts_before, item.parts_after, item.previous, item.next)
        for item in found[:SERIES_READ]
    ]


def _number_of(items: QuerySet[SeriesItem]) -> Coalesce:
    counted = items.order_by().values("series").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _place(part: _Part, cards: Mapping[int, Article]) -> SeriesPlace:
    return SeriesPlace(
        part.series,
        part.before + 1,
        part.before + 1 + part.after,
        cards.get(part.previous or 0),
        cards.get(part.next or 0),
    )


def _near(article: Article, tag_ids: Sequence[int]) -> tuple[list[int], dict[int, set[int]]]:
    """What an editor chose, and the ids that share a tag: by tag. 1 query, read from indexes."""
    tags = list(tag_ids)[:TAGS_READ]
    if article.no_related:
        tags = []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([CHOSEN, *[TAGGED] * len(tags)]), [article.pk, *tags])
        rows = cursor.fetchall()
    tagged: dict[int, set[int]] = defaultdict(set)
    for tag, pk in rows:
        if tag != AS_TO_HAND and pk != article.pk:
            tagged[tag].add(pk)
    return [pk for tag, pk in rows if tag == AS_TO_HAND], tagged


def _likest(tagged: dict[int, set[int]]) -> list[int]:
    """The ids that readers may see, those first that share the most and the rarest tags and are
    the newest. 1 query.
    """
    candidates = set[int]().union(*tagged.values())
    if not candidates:
        return []
    seen = Article.objects.published().filter(pk__in=candidates, no_related=False)
    now = timezone.now()
    scores = {
        pk: (sum(_rarity(ids) for ids in tagged.values() if pk in ids) * _recency(out, now), out)
        for pk, out in seen.order_by().values_list("pk", "publish_at")
    }
    return sorted(scores, key=lambda pk: (scores[pk], pk), reverse=True)


def _rarity(ids: Iterable[int]) -> float:
    return 1 / log2(2 + len(set(ids)))


def _recency(out: datetime | None, now: datetime) -> float:
    """1 for today, half of it every HALF_LIFE_DAYS, never nothing."""
    days = (now - out).total_seconds() / 86_400 if out else 0
    return 0.1 + 0.9 * float(0.5 ** (max(days, 0) / HALF_LIFE_DAYS))


def next_in_section(article: Article, *, not_again: Iterable[int]) -> Article | None:
    """What a reader who goes on in the section comes to: the story before this one. 1 query."""
    if not (article.section_id and article.publish_at):
        return None
    # Of the same second, too: in the order of newest().
    before = Q(publish_at__lt=article.publish_at) | Q(
        publish_at=article.publish_at, pk__lt=article.pk or 0
    )
    older = Article.objects.published().filter(
        before, section=article.section_id, publish_at__lte=article.publish_at
    )
    return _teasers(older).newest().exclude(pk__in=list(not_again)).first()


def _teasers(articles: ArticleQuerySet) -> ArticleQuerySet:
    """For cards that name no authors."""
    return articles.for_cards().prefetch_related(None)
