"""What one visitor has said here, and forgetting it: the reader's own right, by the cookie alone.

Votes have no index on the visitor, which would cost every vote: each board is asked for the
visitor's row by the table's key.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from articles.cards import without_bylines
from articles.models import Article
from reactions import tallies
from reactions.models import WITHDRAWN, ReactionKind
from reactions.pictures import picture_of
from reactions.visitors import Visitor

SHOWN = 200

# CROSS JOIN: SQLite then keeps this order, boards first.
MINE = """
    SELECT vote.article_id, vote.kind, vote.at
      FROM reactions_board board CROSS JOIN reactions_vote vote
     WHERE vote.article_id = board.article_id AND vote.visitor = %(visitor)s
"""
FORGET = """
    DELETE FROM reactions_vote WHERE visitor = %(visitor)s AND article_id = %(article)s
    RETURNING kind, state
"""
FORGET_ON_POSTGRES = f"""
    WITH gone AS (
        DELETE FROM reactions_vote
         WHERE visitor = %(visitor)s AND article_id IN (SELECT article_id FROM ({MINE}) mine)
        RETURNING article_id, kind, state), taken AS (
        INSERT INTO reactions_delta (article_id, kind_id, d)
        SELECT article_id, kind, -1 FROM gone WHERE state = 0 AND kind > 0)
    SELECT article_id FROM gone
"""  # noqa: S608 (constants only)
# What the ledger says of them, and what a moderator's action noted for its undo. One statement for all
# articles: the database reads each one's lines, or the table through where that is less.
FORGET_LINES = [
    f"DELETE FROM {table} WHERE visitor = %s AND article_id IN ({{marks}})"  # noqa: S608
    for table in ("reactions_event", "reactions_actedvote")
]


@dataclass(frozen=True, slots=True)
class OwnVote:
    """One line of the reader's list. `article` is None where readers can't see the story (now)."""

    article: Article | None
    label: str  # of the kind; empty: withdrawn, which is kept as well
    emoji: str
    picture: str  # a URL, or empty
    at: datetime


def votes_of(*visitors: Visitor) -> tuple[list[OwnVote], int]:
    """What is kept under these visitors, one person's cookies: the newest SHOWN, and how many there
    are. 2 queries, and one for each visitor.
    """
    rows: list[tuple[int, int, datetime]] = []
    with connection.cursor() as cursor:
        for visitor in visitors:
            cursor.execute(MINE, {"visitor": visitor.id})
            rows += ((number, kind, _moment(at)) for number, kind, at in cursor.fetchall())
    newest = sorted(rows, key=lambda row: row[2], reverse=True)[:SHOWN]
    stories = without_bylines([number for number, _, _ in newest])
    kinds = ReactionKind.objects.in_bulk({kind for _, kind, _ in newest if kind != WITHDRAWN})
    votes = [_own(stories.get(number), kinds.get(kind), at) for number, kind, at in newest]
    return votes, len(rows)


def erase(*visitors: Visitor) -> int:
    """Delete these visitors' votes and take them off the counts, in one transaction; how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        return sum(_erase(cursor, visitor) for visitor in visitors)


def _erase(cursor: CursorWrapper, visitor: Visitor) -> int:
    params = {"visitor": visitor.id}
    if connection.vendor == "postgresql":
        cursor.execute(FORGET_ON_POSTGRES, params)
        articles = [article_id for (article_id,) in cursor.fetchall()]
    else:
        cursor.execute(MINE, params)
        articles = [article_id for article_id, _, _ in cursor.fetchall()]
        for article_id in articles:
            cursor.execute(FORGET, {**params, "article": article_id})
            kind, state = cursor.fetchone()
            counted = kind if state == 0 else WITHDRAWN
            tallies.add(cursor, article_id, kind=WITHDRAWN, prev=counted)
    for statement in FORGET_LINES if articles else ():
        marks = ", ".join(["%s"] * len(articles))
        cursor.execute(statement.format(marks=marks), [visitor.id, *articles])
    return len(articles)


def _own(article: Article | None, kind: ReactionKind | None, at: datetime) -> OwnVote:
    if kind is None:
        return OwnVote(article, "", "", "", at)
    drawing = kind.still or kind.image  # a list stands still
    picture = drawing.url if drawing else picture_of(kind.emoji)
    return OwnVote(article, kind.label, kind.emoji, picture, at)


def _moment(value: datetime | str) -> datetime:
    """SQLite's raw answers are text in UTC."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
