"""Many rows a statement, for the tables that the ORM would fill a few rows at a time."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db.backends.utils import CursorWrapper

ROWS_AT_ONCE = 500


def insert_many(
    cursor: CursorWrapper, sql: str, row: str, rows: Iterable[Sequence[Any]]
) -> list[tuple[Any, ...]]:
    """Run `sql`, whose {rows} are put in place of; returns what it RETURNs, if it does."""
    rest, returned = iter(rows), []
    while some := list(islice(rest, ROWS_AT_ONCE)):
        values = ", ".join([row] * len(some))
        cursor.execute(sql.format(rows=values), [value for each in some for value in each])
        if cursor.description:
            returned += cursor.fetchall()
    return returned
