"""`--with-voters`: old reactions as the votes of their readers, who count once when they come back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from articles.models import Article, ImportRecord
from reactions import erasure, tallies, visitors
from reactions.models import Base, Board, Event, Hour, Vote
from reactions.sealing import SOURCE as SEALED
from reactions.sealing import seal
from reactions.visitors import Visitor
from reactions.voting import cast_vote
from tests.builders import make_article
from tests.reactions.conftest import OWN_PAGE, SCRIPT, good_token
from tests.reactions.old_counts.conftest import OTHER, POST, everything, row, shown
from tests.reactions.old_counts.wp_dump import reacted

pytestmark = [pytest.mark.django_db, pytest.mark.services]

ANA, BEN = "5f1a2b3c4d5e6", "5f1a2b3c4d5e7"
YESTERDAY = (timezone.now() - timedelta(days=1)).replace(microsecond=0)


def said(react_id: str, emoji: int, *, days: float = 1, post: int = POST) -> dict[str, Any]:
    at = timezone.now() - timedelta(days=days)
    return row(post, emoji, react_id=react_id, reacted_date=f"{at:%Y-%m-%d %H:%M:%S}")


def visitor_called(react_id: str) -> Visitor:
    return Visitor(id=visitors.of_old_reader(react_id), issued_at=visitors.mint().issued_at)


def test_each_reader_has_a_vote_and_counts_are_exact(run: Any, story: Article) -> None:
    rows = reacted(said(ANA, 8), said(BEN, 10), said(ANA, 5, days=0.5))
    run(rows, with_voters=True)
    assert shown(story) == {"wow": 1, "heart": 1}
    assert not Base.objects.exists()
    assert tallies.differences() == []
    assert {v.visitor for v in Vote.objects.all()} == {
        visitors.of_old_reader(r) for r in (ANA, BEN)
    }
    assert Hour.objects.count() == 2
    before = everything()
    assert "nothing was written" in run(rows, with_voters=True)
    assert "nothing was written" in run(rows)  # once as votes, always as votes
    assert everything() == before


def test_dates_are_the_old_site_s(run: Any, story: Article) -> None:
    at = YESTERDAY.replace(hour=12)
    run(reacted(row(react_id=ANA, reacted_date=f"{at:%Y-%m-%d} 08:00:00")), tz="Etc/GMT+4", with_voters=True)  # fmt: skip
    assert Vote.objects.get().at == at.replace(minute=0, second=0).astimezone(UTC)


def test_totals_become_votes_but_votes_stay_votes(run: Any, story: Article) -> None:
    rows = reacted(said(ANA, 8), said(BEN, 10))
    run(rows)
    assert Base.objects.count() == 2
    run(rows, with_voters=True)
    assert not Base.objects.exists()
    assert shown(story) == {"thumbs-up": 1, "heart": 1}
    assert tallies.differences() == []


def test_a_later_dump_adds_what_is_newer_and_brings_nothing_back(
    run: Any,
    story: Article,
    wow: int,
) -> None:
    run(reacted(said(ANA, 8, days=3), said(BEN, 10, days=2)), with_voters=True)
    erasure.erase(visitor_called(ANA))
    cast_vote(story.pk, visitor_called(BEN), wow)
    run(reacted(said(ANA, 8, days=3), said(BEN, 5, days=1), said("5f1a2b3c4d5e8", 4, days=1)), with_voters=True)  # fmt: skip
    assert shown(story) == {"wow": 1, "laugh": 1}
    assert tallies.differences() == []


def test_stories_of_which_readers_would_be_forgotten_at_once_come_in_as_totals(
    run: Any,
    stories: tuple[Article, Article],
) -> None:
    run(reacted(said(ANA, 8, days=400), said(BEN, 10, post=OTHER)), with_voters=True)
    assert Base.objects.get().article == stories[0]
    assert Vote.objects.get().article == stories[1]
    assert (shown(stories[0]), shown(stories[1])) == ({"thumbs-up": 1}, {"heart": 1})


def test_a_sealed_story_takes_no_votes_back(
    run: Any,
    story: Article,
) -> None:
    rows = reacted(said(ANA, 8), said(BEN, 10))
    run(rows, with_voters=True)
    Article.objects.filter(pk=story.pk).update(publish_at=timezone.now() - timedelta(days=300))
    later = timezone.now() + timedelta(days=200)
    seal(later)
    assert not Vote.objects.exists()
    before = everything()
    run(rows, with_voters=True)
    run(rows, with_voters=True, tz="Europe/Berlin")
    assert not Vote.objects.exists()
    assert set(Base.objects.values_list("source", flat=True)) == {SEALED}
    assert [base["n"] for base in before[0]] == [1, 1]


def test_who_comes_back_with_the_old_cookie_changes_the_old_vote(
    run: Any,
    story: Article,
    wow: int,
    settings: Settings,
) -> None:
    settings.REACTIONS_OLD_READERS = True
    run(reacted(said(ANA, 8), said(BEN, 8)), with_voters=True)
    client = Client(**SCRIPT)
    client.cookies["react_id"] = ANA
    url = reverse("reactions:vote", args=[story.pk])
    assert client.post(url, {"kind": wow}).status_code == 428
    token = good_token(story.pk, visitor_called(ANA))
    assert client.post(url, {"kind": wow, "token": token}).status_code == 200
    assert shown(story) == {"thumbs-up": 1, "wow": 1}
    assert tallies.differences() == []


@pytest.mark.parametrize("cookie", ["", "short", "x" * 100, "UPPER-CASE-ID!"])
def test_another_cookie_of_that_name_is_nobody(cookie: str, settings: Settings, rf: Any) -> None:
    settings.REACTIONS_OLD_READERS = True
    request = rf.get("/")
    request.COOKIES["react_id"] = cookie
    assert visitors.presented(request) == []
    request.COOKIES["react_id"] = ANA
    assert visitors.presented(request) == [visitor_called(ANA)]
    settings.REACTIONS_OLD_READERS = False
    assert visitors.presented(request) == []
    assert visitors.mint_for(request).id != visitor_called(ANA).id


def test_old_votes_are_seen_and_erased_by_the_old_cookie(
    run: Any,
    story: Article,
    settings: Settings,
) -> None:
    settings.REACTIONS_OLD_READERS = True
    run(reacted(said(ANA, 8), said(BEN, 8)), with_voters=True)
    client = Client(**OWN_PAGE)
    client.cookies["react_id"] = ANA
    page = client.get("/privacy/reactions")
    assert story.headline in page.content.decode()
    assert not page.cookies
    response = client.post("/privacy/reactions")
    assert response["Location"].endswith("?erased=1")
    assert response.cookies["react_id"]["max-age"] == 0
    assert shown(story) == {"thumbs-up": 1}


def test_who_has_both_cookies_sees_and_erases_the_votes_of_both(
    run: Any,
    story: Article,
    wow: int,
    settings: Settings,
) -> None:
    settings.REACTIONS_OLD_READERS = True
    run(reacted(said(ANA, 8), said(BEN, 8)), with_voters=True)
    ours, other = visitors.mint(), make_article()
    for article in (story, other):
        cast_vote(article.pk, ours, wow)
    client = Client(**OWN_PAGE)
    client.cookies["react_id"] = ANA
    client.cookies[visitors.cookie_name()] = visitors.sign(ours)
    page = client.get("/privacy/reactions").content.decode()
    assert "3 reactions" in page
    assert page.count("own-reactions__item") == 3
    assert client.post("/privacy/reactions")["Location"].endswith("?erased=3")
    assert shown(story) == {"thumbs-up": 1}
    assert shown(other) == {}
    assert {vote.visitor for vote in Vote.objects.all()} == {visitors.of_old_reader(BEN)}
    assert not Event.objects.exists()
    assert tallies.differences() == []


def test_an_old_reader_whose_cookie_of_ours_names_the_same_is_one(
    settings: Settings, rf: Any
) -> None:
    settings.REACTIONS_OLD_READERS = True
    request = rf.get("/")
    request.COOKIES["react_id"] = ANA
    request.COOKIES[visitors.cookie_name()] = visitors.sign(visitor_called(ANA))
    assert [each.id for each in visitors.presented(request)] == [visitors.of_old_reader(ANA)]


def test_the_oldest_key_names_old_readers_while_keys_change(settings: Settings) -> None:
    before = visitors.of_old_reader(ANA)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert visitors.of_old_reader(ANA) == before
    assert 0 < before < 2**63
    assert visitors.of_old_reader(BEN) != before


@pytest.mark.parametrize("more", [{"as_is": True}, {"no_dates": True}])
def test_a_vote_has_one_reader_and_a_date(run: Any, story: Article, more: dict[str, bool]) -> None:
    with pytest.raises(Exception, match="--with-voters goes neither"):
        run(reacted(said(ANA, 8)), with_voters=True, **more)
    assert not Board.objects.exists()


def test_a_board_that_is_frozen_still_takes_what_was_said_before(
    run: Any,
    story: Article,
) -> None:
    Board.objects.create(article=story, state="frozen", frozen_reason="x")
    run(reacted(said(ANA, 8)), with_voters=True)
    assert shown(story) == {"thumbs-up": 1}
    assert ImportRecord.objects.filter(kind="reactions").count() == 1
    assert isinstance(Vote.objects.get().at, datetime)
