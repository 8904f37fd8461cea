"""What a reader's browser is told of the own vote: which it is, and whether others see it counted."""

import time

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from articles.models import Article
from reactions import networks, tokens, visitors
from reactions.models import Vote
from reactions.visitors import Visitor
from reactions.voting import How, cast_vote
from tests.reactions.conftest import SCRIPT, good_token, new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]
UNCOUNTED = [Vote.State.QUARANTINED, Vote.State.VOID, Vote.State.SHADOW]


def url(article: Article) -> str:
    return reverse("reactions:vote", args=[article.pk])


@pytest.fixture
def browser(visitor: Visitor) -> Client:
    client = Client(**SCRIPT)
    client.cookies[visitors.cookie_name()] = visitors.sign(visitor)
    return client


def young_token(article: Article, visitor: Visitor) -> str:
    return tokens.mint(article.pk, visitor, networks.UNKNOWN, now=time.time() - 0.1)


def told(browser: Client, article: Article) -> tuple[int, bool]:
    answer = browser.post(url(article)).json()
    assert answer["token"]
    return answer["kind"], answer["counted"]


def test_who_reaches_for_the_bar_is_told_what_stands(
    browser: Client, story: Article, visitor: Visitor, heart: int, wow: int
) -> None:
    assert told(browser, story) == (0, True)
    cast_vote(story.pk, new_visitor(), wow)
    cast_vote(story.pk, visitor, heart)
    assert told(browser, story) == (heart, True)
    cast_vote(story.pk, visitor, 0)
    assert told(browser, story) == (0, True)


@pytest.mark.parametrize("state", UNCOUNTED)
def test_why_a_vote_is_not_counted_is_told_to_nobody(
    browser: Client, story: Article, visitor: Visitor, heart: int, state: int
) -> None:
    cast_vote(story.pk, visitor, heart, How(state=state))
    assert told(browser, story) == (heart, False)
    data = {"kind": heart, "token": good_token(story.pk, visitor)}
    answer = browser.post(url(story), data).json()
    assert set(answer) == {"kind", "counted", "v", "state", "counts"}
    assert (answer["counted"], answer["counts"][str(heart)]) == (False, 0)


def test_a_vote_that_is_released_is_counted_from_then_on(
    browser: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart, How(state=Vote.State.QUARANTINED))
    Vote.objects.update(state=Vote.State.COUNTED)
    assert told(browser, story) == (heart, True)


def test_being_told_costs_one_query(
    browser: Client, story: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    told(browser, story)
    with django_assert_num_queries(2):  # the published article, the vote by its key
        told(browser, story)


def test_who_leaves_before_the_token_is_old_enough_loses_no_vote(
    browser: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    data = {"kind": heart, "token": young_token(story, visitor)}
    assert browser.post(url(story), data).status_code == 428
    assert not Vote.objects.exists()
    answer = browser.post(url(story), data | {"leaving": 1})
    assert (answer.status_code, answer.json()["counted"]) == (200, False)
    assert Vote.objects.get().state == Vote.State.QUARANTINED


def test_leaving_helps_no_vote_without_a_token(
    browser: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    other = young_token(story, new_visitor())
    late = tokens.mint(story.pk, visitor, networks.UNKNOWN, now=time.time() - 3_600)
    for token in ("", "x", other, late):
        data = {"kind": heart, "token": token, "leaving": 1}
        assert browser.post(url(story), data).status_code == 428
    assert not Vote.objects.exists()


def test_a_counted_vote_that_changes_while_leaving_stays_counted(
    browser: Client, story: Article, visitor: Visitor, heart: int, wow: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    data = {"kind": wow, "token": young_token(story, visitor), "leaving": 1}
    assert browser.post(url(story), data).json()["counted"] is True
    assert Vote.objects.get().state == Vote.State.COUNTED
