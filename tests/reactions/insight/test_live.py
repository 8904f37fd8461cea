"""The live board: what is on it, what it costs, who sees it, and the verb beside a row."""

import re
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from reactions.insight import live_window
from reactions.insight.live import live_board
from reactions.models import Action, Board, Case, Event, Pulse, Vote
from reactions.models.event import FIRST
from tests.builders import make_article, make_draft, make_section
from tests.reactions.test_admin import desk, with_rights

pytestmark = [pytest.mark.django_db, pytest.mark.services]
NOW = timezone.now()
LIVE = reverse("reactions_desk:live")
ROWS = reverse("reactions_desk:live_rows")


def votes(article: Article, kind: int, n: int, *, ago: int = 60, **fields: int) -> None:
    """First votes so many seconds ago."""
    values = {"net": 0, "cookie_age_s": 5_000, "prev": 0, "flags": FIRST, **fields}
    Event.objects.bulk_create(
        Event(article=article, at=NOW - timedelta(seconds=ago), kind=kind, visitor=number, **values)
        for number in range(n)
    )


def usual(article: Article, kinds: dict[int, float]) -> None:
    Pulse.objects.create(
        article=article, at=NOW, windows=30, mean=sum(kinds.values()) / 17, weight=1.0,
        kinds={str(kind): n for kind, n in kinds.items()},
    )  # fmt: skip


def waits(article: Article, heart: int, n: int) -> None:
    Vote.objects.bulk_create(
        Vote(article=article, visitor=number, kind=heart, state=Vote.State.QUARANTINED, at=NOW)
        for number in range(n)
    )


def test_the_liveliest_story_comes_first(story: Article, heart: int) -> None:
    lively = make_article(headline="Everybody votes", section=make_section(name="Stage"))
    votes(story, heart, 2)
    votes(lively, heart, 20, cookie_age_s=30)
    votes(lively, heart, 20, ago=200)
    board = live_board(now=NOW)
    first, second = board.stories
    assert (first.headline, first.section, first.votes) == ("Everybody votes", "Stage", 40)
    assert (first.fresh, second.fresh) == ("50%", "0%")
    assert (second.pk, second.votes) == (story.pk, 2)
    assert board.lively == 2
    assert 8 <= float(first.per_minute) <= 9
    assert sum(map(int, [story.votes for story in board.stories])) == 42


def test_only_first_votes_of_the_five_minutes_count(story: Article, heart: int) -> None:
    votes(story, heart, 5, flags=0)
    votes(story, heart, 5, flags=FIRST + Vote.State.SHADOW)
    votes(story, 0, 5)
    votes(story, heart, 5, ago=301)
    votes(story, heart, 3, flags=FIRST + Vote.State.QUARANTINED)
    (row,) = live_board(now=NOW).stories
    assert row.votes == 3


def test_a_change_in_mix_is_said_and_sorts(story: Article, heart: int, wow: int) -> None:
    moved = make_article()
    for each in (story, moved):
        usual(each, {heart: 300.0, wow: 40.0})
    votes(story, heart, 70)
    votes(story, wow, 10)
    votes(moved, wow, 30)
    first, second = live_board("change", NOW).stories
    assert first.pk == moved.pk
    assert first.mix_words == "Wow 100%, usually 12%"
    assert first.mix is not None
    assert (second.mix_words, second.mix) == ("As usual", None)
    assert second.pace_words == "4.2× what is usual" or second.pace_words.endswith("usual")


def test_votes_that_wait_and_open_cases_bring_a_quiet_story_up(story: Article, heart: int) -> None:
    for _ in range(12):
        make_article()
    Article.objects.filter(pk=story.pk).update(publish_at=NOW - timedelta(days=90))
    assert story.pk not in {row.pk for row in live_board(now=NOW).stories}
    waits(story, heart, 3)
    case = Case.objects.create(article=story, opened_at=NOW, since=NOW, last_alarm_at=NOW)
    board = live_board("waiting", NOW)
    assert (board.stories[0].pk, board.stories[0].waiting) == (story.pk, 3)
    assert board.stories[0].case == case.pk
    assert (board.waiting, board.cases) == (3, 1)


def test_a_case_is_a_link_for_who_may_read_it(story: Article, moderator: User) -> None:
    case = Case.objects.create(article=story, opened_at=NOW, since=NOW, last_alarm_at=NOW)
    address = reverse("admin:reactions_case_change", args=[case.pk])
    assert f'href="{address}"' in desk(moderator).get(LIVE).content.decode()
    assert address not in desk(with_rights("view_board")).get(LIVE).content.decode()


