"""Boards that nobody has voted on for half a year: who voted is forgotten, how many stays.

First the board is closed for good, then its votes become one row a kind in Base (source "sealed")
and are deleted, in one transaction. It can't open again: without the rows nobody could tell
who has voted.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from articles.models import public_changed
from reactions import tallies

SOURCE = "sealed"
BOARDS_AT_ONCE = 200
FOLDED_WITHIN = timedelta(days=30)  # of the closing; the index on sealed_at finds them

CLOSE = """
    UPDATE reactions_board SET sealed_at = %(now)s, version = version + 1
     WHERE article_id IN (
        SELECT board.article_id FROM reactions_board board
          JOIN articles_article article ON article.id = board.article_id
         WHERE board.sealed_at IS NULL AND article.publish_at < %(cutoff)s
           AND EXISTS (SELECT 1 FROM reactions_vote vote WHERE vote.article_id = board.article_id)
           AND NOT EXISTS (SELECT 1 FROM reactions_hour hour
                WHERE hour.article_id = board.article_id AND hour.hour > %(cutoff)s)
           AND NOT EXISTS (SELECT 1 FROM reactions_vote vote
                WHERE vote.article_id = board.article_id AND vote.at > %(cutoff)s)
         LIMIT %(limit)s)
"""
UNFOLDED = """
    SELECT board.article_id FROM reactions_board board
     WHERE board.sealed_at > %(since)s
       AND EXISTS (SELECT 1 FROM reactions_vote vote WHERE vote.article_id = board.article_id)
"""
# A vote whose statement began before the closing was committed may still be at work, and its row
# not to be seen. A minute is for clocks that differ.
NOTHING_OLDER = """
       AND NOT EXISTS (SELECT 1 FROM pg_stat_activity other
            WHERE other.datname = current_database() AND other.pid <> pg_backend_pid()
              AND other.backend_type = 'client backend'
              AND other.xact_start <= board.sealed_at + INTERVAL '1 minute')
"""
# A reader's erasure or a moderator's verb may be at work on a closed board: over before it is counted.
HOLD = "SELECT 1 FROM reactions_vote WHERE article_id = %(article)s FOR UPDATE"

KEEP = """
    INSERT INTO reactions_base AS base (article_id, kind_id, n, source, imported_at, shown)
    SELECT article_id, kind, COUNT(*), %(source)s, %(now)s, TRUE
      FROM reactions_vote WHERE article_id = %(article)s AND state = 0 AND kind > 0
     GROUP BY article_id, kind
    ON CONFLICT (article_id, kind_id, source) DO UPDATE SET n = base.n + EXCLUDED.n
"""
COUNTED = """
    SELECT article_id, kind, -COUNT(*) FROM reactions_vote
     WHERE article_id = %(article)s AND state = 0 AND kind > 0 GROUP BY article_id, kind
"""


def seal(now: datetime | None = None) -> int:
    """Close and fold boards untouched for REACTIONS_SEAL_DAYS; returns how many were folded.

    One that can't be folded yet is closed already and is folded by a later call.
    """
    if not settings.REACTIONS_SEAL_DAYS:
        return 0
    now = now or timezone.now()
    _close(now)
    return sum(_fold(article_id, now) for article_id in _unfolded(now))


def _close(now: datetime) -> None:
    adapt = connection.ops.adapt_datetimefield_value
    cutoff = now - timedelta(days=settings.REACTIONS_SEAL_DAYS)
    params = {"now": adapt(now), "cutoff": adapt(cutoff), "limit": BOARDS_AT_ONCE}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLOSE, params)
        if cursor.rowcount:
            public_changed()  # the bar says that reactions have ended


def _unfolded(now: datetime) -> list[int]:
    since = connection.ops.adapt_datetimefield_value(now - FOLDED_WITHIN)
    sql = UNFOLDED + (NOTHING_OLDER if connection.vendor == "postgresql" else "")
    with connection.cursor() as cursor:
        cursor.execute(sql, {"since": since})
        return [article_id for (article_id,) in cursor.fetchall()]


def _fold(article_id: int, now: datetime) -> bool:
    """Votes into Base, tallies down by as much, rows away: one transaction."""
    params: dict[str, Any] = {
        "article": article_id,
        "source": SOURCE,
        "now": connection.ops.adapt_datetimefield_value(now),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        if not tallies.lock(cursor):
            return False
        if connection.vendor == "postgresql":
            cursor.execute(HOLD, params)
        tallies.settle(cursor, article_id)
        cursor.execute(KEEP, params)
        cursor.execute(COUNTED, params)
        tallies.add_sums(cursor, cursor.fetchall())
        for table in ("reactions_vote", "reactions_actedvote"):
            cursor.execute(f"DELETE FROM {table} WHERE article_id = %(article)s", params)  # noqa: S608
    return True
