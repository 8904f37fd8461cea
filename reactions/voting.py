"""One vote, exactly once, however often it arrives.

A vote states what shall be (a kind, or 0 for none), never what to add, so a retry or a double
click changes nothing. The row remembers the kind before it (`prev`), written by the same
statement: that is what makes the ±1 of the tally exact. A result means that the vote is committed,
and with it its line in the ledger.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from reactions import tallies
from reactions.models import WITHDRAWN, Board, Vote
from reactions.models.event import BY_FORM, FIRST
from reactions.sets import SET_OF_ARTICLE
from reactions.statements import Statement
from reactions.turns import turn
from reactions.visitors import Visitor

KIND_MAX = 32_767  # a smallint
ATTEMPTS = 3

# One row if the article takes this vote now: its board is open and its set has the kind, which is
# not retired. A frozen board selects nothing, so nothing is written.
BALLOT = f"""
    SELECT board.article_id
      FROM reactions_board board
      JOIN articles_article article ON article.id = board.article_id
     WHERE board.article_id = %(article)s AND board.state = 'open' AND board.sealed_at IS NULL
       AND (%(kind)s = 0 OR EXISTS (
            SELECT 1 FROM reactions_setkind member
              JOIN reactions_reactionkind kind ON kind.id = member.kind_id
             WHERE member.set_id = {SET_OF_ARTICLE}
               AND member.kind_id = %(kind)s AND kind.retired_at IS NULL))
"""  # noqa: S608 (constants only)

# Whoever never voted has nothing to withdraw: no row is made for that.
CAST = """
    INSERT INTO reactions_vote AS vote (article_id, visitor, kind, prev, state, at)
    SELECT ballot.article_id, %(visitor)s, %(kind)s, NULL, %(state)s, %(now)s FROM ballot
     WHERE %(kind)s > 0 OR EXISTS (
           SELECT 1 FROM reactions_vote mine
            WHERE mine.article_id = %(article)s AND mine.visitor = %(visitor)s)
    ON CONFLICT (article_id, visitor) DO UPDATE
       SET prev = vote.kind, kind = EXCLUDED.kind, at = EXCLUDED.at
     WHERE vote.kind <> EXCLUDED.kind
    RETURNING kind, prev, state
"""
CAST_ON_SQLITE = f"WITH ballot AS ({BALLOT}) {CAST}"

# The ledger's line of a vote that changed something.
NOTE = f"""
    INSERT INTO reactions_event (at, article_id, visitor, net, cookie_age_s, prev, kind, flags)
    SELECT %(now)s, %(article)s, %(visitor)s, %(net)s, %(cookie_age)s, COALESCE(prev, 0), kind,
           state + %(flags)s + CASE WHEN prev IS NULL THEN {FIRST} ELSE 0 END
"""

MINE = """
    SELECT state FROM reactions_vote WHERE article_id = %(article)s AND visitor = %(visitor)s
"""

OUTCOME = "SELECT %(kind)s AS kind, %(prev)s AS prev, %(state)s AS state"  # SQLite: of CAST

CAST_ON_POSTGRES = Statement(
    "reactions_cast",
    f"""
    WITH ballot AS MATERIALIZED ({BALLOT}), cast_vote AS ({CAST}), appended AS (
        INSERT INTO reactions_delta (article_id, kind_id, d)
        SELECT %(article)s, kind, 1 FROM cast_vote WHERE kind > 0 AND state = 0
        UNION ALL
        SELECT %(article)s, prev, -1 FROM cast_vote WHERE prev > 0 AND state = 0
    ), noted AS ({NOTE} FROM cast_vote)
    SELECT EXISTS (SELECT 1 FROM cast_vote), EXISTS (SELECT 1 FROM ballot),
           COALESCE(cast_vote.state, ({MINE}), 0)
      FROM (SELECT 1) one LEFT JOIN cast_vote ON TRUE
    """,  # noqa: S608
    article="bigint", visitor="bigint", kind="smallint", state="smallint", net="bigint",
    cookie_age="integer", flags="smallint", now="timestamptz",
)  # fmt: skip


class VoteRefused(Exception):
    """A vote that was not written; its text tells the reader why."""


class UnknownKind(VoteRefused):
    """The article's set has no such kind, or has it no more."""


