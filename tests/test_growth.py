"""What a page makes SQLite do doesn't grow with the archive, without statistics, as it is on a site.

Counted in steps of SQLite's machine, which no other process changes. A plan that goes through the
archive takes ten times as many in one ten times as large; times are in docs/performance.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles import feeds, fronts
from articles.cards import CardList
from articles.embeds.schedule import plan
from articles.listing import of_contributor, of_tag
from articles.models import (
    Article,
    Byline,
    Contributor,
    Front,
    Series,
    Tag,
    TaggedArticle,
    newest_of,
)
from articles.navigation import site_nav
from articles.views import lists
from tests import builders

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="counts SQLite's steps"),
]
SMALL, LARGE = 150, 1_500
MOST = 1.1
NEWEST = 60  # as far apart in every archive
OLD = 30
YEARS = range(2010, 2025)
FOR_OLD = datetime(YEARS[0], 5, 12, 12, tzinfo=UTC)
PAGES = {
    "home": "/", "section": "/section/music/", "section, page 2": "/section/music/?page=2",
    "common tag": "/tag/common/", "common tag, page 2": "/tag/common/?page=2",
    "rare tag": "/tag/rare/", "tag of long ago": "/tag/old/", "contributor": "/by/ada/",
    "contributor of long ago": "/by/old/", "series": "/series/piers/",
    "newest article": "/story/s1/", "old article": "/story/old1/",
    "archive": "/archive/", "year": "/2010/", "month": "/2010/05/", "day": "/2010/05/12/",
    "feed": "/feed/", "section feed": "/section/music/feed/", "tag feed": "/tag/common/feed/",
    "contributor feed": "/by/ada/feed/", "sitemaps": "/sitemap.xml", "sitemap, tags": "/sitemap-tags.xml",
    "sitemap, people": "/sitemap-people.xml", "sitemap, series": "/sitemap-series.xml",
    "sitemap of a month": "/sitemap-2010-05.xml", "news": "/sitemap-news.xml",
}  # fmt: skip


class Paper:
    """A paper of `count` stories between the newest, which are as far apart in every paper, and the
    oldest, which are the same in every paper; none came out in the year after those.
    """

    def __init__(self) -> None:
        self.music = builders.make_section(name="Music", slug="music")
        self.common, self.rare, self.old = (
            builders.make_tag(name, slug=name) for name in ("common", "rare", "old")
        )
        self.ada, self.ben = (builders.make_contributor(name=n, slug=n) for n in ("ada", "old"))
        moments = [FOR_OLD + timedelta(minutes=number) for number in range(OLD)]
        old = self.add("old", moments)
        use(TaggedArticle, [(story, self.old) for story in old])
        use(Byline, [(story, self.ben) for story in old])
        piers = Series.objects.create(title="Piers", slug="piers")
        for story in old[:3]:
            piers.items.create(article=story)
        now = timezone.now()
        new = self.add("s", [now - timedelta(minutes=10 * n + 1) for n in range(NEWEST)])
        use(TaggedArticle, [(story, self.rare) for story in new[:2]])
        slot = Front.objects.create().slots.create(key="late", max=4, backfill_tag=self.common)
        slot.entries.create(article=old[0])
        builders.use_embed(old[1], builders.make_embed())

    def grow(self, count: int) -> None:
        start = datetime(YEARS[2], 1, 1, tzinfo=UTC)
        apart = (datetime(YEARS[-1], 12, 31, tzinfo=UTC) - start) / count
        have = Article.objects.count()
        self.add(f"m{have}-", [start + apart * n for n in range(count)])

    def add(self, name: str, moments: list[datetime]) -> list[Article]:
        stories = Article.objects.bulk_create(
            Article(
                slug=f"{name}{number}", headline="A story", section=self.music, publish_at=moment,
                first_published_at=moment, status=Article.Status.PUBLISHED,
            )
            for number, moment in enumerate(moments)
        )  # fmt: skip
        use(TaggedArticle, [(story, self.common) for story in stories[::2]])
        use(Byline, [(story, self.ada) for story in stories])
        return stories


def use(model: type[Model], pairs: list[tuple[Article, Tag | Contributor]]) -> None:
    if model is Byline:
        rows: list[Any] = [Byline(article=story, contributor=person) for story, person in pairs]
    else:
        rows = [TaggedArticle(content_object=story, tag=tag) for story, tag in pairs]
    model._default_manager.bulk_create(rows)


@contextmanager
def counted() -> Iterator[list[int]]:
    steps = [0]

    def step() -> None:
        steps[0] += 1

    connection.ensure_connection()
    connection.connection.set_progress_handler(step, 1)
    try:
        yield steps
    finally:
        connection.connection.set_progress_handler(None, 0)


def steps_of_each(reader: Client) -> dict[str, int]:
    site_nav()
    found = {}
    for name, path in PAGES.items():
        assert reader.get(path).status_code == 200, path
        with counted() as steps:
            reader.get(path)
        found[name] = steps[0]
    with counted() as steps:
        plan()
    return {**found, "when posts are looked after": steps[0]}


@pytest.fixture
def _few_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few that the small archive has as many, in SQL that is written anew for it."""
    monkeypatch.setattr(newest_of, "COUNTED", 30)
    monkeypatch.setattr(newest_of, "COUNTED_EACH", 1)
    monkeypatch.setattr(lists, "WITH_TAG", CardList(of_tag))
    monkeypatch.setattr(lists, "BY_CONTRIBUTOR", CardList(of_contributor))
    for module, name in ((feeds, "_list_of"), (fronts, "_newest_of")):
        monkeypatch.setattr(module, name, cache(getattr(module, name).__wrapped__))


@pytest.mark.usefixtures("_few_counted")
def test_no_page_reads_more_of_a_larger_archive(reader: Client, settings: Settings) -> None:
    settings.EMBED_FETCH = True
    paper = Paper()
    paper.grow(SMALL)
    small = steps_of_each(reader)
    paper.grow(LARGE - SMALL)
    large = steps_of_each(reader)
    grown = {name: (n, large[name]) for name, n in small.items() if large[name] > MOST * n}
    assert not grown
    assert min(small.values()) > 0
