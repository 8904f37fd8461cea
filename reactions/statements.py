"""SQL that PostgreSQL plans once a connection and not at every call.

Planning a vote takes three times as long as writing it, planning a bar's counts ten times as long as
reading them (docs/performance.md). Django leaves statements unprepared, because a pooler in
front of the database may hand each to another session; where that is so the first call finds out, and
all go as they are from then on.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from django.db import Error, connection

# A session without our statement, or with another's of its name; a table changed under its plan.
NOT_OURS = {"26000", "42P05"}
PLAN_IS_OLD = "0A000"

_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # by psycopg's connection
_pooled: list[str] = []  # why nothing is prepared any more in this process


class Statement:
    """`Statement("name", "… %(article)s …", article="bigint")`: its parameters and their types."""

    def __init__(self, name: str, sql: str, **types: str) -> None:
        self.sql = sql
        numbers = {parameter: f"${number}" for number, parameter in enumerate(types, 1)}
        numbered = re.sub(r"%\((\w+)\)s", lambda found: numbers[found[1]], sql)
        what = f"({', '.join(types.values())}) AS {numbered}"
        # Named by what it says: a pooler's session may hold the one of an older release, which answers too.
        self.name = f"{name}_{hashlib.sha256(what.encode()).hexdigest()[:12]}"
        self._prepare = f"PREPARE {self.name} {what}"
        self._execute = f"EXECUTE {self.name} ({', '.join(f'%({each})s' for each in types)})"

    def rows(self, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What the statement returns. Unprepared within a transaction, which an error would end."""
        if connection.in_atomic_block or _pooled:
            return _rows(self.sql, params)
        try:
            self._make()
            return _rows(self._execute, params)
        except Error as error:
            state = getattr(error.__cause__, "sqlstate", None)
            if state not in {*NOT_OURS, PLAN_IS_OLD}:
                raise
            if state in NOT_OURS or not self._dropped():
                _pooled.append(str(error))
        return _rows(self.sql, params)

    def _dropped(self) -> bool:
        """Take it from the session, to be prepared anew at the next call; False where it isn't there."""
        _prepared[connection.connection].discard(self.name)
        try:
            _rows(f"DEALLOCATE {self.name}", None)
        except Error:
            return False
        return True

    def _make(self) -> None:
        connection.ensure_connection()
        names = _prepared.setdefault(connection.connection, set())
        if self.name not in names:
            _rows(self._prepare, None)
            names.add(self.name)


def _rows(sql: str, params: Mapping[str, Any] | None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []
