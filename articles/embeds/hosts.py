"""How often a host may be asked, and whether it is asked at all: a bucket of requests and a circuit
breaker for each, shared by all workers through one row (articles.models.EmbedHost).

Each step is one UPDATE whose condition is its check, so that no count is lost however many workers
there are, and no row is locked while a request is on its way.

The bucket is reckoned by one number, the moment at which it is full again: a request is allowed
while that lies at most `burst` requests ahead, and moves it on by one. (The generic cell rate
algorithm, as in ATM: https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm.)

The breaker opens after FAILURES_TO_OPEN failures in a row, or for as long as the host itself asks
for. When its time is over, the worker that is first moves it on by PROBE_SECONDS and asks: one
answer closes it, a failure opens it for longer. If that worker dies, the next one tries.
"""

import random
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from articles.models import EmbedHost, EmbedHostDay

FAILURES_TO_OPEN = 5
FIRST_PAUSE_SECONDS = 30
MAX_PAUSE_SECONDS = 3_600
# Longer than the slowest answer (newsroom.lib.http gives up after 8 s, on at most four requests).
PROBE_SECONDS = 60
JITTER = 0.2  # rows that waited together must not come back together
KEPT_DAYS = 30
MAX_REASON_CHARS = 300
# What floats of this size round away.
SLACK_SECONDS = 0.001
# The posts that had to wait for the bucket are gone on with no oftener than this.
NUDGE_SECONDS = 1.0
# A nudge that is so late was lost: the next post that has to wait books another.
NUDGE_LOST_SECONDS = 15.0
# Of the bucket, for what somebody at the desk waits for: an import can't empty it wholly.
DESK_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Pace:
    """`burst` requests at once, then `per_second`."""

    per_second: float
    burst: int


# Meta lets a site ask 1,000 times an hour without a token: in no hour are these more.
META = Pace(per_second=950 / 3_600, burst=50)
PACES = {"graph.facebook.com": META, "graph.threads.com": META}


def pace_of(host: str) -> Pace:
    own = Pace(settings.EMBED_REQUESTS_PER_SECOND, 2 * settings.EMBED_REQUESTS_PER_SECOND)
    return PACES.get(host, own)


def wait_for(host: str, *, urgent: bool = True) -> float:
    """Take leave to ask this host once, now: 0, or the seconds after which to try again. With 0
    the caller must ask, and say how it went: `answered()`, `failed()` or `paused()`.
    """
    now = timezone.now()
    row, _made = EmbedHost.objects.get_or_create(host=host)
    if row.open_until is None:
        return _take(host, urgent=urgent)
    if row.open_until > now:
        return _jittered((row.open_until - now).total_seconds())
    # Half open. The condition is the check: of all who saw it end, one moves it on.
    probe = now + timedelta(seconds=PROBE_SECONDS)
    # One more failure is enough then.
    won = (
        _row(host)
        .filter(open_until=row.open_until)
        .update(open_until=probe, failures=FAILURES_TO_OPEN - 1)
    )
    return 0.0 if won else _jittered(PROBE_SECONDS)


def answered(host: str) -> None:
    """It answered, whatever it said about the post: the breaker closes."""
    _row(host).exclude(failures=0, openings=0, open_until=None).update(
        failures=0, openings=0, open_until=None, reason=""
    )
    _count(host, "answers")


def failed(host: str, reason: str) -> None:
    """No answer, or one that is none (5xx, 429, a log-in page in place of data)."""
    _row(host).update(failures=F("failures") + 1, reason=reason[:MAX_REASON_CHARS])
    _count(host, "failures")
    row = EmbedHost.objects.filter(host=host).first()
    if row and row.failures >= FAILURES_TO_OPEN:
        pause = min(FIRST_PAUSE_SECONDS * 2**row.openings, MAX_PAUSE_SECONDS)
        until = timezone.now() + timedelta(seconds=pause)
        # Whoever opened it in the meantime counted this pause already.
        same = _row(host).filter(openings=row.openings, open_until=row.open_until)
        same.update(open_until=until, openings=F("openings") + 1, failures=0)


def paused(host: str, seconds: float, reason: str) -> None:
    """It asked to be left alone for so long (429 or 503 with Retry-After): so it is, by all rows."""
    until = timezone.now() + timedelta(seconds=seconds)
    row = _row(host)
    row.filter(Q(open_until=None) | Q(open_until__lt=until)).update(open_until=until)
    row.update(reason=reason[:MAX_REASON_CHARS])
    _count(host, "failures")


