"""One vote, exactly once, however often it arrives.

A vote states what shall be (a kind, or 0 for none), never what to add, so a retry or a double
click changes nothing. The row remembers the kind before it (`prev`), written by the same
statement: that is what makes the ±1 of the tally exact. A result means that the vote is committed.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from reactions import tallies
from reactions.models import WITHDRAWN, Board
from reactions.sets import SET_OF_ARTICLE
from reactions.visitors import Visitor

KIND_MAX = 32_767  # a smallint
ATTEMPTS = 3

# One row if the article takes this vote now: its board is open and its set has the kind, which is
# not retired. A frozen board selects nothing, so nothing is written.
BALLOT = f"""
    SELECT board.article_id
      FROM reactions_board board
      JOIN articles_article article ON article.id = board.article_id
     WHERE board.article_id = %(article)s AND board.state = 'open'
       AND (%(kind)s = 0 OR EXISTS (
            SELECT 1 FROM reactions_setkind member
              JOIN reactions_reactionkind kind ON kind.id = member.kind_id
             WHERE member.set_id = {SET_OF_ARTICLE}
               AND member.kind_id = %(kind)s AND kind.retired_at IS NULL))
"""  # noqa: S608 (constants only)

# Whoever never voted has nothing to withdraw: no row is made for that.
CAST = f"""
    INSERT INTO reactions_vote AS vote (article_id, visitor, kind, prev, state, at)
    SELECT ballot.article_id, %(visitor)s, %(kind)s, NULL, 0, %(now)s FROM ({BALLOT}) ballot
     WHERE %(kind)s > 0 OR EXISTS (
           SELECT 1 FROM reactions_vote mine
            WHERE mine.article_id = %(article)s AND mine.visitor = %(visitor)s)
    ON CONFLICT (article_id, visitor) DO UPDATE
       SET prev = vote.kind, kind = EXCLUDED.kind, at = EXCLUDED.at
     WHERE vote.kind <> EXCLUDED.kind
    RETURNING kind, prev, state
"""  # noqa: S608

CAST_ON_POSTGRES = f"""
    WITH cast_vote AS ({CAST}), appended AS (
        INSERT INTO reactions_delta (article_id, kind_id, d)
        SELECT %(article)s, kind, 1 FROM cast_vote WHERE kind > 0 AND state = 0
        UNION ALL
        SELECT %(article)s, prev, -1 FROM cast_vote WHERE prev > 0 AND state = 0
    )
    SELECT prev, EXISTS (SELECT 1 FROM cast_vote), EXISTS ({BALLOT})
      FROM (SELECT 1) one LEFT JOIN cast_vote ON TRUE
"""  # noqa: S608


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


def cast_vote(article_id: int, visitor: Visitor, kind: int) -> VoteResult:
    """Write the visitor's vote on an existing article: a kind's number, or 0 to withdraw.

    Raises UnknownKind or BoardClosed, in words for the reader; then nothing was written.
    """
    for _ in range(ATTEMPTS):
        result = _write(article_id, visitor, kind) if 0 <= kind <= KIND_MAX else None
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
    if kind != WITHDRAWN:
        view = tallies.read_board(article_id)
        if view is None or kind not in {each.id for each in view.kinds}:
            raise UnknownKind("This story has no such reaction. Choose one from its bar.")


def _write(article_id: int, visitor: Visitor, kind: int) -> VoteResult | None:
    """The vote in one commit; None if there is no ballot for it."""
    params: dict[str, Any] = {
        "article": article_id,
        "visitor": visitor.id,
        "kind": kind,
        "now": connection.ops.adapt_datetimefield_value(timezone.now()),
    }
    if connection.vendor == "postgresql":
        # Autocommit: one statement, one round trip, no lock held between two.
        with connection.cursor() as cursor:
            cursor.execute(CAST_ON_POSTGRES, params)
            _prev, changed, has_ballot = cursor.fetchone()
    else:
        # The settings make this BEGIN IMMEDIATE: writers queue, none fails half way.
        with transaction.atomic(), connection.cursor() as cursor:
            changed, has_ballot = _write_on_sqlite(cursor, params)
    return VoteResult(kind, changed) if has_ballot else None


def _write_on_sqlite(cursor: CursorWrapper, params: dict[str, Any]) -> tuple[bool, bool]:
    """(changed, has ballot). One writer at a time, so the tally itself can be written."""
    cursor.execute(CAST, params)
    row = cursor.fetchone()
    if row is None:
        cursor.execute(f"SELECT EXISTS ({BALLOT})", params)
        return False, bool(cursor.fetchone()[0])
    kind, prev, state = row
    if state == 0:
        tallies.add(cursor, params["article"], kind=kind, prev=prev or WITHDRAWN)
    return True, True
