"""/privacy/reactions: what a cookie's visitor said, and having it erased."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles.models import Article
from reactions import erasure, hours, moderation, tallies, visitors
from reactions.models import ActedVote, Board, Event, Hour, Vote
from reactions.moderation import VoteFilter
from reactions.visitors import Visitor
from reactions.voting import cast_vote
from tests.builders import make_article
from tests.reactions.conftest import OWN_PAGE, new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]

PAGE = "/privacy/reactions"


def page_of(client: Client, url: str = PAGE) -> LexborHTMLParser:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    return LexborHTMLParser(response.content.decode())


def shown(article: Article) -> dict[str, int]:
    board = tallies.read_board(article.pk)
    assert board is not None
    return {kind.slug: kind.votes for kind in board.kinds if kind.votes}


def test_it_lists_stories_kinds_and_dates_the_newest_first(
    returning: Client, story: Article, visitor: Visitor, heart: int, wow: int
) -> None:
    other = make_article(headline="Second & last")
    cast_vote(story.pk, visitor, heart)
    cast_vote(other.pk, visitor, wow)
    cast_vote(story.pk, new_visitor(), wow)
    Vote.objects.filter(article=story).update(at=story.publish_at)
    lines = page_of(returning).css(".own-reactions__item")
    words = [" ".join(line.text().split()) for line in lines]
    assert [word.split(" ")[0] for word in words] == ["Wow", "Heart"]
    assert "Second & last" in words[0]
    links = [line.css_first("a").attributes["href"] for line in lines]
    assert links == [other.get_absolute_url(), story.get_absolute_url()]
    published = story.publish_at
    assert published is not None
    assert f"{published:%Y-%m-%dT%H:%M}" in (
        lines[1].css_first("time").attributes["datetime"] or ""
    )


def test_a_story_that_is_not_public_keeps_its_headline_to_itself(
    returning: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    Article.objects.filter(pk=story.pk).update(status=Article.Status.DRAFT, headline="Secret")
    text = page_of(returning).body.text()
    assert "A story that is no longer public" in text
    assert "Secret" not in text


def test_withdrawn_votes_are_kept_and_therefore_listed(
    returning: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    cast_vote(story.pk, visitor, 0)
    assert "Taken back" in page_of(returning).css_first(".own-reactions__item").text()


def test_without_a_cookie_there_is_nothing_to_show_or_erase(
    reader: Client, story: Article, heart: int
) -> None:
    cast_vote(story.pk, new_visitor(), heart)
    page = page_of(reader)
    assert "shows no cookie of ours" in page.body.text()
    assert page.css_first("main form") is None
    assert Client(**OWN_PAGE).post(PAGE).status_code == 303
    assert Vote.objects.count() == 1


def test_a_forged_cookie_erases_nothing(story: Article, visitor: Visitor, heart: int) -> None:
    cast_vote(story.pk, visitor, heart)
    client = Client(**OWN_PAGE)
    client.cookies[visitors.cookie_name()] = visitors.sign(visitor)[:-2] + "AA"
    assert client.post(PAGE).status_code == 303
    assert Vote.objects.count() == 1


def test_erasing_takes_my_votes_off_the_counts_and_leaves_everybody_else_s(
    returning: Client, story: Article, visitor: Visitor, heart: int, wow: int
) -> None:
    other = make_article()
    neighbour = new_visitor()
    for article in (story, other):
        cast_vote(article.pk, visitor, heart)
        cast_vote(article.pk, neighbour, heart)
    cast_vote(other.pk, neighbour, wow)
    before = Board.objects.get(pk=story.pk).version
    tallies.roll()
    response = returning.post(PAGE)
    assert response.status_code == 303
    assert response["Location"] == f"{reverse('reactions_privacy')}?erased=2"
    assert response["Cache-Control"] == "private, no-store"
    assert shown(story) == {"heart": 1}
    assert shown(other) == {"wow": 1}
    assert tallies.differences() == []
    tallies.roll()
    assert tallies.differences() == []
    assert {vote.visitor for vote in Vote.objects.all()} == {neighbour.id}
    after = tallies.read_board(story.pk)
    assert after is not None
    assert after.version > before


def test_a_vote_that_does_not_count_is_erased_without_touching_the_tally(
    returning: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    cast_vote(story.pk, new_visitor(), heart)
    Vote.objects.filter(visitor=visitor.id).update(state=Vote.State.VOID)
    tallies.repair()
    returning.post(PAGE)
    assert shown(story) == {"heart": 1}
    assert tallies.differences() == []


def test_a_frozen_or_hidden_board_is_no_reason_to_keep_a_vote(
    returning: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    Board.objects.update(state="hidden", frozen_reason="x")
    returning.post(PAGE)
    assert not Vote.objects.exists()


def test_the_cookie_goes_and_the_page_says_what_happened(
    returning: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    response = returning.post(PAGE)
    cookie = response.cookies[visitors.cookie_name()]
    assert (cookie.value, cookie["max-age"], cookie["path"]) == ("", 0, "/")
    page = page_of(returning, response["Location"])
    assert "Erased: 1 reaction, and the cookie." in page.css_first("[role=status]").text()
    assert page.css_first("[data-forget]") is not None
    assert page.css_first("main form") is None


@pytest.mark.parametrize("headers", [{}, {"HTTP_SEC_FETCH_SITE": "cross-site"}])
def test_another_site_can_not_erase(
    headers: dict[str, str], story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    client = Client(**headers)
    client.cookies[visitors.cookie_name()] = visitors.sign(visitor)
    response = client.post(PAGE)
    assert response.status_code == 403
    assert "nothing was erased" in response.content.decode()
    assert not response.cookies
    assert Vote.objects.count() == 1


@pytest.mark.parametrize("value", ["x", "-1", "9" * 40, "<b>"])
def test_what_the_address_says_is_believed_only_as_a_number(reader: Client, value: str) -> None:
    page = page_of(reader, f"{PAGE}?erased={value}")
    assert "Erased" not in page.body.text()


def test_it_costs_the_same_for_many_votes(
    story: Article, visitor: Visitor, heart: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(12):
        cast_vote(make_article().pk, visitor, heart)
    monkeypatch.setattr(erasure, "SHOWN", 5)
    with CaptureQueriesContext(connection) as queries:
        votes, total = erasure.votes_of(visitor)
    assert (len(queries), len(votes), total) == (3, 5, 12)


def test_a_later_vote_is_a_new_visitor_s(
    returning: Client, story: Article, visitor: Visitor, heart: int, settings: LazySettings
) -> None:
    settings.REACTIONS_TOKEN_MIN_MS = 0
    cast_vote(story.pk, visitor, heart)
    returning.post(PAGE)
    url, script = reverse("reactions:vote", args=[story.pk]), {"HTTP_ACCEPT": "application/json"}
    token = returning.post(url, {"start": 1}, **script).json()["token"]
    returning.post(url, {"kind": heart, "token": token}, **script)
    assert Vote.objects.get().visitor != visitor.id


def test_the_log_forgets_them_too(
    returning: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    other = new_visitor()
    for voter in (visitor, other):
        cast_vote(story.pk, voter, heart)
    moderation.void(VoteFilter((story.pk,)), None, reason="x")
    returning.post(PAGE)
    for model in (Event, ActedVote):
        assert [row.visitor for row in model.objects.all()] == [other.id]


def test_a_deleted_article_leaves_sums_and_nobody_s_votes(
    story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    tallies.roll()
    hours.fold(timezone.now() + timedelta(hours=2))
    story.delete()
    assert erasure.votes_of(visitor) == ([], 0)
    assert not Vote.objects.exists()
    assert not Event.objects.exists()
    assert Hour.objects.get().n == 1
    assert tallies.differences() == []


def test_who_votes_again_a_day_later_is_listed_with_the_later_time(
    story: Article, visitor: Visitor, heart: int, wow: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    first = Vote.objects.get().at - timedelta(days=1)
    Vote.objects.update(at=first)
    cast_vote(story.pk, visitor, wow)
    ((vote,), _) = erasure.votes_of(visitor)
    assert vote.label == "Wow"
    assert vote.at > first
