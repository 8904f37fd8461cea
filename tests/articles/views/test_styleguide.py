"""The style guide: every component from the readers' own templates, for the desk, writing nothing."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, Banner, Correction, Tag
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(writer: User) -> Client:
    client = Client()
    client.force_login(writer)
    return client


def test_only_the_desk_sees_it_and_nobody_keeps_it(desk: Client, reader: Client) -> None:
    assert reader.get("/styleguide/").status_code == 302
    response = desk.get("/styleguide/")
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert "unsafe" not in response["Content-Security-Policy"]


def test_it_shows_each_component_in_each_state(desk: Client) -> None:
    picture = {"format": "jpeg", "width": 960, "height": 640, "path": "a.jpg", "bytes": 1}
    builders.make_photo(manifest=[picture], rendition_state="ok")
    html = desk.get("/styleguide/").content.decode()
    for block in (
        "front--words", "front--alone", "focus__items", "strip__items--mirror", "card--lead",
        "card--feature", "card--row", "card--text", "card--river", "kicker__sponsored",
        "figure__void", "withdrawn", "pullquote", "embed--gone", "embed--pending", "gallery__slide",
        "series__place", "around__next", "reactions__closed", "banner--breaking", "banner--notice",
        "search-box", "pagination", "nothing", "notice__number", "correction", "a.jpg",
    ):  # fmt: skip
        assert block in html, block
    for choices in (Tag.Kind, Correction.Kind, Banner.Level):
        assert all(str(choice.label).replace("’", "’") in html for choice in choices)
    assert len(re.findall(r"<h1[ >]", html)) == 1


def test_it_writes_nothing(desk: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    desk.get("/styleguide/")
    # 1 the session, 2 the login, 3 the photos to show (and the generation, now and then)
    with django_assert_num_queries(4, exact=False):
        desk.get("/styleguide/")
    assert not Article.objects.exists()
