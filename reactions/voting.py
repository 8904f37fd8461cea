"""One vote, exactly once, however often it arrives.

A vote states what shall be (a kind, or 0 for none), never what to add, so a retry or a double
click changes nothing. The row remembers the kind before it (`prev`), written by the same
statement: that is what makes the ±1 of the tally exact. A result means that the vote is committed,
and with it its line in the ledger.
"""

import time
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from articles.models import Article
from articles.models.prepared import Given, Prepared, named_sql
from reactions import recent, tallies
from reactions.board_view import BoardView
from reactions.models import WITHDRAWN, Board, Vote
from reactions.models.event import BY_FORM, FIRST
from reactions.sets import SET_OF_ARTICLE
from reactions.statements import Statement, rows_of_each
from reactions.turns import turn
from reactions.visitors import Visitor

KIND_MAX = 32_767  # a smallint
ATTEMPTS = 3

# One row if the article takes this vote now: readers may see it, its board is open and its set has
# the kind, which is not retired. A frozen board selects nothing, so nothing is written.
BALLOT = f"""
    SELECT board.article_id
      FROM reactions_board board
      JOIN (PUBLISHED) article ON article.id = board.article_id
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

CAST_ON_POSTGRES = f"""
    WITH ballot AS MATERIALIZED ({BALLOT}), cast_vote AS ({CAST}), appended AS (
        INSERT INTO reactions_delta (article_id, kind_id, d)
        SELECT %(article)s, kind, 1 FROM cast_vote WHERE kind > 0 AND state = 0
        UNION ALL
        SELECT %(article)s, prev, -1 FROM cast_vote WHERE prev > 0 AND state = 0
        RETURNING id
    ), noted AS ({NOTE} FROM cast_vote)
    SELECT EXISTS (SELECT 1 FROM cast_vote), EXISTS (SELECT 1 FROM ballot),
           COALESCE(cast_vote.state, ({MINE}), 0), cast_vote.kind > 0 AND cast_vote.prev IS NULL,
           COALESCE((SELECT MAX(id) FROM appended), 0)
      FROM (SELECT 1) one LEFT JOIN cast_vote ON TRUE
"""  # noqa: S608

_is_public = Prepared(
    lambda: Article.objects.published().filter(pk=Given("article")).order_by().values_list("pk")
)


def _with_published(sql: str) -> str:
    published = Article.objects.published().filter(pk=Given("article")).order_by()
    return sql.replace("PUBLISHED", named_sql(published.values_list("id", "section_id")))


@cache
def cast_on_postgres() -> Statement:
    """The vote, its deltas and its line in the ledger; answers _Written."""
    return Statement(
        "reactions_cast", _with_published(CAST_ON_POSTGRES),
        article="bigint", visitor="bigint", kind="smallint", state="smallint", net="bigint",
        cookie_age="integer", flags="smallint", now="timestamptz",
    )  # fmt: skip


@cache
def _on_sqlite() -> tuple[str, str]:
    """The vote, and whether there is a ballot for one that changed nothing."""
    ballot = _with_published(BALLOT)
    return f"WITH ballot AS ({ballot}) {CAST}", f"SELECT EXISTS ({ballot}), COALESCE(({MINE}), 0)"


class VoteRefused(Exception):
    """A vote that was not written; its text tells the reader why."""


class UnknownKind(VoteRefused):
    """The article's set has no such kind, or has it no more."""


class BoardClosed(VoteRefused):
    """The article's bar is frozen or hidden."""


class NotPublic(VoteRefused):
    """Readers can't see the article, or there is none."""


@dataclass(frozen=True, slots=True)
class VoteResult:
    kind: int  # what stands now; 0 = none
    changed: bool  # False: it stood already
    counted: bool = True  # False: kept, but in no count


class _Written(NamedTuple):
    """What the statement says of a vote."""

    changed: bool
    has_ballot: bool
    state: int
    is_first: bool = False  # PostgreSQL's alone, as the next
    version: int = 0

    def result(self, kind: int) -> VoteResult:
        return VoteResult(kind, self.changed, self.state == Vote.State.COUNTED)


@dataclass(frozen=True, slots=True)
class How:
    """How a vote came: for the ledger, and what state a first vote gets."""

    net: int = 0  # the network's name (reactions.networks); 0 = unknown
    state: int = Vote.State.COUNTED
    by_form: bool = False


