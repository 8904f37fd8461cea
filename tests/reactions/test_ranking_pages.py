"""The rankings as pages, on the front page, as a feed and in the sitemap."""

import json
import re

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from reactions.models import ReactionKind
from tests import builders
from tests.reactions.test_popular import DAY, count, story

pytestmark = [pytest.mark.django_db, pytest.mark.services, pytest.mark.usefixtures("kinds")]


def page(reader: Client, path: str) -> str:
    cache.clear()
    return reader.get(path).content.decode()


def test_the_pages_and_the_front_page_show_the_lists(reader: Client) -> None:
    assert "Nobody has reacted lately." in page(reader, "/most-reacted/")
    assert "Most reacted</a></h2>" not in page(reader, "/")
    article = story(heart=12)
    for path in ("/most-reacted/", "/", "/most-reacted/heart/", "/most-reacted/this-week/"):
        html = page(reader, path)
        assert article.headline in html
        assert '<span class="sum__number">12</span>' in html
    assert "No story got this reaction lately." in page(reader, "/most-reacted/wow/")


def test_the_front_page_says_what_readers_felt(reader: Client) -> None:
    story(heart=12)
    story(laugh=7)
    html = page(reader, "/")
    assert html.count('class="mood"') == 2
    assert 'href="/most-reacted/laugh/"' in html
    assert "What made readers laugh" in html


def test_every_ranking_leads_to_the_others(reader: Client) -> None:
    html = page(reader, "/most-reacted/laugh/this-week/")
    linked = set(re.findall(r'href="(/most-reacted/[^"]*)"', html))
    assert linked >= {
        "/most-reacted/laugh/", "/most-reacted/laugh/this-week/", "/most-reacted/laugh/this-month/",
        "/most-reacted/this-week/", "/most-reacted/heart/this-week/",
    }  # fmt: skip
    current = re.findall(r'<a href="([^"]*)" aria-current="page"', html)
    assert current == ["/most-reacted/laugh/this-week/"] * 2
    for path in linked - {"/most-reacted/feed/"}:
        assert reader.get(path).status_code == 200, path


def test_a_ranking_says_of_itself_what_it_is(reader: Client) -> None:
    article = story(laugh=7)
    html = page(reader, "/most-reacted/laugh/this-week/")
    assert "<title>What made readers laugh this week – " in html
    assert re.search(r'rel="canonical" href="[^"]*/most-reacted/laugh/this-week/"', html)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    ranked = json.loads(found[1])["mainEntity"]
    assert (ranked["@type"], ranked["numberOfItems"]) == ("ItemList", 1)
    assert ranked["itemListElement"][0]["name"] == article.headline
    assert 'content="noindex"' in page(reader, "/most-reacted/wow/")
    assert 'content="noindex"' not in html


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/most-reacted/angry/", 404),  # in no set
        ("/most-reacted/nonsense/", 404),
        ("/most-reacted/laugh/for-ever/", 404),
    ],
)
def test_what_no_bar_has_is_no_page(reader: Client, path: str, status: int) -> None:
    assert reader.get(path).status_code == status


def test_a_retired_kinds_page_leads_to_all_of_its_period(reader: Client) -> None:
    ReactionKind.objects.filter(slug="laugh").update(retired_at=timezone.now())
    answer: HttpResponse = reader.get("/most-reacted/laugh/this-week/")
    assert (answer.status_code, answer["Location"]) == (302, "/most-reacted/this-week/")


def test_a_kind_without_words_of_its_own_has_a_page_with_plain_ones(reader: Client) -> None:
    assert "Most “Thumbs up”" in page(reader, "/most-reacted/thumbs-up/")


def test_the_feed_and_the_sitemap_have_the_weeks_stories(reader: Client) -> None:
    article = story(laugh=7, ago=3 * DAY)
    draft = builders.make_draft()
    count(draft, "laugh", 70)
    feed = page(reader, "/most-reacted/feed/")
    assert article.headline in feed
    assert draft.headline not in feed
    for path in ("/most-reacted/", "/most-reacted/laugh/", "/"):
        assert draft.headline not in page(reader, path)
    sitemap = page(reader, "/sitemap-most-reacted.xml")
    assert "/most-reacted/laugh/<" in sitemap
    assert "/most-reacted/wow/<" not in sitemap
    assert "sitemap-most-reacted.xml" in page(reader, "/sitemap.xml")
