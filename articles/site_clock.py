"""Until when what readers see stays as it is: the moment between two changes.

A change is either written (the generation grows, see articles.models.site_state) or comes by time
alone: a schedule, an expiry, an entry on a front or a banner that ends, the rights in a photo. What is kept beside the
database is kept for one `Moment` and is right as long as that is the current one.

Times are judged by the database's clock, as `published()` judges them, and counted by this
process's monotonic one: a wall clock that is wrong or jumps moves nothing.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from articles.models import Article, Banner, Photo, SlotEntry, forget_generation, generation

# How long times read from the database are believed: what bounds a database clock that jumps.
MEASURED_SECONDS = 60.0
# After a failed look at the database nobody looks again for so long: a wait a reader would share.
PAUSE_SECONDS = 1.0
FOR_EVER = float("inf")
AWAY = (DatabaseError, InterfaceError)
CLOCK = "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'NOW')"  # as Django's Now() asks SQLite

Kept = TypeVar("Kept")


class Moment(NamedTuple):
    """`ends` and `hides` are times of the monotonic clock: the next time that anything changes
    by itself, and the next time that something readers see has to disappear.
    """

    generation: tuple[int, int]
    ends: float
    hides: float
    began: tuple[datetime, float]  # the database's time, and the monotonic clock's before it


class _Known:
    moment: Moment | None = None
    measured_at = 0.0
    paused_until = 0.0


_measuring = Lock()


def current() -> Moment:
    """The moment that readers are in. Ask before rendering what is to be kept for it. Raises what
    the database raises.

    Almost always no query; one every 0.9 s, and a few after a change.
    """
    number, now = generation(), monotonic()
    known = _Known.moment
    if known and known.generation == number and now < min(known.ends, _Known.measured_at):
        return known
    with _measuring:
        _Known.moment, _Known.measured_at = _measure(number), now + MEASURED_SECONDS
    return _Known.moment


def now() -> datetime:
    """The database's time, without asking: counted on from the current moment's. Never behind what
    `published()` goes by, and ahead of it by what the answer took. Raises as `current()` does.
    """
    began, counted_from = current().began
    return began + timedelta(seconds=monotonic() - counted_from)


def current_or_none() -> Moment | None:
    """`current()`, or None while the database doesn't answer. For use outside Django's requests,
    which mend a broken connection themselves.
    """
    if monotonic() < _Known.paused_until:
        return None
    try:
        return current()
    except AWAY:
        pass
    try:
        close_old_connections()  # it may have died in its sleep; a new one tells
        return current()
    except AWAY:
        _Known.paused_until = monotonic() + PAUSE_SECONDS
        return None


def forget() -> None:
    """As at the start of the process: for tests."""
    forget_generation()
    _Known.moment, _Known.paused_until = None, 0.0


def _measure(number: tuple[int, int]) -> Moment:
    # The monotonic time is taken first: a slow answer then ends the moment early, never late.
    before = monotonic()
    story_shows, story_hides = Article.objects.changes_ahead()
    photo_shows, photo_hides = Photo.objects.changes_ahead()
    running = Banner.objects.filter(ends__gt=Now())
    now, *changes = _first_of(
        story_hides,
        photo_hides,
        story_shows,
        photo_shows,
        SlotEntry.objects.filter(until__gt=Now()).order_by("until").values("until"),
        running.filter(starts__gt=Now()).order_by("starts").values("starts"),
        running.order_by("ends").values("ends"),
    )

    def when(times: Iterable[datetime | None]) -> float:
        ahead = [time for time in times if time]
        return before + (min(ahead) - now).total_seconds() if ahead else FOR_EVER

    return Moment(number, when(changes), when(changes[:2]), began=(now, before))


def database_now() -> datetime:
    """The database's clock, as Now() reads it."""
    return _first_of()[0]


def _first_of(*times: QuerySet[Any, Any]) -> tuple[datetime, *tuple[datetime | None, ...]]:
    """The database's now, and the first time of each of these (None where there is none): one
    statement, which a page that is made with nothing kept would otherwise wait for seven times.
    """
    parts = [each[:1].query.sql_with_params() for each in times]
    clock = CLOCK if connection.vendor == "sqlite" else "STATEMENT_TIMESTAMP()"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join([clock, *(f'({sql})' for sql, _ in parts)])}",
            [value for _, params in parts for value in params],
        )
        row = cursor.fetchone()
    now, *found = (_as_time(value) for value in row)
    return now, *found  # type: ignore[return-value]


def _as_time(value: str | datetime | None) -> datetime | None:
    """SQLite keeps times in UTC without saying so, and reads only a column as a time."""
    time = datetime.fromisoformat(value) if isinstance(value, str) else value
    return time.replace(tzinfo=UTC) if time and time.tzinfo is None else time


class ForAMoment(Generic[Kept]):
    """A value made once a moment in this process: `menu = ForAMoment(make)`, then `menu()`."""

    def __init__(self, make: Callable[[], Kept]) -> None:
        self._make = make
        self._kept: tuple[Moment, Kept] | None = None

    def __call__(self) -> Kept:
        moment, kept = current(), self._kept
        # The same object: a moment that was measured anew has another end or another database.
        if kept is not None and kept[0] is moment:
            return kept[1]
        made = self._make()
        self._kept = (moment, made)
        return made
