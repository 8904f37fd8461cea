"""Hours: each vote that counted is in one hour, once, however often and late it is folded."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Article
from reactions import hours
from reactions.models import Event, Hour, Vote
from reactions.models.event import FIRST

pytestmark = [pytest.mark.django_db, pytest.mark.services]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def event(article: Article, minutes: float, kind: int, **fields: int) -> None:
    values = {"visitor": 1, "net": 0, "cookie_age_s": 3_600, "prev": 0, "flags": FIRST, **fields}
    at = NOON + timedelta(minutes=minutes)
    Event.objects.create(article=article, at=at, kind=kind, **values)


def table() -> list[tuple[int, int, int, int]]:
    """(hour, kind, n, fresh)"""
    rows = Hour.objects.order_by("hour", "kind").values_list("hour", "kind", "n", "fresh")
    return [(hour.hour, kind, n, fresh) for hour, kind, n, fresh in rows]


def test_what_counted_is_in_its_hour(story: Article, heart: int, wow: int) -> None:
    event(story, 0, heart)
    event(story, 59.9, heart, cookie_age_s=59)
    event(story, 30, wow, prev=heart)
    event(story, 31, 0, prev=wow)  # a withdrawal is no vote
    for state in (Vote.State.QUARANTINED, Vote.State.VOID, Vote.State.SHADOW):
        event(story, 32, heart, flags=FIRST + state)
    event(story, 60, heart)
    assert hours.fold(NOON + timedelta(hours=2, minutes=6)) == 2
    assert table() == sorted([(12, heart, 2, 1), (12, wow, 1, 0), (13, heart, 1, 0)])


def test_an_hour_is_folded_when_it_is_over_for_five_minutes(story: Article, heart: int) -> None:
    event(story, 10, heart)
    assert hours.fold(NOON + timedelta(minutes=64)) == 0
    assert hours.fold(NOON + timedelta(minutes=65)) == 1


def test_folding_again_counts_nothing_twice(story: Article, heart: int) -> None:
    event(story, 10, heart)
    for _ in range(3):
        hours.fold(NOON + timedelta(hours=2))
    assert table() == [(12, heart, 1, 0)]


def test_a_late_commit_is_counted_with_the_next_hour(story: Article, heart: int) -> None:
    event(story, 10, heart)
    hours.fold(NOON + timedelta(hours=2))
    event(story, 20, heart)
    event(story, 70, heart)
    assert hours.fold(NOON + timedelta(hours=3)) == 1
    assert table() == [(12, heart, 2, 0), (13, heart, 1, 0)]


def test_weeks_without_a_fold_are_made_up_for(story: Article, heart: int) -> None:
    for days in (0, 1, 9):
        event(story, days * 24 * 60, heart)
    assert hours.fold(NOON + timedelta(days=20)) == 3
    assert [n for _, _, n, _ in table()] == [1, 1, 1]


def test_nothing_is_folded_of_nothing() -> None:
    assert hours.fold() == 0
