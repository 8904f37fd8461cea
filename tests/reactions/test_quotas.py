"""Quota and blocks: what waits, what is refused, what goes on as ever; and what its voter sees."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from reactions import blocks, quotas, tallies, visitors
from reactions.models import Block, Event, Vote
from reactions.models.event import FIRST
from reactions.quotas import Blocked, how_of
from reactions.visitors import Visitor
from reactions.voting import How, cast_vote
from tests.builders import make_article
from tests.reactions.conftest import SCRIPT, good_token, new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]
NET, OTHER = (1111, 1110), (2222,)
COUNTED, QUARANTINED, SHADOW = Vote.State.COUNTED, Vote.State.QUARANTINED, Vote.State.SHADOW


def vote(
    article: Article, kind: int, *, nets: tuple[int, ...] = NET, age: int = 30, minutes_ago: int = 0
) -> int:
    """One more reader's vote as the view casts it; the state it got."""
    visitor = new_visitor(age_seconds=age)
    how = how_of(article.pk, visitor, nets)
    cast_vote(article.pk, visitor, kind, how)
    if minutes_ago:
        at = timezone.now() - timedelta(minutes=minutes_ago)
        Event.objects.filter(visitor=visitor.id).update(at=at)
    return int(how.state)


@pytest.fixture
def quota_of_three(settings: LazySettings) -> None:
    settings.REACTIONS_QUOTA = 3


@pytest.mark.usefixtures("quota_of_three")
def test_beyond_the_quota_young_cookies_of_a_network_wait(story: Article, heart: int) -> None:
    assert [vote(story, heart) for _ in range(5)] == [COUNTED] * 3 + [QUARANTINED] * 2
    assert vote(story, heart, nets=OTHER) == COUNTED
    assert vote(story, heart, age=601) == COUNTED
    assert vote(story, heart, nets=(0,)) == COUNTED  # unknown: no network
    assert vote(make_article(), heart) == COUNTED
    board = tallies.read_board(story.pk)
    assert board is not None
    assert board.counts()[str(heart)] == 6
    assert tallies.differences() == []


@pytest.mark.usefixtures("quota_of_three")
def test_what_does_not_fill_the_quota(story: Article, heart: int, wow: int) -> None:
    for _ in range(3):
        vote(story, heart, minutes_ago=11)
        vote(story, heart, age=700)
    visitor = new_visitor(age_seconds=5)
    for kind in (heart, wow, heart, 0, wow):  # one reader's change of mind
        cast_vote(story.pk, visitor, kind, How(net=NET[0]))
    assert [vote(story, heart) for _ in range(3)] == [COUNTED, COUNTED, QUARANTINED]


@pytest.mark.usefixtures("quota_of_three")
def test_a_busy_article_has_no_quota(story: Article, heart: int, settings: LazySettings) -> None:
    settings.REACTIONS_BUSY_PER_HOUR = 6
    assert [vote(story, heart) for _ in range(4)][-1] == QUARANTINED
    for _ in range(3):
        vote(story, heart, nets=OTHER, age=5_000)
    assert vote(story, heart) == QUARANTINED  # a process takes it for quiet a few seconds more
    quotas.forget()
    assert vote(story, heart) == COUNTED
    with CaptureQueriesContext(connection) as queries:
        how_of(story.pk, new_visitor(age_seconds=1), NET)  # known to be busy for a while
    assert not queries.captured_queries


@pytest.mark.usefixtures("quota_of_three")
def test_votes_that_wait_make_no_article_busy(
    story: Article, heart: int, settings: LazySettings
) -> None:
    settings.REACTIONS_BUSY_PER_HOUR = 40
    states = [vote(story, heart, minutes_ago=minutes) for minutes in (55, 50, 45, 9, 9, 9)]
    assert states == [COUNTED] * 6
    for _ in range(60):
        quotas.forget()
        assert vote(story, heart) == QUARANTINED


def test_a_quota_of_zero_is_none(story: Article, heart: int, settings: LazySettings) -> None:
    settings.REACTIONS_QUOTA = 0
    assert {vote(story, heart) for _ in range(40)} == {COUNTED}


