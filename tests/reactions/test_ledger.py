"""The ledger's days: made ahead, dropped when old, and never in a vote's way."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Article
from reactions import ledger, tasks
from reactions.models import Event, Hour
from reactions.voting import cast_vote
from tests.reactions.conftest import new_visitor
from tests.reactions.test_guarantees import in_threads

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one plain table")


def event(article: Article, at: datetime, kind: int = 1) -> None:
    Event.objects.create(
        article=article, at=at, visitor=1, net=0, cookie_age_s=0, prev=0, kind=kind, flags=0
    )


def lying_in() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM reactions_event ORDER BY at")
        return [name for (name,) in cursor.fetchall()]


def drop(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {name}")


def test_votes_lie_in_the_partition_of_their_day(
    postgres: None, story: Article, heart: int
) -> None:
    cast_vote(story.pk, new_visitor(), heart)
    assert lying_in() == [f"reactions_event_{timezone.now():%Y%m%d}"]


def test_a_week_is_made_ahead_and_once(postgres: None) -> None:
    today = datetime(2031, 2, 26, 12, tzinfo=UTC).date()
    made = ledger.make_days(today)
    assert made[0] == "reactions_event_20310226"
    assert made[-1] == "reactions_event_20310305"
    assert len(made) == 8
    assert ledger.make_days(today) == []
    assert set(made) < ledger.partitions()


def test_a_missing_partition_loses_no_vote(postgres: None, story: Article, heart: int) -> None:
    today = timezone.now().date()
    for name in ledger.partitions() - {"reactions_event_default"}:
        drop(name)
    cast_vote(story.pk, new_visitor(), heart)
    made = ledger.make_days(today)  # today's rows stay where they are; the days to come are made
    assert f"reactions_event_{today:%Y%m%d}" not in made
    assert len(made) == 7
    cast_vote(story.pk, new_visitor(), heart)
    assert lying_in() == ["reactions_event_default"] * 2


def test_old_days_go_and_their_hours_stay(
    story: Article, heart: int, settings: LazySettings
) -> None:
    settings.REACTIONS_LEDGER_DAYS = 3
    now = datetime(2031, 5, 10, 12, tzinfo=UTC)
    ledger.make_days(datetime(2031, 5, 1, tzinfo=UTC).date())
    for days in (0, 1, 2, 5, 6, 400):  # the last one lies in the default partition
        event(story, now - timedelta(days=days, hours=2), heart)
    ledger.keep(now)
    kept = Event.objects.order_by("at").values_list("at", flat=True)
    assert [(now - at).days for at in kept] == [2, 1, 0]
    assert Hour.objects.count() == 6
    if connection.vendor == "postgresql":
        days = {name[-4:] for name in ledger.partitions() if "_2031" in name}
        assert "0505" not in days
        assert {"0507", "0508", "0517"} <= days


def test_old_rows_go_in_batches(
    story: Article, heart: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "DELETED_AT_ONCE", 2)
    old = timezone.now() - timedelta(days=300)
    for _ in range(5):
        event(story, old, heart)
    event(story, timezone.now(), heart)
    assert ledger.drop_old(timezone.now()) == 5
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_ledger_that_is_being_read_is_left_for_the_next_time(
    postgres: None, story: Article, caplog: pytest.LogCaptureFixture
) -> None:
    ledger.make_days(datetime(2030, 1, 1, tzinfo=UTC).date())
    with transaction.atomic():
        list(Event.objects.filter(at__year=2030))  # a reader's lock
        in_threads(lambda: ledger.drop_old(timezone.now() + timedelta(days=3_000)))
        assert "reactions_event_20300101" in ledger.partitions()
    assert "stay as they are for now" in caplog.text
    caplog.set_level(logging.CRITICAL)
    assert ledger.drop_old(timezone.now() + timedelta(days=3_000)) >= 8
    assert not [name for name in ledger.partitions() if "_2030" in name]
    ledger.make_days(timezone.now().date())


def test_beat_and_cron_keep_house(
    story: Article, heart: int, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    planned = {job["task"] for job in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {tasks.keep_ledger.name, tasks.seal.name} <= planned
    event(story, timezone.now() - timedelta(days=31), heart)
    event(story, timezone.now() - timedelta(days=2), heart)
    call_command("reactions_tidy")
    assert Event.objects.count() == 1
    assert Hour.objects.count() == 2
