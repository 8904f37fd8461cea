"""Every public page, visited: status, one <h1>, headers, queries, nothing of anyone else's.

A page that is added to `pages()` gets all of these checks.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, Correction
from articles.navigation import site_nav
from articles.views.lists import PER_PAGE
from tests import builders

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Site:
    """A small paper: one story with everything on it, and a list's worth beside it."""

    story: Article
    section: str
    tag: str
    contributor: str


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
    site_nav()  # the menu is cached: every page but the first finds it there
    return Site(
        story, section.get_absolute_url(), tag.get_absolute_url(), writer.get_absolute_url()
    )


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
}
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


# What each page may ask the database. A page that asks more, or more per row, fails.
#   home:        1 curated, 2 newest with section and lead, 3 their bylines with contributors,
#                (the menu is cached)
#   article:     1 the story with section and lead, 2 bylines, 3 tags, 4 embeds, 5 photos in the
#                body, 6 reactions
#   section:     1 the section, 2 count, 3 articles, 4 bylines
#   tag:         1 the tag, 2 count, 3 articles, 4 bylines
#   contributor: 1 the contributor, 2 count, 3 articles, 4 bylines
BUDGET = {"home": 3, "article": 6, "section": 4, "tag": 4, "contributor": 4}


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
    for path in [*paths, "/feed/", "/sitemap.xml", "/sitemap-articles.xml"]:
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


def test_the_feed_is_valid_xml_with_the_story_and_its_photo_credit(
    site: Site, reader: Client
) -> None:
    photo = site.story.lead.photo  # type: ignore[union-attr]
    photo.manifest = [
        {"format": "jpeg", "width": 960, "height": 640, "path": "photos/ab/x-960.jpg", "bytes": 1}
    ]
    photo.save()
    response = reader.get("/feed/")
    items = ET.fromstring(response.content).findall("./channel/item")
    assert len(items) == 4
    story = next(item for item in items if item.findtext("title") == site.story.headline)
    media = "{http://search.yahoo.com/mrss/}"
    assert (
        story.find(f"{media}content").get("url")
        == "http://localhost:8000/media/photos/ab/x-960.jpg"
    )  # type: ignore[union-attr]
    assert "Ines Lark" in str(story.find(f"{media}content").findtext(f"{media}credit"))  # type: ignore[union-attr]
    assert story.findtext("link") == f"http://localhost:8000{site.story.get_absolute_url()}"


def test_the_sitemap_lists_published_pages(site: Site, reader: Client) -> None:
    index = reader.get("/sitemap.xml").content.decode()
    assert "sitemap-articles.xml" in index
    pages = reader.get("/sitemap-articles.xml").content.decode()
    assert site.story.get_absolute_url() in pages


def test_robots_names_the_sitemap(reader: Client) -> None:
    assert (
        "Sitemap: http://localhost:8000/sitemap.xml" in reader.get("/robots.txt").content.decode()
    )


def test_corrections_stand_where_the_editor_put_them(site: Site, reader: Client) -> None:
    for position in Correction.Position:
        site.story.corrections.create(text=f"Mended at the {position}.", position=position)
    Article.objects.filter(pk=site.story.pk).update(has_corrections=True)
    html = reader.get(site.story.get_absolute_url()).content.decode()
    assert "CorrectionComment" in html
    html = html[html.index("<main") :]
    top, body = html.index("Mended at the top."), html.index("It happened on a Tuesday.")
    assert top < body < html.index("Mended at the bottom.")
