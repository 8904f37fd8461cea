"""Periods and their steps: pure arithmetic of time, in the newsroom's zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PRESETS = (("24h", "24 hours"), ("7d", "7 days"), ("30d", "30 days"), ("all", "All"))
DAYS_BACK = {"7d": 6, "30d": 29}
# So many days are drawn in steps of hours, days or weeks; more of them in months.
AS_HOURS, AS_DAYS, AS_WEEKS = 2, 92, 730


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` (None: from the first vote) up to before `until`; `key` is one of PRESETS or
    "days".
    """

    key: str
    since: datetime | None
    until: datetime

    @property
    def before(self) -> "Period | None":
        """As long a period that ends where this begins; None for all there is."""
        if self.since is None:
            return None
        return Period("before", self.since - (self.until - self.since), self.since)


def in_words(period: Period, zone: tzinfo) -> str:
    """Like "30 October 2026, 14:00 to 31 October 2026, 13:20"; whole days by their first and last."""
    last = period.until.astimezone(zone)
    end = f"{_day(last)}, {last:%H:%M}"
    if period.since is None:
        return f"Everything up to {end}"
    first = period.since.astimezone(zone)
    if last.time() == time():
        return f"{_day(first)} to {_day(last.date() - DAY)}"
    return f"{_day(first)}, {first:%H:%M} to {end}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def preset(key: str, now: datetime, zone: tzinfo) -> Period:
    """One of PRESETS: the last 24 hours with the running one, or whole days with today."""
    if key == "all":
        return Period(key, None, now)
    if key in DAYS_BACK:
        today = now.astimezone(zone).date()
        return Period(key, midnight(today - DAYS_BACK[key] * DAY, zone), now)
    return Period("24h", now.replace(minute=0, second=0, microsecond=0) - 23 * HOUR, now)


def of_days(first: date, last: date, now: datetime, zone: tzinfo) -> Period:
    """Whole days, the last one included, up to now. Raises ValueError in words for others."""
    if last < first:
        raise ValueError("The last day is before the first.")
    since = midnight(first, zone)
    if since > now:
        raise ValueError("That is still to come.")
    return Period("days", since, min(midnight(last + DAY, zone), now))


def midnight(day: date, zone: tzinfo) -> datetime:
    """When the day begins in the zone."""
    return datetime.combine(day, time(), zone)


@dataclass(frozen=True, slots=True)
class Steps:
    """The columns of a chart over time. `names` in order; `place` says which one a moment is in."""

    unit: str  # hour, day, week, month
    names: tuple[str, ...]
    places: dict[datetime | date, int]

    def place(self, local: datetime) -> int | None:
        """The column of a moment in the zone; None outside of all."""
        return self.places.get(_begin(local, self.unit))


def steps(first: datetime, last: datetime, zone: tzinfo) -> Steps:
    """From the step that `first` is in to the one of `last`, none left out."""
    days = (last - first) / DAY
    unit = "hour" if days <= AS_HOURS else "day" if days <= AS_DAYS else "week"
    unit = "month" if days > AS_WEEKS else unit
    begins = list(dict.fromkeys(_begins(first, last, zone, unit)))
    names = tuple(_name(begin, unit) for begin in begins)
    return Steps(unit, names, {begin: place for place, begin in enumerate(begins)})


def _begins(first: datetime, last: datetime, zone: tzinfo, unit: str) -> Iterator[datetime | date]:
    # Over the clock of UTC: an hour that summer time repeats is one column, as it is one name.
    stride, moment = (HOUR if unit == "hour" else DAY), first
    while moment < last:
        yield _begin(moment.astimezone(zone), unit)
        moment += stride
    yield _begin(last.astimezone(zone), unit)


def _begin(local: datetime, unit: str) -> datetime | date:
    if unit == "hour":
        return local.replace(minute=0, second=0, microsecond=0, tzinfo=None, fold=0)
    if unit == "week":
        return local.date() - local.weekday() * DAY
    return local.date().replace(day=1) if unit == "month" else local.date()


def _name(begin: datetime | date, unit: str) -> str:
    if unit == "hour":
        return f"{begin:%H:00}"
    return f"{begin:%b %Y}" if unit == "month" else f"{begin.day} {begin:%b}"
