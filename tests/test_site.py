"""Every public page, visited: status, one <h1>, headers, queries, nothing of anyone else's.

A page that is added to `pages()` gets all of these checks.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.listing import PER_PAGE
from articles.models import Article, Series
from articles.navigation import site_nav
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The generation is read once: a slow test must not count a second look."""
    monkeypatch.setattr("articles.models.site_state.RECHECK_SECONDS", 3_600)


@dataclass(frozen=True)
class Site:
    """A small paper: one story with everything on it, and a list's worth beside it."""

    story: Article
    section: str
    tag: str
    contributor: str
    series: str


@pytest.fixture
def site() -> Site:
    section = builders.make_section(name="Music", slug="music")
    tag = builders.make_tag("Jazz", slug="jazz")
    writer = builders.make_contributor(name="Ada Quill", slug="ada-quill")
    story = full_story(section=section, headline="The night the pier sang")
    builders.add_byline(story, writer)
    builders.add_tag(story, tag)
    for number in range(3):
        more_of_it(section=section, tag=tag, writer=writer, minutes=number)
    series = Series.objects.create(title="Piers", slug="piers")
    for order, part in enumerate(Article.objects.order_by("pk")[:2]):
        series.items.create(article=part, order=order)
    site_nav()  # the menu is cached: every page but the first finds it there
    return Site(
        story, section.get_absolute_url(), tag.get_absolute_url(), writer.get_absolute_url(),
        series.get_absolute_url(),
    )  # fmt: skip


def full_story(**fields: object) -> Article:
    story = builders.make_article(**fields)
    builders.make_lead(story)
    embed = builders.make_embed(media_id="Ch-W8bVuxXD")
    use = builders.make_photo()
    body_use = story.photo_uses.create(photo=use, slot="body", caption="Backstage", alt="A door")
    Article.objects.filter(pk=story.pk).update(
        body_html=(
            "<p>It happened on a Tuesday.</p>"
            f'<oembed>{embed.url}</oembed><figure data-photo="{body_use.pk}"></figure>'
        )
    )
    builders.use_embed(story, embed)
    return story


def more_of_it(*, section: object, tag: object, writer: object, minutes: int) -> Article:
    article = builders.make_article(
        section=section, publish_at=timezone.now() - timedelta(hours=2, minutes=minutes)
    )
    builders.make_lead(article)
    builders.add_byline(article, writer)  # type: ignore[arg-type]
    builders.add_tag(article, tag)  # type: ignore[arg-type]
    return article


PAGES: dict[str, Callable[[Site], str]] = {
    "home": lambda site: "/",
    "article": lambda site: site.story.get_absolute_url(),
    "section": lambda site: site.section,
    "tag": lambda site: site.tag,
    "contributor": lambda site: site.contributor,
    "series": lambda site: site.series,
    "archive": lambda site: "/archive/",
    "year": lambda site: day_of(site, "/%Y/"),
    "month": lambda site: day_of(site, "/%Y/%m/"),
    "day": lambda site: day_of(site, "/%Y/%m/%d/"),
    "most reacted": lambda site: "/most-reacted/",
    "search": lambda site: "/search/",
    "answers": lambda site: "/search/?q=pier",
}


def day_of(site: Site, address: str) -> str:
    assert site.story.publish_at
    return timezone.localtime(site.story.publish_at).strftime(address)


every_page = pytest.mark.parametrize("name", PAGES)


@every_page
def test_a_page_answers_with_one_h1_and_its_canonical_address(
    name: str, site: Site, reader: Client
) -> None:
    path = PAGES[name](site)
    response = reader.get(path)
    html = response.content.decode()
    assert response.status_code == 200
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert f'<link rel="canonical" href="http://localhost:8000{path}">' in html
    assert "<title>" in html


@every_page
def test_a_page_is_the_same_for_everyone_and_sets_no_cookie(
    name: str, site: Site, reader: Client
) -> None:
    path = PAGES[name](site)
    first, second = reader.get(path), Client(headers={"cookie": "session=x"}).get(path)
    assert first.content == second.content
    assert not first.cookies
    assert "Cookie" not in first.get("Vary", "")
    assert "public" in first["Cache-Control"]


@every_page
def test_a_page_that_has_not_changed_is_not_sent_again(
    name: str, site: Site, reader: Client
) -> None:
    path = PAGES[name](site)
    etag = reader.get(path)["ETag"]
    assert reader.get(path, headers={"if-none-match": etag}).status_code == 304


@every_page
def test_a_page_has_the_strict_policy_and_no_inline_code(
    name: str, site: Site, reader: Client
) -> None:
    response = reader.get(PAGES[name](site))
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    html = response.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", html)
    assert not re.search(r"<script(?![^>]*(src=|application/ld\+json))", html)
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@every_page
def test_a_page_loads_nothing_from_another_host(name: str, site: Site, reader: Client) -> None:
    html = reader.get(PAGES[name](site)).content.decode()
    loaded = re.findall(
        r"<(?:img|script|iframe|source|video|audio)[^>]+(?:src|srcset)=\"(?!/)[^\"]*", html
    )
    loaded += re.findall(
        r"<link(?![^>]*rel=\"(?:canonical|alternate)\")[^>]+href=\"(?!/)[^\"]*", html
    )
    assert not loaded


