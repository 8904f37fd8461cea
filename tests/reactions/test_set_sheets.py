"""A set's style on its way to readers: no query more, no inline style, one small file for ever."""

import re

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.models import Article
from reactions.models import ReactionSet
from reactions.set_style import NoColour
from tests.reactions.test_bar import bar

pytestmark = [pytest.mark.django_db, pytest.mark.services]
STYLE = {"size": "large", "light": {"button": "#123456", "text": "#ffffff"}}
LINK = re.compile(r'<link rel="stylesheet" href="(/r/sets/\d+\.[0-9a-f]{12}\.css)">')


def style(style: object) -> int:
    ReactionSet.objects.update(style=style)
    return ReactionSet.objects.get().pk


def address(story: Article) -> str:
    found = LINK.search(bar(story))
    assert found
    return found[1]


def test_a_set_without_a_style_asks_for_nothing(story: Article) -> None:
    assert "<link" not in bar(story)


def test_a_style_costs_no_query_and_one_file(
    story: Article, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    number = style(STYLE)
    with django_assert_num_queries(1):
        page = bar(story)
    assert page.count("<link") == 1
    assert f'data-set="{number}"' in page
    response = client.get(address(story))
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies
    assert "light-dark(#123456," in response.content.decode()
    assert f'[data-set="{number}"]' in response.content.decode()


def test_a_change_has_another_address_and_the_old_one_gives_todays_for_a_minute(
    story: Article, client: Client
) -> None:
    style(STYLE)
    before = address(story)
    style({"light": {"button": "#654321", "text": "#ffffff"}})
    assert address(story) != before
    old = client.get(before)
    assert "#654321" in old.content.decode()
    assert old["Cache-Control"] == "public, max-age=60"


def test_a_page_older_than_the_end_of_a_style_gets_an_empty_sheet(
    story: Article, client: Client
) -> None:
    style(STYLE)
    before = address(story)
    style({})
    assert client.get(before).content == b""


def test_a_set_that_is_not_there_has_no_sheet(client: Client) -> None:
    assert client.get("/r/sets/999999.0123456789ab.css").status_code == 404


def test_the_pages_of_ones_own_reaction_wear_it_too(story: Article, client: Client) -> None:
    style(STYLE)
    assert LINK.search(client.get(f"/r/{story.pk}/mine").content.decode())


def test_no_way_into_the_database_stores_what_is_no_style(story: Article) -> None:
    with pytest.raises(NoColour), transaction.atomic():
        style({"light": {"button": "red"}})
    style({"light": {"button": "#ABC"}, "script": "alert(1)"})
    assert ReactionSet.objects.get().style == {"light": {"button": "#aabbcc"}}
