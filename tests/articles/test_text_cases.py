"""The shared titles and slugs, from the writer's form to every place where a reader meets them."""

import html
import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Section
from newsroom.lib.text import clean_line, is_slug
from tests import builders
from tests.articles.admin.filled import add, change, data_of, errors_of, save
from tests.cases import load_jsonl

pytestmark = pytest.mark.django_db
CASES = load_jsonl("text/cases.jsonl")
FORBIDDEN = ["\x00", "\x07", "\x1b", "\u202a", "\u202e", "\u2066", "\u2069", "\u2028", "\ufeff"]
REFUSING = {"refuse", "accept_or_refuse"}


def of_field(name: str) -> Any:
    cases = [case for case in CASES if case["field"] == name]
    return pytest.mark.parametrize("case", cases, ids=[case["id"] for case in cases])


def value_of(case: dict[str, Any]) -> str:
    if case["value"] is None:
        return str(case["gen"]["char"] * case["gen"]["count"])
    # Two halves of one character in a JSON file are that character.
    return str(case["value"]).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@pytest.fixture
def section() -> Section:
    return builders.make_section(name="Music", slug="music")


def write(desk: Client, title: str, section: Section) -> Any:
    return save(desk, add(Article), headline=title, section=section.pk, body_html="<p>Words.</p>")


def published(desk: Client, case: dict[str, Any], section: Section) -> Article | None:
    """The case's title, saved and published; None where the form or the gate refused it."""
    response = write(desk, value_of(case), section)
    assert response.status_code == 200
    if errors_of(response):
        assert case.get("expect") in REFUSING
        assert not Article.objects.exists()
        return None
    article = Article.objects.get()
    response = desk.post(
        change(article), data_of(desk.get(change(article)), _publish="1", confirm="1"), follow=True
    )
    assert response.status_code == 200
    article.refresh_from_db()
    if article.status != Article.Status.PUBLISHED:
        assert "has no headline" in response.content.decode()
        assert not article.headline
        return None
    assert case.get("expect") != "refuse"
    return article


def places(article: Article) -> list[str]:
    return [
        article.get_absolute_url(), "/", "/section/music/", "/feed/", "/sitemap-articles.xml",
        reverse("admin:articles_article_changelist"), change(article),
        reverse("admin:articles_article_history", args=[article.pk]),
    ]  # fmt: skip


@of_field("title")
def test_a_title_is_shown_literally_wherever_it_stands(
    case: dict[str, Any], desk: Client, section: Section
) -> None:
    article = published(desk, case, section)
    if article is None:
        for path in (
            "/",
            "/feed/",
            "/section/music/",
            reverse("admin:articles_article_changelist"),
        ):
            assert desk.get(path).status_code == 200
        return
    title = article.headline
    assert title == clean_line(value_of(case))
    assert case.get("must_keep_text", "") in title
    for path in places(article):
        response = desk.get(path)
        content = response.content.decode()
        assert response.status_code == 200, path
        for character in {*FORBIDDEN, *case.get("forbidden_after", [])}:
            assert character not in content, (path, character)
        assert "<img src=x" not in content, path
        assert "<script>alert" not in content, path
    page = desk.get(article.get_absolute_url()).content.decode()
    assert re.search(rf"<h1[^>]*>{re.escape(html.escape(title))}</h1>", page)
    (ld,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(ld)["headline"] == title
    feed = ET.fromstring(desk.get("/feed/").content)
    assert feed.findtext("./channel/item/title") == title


@of_field("title")
def test_a_title_gives_an_address_of_its_own_each_time(
    case: dict[str, Any], desk: Client, section: Section
) -> None:
    for _ in range(3):
        write(desk, value_of(case), section)
    slugs = list(Article.objects.values_list("slug", flat=True))
    assert len(slugs) in ({0, 3} if case.get("expect") in REFUSING else {3})
    assert len(set(slugs)) == len(slugs)
    for slug in slugs:
        assert is_slug(slug, max_length=200)


@of_field("slug")
def test_a_slug_works_or_is_refused_in_words(case: dict[str, Any], desk: Client) -> None:
    draft = builders.make_draft(slug="before")
    response = save(desk, change(draft), slug=value_of(case))
    assert response.status_code == 200
    draft.refresh_from_db()
    if errors_of(response):
        assert case["expect"] in REFUSING
        assert draft.slug == "before"
        assert html.escape(value_of(case)) in response.content.decode()
        return
    assert case["expect"] != "refuse"
    Article.objects.update(status="published", publish_at="2024-01-01T00:00Z")
    assert desk.get(draft.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("slug", ["../x", "a/b", "a b", "A", "<b>", "a.", "x" * 201, "?", "a\x00b"])
def test_a_slug_that_is_no_path_part_is_refused(slug: str, desk: Client) -> None:
    draft = builders.make_draft(slug="before")
    assert errors_of(save(desk, change(draft), slug=slug))
    draft.refresh_from_db()
    assert draft.slug == "before"


def test_the_lists_of_the_desk_show_a_title_as_text(desk: Client) -> None:
    hostile = '"><img src=x onerror=alert(1)>{{ 7|add:7 }}'
    builders.make_article(headline=hostile)
    content = desk.get(reverse("admin:articles_article_changelist")).content.decode()
    assert html.escape(hostile) in content
    assert "<img src=x" not in content
