"""What the desk arranges: series, fronts with their slots, banners."""

from datetime import timedelta

from articles.demo.content import DemoBanner, DemoEntry, DemoFront, DemoSeries, DemoSlot
from articles.demo.toml_table import Table


def read_series(table: Table) -> DemoSeries:
    series = DemoSeries(
        slug=table.text("slug"),
        title=table.text("title"),
        dek=table.text("dek", ""),
        hero=table.text("hero", ""),
        articles=table.texts("articles"),
    )
    table.finish()
    return series


def read_front(table: Table) -> DemoFront:
    front = DemoFront(table.text("section", ""), tuple(map(_slot, table.tables("slot"))))
    table.finish()
    return front


def read_banner(table: Table) -> DemoBanner:
    banner = DemoBanner(
        text=table.text("text"),
        level=table.text("level", "breaking"),
        article=table.text("article"),
        lasts=timedelta(hours=table.number("hours")),
    )
    table.finish()
    return banner


def _slot(table: Table) -> DemoSlot:
    slot = DemoSlot(
        key=table.text("key"),
        title=table.text("title", ""),
        max=table.whole("max"),
        backfill=table.switch("backfill", default=True),
        entries=tuple(map(_entry, table.tables("entry"))),
    )
    table.finish()
    return slot


def _entry(table: Table) -> DemoEntry:
    entry = DemoEntry(
        article=table.text("article"),
        headline=table.text("headline", ""),
        pinned=table.switch("pinned"),
        lasts=timedelta(hours=table.number("hours")) if table.has("hours") else None,
    )
    table.finish()
    return entry
