"""SQL that PostgreSQL plans once a connection and not at every call.

Planning a vote takes three times as long as writing it, planning a bar's counts ten times as long as
reading them (docs/performance.md). Django leaves statements unprepared, because a pooler in
front of the database may hand each to another session; where that is so the first call finds out, and
all go as they are from then on.

They may be sent twice: each says what shall be, not what to add. So nobody asks first whether the
session is alive, which takes as long as a short statement does; where it died, they go once more through a new one.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from django.db import Error, InterfaceError, OperationalError, connection

# A session without our statement, or with another's of its name; a table changed under its plan.
NOT_OURS = {"26000", "42P05"}
PLAN_IS_OLD = "0A000"

Params = Mapping[str, Any]
Rows = list[tuple[Any, ...]]

_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # by psycopg's connection
_pooled: list[str] = []  # why nothing is prepared any more in this process


class Statement:
    """`Statement("name", "… %(article)s …", article="bigint")`: its parameters and their types.
    One that has been carried out must bear being carried out again.
    """

    def __init__(self, name: str, sql: str, **types: str) -> None:
        self.sql = sql
        numbers = {parameter: f"${number}" for number, parameter in enumerate(types, 1)}
        numbered = re.sub(r"%\((\w+)\)s", lambda found: numbers[found[1]], sql)
        what = f"({', '.join(types.values())}) AS {numbered}"
        # Named by what it says: a pooler's session may hold the one of an older release, which answers too.
        self.name = f"{name}_{hashlib.sha256(what.encode()).hexdigest()[:12]}"
        self.prepare = f"PREPARE {self.name} {what}"
        self.execute = f"EXECUTE {self.name} ({', '.join(f'%({each})s' for each in types)})"

    def rows(self, params: Params) -> Rows:
        """What the statement returns. On PostgreSQL unprepared within a transaction, which an error would end."""
        return rows_of_each((self,), params)[0]


def rows_of_each(statements: tuple[Statement, ...], params: Params) -> list[Rows]:
    """What each of them returns, in one round trip and outside of a transaction as one: all of them are
    carried out, or none. They share the parameters. More than one: PostgreSQL only.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return _as_they_are(statements, params)
    is_kept = connection.connection is not None
    connection.health_check_done = True  # type: ignore[attr-defined]  # by the statements themselves
    try:
        return _planned(statements, params)
    except (OperationalError, InterfaceError):
        if not is_kept or connection.is_usable():
            raise
        connection.close()
    return _planned(statements, params)


def _planned(statements: tuple[Statement, ...], params: Params) -> list[Rows]:
    if _pooled:
        return _as_they_are(statements, params)
    try:
        for statement in statements:
            _make(statement)
        return _asked([each.execute for each in statements], params)
    except Error as error:
        state = getattr(error.__cause__, "sqlstate", None)
        if state not in {*NOT_OURS, PLAN_IS_OLD}:
            raise
        if state in NOT_OURS or not all(map(_dropped, statements)):
            _pooled.append(str(error))
    return _as_they_are(statements, params)


def _as_they_are(statements: tuple[Statement, ...], params: Params) -> list[Rows]:
    return _asked([each.sql for each in statements], params)


def _make(statement: Statement) -> None:
    connection.ensure_connection()
    names = _prepared.setdefault(connection.connection, set())
    if statement.name not in names:
        with connection.cursor() as cursor:
            cursor.execute(statement.prepare)
        names.add(statement.name)


def _dropped(statement: Statement) -> bool:
    """Take it from the session, to be prepared anew at the next call; False where it isn't there."""
    _prepared[connection.connection].discard(statement.name)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"DEALLOCATE {statement.name}")
    except Error:
        return False
    return True


def _asked(sqls: list[str], params: Params) -> list[Rows]:
    with connection.cursor() as cursor:
        cursor.execute("; ".join(sqls), params)
        found = [cursor.fetchall()]
        while len(found) < len(sqls) and cursor.nextset():
            found.append(cursor.fetchall())
        return found