def waiting_hosts(*, urgent: bool) -> frozenset[str]:
    """Hosts that may not be asked at this moment: their rows keep their place, and no message is
    sent for them.
    """
    now = timezone.now()
    rows = EmbedHost.objects.filter(Q(open_until__gt=now) | Q(full_at__gt=now.timestamp()))
    return frozenset(
        row.host
        for row in rows
        if (row.open_until and row.open_until > now)
        or row.full_at - now.timestamp() > _allowance(pace_of(row.host), urgent=urgent)
    )


def book_nudge(host: str, seconds: float) -> bool:
    """Whether the caller is to send this host's nudge, for so many seconds from now (or a little
    later); False where one is on its way, or the wait is so long that the sweep is soon enough.
    """
    if seconds > NUDGE_LOST_SECONDS:
        return False
    now = timezone.now()
    lost = now - timedelta(seconds=NUDGE_LOST_SECONDS)
    free = _row(host).filter(Q(nudge_at=None) | Q(nudge_at__lt=lost))
    return bool(free.update(nudge_at=now + timedelta(seconds=seconds)))


def take_nudge(host: str) -> bool:
    """Whether this is the nudge that was booked: True once, for the first message that says so."""
    now = timezone.now() + timedelta(seconds=NUDGE_SECONDS / 2)
    return bool(_row(host).filter(nudge_at__lte=now).update(nudge_at=None))


def nudge_seconds(host: str) -> float:
    """After which time to go on with posts that wait for this host's bucket."""
    return max(NUDGE_SECONDS, 1 / pace_of(host).per_second)


def free_requests(host: str, *, urgent: bool) -> int | None:
    """How many requests this host may be asked now; None while its breaker is open."""
    row = EmbedHost.objects.filter(host=host).first()
    pace, now = pace_of(host), timezone.now()
    if row is not None and row.open_until is not None:
        return 1 if row.open_until <= now else None
    ahead = max(row.full_at - now.timestamp(), 0.0) if row else 0.0
    return max(int((_allowance(pace, urgent=urgent) - ahead) * pace.per_second + 1), 0)


def quota_left(host: str, full_at: float) -> tuple[int, int]:
    """How many requests the host's bucket (`full_at`: its row's) has now, and how many it holds."""
    pace = pace_of(host)
    taken = max(full_at - timezone.now().timestamp(), 0.0) * pace.per_second
    return max(int(pace.burst - taken + SLACK_SECONDS), 0), int(pace.burst)


def forget_old_days() -> int:
    """Drop the counts of days that no view shows any more; how many."""
    oldest = timezone.now().date() - timedelta(days=KEPT_DAYS)
    return EmbedHostDay.objects.filter(day__lt=oldest).delete()[0]


def _row(host: str) -> QuerySet[EmbedHost]:
    return EmbedHost.objects.filter(host=host)


def _allowance(pace: Pace, *, urgent: bool) -> float:
    """How far ahead of now, in seconds, the bucket may be full before one more is taken."""
    burst = pace.burst if urgent else pace.burst * (1 - DESK_SHARE)
    return (burst - 1) / pace.per_second + SLACK_SECONDS


def _take(host: str, *, urgent: bool) -> float:
    pace, now = pace_of(host), timezone.now().timestamp()
    allowance = _allowance(pace, urgent=urgent)
    taken = _row(host).filter(full_at__lte=now + allowance)
    if taken.update(full_at=Greatest(F("full_at"), Value(now)) + 1 / pace.per_second):
        return 0.0
    full_at = _row(host).values_list("full_at", flat=True).get()
    return _jittered(max(full_at - allowance - now, 1 / pace.per_second))


def _jittered(seconds: float) -> float:
    return seconds * (1 + JITTER * random.random())  # noqa: S311  (no secret)


def _count(host: str, what: str) -> None:
    day = EmbedHostDay.objects.filter(host=host, day=timezone.now().date())
    if not day.update(**{what: F(what) + 1}):
        EmbedHostDay.objects.bulk_create(
            [EmbedHostDay(host=host, day=timezone.now().date())], ignore_conflicts=True
        )
        day.update(**{what: F(what) + 1})
