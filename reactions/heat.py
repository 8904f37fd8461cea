"""What readers react to lately: votes that arrived, each worth less by its own age.

A vote weighs by the hour in which it was cast, whatever the age of its story. Hours that are counted
come from Hour, younger votes from the ledger; what moderators moved since is set right by the
votes' states now. The cost is that of the period's hours: the archive is not looked at.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Max

from reactions.hours import HOUR, hour_of
from reactions.models import Hour
from reactions.models.event import STATE_BITS

HALF_LIVES = 8  # then a vote is worth 1/256: it is left out
CANDIDATES = 150  # stories with the most of all, and
OF_KIND = 40  # those with the most of a kind

# `moved`: a vote that an action brought in or out. It was counted when it came, and so stands in an
# hour or the ledger's youngest, if the first action found it counted.
HEAT = f"""
    WITH weight (hour, ends, w) AS (VALUES %(weights)s),
    moved (article_id, visitor, first_id) AS (
        SELECT acted.article_id, acted.visitor, MIN(acted.action_id)
          FROM reactions_action action
          JOIN reactions_actedvote acted ON acted.action_id = action.id
         WHERE action.at >= %%s
         GROUP BY acted.article_id, acted.visitor),
    arrived (article_id, kind_id, n, w) AS (
        SELECT folded.article_id, folded.kind_id, folded.n, weight.w
          FROM weight JOIN reactions_hour folded ON folded.hour = weight.hour
        UNION ALL
        SELECT event.article_id, event.kind, 1, weight.w
          FROM reactions_event event
          JOIN weight ON event.at >= weight.hour AND event.at < weight.ends
         WHERE event.at >= %%s AND event.kind > 0 AND event.flags & {STATE_BITS} = 0
        UNION ALL
        SELECT vote.article_id, vote.kind, CASE WHEN vote.state = 0 THEN 1 ELSE -1 END, weight.w
          FROM moved
          JOIN reactions_actedvote acted ON acted.action_id = moved.first_id
           AND acted.article_id = moved.article_id AND acted.visitor = moved.visitor
          JOIN reactions_vote vote
            ON vote.article_id = moved.article_id AND vote.visitor = moved.visitor
          JOIN weight ON vote.at >= weight.hour AND vote.at < weight.ends
         WHERE vote.kind > 0 AND (vote.state = 0) <> (acted.before = 0)),
    heat (article_id, kind_id, score, arrived) AS (
        SELECT article_id, kind_id, SUM(n * w), SUM(n) FROM arrived GROUP BY article_id, kind_id),
    placed (article_id, kind_id, score, arrived, place, of_article) AS (
        SELECT article_id, kind_id, score, arrived,
               ROW_NUMBER() OVER (PARTITION BY kind_id ORDER BY score DESC, article_id),
               SUM(score) OVER (PARTITION BY article_id)
          FROM heat WHERE score > 0 AND arrived > 0),
    ranked (article_id, kind_id, score, arrived, place, of_all) AS (
        SELECT article_id, kind_id, score, arrived, place,
               DENSE_RANK() OVER (ORDER BY of_article DESC, article_id)
          FROM placed)
    SELECT article_id, kind_id, score, arrived FROM ranked
     WHERE of_all <= {CANDIDATES}
        OR article_id IN (SELECT article_id FROM ranked WHERE place <= {OF_KIND})
"""  # noqa: S608 (constants only; weights become placeholders)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that ends now. Its name stands in addresses; empty: now, which decays."""

    slug: str
    label: str
    words: str  # of a sentence: what readers react to …
    hours: int = 0  # that count alike; 0: decaying by REACTIONS_HALF_LIFE_HOURS

    def weights(self, now: datetime) -> list[tuple[datetime, datetime, float]]:
        """(hour, its end, what a vote in it weighs), the running hour first."""
        half_life = settings.REACTIONS_HALF_LIFE_HOURS
        running = hour_of(now)
        return [
            (
                running - ago * HOUR,
                running - (ago - 1) * HOUR,
                1.0 if self.hours else 0.5 ** (ago / half_life),
            )
            for ago in range(self.hours or HALF_LIVES * half_life)
        ]


NOW = Period("", "Now", "now. A reaction is worth less with every hour")
WEEK = Period("this-week", "This week", "in the last seven days", 7 * 24)
MONTH = Period("this-month", "This month", "in the last thirty days", 30 * 24)
PERIODS = (NOW, WEEK, MONTH)


@dataclass(frozen=True, slots=True)
class Heat:
    """One kind on one story: what its votes weigh, and how many they were."""

    article_id: int
    kind_id: int
    score: float
    arrived: int


def read(period: Period, now: datetime) -> list[Heat]:
    """The stories with the most reactions of the period, all and of each kind; every kind's row of
    theirs. Stories that readers can't see may be among them. 2 queries.
    """
    adapt = connection.ops.adapt_datetimefield_value
    weights = period.weights(now)
    start = weights[-1][0]
    last = Hour.objects.aggregate(last=Max("hour"))["last"]
    running = max(start, last + HOUR) if last else start
    # PostgreSQL would take a plain fraction for numeric, which is slow to add up.
    rows = ", ".join(["(%s, %s, CAST(%s AS DOUBLE PRECISION))"] * len(weights))
    values = (v for hour, ends, w in weights for v in (adapt(hour), adapt(ends), w))
    with connection.cursor() as cursor:
        cursor.execute(HEAT % {"weights": rows}, [*values, adapt(start), adapt(running)])
        return list(_heats(cursor.fetchall()))


def _heats(rows: Iterable[tuple[Any, ...]]) -> Iterable[Heat]:
    for article_id, kind_id, score, arrived in rows:
        yield Heat(article_id, kind_id, float(score), int(arrived))
