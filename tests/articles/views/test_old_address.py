"""Old addresses: followed in one hop, gone said so, everything else 404."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, Redirect
from tests import builders

pytestmark = pytest.mark.django_db


def old(path: str, **fields: Any) -> Redirect:
    return Redirect.objects.create(old_path=path, **fields)


@pytest.mark.parametrize("status", [301, 302])
def test_a_path_leads_to_a_path(status: int, reader: Client) -> None:
    old("/old/", target_path="/section/music/", status=status)
    response = reader.get("/old/")
    assert (response.status_code, response["Location"]) == (status, "/section/music/")
    assert response["Cache-Control"] == "public, max-age=300, s-maxage=1"


def test_a_path_leads_to_an_article_wherever_it_is_now(reader: Client) -> None:
    article = builders.make_article()
    old("/old/", target_article=article)
    assert reader.get("/old/")["Location"] == article.get_absolute_url()
    Article.objects.filter(pk=article.pk).update(slug="moved")
    assert reader.get("/old/")["Location"] == "/story/moved/"


def test_what_is_gone_is_said_to_be_gone(reader: Client) -> None:
    old("/old/", status=410)
    response = reader.get("/old/")
    assert response.status_code == 410
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("asked", ["/old/", "/old", "/old/?utm_source=x", "/old?fbclid=1"])
@pytest.mark.parametrize("stored", ["/old/", "/old"])
def test_a_last_slash_and_a_strangers_query_make_no_difference(
    stored: str, asked: str, reader: Client
) -> None:
    old(stored, target_path="/section/music/")
    assert reader.get(asked)["Location"] == "/section/music/"


@pytest.mark.parametrize("path", ["/?p=97592", "/?page_id=97592", "/?attachment_id=97592"])
def test_wordpresss_short_addresses_lead_on(path: str, reader: Client) -> None:
    article = builders.make_article()
    old(path, target_article=article)
    assert reader.get(path)["Location"] == article.get_absolute_url()


def test_a_number_nobody_knows_is_the_home_page(reader: Client) -> None:
    assert reader.get("/?p=1").status_code == 200
    assert reader.get("/?utm_source=x").status_code == 200


def test_a_query_that_names_the_page_comes_before_the_path_alone(reader: Client) -> None:
    old("/index.php?id=7", target_path="/section/seven/")
    old("/index.php", target_path="/section/all/")
    assert reader.get("/index.php?id=7")["Location"] == "/section/seven/"
    assert reader.get("/index.php?id=8")["Location"] == "/section/all/"


@pytest.mark.parametrize("name", ["مرحبا", "a b", "100%", "söö"])
def test_a_path_in_any_script_is_found(name: str, reader: Client) -> None:
    old(f"/{name}/", target_path="/section/music/")
    assert reader.get(f"/{quote(name)}/").status_code == 301


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("/story/night", "/story/night/"),
        ("/story/night?a=1&b=2", "/story/night/?a=1&b=2"),
        ("/section/music", "/section/music/"),
        ("/feed", "/feed/"),
        ("/story/%D9%85%D8%B1", "/story/%D9%85%D8%B1/"),
    ],
)
def test_a_page_of_ours_without_its_slash_gets_it(
    asked: str, location: str, reader: Client
) -> None:
    response = reader.get(asked)
    assert (response.status_code, response["Location"]) == (301, location)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing", "/nothing/", "/a/b/c.php", "/story/", "/story/Not%20A%20Slug/", "/wp-login.php",
        "//evil.example/story", "/\\evil.example", "/%2f%2fevil.example/", "/story/x%0d%0aSet-Cookie:a/",
        "/%00/", "/..%2f..%2fetc/passwd", "/" + "x" * 5_000, "/" + "%F0%9F%8E%89" * 300,
        "/story/" + "x" * 300 + "/", "/tag/x%3Fy/", "/%ff%fe/",
    ],
)  # fmt: skip
def test_everything_else_is_not_here(path: str, reader: Client) -> None:
    response = reader.get(path)
    assert response.status_code == 404
    assert "Set-Cookie" not in response.headers


def test_a_hidden_storys_old_address_is_not_here(reader: Client) -> None:
    for fields in (
        {"status": Article.Status.DRAFT},
        {"publish_at": timezone.now() + timedelta(hours=1)},
        {"status": Article.Status.WITHDRAWN},
    ):
        article = builders.make_article(**fields)
        old(f"/old-{article.pk}/", target_article=article)
        response = reader.get(f"/old-{article.pk}/")
        assert response.status_code == 404
        assert article.slug not in response.content.decode()
    assert not Redirect.objects.filter(hits__gt=0).exists()


def test_what_readers_never_saw_is_not_gone_but_not_here(reader: Client) -> None:
    seen = builders.make_article(status=Article.Status.WITHDRAWN)
    unseen = builders.make_article(
        status=Article.Status.WITHDRAWN, first_published_at=timezone.now() + timedelta(hours=1)
    )
    assert reader.get(seen.get_absolute_url()).status_code == 410
    assert reader.get(unseen.get_absolute_url()).status_code == 404
    assert reader.get(f"/section/{seen.slug}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "target"), [("/a/", "/a/"), ("/a", "/a/"), ("/a/", "/a"), ("/a?b=1", "/a")]
)
def test_nobody_is_sent_in_a_circle(path: str, target: str, reader: Client) -> None:
    old(path, target_path=target)
    response = reader.get(path, follow=True)
    assert response.status_code == 404
    assert len(response.redirect_chain) <= 1


def test_a_short_address_may_lead_to_the_home_page(reader: Client) -> None:
    old("/?p=5", target_path="/")
    response = reader.get("/?p=5", follow=True)
    assert (response.status_code, response.redirect_chain) == (200, [("/", 301)])


def test_hits_are_counted(reader: Client) -> None:
    row = old("/old/", target_path="/section/music/")
    for _ in range(3):
        reader.get("/old/")
    row.refresh_from_db()
    assert row.hits == 3
    assert row.last_hit is not None
    assert row.last_hit <= timezone.now()


def test_only_reading_is_answered(reader: Client) -> None:
    old("/old/", target_path="/section/music/")
    assert reader.head("/old/").status_code == 301
    assert reader.post("/old/").status_code == 405


def test_a_miss_costs_little(
    reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reader.get("/nothing/")  # the menu is cached
    # 1 the redirects, 2 the search for stories with these words (3 the generation, now and then).
    # On PostgreSQL the search is five: a savepoint and its end, its bounds, a probe, the list.
    most = 3 if connection.vendor == "sqlite" else 7
    with django_assert_num_queries(most, exact=False):
        reader.get("/nothing/at/all/")


def test_a_story_whose_time_is_over_is_gone(reader: Client) -> None:
    over = timezone.now() - timedelta(minutes=1)
    seen = builders.make_article(expire_at=over)
    unseen = builders.make_article(
        expire_at=over,
        publish_at=timezone.now() + timedelta(hours=1),
        first_published_at=timezone.now() + timedelta(hours=1),
    )
    assert reader.get(seen.get_absolute_url()).status_code == 410
    assert reader.get(unseen.get_absolute_url()).status_code == 404
