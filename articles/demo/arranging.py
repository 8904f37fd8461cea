"""What the desk arranges once the stories are there: series, fronts, banners. What is there stays."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from articles.demo.content import DemoBanner, DemoContent, DemoFront, DemoSeries, DemoSlot
from articles.demo.photo_desk import PhotoDesk
from articles.models import (
    Article,
    Banner,
    Front,
    Section,
    Series,
    SeriesItem,
    Slot,
    SlotEntry,
    public_changed,
)


@transaction.atomic
def arrange(content: DemoContent, *, desk: PhotoDesk, now: datetime) -> None:
    for series in content.series:
        if not Series.objects.filter(slug=series.slug).exists():
            _load_series(series, content, desk)
    for front in content.fronts:
        _load_front(front, now)
    for banner in content.banners:
        if not Banner.objects.filter(text=banner.text).exists():
            _load_banner(banner, now)
    public_changed()


def _load_series(demo: DemoSeries, content: DemoContent, desk: PhotoDesk) -> None:
    hero = desk.credited(content.photos[demo.hero]) if demo.hero else None
    series = Series.objects.create(slug=demo.slug, title=demo.title, dek=demo.dek, hero=hero)
    articles = Article.objects.in_bulk(demo.articles, field_name="slug")
    SeriesItem.objects.bulk_create(
        SeriesItem(series=series, article=articles[slug], order=order)
        for order, slug in enumerate(demo.articles)
        if slug in articles
    )


def _load_front(demo: DemoFront, now: datetime) -> None:
    """A front with anything in it is an editor's and stays as it is."""
    section = Section.objects.get(slug=demo.section) if demo.section else None
    front, _made = Front.objects.get_or_create(section=section)
    if SlotEntry.objects.filter(slot__front=front).exists():
        return
    for order, slot in enumerate(demo.slots):
        _load_slot(front, slot, order=order, now=now)


def _load_slot(front: Front, demo: DemoSlot, *, order: int, now: datetime) -> None:
    slot, _made = Slot.objects.get_or_create(
        front=front,
        key=demo.key,
        defaults={
            "title": demo.title,
            "max": demo.max,
            "backfill": demo.backfill,
            "order": order,
        },
    )
    articles = Article.objects.in_bulk([e.article for e in demo.entries], field_name="slug")
    SlotEntry.objects.bulk_create(
        SlotEntry(
            slot=slot,
            article=articles[entry.article],
            order=place,
            headline_override=entry.headline,
            pinned=entry.pinned,
            until=now + entry.lasts if entry.lasts else None,
        )
        for place, entry in enumerate(demo.entries)
        if entry.article in articles
    )


def _load_banner(demo: DemoBanner, now: datetime) -> None:
    Banner.objects.create(
        text=demo.text,
        level=demo.level,
        url=reverse("articles:article", args=[demo.article]),
        starts=now,
        ends=now + demo.lasts,
    )