def test_thirty_in_ten_minutes_is_the_default(story: Article, heart: int) -> None:
    assert [vote(story, heart) for _ in range(32)] == [COUNTED] * 30 + [QUARANTINED] * 2


def test_an_old_cookie_costs_no_query(story: Article) -> None:
    blocks.mode_of(1, NET)
    with CaptureQueriesContext(connection) as queries:
        assert how_of(story.pk, new_visitor(), NET).state == COUNTED
    assert not queries.captured_queries


def block(
    mode: str, *, visitor: int | None = None, net: int | None = None, hours: float = 1
) -> None:
    now = timezone.now()
    until = now + timedelta(hours=hours)
    Block.objects.create(visitor=visitor, net=net, mode=mode, at=now, until=until, reason="x")
    blocks.forget()


def test_blocks_hold_for_visitor_and_network_until_their_end(
    story: Article, visitor: Visitor
) -> None:
    assert how_of(story.pk, visitor, NET).state == COUNTED
    block("shadow", net=NET[1])  # yesterday's name
    assert how_of(story.pk, visitor, NET).state == SHADOW
    assert how_of(story.pk, visitor, OTHER).state == COUNTED
    block("reject", visitor=visitor.id)
    with pytest.raises(Blocked, match="paused"):
        how_of(story.pk, visitor, OTHER)
    Block.objects.update(until=timezone.now())
    assert blocks.mode_of(visitor.id, NET) == "reject"  # the process knows it a few seconds later
    blocks.forget()
    assert blocks.mode_of(visitor.id, NET) is None


def test_the_stricter_of_two_blocks_holds(story: Article, visitor: Visitor) -> None:
    block("reject", visitor=visitor.id)
    block("shadow", visitor=visitor.id)
    assert blocks.mode_of(visitor.id, ()) == "reject"


def ask(article: Article, visitor: Visitor, kind: int) -> tuple[int, dict[str, object]]:
    client = Client(**SCRIPT)
    client.cookies[visitors.cookie_name()] = visitors.sign(visitor)
    data = {"kind": kind, "token": good_token(article.pk, visitor)}
    response = client.post(reverse("reactions:vote", args=[article.pk]), data)
    return response.status_code, response.json()


def test_a_voter_in_the_shadow_is_told_to_add_the_own_vote(
    story: Article, visitor: Visitor, heart: int, reader: Client
) -> None:
    cast_vote(story.pk, new_visitor(), heart)
    block("shadow", visitor=visitor.id)
    for _ in range(2):  # a retry tells no more
        status, answer = ask(story, visitor, heart)
        assert (status, answer["kind"], answer["counted"]) == (200, heart, False)
        assert answer["counts"][str(heart)] == 1  # type: ignore[index]
    assert reader.get(f"/r/{story.pk}.json").json()["counts"][str(heart)] == 1
    assert ask(story, visitor, 0)[1]["counts"][str(heart)] == 1  # type: ignore[index]
    assert Event.objects.filter(flags=FIRST + SHADOW).count() == 1


def test_a_blocked_reader_is_told_and_may_undo(
    story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    block("reject", visitor=visitor.id)
    other = make_article()
    status, answer = ask(other, visitor, heart)
    assert status == 403
    assert "paused" in str(answer["error"])
    assert ask(story, visitor, 0)[0] == 200
    assert Vote.objects.get().kind == 0


def test_no_address_and_no_user_agent_is_kept_or_logged(
    story: Article, visitor: Visitor, heart: int, caplog: pytest.LogCaptureFixture,
    settings: LazySettings,
) -> None:  # fmt: skip
    settings.REACTIONS_TOKEN_MIN_MS = 0
    caplog.set_level("DEBUG", logger="reactions")
    client = Client(**SCRIPT, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Telltale/1.0")
    client.cookies[visitors.cookie_name()] = visitors.sign(visitor)
    path = reverse("reactions:vote", args=[story.pk])
    token = client.post(path, {"kind": heart}).json()["token"]
    assert client.post(path, {"kind": heart, "token": token}).status_code == 200
    assert Event.objects.get().net > 0
    tables = [t for t in connection.introspection.table_names() if t.startswith("reactions_")]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            kept = str(cursor.fetchall())
            assert "203.0.113" not in kept
            assert "Telltale" not in kept
    assert "203.0.113" not in caplog.text
