"""A story's page with its bar: the same bytes for everybody, at no cost, and no vote changes that."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article
from reactions import visitors
from reactions.models import Vote
from reactions.voting import cast_vote
from tests.articles.caching.conftest import Front, _keep_the_connection, front
from tests.reactions.conftest import SCRIPT, Looking, new_visitor

__all__ = ["_keep_the_connection", "front"]
pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_a_kept_page_with_the_bar_costs_no_query(
    front: Front, story: Article, django_assert_num_queries: Any
) -> None:
    assert 'id="reactions"' in front.get(story.get_absolute_url()).text
    with django_assert_num_queries(0):
        front.get(story.get_absolute_url())
    assert front.renders == 1


def test_a_page_made_anew_pays_one_query_for_the_bar(
    reader: Client, story: Article, heart: int
) -> None:
    """The counts of the moment; everything else of the story is in memory already."""
    path = story.get_absolute_url()
    reader.get(path)
    for _ in range(5):
        cast_vote(story.pk, new_visitor(), heart)
    with CaptureQueriesContext(connection) as queries:
        assert 'aria-label="Heart, 5 reactions"' in reader.get(path).content.decode()
    assert len([each for each in queries if "reactions_" in each["sql"]]) == 1


def test_voters_and_strangers_get_the_same_bytes_and_no_cookie(
    reader: Client, story: Article, heart: int
) -> None:
    path = story.get_absolute_url()
    voter = new_visitor()
    cast_vote(story.pk, voter, heart)
    browser = Looking(voter)
    pages = [client.get(path) for client in (reader, browser, Client())]
    assert len({page.content for page in pages}) == 1
    for page in pages:
        assert not page.cookies
        assert "Cookie" not in page.get("Vary", "")


def test_cookies_and_votes_make_no_difference_to_a_kept_page(
    front: Front, story: Article, heart: int
) -> None:
    path = story.get_absolute_url()
    first = front.get(path)
    assert "Set-Cookie" not in first.headers
    voter = new_visitor()
    cookie = f"{visitors.cookie_name()}={visitors.sign(voter)}"
    voted = Looking(voter, **SCRIPT).post(
        reverse("reactions:vote", args=[story.pk]), {"kind": heart}
    )
    assert voted.status_code == 200
    assert Vote.objects.get().kind == heart
    assert front.get(path, cookie=cookie) == front.get(path) == first
    assert front.renders == 1  # nothing was purged
