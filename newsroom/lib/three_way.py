"""Two lists that began as one, put together row by row: what either side added, changed, removed
or moved. Pure; it knows rows only by a key and a mark that changes with the row.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class MergedRows(Generic[Row]):
    """`clashed`: both sides changed one row, each in its way. Mine stands then, or the one that is
    left where the other side removed it.
    """

    rows: tuple[Row, ...]
    clashed: bool


def merge_rows(
    base: Mapping[str, str],
    mine: Mapping[str, Row],
    theirs: Mapping[str, Row],
    *,
    mark: Callable[[Row], str],
) -> MergedRows[Row]:
    """`base` has the marks of the rows that both began with, in their order."""
    kept: dict[str, Row] = {}
    clashed = False
    for key in {**mine, **theirs}:
        sides = [side.get(key) for side in (mine, theirs)]
        ours, others = (None if row is None else mark(row) for row in sides)
        before = base.get(key)
        clash = ours != others and before not in {ours, others}
        clashed = clashed or clash
        row = sides[1] if ours == before else sides[0]
        if clash and row is None:
            row = sides[1]
        if row is not None:
            kept[key] = row
    order = _order(
        list(base), [key for key in mine if key in kept], [k for k in theirs if k in kept]
    )
    return MergedRows(tuple(kept[key] for key in order), clashed)


def _order(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """Mine where I moved rows, else theirs; what only the other list has goes behind the row that
    it follows there.
    """
    before = [key for key in base if key in mine]
    moved = [key for key in mine if key in base] != before
    first, second = (mine, theirs) if moved else (theirs, mine)
    order = list(first)
    place = 0
    for key in second:
        if key not in first:
            order.insert(place, key)
        place = order.index(key) + 1
    return order
