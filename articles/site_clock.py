"""Until when what readers see stays as it is: the moment between two changes.

A change is either written (the generation grows, see articles.models.site_state) or comes by time
alone: a schedule, an expiry, an entry on a front or a banner that ends. What is kept beside the
database is kept for one `Moment` and is right as long as that is the current one.

Times are judged by the database's clock, as `published()` judges them, and counted by this
process's monotonic one: a wall clock that is wrong or jumps moves nothing.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from threading import Lock
from time import monotonic
from typing import Generic, NamedTuple, TypeVar

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.models import Min, Q
from django.db.models.functions import Now

from articles.models import Article, Banner, SlotEntry, forget_generation, generation

# How long times read from the database are believed: what bounds a database clock that jumps.
MEASURED_SECONDS = 60.0
# After a failed look at the database nobody looks again for so long: a wait a reader would share.
PAUSE_SECONDS = 1.0
FOR_EVER = float("inf")
AWAY = (DatabaseError, InterfaceError)

Kept = TypeVar("Kept")


class Moment(NamedTuple):
    """`ends` and `hides` are times of the monotonic clock: the next time that anything changes
    by itself, and the next time that something readers see has to disappear.
    """

    generation: tuple[int, int]
    ends: float
    hides: float


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
    now = database_now()

    def when(times: Iterable[datetime | None]) -> float:
        ahead = [time for time in times if time]
        return before + (min(ahead) - now).total_seconds() if ahead else FOR_EVER

    shows, hides = Article.objects.changes_ahead()
    entries = SlotEntry.objects.filter(until__gt=Now()).aggregate(ends=Min("until"))
    banners = Banner.objects.filter(ends__gt=Now()).aggregate(
        starts=Min("starts", filter=Q(starts__gt=Now())), ends=Min("ends")
    )
    changes = [shows, hides, *entries.values(), *banners.values()]
    return Moment(number, ends=when(changes), hides=when([hides]))


def database_now() -> datetime:
    """The database's clock, as Now() reads it."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')"
            if sqlite
            else "SELECT STATEMENT_TIMESTAMP()"
        )
        (value,) = cursor.fetchone()
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if sqlite else value


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