def test_nobody_sees_what_readers_dont(heart: int, moderator: User) -> None:
    hidden = [make_draft(headline="Secret plans"), make_article(headline="Over", expire_at=NOW)]
    hidden.append(make_article(headline="Pulled", status=Article.Status.WITHDRAWN))
    hidden.append(make_article(headline="Embargo", publish_at=NOW + timedelta(days=1)))
    for article in hidden:
        votes(article, heart, 9)
        waits(article, heart, 2)
        Case.objects.create(article=article, opened_at=NOW, since=NOW, last_alarm_at=NOW)
    page = desk(moderator).get(LIVE).content.decode()
    assert "No story is published yet" in page
    assert not re.search("Secret plans|Over|Pulled|Embargo", page)


def test_slots_that_are_over_are_read_once(
    story: Article, heart: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    votes(story, heart, 7, ago=100)
    assert live_board(now=NOW).stories[0].votes == 7
    asked: list[list[int]] = []
    read = live_window._read

    def note(missing: list[int], now: datetime) -> live_window.Slots:
        asked.append(missing)
        return read(missing, now)

    monkeypatch.setattr(live_window, "_read", note)
    votes(story, heart, 2, ago=0)
    assert live_board(now=NOW).stories[0].votes == 9
    assert len(asked[0]) <= 2
    cache.clear()
    assert live_board(now=NOW).stories[0].votes == 9
    assert len(asked[1]) == live_window.SLOTS


def test_a_crowd_over_many_stories_keeps_the_liveliest(
    heart: int, monkeypatch: pytest.MonkeyPatch, kinds: object
) -> None:
    monkeypatch.setattr(live_window, "KEPT_STORIES", 2)
    stories = [make_article() for _ in range(3)]
    for n, article in enumerate(stories, start=1):
        votes(article, heart, n, ago=100)
    assert live_board(now=NOW).lively == 3
    assert {row.votes for row in live_board(now=NOW).stories} == {0, 2, 3}


def test_it_takes_the_same_queries_whatever_there_is(heart: int, moderator: User) -> None:
    client = desk(moderator)
    client.get(ROWS)

    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ROWS).status_code == 200
        return len(captured)

    def grow() -> None:
        article = make_article()
        votes(article, heart, 20)
        usual(article, {heart: 300.0})
        waits(article, heart, 3)
        Case.objects.create(article=article, opened_at=NOW, since=NOW, last_alarm_at=NOW)

    grow()
    few = queries()
    for _ in range(5):
        grow()
    assert queries() == few


@pytest.mark.parametrize("address", [LIVE, ROWS])
def test_who_may_look(address: str, moderator: User, writer: User, editor: User) -> None:
    assert desk(moderator).get(address).status_code == 200
    assert desk(editor).get(address).status_code == 200
    assert desk(writer).get(address).status_code == 403
    assert desk(with_rights("view_hour")).get(address).status_code == 403


def freeze(user: User, article: Article, **data: str) -> tuple[int, str]:
    address = reverse("reactions_desk:live_freeze", args=[article.pk])
    answer = desk(user).post(address, {"reason": "Names a minor.", **data}, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_bar_is_frozen_and_thawed_from_its_row(moderator: User, story: Article) -> None:
    status, page = freeze(moderator, story, sort="waiting")
    assert status == 200
    assert "are frozen" in page
    assert '<a href="?sort=waiting" aria-current="true">' in page
    assert "Frozen: Names a minor." in page
    assert Board.objects.get().state == "frozen"
    assert Action.objects.get().reason == "Names a minor."
    assert "Somebody was here before you" in freeze(moderator, story)[1]
    assert "are open again" in freeze(moderator, story, to="open")[1]
    assert Board.objects.get().state == "open"


@pytest.mark.parametrize(
    ("reason", "words"),
    [("", "Say why"), ("  ", "Say why"), ("x" * 301, "at most 300 characters")],
    ids=["empty", "blank", "long"],
)
def test_a_reason_that_wont_do_comes_back(
    moderator: User, story: Article, reason: str, words: str
) -> None:
    status, page = freeze(moderator, story, reason=reason)
    assert status == 422
    assert words in page
    assert "<details open>" in page
    assert f'value="{reason}" aria-invalid="true"' in page
    assert not Action.objects.exists()


def test_a_bar_that_ended_has_nothing_to_freeze(moderator: User, story: Article) -> None:
    client = desk(moderator)
    assert "Freeze" in client.get(LIVE).content.decode()
    Board.objects.for_article(story.pk)
    Board.objects.update(sealed_at=NOW)
    cache.clear()
    page = client.get(LIVE).content.decode()
    assert "Ended" in page
    assert "Freeze" not in page


def test_looking_is_not_freezing(story: Article) -> None:
    looker = with_rights("view_board")
    assert freeze(looker, story)[0] == 403
    assert "Freeze" not in desk(looker).get(LIVE).content.decode()
    assert not Board.objects.exists()


def test_what_readers_dont_see_is_not_frozen(moderator: User) -> None:
    assert freeze(moderator, make_draft())[0] == 404
    assert not Board.objects.exists()
