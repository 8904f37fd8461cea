"""How many: reading counts, folding deltas into tallies, and proving that they are right.

At every commit: tally + waiting deltas = counted votes, for each article and kind. Imported
counts (Base) stand beside that sum and never enter it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from reactions.board_view import ENDED, BoardView, KindCount
from reactions.models import WITHDRAWN, Board
from reactions.pictures import picture_of
from reactions.sets import SET_OF_ARTICLE
from reactions.statements import Statement

ROLL_LIMIT = 50_000
ROLL_LOCK = 0x6E657773  # an advisory lock's number: any, but always the same

READ = f"""
    SELECT article.id,
           CASE WHEN board.sealed_at IS NOT NULL AND board.state = 'open' THEN '{ENDED}'
                ELSE COALESCE(board.state, 'open') END,
           COALESCE(board.frozen_reason, ''), COALESCE(board.version, 0), waiting.last_id,
           of_article.question,
           kind.id, kind.slug, kind.label, kind.emoji, kind.image,
           COALESCE(tally.n, 0) + COALESCE(waiting.d, 0) + COALESCE(old.sealed, 0),
           COALESCE(old.n, 0) - COALESCE(old.sealed, 0),
           of_article.id, CAST(of_article.style AS text), kind.still
      FROM articles_article article
      LEFT JOIN reactions_board board ON board.article_id = article.id
      JOIN reactions_reactionset of_article ON of_article.id = {SET_OF_ARTICLE}
      JOIN reactions_setkind member ON member.set_id = of_article.id
      JOIN reactions_reactionkind kind
        ON kind.id = member.kind_id AND kind.retired_at IS NULL
      LEFT JOIN reactions_tally tally
        ON tally.article_id = article.id AND tally.kind_id = kind.id
      LEFT JOIN (SELECT article_id, kind_id, SUM(d) AS d, MAX(id) AS last_id
                   FROM reactions_delta WHERE article_id %(among)s
                  GROUP BY article_id, kind_id) waiting
        ON waiting.article_id = article.id AND waiting.kind_id = kind.id
      LEFT JOIN (SELECT article_id, kind_id, SUM(n) AS n,
                        SUM(CASE WHEN source = 'sealed' THEN n ELSE 0 END) AS sealed
                   FROM reactions_base WHERE shown AND article_id %(among)s
                  GROUP BY article_id, kind_id) old
        ON old.article_id = article.id AND old.kind_id = kind.id
     WHERE article.id %(among)s
     ORDER BY article.id, member."order", member.id
"""  # noqa: S608 (constants only; ids become placeholders)
# For one story: an array's length is unknown, so PostgreSQL would plan for each anew.
READ_ONE = Statement("reactions_read", READ % {"among": "= %(article)s"}, article="bigint")

TAKE = """
    WITH taken AS (
        DELETE FROM reactions_delta
         WHERE id IN (SELECT id FROM reactions_delta ORDER BY id LIMIT %s)
        RETURNING id, article_id, kind_id, d)
    SELECT article_id, kind_id, SUM(d)::bigint, MAX(id), COUNT(*) FROM taken GROUP BY 1, 2
"""

SETTLE = """
    WITH taken AS (DELETE FROM reactions_delta WHERE article_id = %s RETURNING kind_id, d)
    SELECT %s, kind_id, SUM(d)::bigint FROM taken GROUP BY kind_id
"""

# Two steps, not one upsert: PostgreSQL checks n >= 0 on the row it would insert before it looks
# for a conflict, so a negative sum would be refused although the tally can bear it.
MAKE_TALLIES = """
    INSERT INTO reactions_tally (article_id, kind_id, n) VALUES (%s, %s, 0)
    ON CONFLICT (article_id, kind_id) DO NOTHING
"""
ADD_TO_TALLY = "UPDATE reactions_tally SET n = n + %s WHERE article_id = %s AND kind_id = %s"

ONE_MORE = """
    INSERT INTO reactions_tally AS tally (article_id, kind_id, n) VALUES (%s, %s, 1)
    ON CONFLICT (article_id, kind_id) DO UPDATE SET n = tally.n + 1
"""

DIFFER = """
    SELECT article_id, kind, SUM(votes), SUM(tallied)
      FROM (SELECT article_id, kind, COUNT(*) AS votes, 0 AS tallied
              FROM reactions_vote WHERE state = 0 AND kind > 0 GROUP BY article_id, kind
            UNION ALL SELECT article_id, kind_id, 0, n FROM reactions_tally
            UNION ALL SELECT article_id, kind_id, 0, d FROM reactions_delta) sums
     GROUP BY article_id, kind HAVING SUM(votes) <> SUM(tallied)
     ORDER BY article_id, kind
