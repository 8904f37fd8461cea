"""Keeping the ledger: a partition a day made ahead on PostgreSQL, and what is too old dropped.

Votes never wait for it for more than LOCK_TIMEOUT, and none is lost when it doesn't run: rows of a
day without a partition lie in the default one.
"""

import logging
import re
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from reactions import hours

logger = logging.getLogger(__name__)

DAYS_AHEAD = 7
DELETED_AT_ONCE = 10_000
LOCK_TIMEOUT = "500ms"
NAME = re.compile(r"reactions_event_(\d{8})")

PARTITIONS = """
    SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'reactions_event'::regclass
"""
DELETE_OLD = {
    "sqlite": """
        DELETE FROM reactions_event WHERE id IN (
            SELECT id FROM reactions_event WHERE at < %s LIMIT %s)
    """,
    "postgresql": """
        DELETE FROM reactions_event_default WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM reactions_event_default WHERE at < %s LIMIT %s))
    """,
}


def keep(now: datetime | None = None) -> None:
    """Fold the hours that are over, make the days ahead, drop what is older than
    REACTIONS_LEDGER_DAYS.
    """
    now = now or timezone.now()
    hours.fold(now)
    make_days(now.date())
    drop_old(now)


def make_days(today: date) -> list[str]:
    """PostgreSQL: the partitions of today and the week ahead that are missing; returns their names.

    A day of which rows lie in the default partition already stays there.
    """
    if connection.vendor != "postgresql":
        return []
    there = partitions()
    wanted = (today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1))
    return [_name(day) for day in wanted if _name(day) not in there and _attach(day)]


def partitions() -> set[str]:
    """PostgreSQL: the names of the ledger's partitions."""
    with connection.cursor() as cursor:
        cursor.execute(PARTITIONS)
        return {name for (name,) in cursor.fetchall()}


def drop_old(now: datetime) -> int:
    """Drop what is older than REACTIONS_LEDGER_DAYS; returns how many partitions or rows."""
    cutoff = now - timedelta(days=settings.REACTIONS_LEDGER_DAYS)
    dropped = 0
    if connection.vendor == "postgresql":
        for name in sorted(partitions()):
            found = NAME.fullmatch(name)
            over = found and _day(found[1]) + timedelta(days=1) <= cutoff.date()
            dropped += bool(over) and _under_lock(f"DROP TABLE {name}")
    return dropped + _delete_old(cutoff)


def _delete_old(cutoff: datetime) -> int:
    """In batches, each a commit of its own: no vote waits for all of them."""
    deleted, batch = 0, DELETED_AT_ONCE
    while batch == DELETED_AT_ONCE:
        with transaction.atomic(), connection.cursor() as cursor:
            moment = connection.ops.adapt_datetimefield_value(cutoff)
            cursor.execute(DELETE_OLD[connection.vendor], [moment, DELETED_AT_ONCE])
            batch = cursor.rowcount
        deleted += batch
    return deleted


def _attach(day: date) -> bool:
    """Not CREATE … PARTITION OF, whose lock on the ledger would stop every vote."""
    name = _name(day)
    return _under_lock(
        f"CREATE TABLE {name} (LIKE reactions_event)",
        f"ALTER TABLE reactions_event ATTACH PARTITION {name} "
        f"FOR VALUES FROM ('{day} 00:00+00') TO ('{day + timedelta(days=1)} 00:00+00')",
    )


def _under_lock(*statements: str) -> bool:
    """All or none; False where a lock is not to be had, or the default has the day's rows."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
            for statement in statements:
                cursor.execute(statement)
    except (OperationalError, IntegrityError) as error:
        logger.warning("The ledger's partitions stay as they are for now: %s", error)
        return False
    return True


def _name(day: date) -> str:
    return f"reactions_event_{day:%Y%m%d}"


def _day(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
