"""Many rows a statement, for the tables that the ORM would fill a few rows at a time."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

ROWS_AT_ONCE = {"sqlite": 500, "postgresql": 5_000}


def insert_many(
    cursor: CursorWrapper, sql: str, row: str, types: Sequence[str], rows: Iterable[Sequence[Any]]
) -> list[tuple[Any, ...]]:
    """Run `sql`, in which each row's values, of these types, stand as `row` says in place of {rows};
    returns what it RETURNs, if it does. Texts are names of ours.

    PostgreSQL gets a column a parameter: a value a parameter takes it and us three times as long.
    """
    rest, returned = iter(rows), []
    is_postgres = connection.vendor == "postgresql"
    while some := list(islice(rest, ROWS_AT_ONCE[connection.vendor])):
        if is_postgres:
            values = _as_columns(row, types)
            params: list[Any] = [
                f"{{{','.join(map(str, each))}}}" for each in zip(*some, strict=True)
            ]
        else:
            values = f"VALUES {', '.join([row] * len(some))}"
            params = [value for each in some for value in each]
        cursor.execute(sql.format(rows=values), params)
        if cursor.description:
            returned += cursor.fetchall()
    return returned


def _as_columns(row: str, types: Sequence[str]) -> str:
    columns = [f"c{number}" for number, _ in enumerate(types, 1)]
    chosen = row.strip("()").replace("%s", "{}").format(*columns)
    arrays = ", ".join(f"%s::{each}[]" for each in types)
    return f"SELECT {chosen} FROM unnest({arrays}) AS given ({', '.join(columns)})"  # noqa: S608