# What each page may ask the database, with nothing kept (FRAGMENT_BYTES=0). A page that asks more,
# or more per row, fails. The menu and the banner are kept for a moment. With its pieces kept a story
# asks 2 and the home page none: see tests/articles/views/test_article.py and test_home.py.
#   home:         1 slots, 2 their entries, 3 the newest by pool, 4 the cards, 5 bylines,
#                 6 the stories of the ranking (kept: docs/reactions.md), 7 their reactions,
#                 8 the stories that moved readers, 9 their reactions
#   article:      1 whether readers may see it; its pieces: 2 the story with its section, 3 its
#                 rows (bylines, tags, photos, embeds, corrections, series), 4 what is near, 5 the
#                 cards of that; 6 reactions
#   section:      1 the section, 2 articles, 3 bylines, 4 its slots, 5 its children
#   tag:          1 the tag, 2 articles, 3 bylines
#   contributor:  1 the contributor, 2 articles, 3 bylines, 4 beats
#   series:       1 the series, 2 its parts, 3 bylines
#   archive:      1 the newest, 2 the oldest, 3 the months between
#   year:         1 the newest by month, 2 the stories
#   month:        1 articles, 2 bylines, 3 the days that have stories
#   day:          1 articles, 2 bylines
#   search, answers: see tests/articles/views/test_search.py (three more on PostgreSQL: a savepoint
#                 and its end, bounds of the search)
#   most reacted: 1 the stories of the ranking, 2 bylines, 3 their reactions
BUDGET = {
    "home": 9, "article": 6, "section": 5, "tag": 3, "contributor": 4, "series": 3, "archive": 3,
    "year": 2, "month": 3, "day": 2, "most reacted": 3,
    "search": 9, "answers": 14 if connection.vendor == "sqlite" else 17,
}  # fmt: skip


@every_page
def test_a_page_keeps_its_query_budget(
    name: str, site: Site, reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = PAGES[name](site)
    reader.get(path)  # the reaction sets and the menu are cached by the first reader
    with django_assert_num_queries(BUDGET[name], exact=False):
        assert reader.get(path).status_code == 200


@every_page
def test_queries_do_not_grow_with_the_archive(
    name: str, site: Site, reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = PAGES[name](site)
    section, tag = site.story.section, site.story.tag_uses.get().tag
    writer = site.story.bylines.get().contributor
    reader.get(path)
    with django_assert_num_queries(BUDGET[name], exact=False) as few:
        reader.get(path)
    for number in range(PER_PAGE):
        more_of_it(section=section, tag=tag, writer=writer, minutes=10 + number)
    with django_assert_num_queries(len(few.captured_queries)):
        reader.get(path)


def machine_pages(site: Site) -> list[str]:
    """Feeds and sitemaps: what no person looks at."""
    lists = ("/", site.section, site.tag, site.contributor, "/most-reacted/")
    feeds = [f"{path}feed/" for path in lists]
    maps = [
        f"/sitemap-{name}.xml"
        for name in ("articles", "news", "sections", "tags", "people", "series", "most-reacted")
    ]
    return [*feeds, "/sitemap.xml", *maps, day_of(site, "/sitemap-%Y-%m.xml")]


def test_feeds_and_sitemaps_are_valid_xml_of_few_queries(
    site: Site, reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for path in machine_pages(site):
        # 1 the subject, 2 articles, 3 bylines; the index: newest, oldest, months between
        with django_assert_num_queries(3, exact=False):
            response = reader.get(path)
        assert response.status_code == 200, path
        assert "public" in response["Cache-Control"]
        ET.fromstring(response.content)


HIDDEN = [
    {"status": Article.Status.DRAFT},
    {"status": Article.Status.REVIEW},
    {"status": Article.Status.WITHDRAWN},
    {"publish_at": timezone.now() + timedelta(days=1)},
    {"expire_at": timezone.now() - timedelta(minutes=1)},
]


@pytest.mark.parametrize("fields", HIDDEN, ids=lambda fields: next(iter(fields)) + str(fields)[:30])
def test_what_is_not_public_is_nowhere(
    fields: dict[str, object], site: Site, reader: Client
) -> None:
    secret = builders.make_article(headline="Not for readers", section=site.story.section, **fields)
    builders.add_tag(secret, site.story.tag_uses.get().tag)
    builders.add_byline(secret, site.story.bylines.get().contributor)
    paths = [page(site) for page in PAGES.values()]
    for path in [*paths, *machine_pages(site)]:
        content = reader.get(path).content.decode()
        assert "Not for readers" not in content
        assert secret.slug not in content
    assert reader.get(secret.get_absolute_url()).status_code in {404, 410}
    assert reader.get(f"/r/{secret.pk}.json").status_code == 404


def test_a_scheduled_story_is_public_at_its_minute_with_no_job_in_between(reader: Client) -> None:
    story = builders.make_article(publish_at=timezone.now() + timedelta(minutes=1))
    assert reader.get(story.get_absolute_url()).status_code == 404
    at = story.publish_at
    assert not Article.objects.published(at=at - timedelta(seconds=1)).filter(pk=story.pk)  # type: ignore[operator]
    assert Article.objects.published(at=at).filter(pk=story.pk).exists()
