"""Votes in and out of the counts: void, release, quarantine, shadow; and what that would do.

Each verb is one statement on PostgreSQL and one transaction on SQLite: states move, the counts
follow by deltas, and each vote's former state is noted for an exact undo.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from reactions import tallies
from reactions.models import Action, Case, Vote
from reactions.moderation import log
from reactions.moderation.filters import COUNTABLE, VoteFilter
from reactions.moderation.log import Who

State = Vote.State
Row = tuple[int, int, int, int]  # article, kind, state before, votes

# Deltas are sums here: fifty thousand votes of a kind leave by one row.
SUMS = """
    INSERT INTO reactions_delta (article_id, kind_id, d)
    SELECT article_id, kind,
           SUM(CASE WHEN after = 0 THEN 1 ELSE -1 END)
      FROM moved WHERE kind > 0 AND (before = 0) <> (after = 0)
     GROUP BY article_id, kind
"""
EFFECT = "SELECT article_id, kind, before, COUNT(*) FROM moved GROUP BY article_id, kind, before"

# FOR UPDATE takes each vote as it is when it is its turn; readers who vote meanwhile wait for it.
MOVE_ON_POSTGRES = f"""
    WITH chosen AS (
        SELECT vote.article_id, vote.visitor, vote.state FROM reactions_vote vote
         WHERE {{where}} ORDER BY vote.article_id, vote.visitor FOR UPDATE
    ), moved AS (
        UPDATE reactions_vote vote SET state = %s FROM chosen
         WHERE vote.article_id = chosen.article_id AND vote.visitor = chosen.visitor
        RETURNING vote.article_id, vote.visitor, vote.kind, chosen.state AS before,
                  vote.state AS after
    ), noted AS (
        INSERT INTO reactions_actedvote (action_id, article_id, visitor, before)
        SELECT %s, article_id, visitor, before FROM moved
    ), appended AS ({SUMS})
    {EFFECT}
"""  # noqa: S608 (constants; the filter's values are parameters)

NOTE = """
    INSERT INTO reactions_actedvote (action_id, article_id, visitor, before)
    SELECT %s, vote.article_id, vote.visitor, vote.state FROM reactions_vote vote WHERE {where}
"""
NOTED = """
    SELECT vote.article_id, vote.kind, acted.before, COUNT(*)
      FROM reactions_actedvote acted
      JOIN reactions_vote vote ON vote.article_id = acted.article_id AND vote.visitor = acted.visitor
     WHERE acted.action_id = %s GROUP BY vote.article_id, vote.kind, acted.before
"""
MOVE_ON_SQLITE = """
    UPDATE reactions_vote SET state = %s WHERE (article_id, visitor) IN (
        SELECT article_id, visitor FROM reactions_actedvote WHERE action_id = %s)
"""
MATCHING = """
    SELECT vote.kind, vote.state, COUNT(*) FROM reactions_vote vote
     WHERE {where} GROUP BY vote.kind, vote.state
"""


@dataclass(frozen=True, slots=True)
class Preview:
    """What voiding the filter's votes would do to the counts."""

    removed: int  # counted votes that would leave the counts
    of: int  # counted votes of the articles now
    waiting: int  # quarantined votes that would be void
    kinds: dict[int, int]  # of the removed, by kind
    waiting_kinds: dict[int, int] = field(default_factory=dict)  # of the waiting

    @property
    def words(self) -> str:
        return f"would remove {self.removed:,} of {self.of:,}"


def preview(votes: VoteFilter) -> Preview:
    """Count what `void` would take, writing nothing."""
    where, params = votes.where(COUNTABLE)
    with connection.cursor() as cursor:
        cursor.execute(MATCHING.format(where=where), params)
        rows = cursor.fetchall()
    counted = {kind: n for kind, state, n in rows if state == State.COUNTED and kind}
    waiting = {kind: n for kind, state, n in rows if state == State.QUARANTINED and kind}
    total = tallies.counted_votes(votes.articles)
    return Preview(sum(counted.values()), total, sum(waiting.values()), counted, waiting)


def void(votes: VoteFilter, by: Who, *, reason: str, case: Case | None = None) -> Action:
    """Take counted and quarantined votes out of the counts. The voters see no difference.

    Returns the Action, whose effect says how many; raises ReasonMissing.
    """
    return move(votes, COUNTABLE, State.VOID, Action.Verb.VOID, by, reason=reason, case=case)


def release(votes: VoteFilter, by: Who, *, reason: str, case: Case | None = None) -> Action:
    """Count quarantined votes. Returns the Action; raises ReasonMissing."""
    states = [State.QUARANTINED]
    return move(votes, states, State.COUNTED, Action.Verb.RELEASE, by, reason=reason, case=case)


def quarantine(votes: VoteFilter, by: Who, *, reason: str, case: Case | None = None) -> Action:
    """Let counted votes wait. Returns the Action; raises ReasonMissing."""
    verb, states = Action.Verb.QUARANTINE, [State.COUNTED]
    return move(votes, states, State.QUARANTINED, verb, by, reason=reason, case=case)


def shadow_votes(votes: VoteFilter, by: Who, *, reason: str, case: Case | None = None) -> Action:
    """Take votes out of the counts for good: no case that closes releases them.

    Returns the Action; raises ReasonMissing.
    """
    verb = Action.Verb.SHADOW_VOTES
    return move(votes, COUNTABLE, State.SHADOW, verb, by, reason=reason, case=case)


def move(
    votes: VoteFilter,
    states: Sequence[int],
    to: int,
    verb: Action.Verb,
    by: Who,
    *,
    reason: str,
    case: Case | None = None,
) -> Action:
    """Bring the filter's votes from `states` into `to`; G2 holds at the commit."""
    where, params = votes.where(states)
    with transaction.atomic(), connection.cursor() as cursor:
        action = log.write(verb, by, reason=reason, filter=votes.as_json(), case=case)
        if connection.vendor == "postgresql":
            cursor.execute(MOVE_ON_POSTGRES.format(where=where), [*params, int(to), action.pk])
            rows = cursor.fetchall()
        else:
            cursor.execute(NOTE.format(where=where), [action.pk, *params])
            cursor.execute(NOTED, [action.pk])
            rows = cursor.fetchall()
            cursor.execute(MOVE_ON_SQLITE, [int(to), action.pk])
            count_on_sqlite(cursor, [(*row[:3], to, row[3]) for row in rows])
        return log.set_effect(action, effect_of(rows))


def count_on_sqlite(
    cursor: CursorWrapper, changes: Iterable[tuple[int, int, int, int, int]]
) -> None:
    """Move the tallies by (article, kind, state before, state after, votes)."""
    sums = [
        (article_id, kind, n if after == State.COUNTED else -n)
        for article_id, kind, before, after, n in changes
        if kind and (before == State.COUNTED) != (after == State.COUNTED)
    ]
    tallies.add_sums(cursor, sums)
    cursor.executemany(
        "UPDATE reactions_board SET version = version + 1 WHERE article_id = %s",
        [(article_id,) for article_id in {row[0] for row in sums}],
    )


def effect_of(rows: Iterable[Row]) -> dict[str, Any]:
    """{"total", "counted", "kinds"} of the votes that were moved: `counted` were in the counts."""
    kinds: dict[str, int] = {}
    total = counted = 0
    for _article, kind, before, n in rows:
        kinds[str(kind)] = kinds.get(str(kind), 0) + int(n)
        total += int(n)
        counted += int(n) if before == State.COUNTED and kind else 0
    return {"total": total, "counted": counted, "kinds": dict(sorted(kinds.items()))}
