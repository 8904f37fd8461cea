"""Counted votes by hour, from the ledger.

Each hour is counted as a whole and its rows are replaced, never added to: counting it twice, or by
two workers, is the same as once. The last hour is counted again with the next one, for votes whose
commit came late.
"""

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max, Min
from django.utils import timezone

from reactions.models import Event, Hour
from reactions.models.event import STATE_BITS

FRESH_SECONDS = 60
GRACE = timedelta(minutes=5)
HOUR = timedelta(hours=1)

COUNT = f"""
    INSERT INTO reactions_hour (article_id, kind_id, hour, n, fresh)
    SELECT article_id, kind, %(hour)s, COUNT(*),
           SUM(CASE WHEN cookie_age_s < {FRESH_SECONDS} THEN 1 ELSE 0 END)
      FROM reactions_event
     WHERE at >= %(hour)s AND at < %(end)s AND kind > 0 AND flags & {STATE_BITS} = 0
     GROUP BY article_id, kind
    ON CONFLICT (article_id, kind_id, hour) DO UPDATE SET n = EXCLUDED.n, fresh = EXCLUDED.fresh
"""  # noqa: S608 (constants only)


def fold(now: datetime | None = None) -> int:
    """Count the hours that are over since the last one counted; returns how many."""
    end = hour_of((now or timezone.now()) - GRACE)
    last = Hour.objects.aggregate(last=Max("hour"))["last"]
    hour = _next(last + HOUR if last else None, end)
    if hour is not None and last is not None:
        _count(last)
    folded = 0
    while hour is not None:
        _count(hour)
        folded += 1
        hour = _next(hour + HOUR, end)
    return folded


def _next(start: datetime | None, end: datetime) -> datetime | None:
    """The next hour with a vote: before `end`, and from `start` on if there is one."""
    events = Event.objects.filter(at__lt=end)
    if start is not None:
        events = events.filter(at__gte=start)
    at = events.aggregate(first=Min("at"))["first"]
    return None if at is None else hour_of(at)


def _count(hour: datetime) -> None:
    adapt = connection.ops.adapt_datetimefield_value
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COUNT, {"hour": adapt(hour), "end": adapt(hour + HOUR)})


def hour_of(moment: datetime) -> datetime:
    """When its hour began, in UTC."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
