"""The rows that a story's page shows beside the story's own, all in one query.

They are held where prefetching would hold them, so that whoever reads `story.bylines.all()` finds
them there. What is in memory already (a draft's) stays as it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONArray

from articles.models import (
    Article,
    Byline,
    Correction,
    Embed,
    EmbedUse,
    PhotoUse,
    SeriesItem,
    TaggedArticle,
)
from articles.models.photo import RIGHTS_COLUMNS, USE_COLUMNS, columns_of
from articles.models.prepared import Given, PreparedTogether
from articles.models.shape import Shape

SERIES_READ = 12  # of one story
# All but what comes of the provider's answers: cards are made of it, pages don't look at it.
EMBED_COLUMNS = [
    field.name
    for field in Embed._meta.concrete_fields
    if field.name not in {"snapshot", "suggested"}
]
IN_SERIES = ("parts_before", "parts_after", "previous", "next")


@dataclass(frozen=True, slots=True)
class _Relation:
    """One relation of a story: its rows, their columns and annotations, the key of their order."""

    rows: Callable[[], QuerySet[Any]]
    shape: Shape[Any]
    order: Callable[[Any], Any]
    annotations: Sequence[str] = ()

    def as_json(self) -> QuerySet[Any, Any]:
        """Each row as an array, so that rows of all relations fit into one column."""
        return self.rows().values_list(JSONArray(*self.shape.columns, *self.annotations))

    def instances(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        return sorted((self._instance(values) for (values,) in rows), key=self.order)

    def _instance(self, values: list[Any]) -> Model:
        instance: Model = self.shape.made_of_json(values)
        for name, value in zip(self.annotations, values[len(self.shape.columns) :], strict=True):
            setattr(instance, name, value)
        return instance


def _series_items() -> QuerySet[SeriesItem]:
    """Its place in each of its series, counting only what readers see beside it."""
    seen = Article.objects.published().filter(pk=OuterRef("article"))
    others = SeriesItem.objects.filter(Exists(seen), series=OuterRef("series"))
    others = others.exclude(article=OuterRef("article"))
    same = Q(order=OuterRef("order"))
    before = others.filter(Q(order__lt=OuterRef("order")) | same & Q(pk__lt=OuterRef("pk")))
    after = others.filter(Q(order__gt=OuterRef("order")) | same & Q(pk__gt=OuterRef("pk")))
    items = SeriesItem.objects.filter(article=Given("story")).annotate(
        parts_before=_number_of(before),
        parts_after=_number_of(after),
        previous=Subquery(before.order_by("-order", "-pk").values("article")[:1]),
        next=Subquery(after.order_by("order", "pk").values("article")[:1]),
    )
    return items.order_by("series", "pk")[:SERIES_READ]


def _number_of(items: QuerySet[SeriesItem]) -> Coalesce:
    counted = items.order_by().values("series").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


RELATIONS = {
    "bylines": _Relation(
        lambda: Byline.objects.filter(article=Given("story")),
        Shape(
            Byline,
            ("order", "role", "text_override", "contributor__kind", "contributor__name",
             "contributor__slug", *columns_of("contributor__portrait")),
        ),
        lambda byline: (byline.order, byline.pk),
    ),
    "tag_uses": _Relation(
        lambda: TaggedArticle.objects.filter(content_object=Given("story")),
        Shape(TaggedArticle, ("order", "tag__name", "tag__slug", "tag__kind", "tag__same_as")),
        lambda use: (use.order, use.pk),
    ),
    "photo_uses": _Relation(
        lambda: PhotoUse.objects.filter(article=Given("story"), live=True),
        Shape(
            PhotoUse,
            ("order", *USE_COLUMNS, *columns_of("photo"), *columns_of("photo", RIGHTS_COLUMNS)),
        ),
        lambda use: (use.order, use.pk),
    ),
    "embed_uses": _Relation(
        lambda: EmbedUse.objects.filter(article=Given("story")),
        Shape(
            EmbedUse,
            ("url", "start", "position", *columns_of("embed", EMBED_COLUMNS), *columns_of("embed__poster")),
        ),
        lambda use: use.position,
    ),
    "corrections": _Relation(
        lambda: Correction.objects.filter(article=Given("story"), public=True),
        Shape(Correction, ("kind", "text", "position", "published_at")),
        lambda correction: (-correction.published_at.timestamp(), -correction.pk),
    ),
    "series_items": _Relation(
        _series_items,
        Shape(SeriesItem, ("series__title", "series__slug")),
        lambda item: (item.series.title, item.pk),
        IN_SERIES,
    ),
}  # fmt: skip
_read = PreparedTogether(lambda: [relation.as_json() for relation in RELATIONS.values()])


def hold_rows(story: Article) -> None:
    """Read what isn't in memory yet. 1 query, none where all of it is."""
    held = story.__dict__.get("_prefetched_objects_cache", {})
    if held.keys() >= RELATIONS.keys():
        return
    for (name, relation), rows in zip(RELATIONS.items(), _read(story=story.pk), strict=True):
        if name not in held:
            hold(story, name, relation.instances(rows))
    if not Article.lead.is_cached(story):
        _set_lead(story)


def hold(story: Article, relation: str, rows: Sequence[Model]) -> None:
    """Give a relation its rows, as prefetching would."""
    manager = getattr(story, relation)
    held: QuerySet[Model] = QuerySet(manager.model)
    held._result_cache = list(rows)
    held._prefetch_done = True  # type: ignore[attr-defined]
    story.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = held


def _set_lead(story: Article) -> None:
    """The lead photo is one of its placements; were it none, it would be asked for by itself."""
    uses = {use.pk: use for use in story.photo_uses.all()}
    if story.lead_id is None or story.lead_id in uses:
        story.lead = uses.get(story.lead_id or 0)
