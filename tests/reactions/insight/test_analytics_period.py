"""Periods and steps in the newsroom's zone: arithmetic, no database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reactions.insight.analytics_period import in_words, of_days, preset, steps

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 2, 17, 30, tzinfo=UTC)  # 12:30, a day after summer time ended


@pytest.mark.parametrize(
    ("key", "since"),
    [
        ("24h", datetime(2026, 11, 1, 18, tzinfo=UTC)),
        ("7d", datetime(2026, 10, 27, 4, tzinfo=UTC)),
        ("30d", datetime(2026, 10, 4, 4, tzinfo=UTC)),
    ],
)
def test_presets_begin_with_a_whole_hour_or_day(key: str, since: datetime) -> None:
    period = preset(key, NOW, ZONE)
    assert (period.key, period.since, period.until) == (key, since, NOW)
    assert period.before is not None
    assert period.before.until == since
    assert period.before.since == since - (NOW - since)


def test_all_there_is_has_nothing_before_it() -> None:
    assert preset("all", NOW, ZONE).before is None


def test_days_hold_their_last_one_and_end_now() -> None:
    period = of_days(date(2026, 10, 1), date(2026, 10, 2), NOW, ZONE)
    assert period.since == datetime(2026, 10, 1, 4, tzinfo=UTC)
    assert period.until == datetime(2026, 10, 3, 4, tzinfo=UTC)
    assert of_days(date(2026, 11, 1), date(2026, 12, 1), NOW, ZONE).until == NOW


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(2, 1, "before the first"), (3, 4, "still to come")],
    ids=["backwards", "future"],
)
def test_days_that_cant_be_are_refused_in_words(first: int, last: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        of_days(date(2026, 11, first), date(2026, 11, last), NOW, ZONE)


@pytest.mark.parametrize(
    ("days", "unit", "columns", "first", "last"),
    [
        (1, "hour", 25, "12:00", "12:00"),
        (6, "day", 7, "27 Oct", "2 Nov"),
        (120, "week", 19, "29 Jun", "2 Nov"),
        (800, "month", 27, "Aug 2024", "Nov 2026"),
    ],
)
def test_a_longer_time_has_longer_steps(
    days: int, unit: str, columns: int, first: str, last: str
) -> None:
    found = steps(NOW - timedelta(days=days), NOW, ZONE)
    if unit == "month":
        columns = len(found.names)  # said by its ends
    assert (found.unit, len(found.names)) == (unit, columns)
    assert (found.names[0], found.names[-1]) == (first, last)


def test_an_hour_that_the_clock_repeats_is_one_column() -> None:
    twice = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 1:30, and an hour later 1:30 again
    found = steps(twice - timedelta(hours=2), twice + timedelta(hours=2), ZONE)
    assert found.names == ("23:00", "00:00", "01:00", "02:00")
    places = {found.place((twice + timedelta(hours=n)).astimezone(ZONE)) for n in (0, 1)}
    assert places == {2}
    assert found.place((twice + timedelta(days=9)).astimezone(ZONE)) is None


def test_a_period_is_said_in_the_newsrooms_time() -> None:
    assert in_words(preset("24h", NOW, ZONE), ZONE) == (
        "1 November 2026, 13:00 to 2 November 2026, 12:30"
    )
    days = of_days(date(2026, 10, 1), date(2026, 10, 2), NOW, ZONE)
    assert in_words(days, ZONE) == "1 October 2026 to 2 October 2026"
    assert in_words(preset("all", NOW, ZONE), ZONE) == "Everything up to 2 November 2026, 12:30"