class BoardClosed(VoteRefused):
    """The article's bar is frozen or hidden."""


@dataclass(frozen=True, slots=True)
class VoteResult:
    kind: int  # what stands now; 0 = none
    changed: bool  # False: it stood already
    counted: bool = True  # False: kept, but in no count


@dataclass(frozen=True, slots=True)
class How:
    """How a vote came: for the ledger, and what state a first vote gets."""

    net: int = 0  # the network's name (reactions.networks); 0 = unknown
    state: int = Vote.State.COUNTED
    by_form: bool = False


def cast_vote(article_id: int, visitor: Visitor, kind: int, how: How = How()) -> VoteResult:
    """Write the visitor's vote on an existing article: a kind's number, or 0 to withdraw.

    A vote that stands keeps its state, whatever `how` says. Raises UnknownKind or BoardClosed, in words for the reader; then nothing was written.
    """
    for _ in range(ATTEMPTS):
        result = _write(article_id, visitor, kind, how) if 0 <= kind <= KIND_MAX else None
        if result is not None:
            return result
        # No ballot: say why, or make the missing board and try again.
        check_ballot(article_id, kind)
    raise BoardClosed("Reactions to this story are changing just now. Please try again.")


def check_ballot(article_id: int, kind: int) -> None:
    """Raise what cast_vote would raise; makes the article's board if it has none."""
    board = Board.objects.for_article(article_id)
    if board.state == Board.State.FROZEN:
        raise BoardClosed(f"Reactions to this story are closed: {board.frozen_reason}")
    if board.state == Board.State.HIDDEN:
        raise BoardClosed("Reactions to this story are switched off.")
    if board.sealed_at is not None:
        raise BoardClosed("Reactions to this story have ended.")
    if kind != WITHDRAWN:
        view = tallies.read_board(article_id)
        if view is None or kind not in {each.id for each in view.kinds}:
            raise UnknownKind("This story has no such reaction. Choose one from its bar.")


def _write(article_id: int, visitor: Visitor, kind: int, how: How) -> VoteResult | None:
    """The vote in one commit; None if there is no ballot for it."""
    now = timezone.now()
    params: dict[str, Any] = {
        "article": article_id,
        "visitor": visitor.id,
        "kind": kind,
        "state": int(how.state),
        "net": how.net,
        "cookie_age": visitor.age_seconds(now.timestamp()),
        "flags": BY_FORM if how.by_form else 0,
        "now": connection.ops.adapt_datetimefield_value(now),
    }
    if connection.vendor == "postgresql":
        # Autocommit: one statement, one round trip, no lock held between two.
        changed, has_ballot, state = CAST_ON_POSTGRES.rows(params)[0]
    else:
        # The settings make this BEGIN IMMEDIATE: writers queue, none fails half way.
        with turn(), transaction.atomic(), connection.cursor() as cursor:
            changed, has_ballot, state = _write_on_sqlite(cursor, params)
    counted = state == Vote.State.COUNTED
    return VoteResult(kind, changed, counted) if has_ballot else None


def _write_on_sqlite(cursor: CursorWrapper, params: dict[str, Any]) -> tuple[bool, bool, int]:
    """(changed, has ballot, state). One writer at a time, so the tally itself can be written."""
    cursor.execute(CAST_ON_SQLITE, params)
    row = cursor.fetchone()
    if row is None:
        cursor.execute(f"SELECT EXISTS ({BALLOT}), COALESCE(({MINE}), 0)", params)
        has_ballot, state = cursor.fetchone()
        return False, bool(has_ballot), state
    kind, prev, state = row
    if state == Vote.State.COUNTED:
        tallies.add(cursor, params["article"], kind=kind, prev=prev or WITHDRAWN)
    cursor.execute(
        f"{NOTE} FROM ({OUTCOME})", params | {"kind": kind, "prev": prev, "state": state}
    )
    return True, True, state
