"""What belongs to the site: health, error pages."""

import sys

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from articles.search import index_article
from newsroom import views
from tests import builders


def test_livez_asks_nothing(reader: Client) -> None:
    assert reader.get("/livez").content == b"ok"


@pytest.mark.django_db
def test_healthz_is_fine_with_a_database(reader: Client) -> None:
    response = reader.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"database": "ok"})


def test_healthz_says_when_the_database_is_down(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", fail)
    response = reader.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"database": "down"})


@pytest.mark.django_db
def test_a_missing_page_helps(reader: Client) -> None:
    builders.make_section(name="Music", slug="music")
    response = reader.get("/no/such-page/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "/section/music/" in html
    assert html.count("<h1") == 1


@pytest.mark.django_db
def test_a_missing_page_names_stories_with_its_words(reader: Client) -> None:
    story = builders.make_article(headline="The pier that sang", slug="the-pier-that-sang")
    index_article(story)
    html = reader.get("/2019/05/the-pier-that-sang-again/").content.decode()
    assert story.get_absolute_url() in html[html.index("<main") :]


def test_an_error_page_needs_no_database(rf: RequestFactory) -> None:
    """Not marked django_db: a query would fail this test."""
    response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "<h1" in response.content.decode()


@pytest.mark.django_db
def test_a_refusal_says_so(rf: RequestFactory) -> None:
    assert views.bad_request(rf.get("/"), Exception()).status_code == 400
    for response in (views.forbidden(rf.get("/"), Exception()), views.csrf_failure(rf.get("/"))):
        assert response.status_code == 403
        assert "<h1" in response.content.decode()


@pytest.mark.django_db
def test_a_crash_shows_the_plain_page(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise ZeroDivisionError

    # The package offers the view under the module's name.
    monkeypatch.setattr(sys.modules["articles.views.home"], "home_front", crash)
    client = Client(raise_request_exception=False)
    response = client.get("/")
    assert response.status_code == 500
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_the_icon_that_browsers_ask_for_unbidden_is_ours() -> None:
    response = Client().get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, "/static/img/favicon.svg")


def test_a_dead_address_without_words_or_of_any_length_is_not_searched_for(
    db: None, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("newsroom.views.for_path", lambda path: asked.append(path) or [])
    for path in ("/12/34/", "/" + "pier-" * 40 + "/", "/the-pier/"):
        assert reader.get(path).status_code == 404
    assert asked == ["/the-pier/"]