def cast_vote(article_id: int, visitor: Visitor, kind: int, how: How = How()) -> VoteResult:
    """Write the visitor's vote on an article: a kind's number, or 0 to withdraw.

    A vote that stands keeps its state, whatever `how` says. Raises UnknownKind, BoardClosed or
    NotPublic, in words for the reader; then nothing was written.
    """
    return _cast(article_id, visitor, kind, how, and_read=False)[0].result(kind)


def cast_and_read(
    article_id: int, visitor: Visitor, kind: int, how: How = How()
) -> tuple[VoteResult, BoardView | None]:
    """The same, and the bar with it: the visitor's own vote is in it, others' may be a second younger."""
    if connection.vendor != "postgresql":
        return cast_vote(article_id, visitor, kind, how), tallies.read_board(article_id)
    before = recent.recent(article_id)
    written, board = _cast(article_id, visitor, kind, how, and_read=before is None)
    if before is not None:
        board = _with(before, kind, written) or tallies.read_board(article_id)
    return written.result(kind), board


def _with(before: BoardView, kind: int, written: _Written) -> BoardView | None:
    """The bar with this vote in it; None where an earlier one of theirs may be in it already, or the
    bar has changed.
    """
    if not (written.is_first and before.is_open and before.has(kind)):
        return None
    if written.state != Vote.State.COUNTED:
        return before
    version = max(before.version, written.version)
    after = replace(before.with_one_more(kind), version=version)
    recent.add_to(before, after)
    return after


def _cast(
    article_id: int, visitor: Visitor, kind: int, how: How, *, and_read: bool
) -> tuple[_Written, BoardView | None]:
    for _ in range(ATTEMPTS):
        if 0 <= kind <= KIND_MAX:
            written, board = _write(_params(article_id, visitor, kind, how), and_read=and_read)
            if written.has_ballot:
                return written, board
        # No ballot: say why, or make the missing board and try again.
        check_ballot(article_id, kind)
    raise BoardClosed("Reactions to this story are changing just now. Please try again.")


def check_ballot(article_id: int, kind: int) -> None:
    """Raise what cast_vote would raise; makes the article's board if it has none."""
    if not _is_public(article=article_id):
        raise NotPublic("This story is not published.")
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


def _params(article_id: int, visitor: Visitor, kind: int, how: How) -> dict[str, Any]:
    now = timezone.now()
    return {
        "article": article_id,
        "visitor": visitor.id,
        "kind": kind,
        "state": int(how.state),
        "net": how.net,
        "cookie_age": visitor.age_seconds(now.timestamp()),
        "flags": BY_FORM if how.by_form else 0,
        "now": connection.ops.adapt_datetimefield_value(now),
    }


def _write(params: dict[str, Any], *, and_read: bool) -> tuple[_Written, BoardView | None]:
    """The vote in one commit; on PostgreSQL the bar too, if asked for."""
    if connection.vendor != "postgresql":
        # The settings make this BEGIN IMMEDIATE: writers queue, none fails half way.
        with turn(), transaction.atomic(), connection.cursor() as cursor:
            return _Written(*_write_on_sqlite(cursor, params)), None
    # One round trip in a commit of its own: no lock is held while we do anything else.
    if not and_read:
        return _Written(*cast_on_postgres().rows(params)[0]), None
    since = time.monotonic()
    written, read = rows_of_each((cast_on_postgres(), tallies.READ_ONE), params)
    board = tallies.views_of(read).get(params["article"])
    if board is not None:
        recent.keep(board, since)
    return _Written(*written[0]), board


def _write_on_sqlite(cursor: CursorWrapper, params: dict[str, Any]) -> tuple[bool, bool, int]:
    """(changed, has ballot, state). One writer at a time, so the tally itself can be written."""
    cast, ballot = _on_sqlite()
    cursor.execute(cast, params)
    row = cursor.fetchone()
    if row is None:
        cursor.execute(ballot, params)
        has_ballot, state = cursor.fetchone()
        return False, bool(has_ballot), state
    kind, prev, state = row
    if state == Vote.State.COUNTED:
        tallies.add(cursor, params["article"], kind=kind, prev=prev or WITHDRAWN)
    cursor.execute(
        f"{NOTE} FROM ({OUTCOME})", params | {"kind": kind, "prev": prev, "state": state}
    )
    return True, True, state
