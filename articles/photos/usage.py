"""What was used in a month, as agencies bill it: the placements in the stories published in it."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from articles.models import Agency, Article, PhotoUse, RightsClass
from articles.photos.figure import credit_line, photographers

HEADER = (
    "Published", "Story", "Address", "Placement", "Photo", "Supplier’s number", "Photographer", "Agency",
    "Part of", "Via", "Credit line", "Rights", "Rights end",
)  # fmt: skip
CHUNK = 500


def uses_in(month: date, agency: Agency | None = None) -> QuerySet[PhotoUse]:
    """The placements that readers saw in stories published in that month, by the newsroom's clock;
    of an agency: with its collections, and what came by way of it. A story that was withdrawn
    since counts: its pictures were used.
    """
    begins, ends = (timezone.make_aware(datetime.combine(day, time(0))) for day in span(month))
    seen = Article.objects.published() | Article.objects.gone()
    seen = seen.filter(publish_at__gte=begins, publish_at__lt=ends)
    mark = Concat(
        Value('data-photo="'), Cast("pk", CharField()), Value('"'), output_field=CharField()
    )
    # A photo of the text stands where the text says so.
    standing = ~Q(slot=PhotoUse.Slot.BODY) | Q(article__body_html__contains=mark)
    uses = PhotoUse.objects.filter(standing, live=True, article__in=seen)
    if agency:
        whose = Q(photo__agency=agency) | Q(photo__agency__parent=agency) | Q(photo__via=agency)
        uses = uses.filter(whose)
    return uses


def by_agency(month: date) -> list[Any]:
    """[{name, uses, photos}] of that month, the most first. Those of nobody's row go by their words."""
    name = Coalesce(F("photo__agency__name"), F("photo__agency_text"))
    rows = uses_in(month).order_by().values(name=name)
    return list(
        rows.annotate(uses=Count("pk"), photos=Count("photo", distinct=True)).order_by(
            "-uses", "name"
        )
    )


def rows_of(uses: QuerySet[PhotoUse], *, site_url: str) -> Iterator[tuple[str, ...]]:
    """A row of HEADER for each use, by agency and date. 1 query, read in parts."""
    related = ("article", "photo__photographer", "photo__agency__parent", "photo__via")
    light = uses.select_related(*related).defer(
        "article__body_html", "article__body_text", "photo__metadata", "photo__provenance",
        "photo__manifest",
    )  # fmt: skip
    ordered = light.order_by("photo__agency__name", "article__publish_at", "article", "order", "pk")
    for use in ordered.iterator(chunk_size=CHUNK):
        yield _row(use, site_url)


def span(month: date) -> tuple[date, date]:
    """The first day of the month, and of the next."""
    first = month.replace(day=1)
    next_first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, next_first


def _row(use: PhotoUse, site_url: str) -> tuple[str, ...]:
    photo, agency = use.photo, use.photo.agency
    return (
        _day(use.article.publish_at),
        str(use.article),
        f"{site_url}{use.article.get_absolute_url()}",
        use.get_slot_display(),
        str(photo.pk),
        photo.supplier_ref,
        "; ".join(photographers(photo)),
        agency.name if agency else photo.agency_text,
        agency.parent.name if agency and agency.parent else "",
        photo.via.name if photo.via else "",
        credit_line(use),
        dict(RightsClass.choices).get(photo.rights_class, photo.rights_class),
        _day(photo.rights_until),
    )


def _day(moment: datetime | None) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""
