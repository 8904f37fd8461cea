"""When a provider is asked again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from articles.embeds import schedule
from articles.embeds.schedule import after_failure, interval, next_look, plan
from articles.embeds.states import State
from articles.models import Embed
from tests import builders

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _fetching(settings: Settings) -> None:
    settings.EMBED_FETCH = True


@pytest.mark.parametrize(
    ("age", "wait"),
    [(0, 1), (6.9, 1), (7, 3), (29, 3), (30, 10), (179, 10), (180, 30), (5_000, 30)],
)
def test_old_stories_are_looked_after_rarely(age: float, wait: int) -> None:
    assert interval(age * DAY) == wait * DAY


def test_failures_wait_from_five_minutes_to_six_hours() -> None:
    now = timezone.now()
    waits = [(after_failure(n, None, now) - now).total_seconds() / 60 for n in (1, 2, 3, 7, 8, 999)]
    for wait, base in zip(waits, (5, 10, 20, 320, 360, 360), strict=True):
        assert base <= wait <= base * 1.2
    assert after_failure(1, 86_400, now) - now >= DAY


def used(embed: Embed, *, age: timedelta, **fields: object) -> None:
    at = timezone.now() - age
    article = builders.make_article(publish_at=at, first_published_at=at, **fields)
    builders.use_embed(article, embed)


def test_the_newest_public_story_decides() -> None:
    embed, now = builders.make_embed(), timezone.now()
    used(embed, age=400 * DAY)
    used(embed, age=10 * DAY)
    used(embed, age=-DAY)  # scheduled: nobody sees it yet
    when = next_look(embed, now)
    assert when is not None
    assert 3 * DAY <= when - now <= 3.6 * DAY


def test_a_post_that_no_reader_sees_is_left_alone(settings: Settings) -> None:
    embed = builders.make_embed()
    builders.use_embed(builders.make_draft(), embed)
    assert next_look(embed, timezone.now()) is None
    used(embed, age=DAY)
    assert next_look(embed, timezone.now()) is not None
    settings.EMBED_FETCH = False
    assert next_look(embed, timezone.now()) is None


def test_the_plan_finds_what_has_no_time_and_what_a_new_story_took_up() -> None:
    now = timezone.now()
    without = builders.make_embed(state=State.OK, next_check_at=None)
    late = builders.make_embed(state=State.OK, next_check_at=now + 20 * DAY)
    timely = builders.make_embed(state=State.OK, next_check_at=now + DAY / 2)
    old = builders.make_embed(state=State.OK, next_check_at=now + 20 * DAY)
    for embed in (without, late, timely):
        used(embed, age=DAY)
    used(old, age=200 * DAY)
    unseen = builders.make_embed(state=State.OK, next_check_at=None)
    builders.use_embed(builders.make_draft(), unseen)
    assert plan() == 2
    assert plan() == 0
    for embed in (without, late):
        embed.refresh_from_db()
        assert embed.next_check_at is not None
        assert now <= embed.next_check_at <= timezone.now() + DAY
        assert embed.priority == Embed.Priority.RECHECK
    for embed, when in ((old, 20 * DAY), (timely, DAY / 2)):
        embed.refresh_from_db()
        assert embed.next_check_at == now + when
    unseen.refresh_from_db()
    assert unseen.next_check_at is None


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.GONE, "next_check_at": timezone.now() + 29 * DAY},
        {"state": State.GONE, "held": True, "next_check_at": None},
        {"state": State.BLOCKED, "held": True, "next_check_at": None},
        {"state": State.OK, "failures": 3, "next_check_at": timezone.now() + 2 * DAY},
        {"state": State.OK, "missing_since": timezone.now(), "next_check_at": None},
        {"state": State.OK, "provider": "myspace", "next_check_at": None},
    ],
)
def test_what_has_a_time_for_a_reason_keeps_it(fields: dict[str, object]) -> None:
    embed = builders.make_embed(**fields)
    used(embed, age=DAY)
    assert plan() == 0
    embed.refresh_from_db()
    assert embed.next_check_at == fields["next_check_at"]


def test_nothing_is_planned_where_nobody_may_be_asked(settings: Settings) -> None:
    settings.EMBED_FETCH = False
    used(builders.make_embed(state=State.OK, next_check_at=None), age=DAY)
    assert plan() == 0


def test_rows_that_were_together_come_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "PLAN_LIMIT", 20)
    for _ in range(25):
        used(builders.make_embed(state=State.OK, next_check_at=None), age=DAY)
    assert plan() == 20
    assert plan() == 5
    assert len(set(Embed.objects.values_list("next_check_at", flat=True))) == 25