"""


@dataclass(frozen=True, slots=True)
class Difference:
    article_id: int
    kind: int
    votes: int
    tallied: int


def read_boards(article_ids: Sequence[int]) -> dict[int, BoardView]:
    """Set, kinds and counts of many articles in one query; hidden boards and empty sets are out."""
    return views_of(_rows_of(list(article_ids))) if article_ids else {}


def views_of(rows: Iterable[tuple[Any, ...]]) -> dict[int, BoardView]:
    """The boards that READ or READ_ONE found."""
    views = (_board_view(list(group)) for _, group in groupby(rows, key=lambda row: row[0]))
    return {view.article_id: view for view in views if view.state != Board.State.HIDDEN}


def _rows_of(ids: list[int]) -> list[tuple[Any, ...]]:
    if connection.vendor == "postgresql" and len(ids) == 1:
        return READ_ONE.rows({"article": ids[0]})
    with connection.cursor() as cursor:
        cursor.execute(READ % {"among": f"IN ({', '.join(['%s'] * len(ids))})"}, ids * 3)
        return list(cursor.fetchall())


def counted_votes(article_ids: Sequence[int]) -> int:
    """Votes of our own readers that count on these articles, sealed ones apart."""
    marks = ", ".join(["%s"] * len(article_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT COALESCE(SUM(n), 0) FROM reactions_tally WHERE article_id IN ({marks}))"  # noqa: S608
            f" + (SELECT COALESCE(SUM(d), 0) FROM reactions_delta WHERE article_id IN ({marks}))",
            [*article_ids, *article_ids],
        )
        return int(cursor.fetchone()[0])


def read_board(article_id: int) -> BoardView | None:
    return read_boards((article_id,)).get(article_id)


def _board_view(rows: list[tuple[Any, ...]]) -> BoardView:
    article_id, state, reason, version, _, question = rows[0][:6]
    return BoardView(
        article_id=article_id,
        state=state,
        reason=reason,
        # A waiting delta is newer than the last roll, which left its own last number here.
        version=max(version, *(row[4] or 0 for row in rows)),
        question=question,
        kinds=tuple(
            KindCount(
                id=row[6],
                slug=row[7],
                label=row[8],
                emoji=row[9],
                image=default_storage.url(row[10]) if row[10] else picture_of(row[9]),
                votes=int(row[11]),
                imported=int(row[12]),
                still=default_storage.url(row[15]) if row[15] else "",
            )
            for row in rows
        ),
        set_id=rows[0][13],
        style=rows[0][14],
    )


def add(cursor: CursorWrapper, article_id: int, *, kind: int, prev: int) -> None:
    """SQLite: +1 for `kind`, −1 for `prev` (0 = none), in the vote's transaction."""
    if kind != WITHDRAWN:
        cursor.execute(ONE_MORE, [article_id, kind])
    if prev != WITHDRAWN:
        cursor.execute(ADD_TO_TALLY, [-1, article_id, prev])
    cursor.execute(
        "UPDATE reactions_board SET version = version + 1 WHERE article_id = %s", [article_id]
    )


def roll(limit: int = ROLL_LIMIT) -> int:
    """Fold the oldest waiting deltas into the tallies, in one transaction; returns how many.

    0 also when another roller is at work. Nothing to do on SQLite.
    """
    if connection.vendor != "postgresql":
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        if not lock(cursor):
            return 0
        cursor.execute(TAKE, [limit])
        rows = cursor.fetchall()
        add_sums(cursor, [row[:3] for row in rows])
        cursor.executemany(
            "UPDATE reactions_board SET version = GREATEST(version, %s) WHERE article_id = %s",
            [(last_id, article_id) for article_id, _, _, last_id, _ in rows],
        )
    return sum(row[4] for row in rows)


def lock(cursor: CursorWrapper) -> bool:
    """Be the only one to fold until the transaction ends; False if another is at it."""
    if connection.vendor != "postgresql":
        return True  # one writer at a time, always
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ROLL_LOCK])
    return bool(cursor.fetchone()[0])


def settle(cursor: CursorWrapper, article_id: int) -> None:
    """Fold what waits for one article, in the caller's transaction and under its `lock`."""
    if connection.vendor == "postgresql":
        cursor.execute(SETTLE, [article_id, article_id])
        add_sums(cursor, cursor.fetchall())


def differences() -> list[Difference]:
    """Where tally + waiting deltas is not the number of counted votes; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFER)
        return [Difference(*map(int, row)) for row in cursor.fetchall()]


def repair() -> list[Difference]:
    """Set right what `differences` found, while votes go on; returns what was wrong."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The roller waits. A vote moves both sides of a difference at once, so the
            # difference holds whatever is voted meanwhile.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ROLL_LOCK])
        wrong = differences()
        sums: Counter[tuple[int, int]] = Counter()
        for each in wrong:
            sums[each.article_id, each.kind] += each.votes - each.tallied
        if connection.vendor == "postgresql":
            # With what waits: the tally alone may be too small to bear the difference.
            for article_id in sorted({each.article_id for each in wrong}):
                cursor.execute(SETTLE, [article_id, article_id])
                for _, kind, n in cursor.fetchall():
                    sums[article_id, kind] += n
        add_sums(cursor, [(article_id, kind, n) for (article_id, kind), n in sums.items()])
    return wrong


def add_sums(cursor: CursorWrapper, sums: Iterable[tuple[int, int, int]]) -> None:
    """Add (article, kind, n) to the tallies, making those that are missing."""
    rows = [row for row in sums if row[2]]
    cursor.executemany(MAKE_TALLIES, [row[:2] for row in rows])
    cursor.executemany(ADD_TO_TALLY, [(n, article_id, kind) for article_id, kind, n in rows])
