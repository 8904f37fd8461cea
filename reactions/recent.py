"""Bars as this process read them less than a second ago, for the answers to first votes.

On a story that everybody votes on, reading the counts takes as long as writing the vote. Others are
shown counts that are a second old anyway (reactions.views.counts).
"""

import time

from reactions.board_view import BoardView

KEPT_SECONDS = 1.0
MOST = 1_000  # bars

_kept: dict[int, tuple[float, BoardView]] = {}


def recent(article_id: int) -> BoardView | None:
    """The bar, if it was read less than a second ago."""
    since, board = _kept.get(article_id, (0.0, None))
    return board if time.monotonic() - since < KEPT_SECONDS else None


def keep(board: BoardView, since: float) -> None:
    """`since`: time.monotonic() before it was read."""
    if len(_kept) >= MOST:
        _kept.clear()
    _kept[board.article_id] = (since, board)


def add_to(before: BoardView, after: BoardView) -> None:
    """Keep `after`, which is `before` with one more vote and as old. Not where another thread has kept
    another one meanwhile: old counts would pass for as young as that.
    """
    since, board = _kept.get(before.article_id, (0.0, None))
    if board is before:
        _kept[before.article_id] = (since, after)


def forget() -> None:
    """Of this process: read all of them again."""
    _kept.clear()
