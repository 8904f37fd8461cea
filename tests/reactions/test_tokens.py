"""View tokens: no vote from whom the page was not before a moment ago, and none lost of others."""

import time

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles.models import Article
from reactions import networks, tokens, visitors
from reactions.models import Vote
from reactions.visitors import Visitor
from reactions.voting import cast_vote
from tests.builders import make_article
from tests.reactions.conftest import OWN_PAGE, SCRIPT, good_token, new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]
ME = Visitor(id=7, issued_at=0)
NOW = 1_800_000_000.0


def url(article: Article) -> str:
    return reverse("reactions:vote", args=[article.pk])


def client_of(visitor: Visitor, **defaults: str) -> Client:
    client = Client(**defaults)
    client.cookies[visitors.cookie_name()] = visitors.sign(visitor)
    return client


@pytest.mark.parametrize(
    ("seconds", "good"), [(0, False), (0.69, False), (0.71, True), (1_799, True), (1_801, False)]
)
def test_a_token_has_its_time(seconds: float, good: bool) -> None:
    token = tokens.mint(1, ME, 5, now=NOW)
    with time_machine.travel(NOW + seconds, tick=False):
        assert tokens.is_good(token, 1, ME, (5,)) is good


def test_a_token_is_one_visitors_on_one_article_in_one_network() -> None:
    with time_machine.travel(NOW, tick=False):
        token = tokens.mint(1, ME, 5, now=NOW - 1)
        assert tokens.is_good(token, 1, ME, (9, 5))  # yesterday's name will do
        assert not tokens.is_good(token, 2, ME, (5,))
        assert not tokens.is_good(token, 1, Visitor(id=8, issued_at=0), (5,))
        assert not tokens.is_good(token, 1, ME, (6,))


@pytest.mark.parametrize(
    "token", ["", ".", "x", "12", "zz.aaaa", "é.é", "1" * 200, "٣.a", "-1.a", "1_0.a", "1.", "\x00"]
)
def test_whatever_else_is_sent_is_no_token(token: str) -> None:
    assert not tokens.is_good(token, 1, ME, (5,))


def test_any_changed_character_spoils_it() -> None:
    token = tokens.mint(1, ME, 5, now=time.time() - 1)
    for place, old in enumerate(token):
        new = "b" if old != "b" else "c"
        assert not tokens.is_good(token[:place] + new + token[place + 1 :], 1, ME, (5,))


def test_a_script_without_a_good_token_gets_one(
    story: Article, visitor: Visitor, heart: int, settings: LazySettings
) -> None:
    client = client_of(visitor, **SCRIPT)
    other = make_article()
    for token in ("", "x", good_token(other.pk, visitor), good_token(story.pk, new_visitor())):
        answer = client.post(url(story), {"kind": heart, "token": token})
        assert answer.status_code == 428
        assert answer.json()["error"] == "Please try again."
        assert not answer.cookies
    assert not Vote.objects.exists()
    token, wait = answer.json()["token"], answer.json()["wait"]
    assert wait == settings.REACTIONS_TOKEN_MIN_MS == 700
    assert client.post(url(story), {"kind": heart, "token": token}).status_code == 428  # too soon
    with time_machine.travel(time.time() + 0.8, tick=False):
        assert client.post(url(story), {"kind": heart, "token": token}).status_code == 200
        again = client.post(url(story), {"kind": 0, "token": token})
    assert again.status_code == 200
    assert Vote.objects.get().kind == 0


def test_reaching_for_the_bar_brings_the_token(story: Article, visitor: Visitor) -> None:
    answer = client_of(visitor, **SCRIPT).post(url(story))
    assert set(answer.json()) == {"token", "wait", "kind", "counted"}
    assert not answer.cookies
    assert answer["Cache-Control"] == "private, no-store"


def test_undoing_needs_no_token(story: Article, visitor: Visitor, heart: int) -> None:
    cast_vote(story.pk, visitor, heart)
    assert client_of(visitor, **SCRIPT).post(url(story), {"kind": 0}).status_code == 200
    assert Vote.objects.get().kind == 0


def test_a_moved_reader_is_asked_once_more(
    story: Article, visitor: Visitor, heart: int, settings: LazySettings
) -> None:
    """From one network into another between reaching and clicking: the new token is of the new."""
    settings.REACTIONS_TOKEN_MIN_MS = 0
    client = client_of(visitor, **SCRIPT)
    token = client.post(url(story), REMOTE_ADDR="203.0.113.7").json()["token"]
    there = {"REMOTE_ADDR": "198.51.100.7"}
    asked = client.post(url(story), {"kind": heart, "token": token}, **there)
    assert asked.status_code == 428
    token = asked.json()["token"]
    assert client.post(url(story), {"kind": heart, "token": token}, **there).status_code == 200


def test_a_form_of_a_reader_of_yesterday_needs_none(story: Article, heart: int) -> None:
    response = client_of(new_visitor(), **OWN_PAGE).post(url(story), {"kind": heart})
    assert response["Location"].endswith("#reactions")
    assert Vote.objects.count() == 1


def test_a_form_with_a_young_cookie_is_led_to_a_page_that_has_one(
    story: Article, heart: int, wow: int
) -> None:
    client = client_of(new_visitor(age_seconds=60), **OWN_PAGE)
    first = client.post(url(story), {"kind": heart})
    assert first["Location"] == reverse("reactions:confirm", args=[story.pk]) + f"?kind={heart}"
    page = LexborHTMLParser(client.get(first["Location"]).content.decode())
    token = page.css_first('[name="token"]').attributes["value"]
    with time_machine.travel(time.time() + 1, tick=False):
        second = client.post(url(story), {"kind": heart, "token": token})
    assert second["Location"].endswith("#reactions")
    # Changing adds nothing: no token needed.
    assert client.post(url(story), {"kind": wow})["Location"].endswith("#reactions")
    assert Vote.objects.get().kind == wow


def test_the_readers_own_page_brings_one(story: Article, visitor: Visitor, heart: int) -> None:
    client = client_of(visitor, **OWN_PAGE)
    page = client.get(reverse("reactions:mine", args=[story.pk])).content.decode()
    token = LexborHTMLParser(page).css_first('[name="token"]').attributes["value"]
    with time_machine.travel(time.time() + 1, tick=False):
        assert tokens.is_good(token or "", story.pk, visitor, (networks.UNKNOWN,))


def test_a_frozen_bar_says_so_first(story: Article, visitor: Visitor, heart: int) -> None:
    from reactions.models import Board

    Board.objects.create(article=story, state="frozen", frozen_reason="Cool down.")
    answer = client_of(visitor, **SCRIPT).post(url(story), {"kind": heart})
    assert answer.status_code == 409
    assert "Cool down." in answer.json()["error"]
