"""Whose turn it is to write a vote. SQLite has one writer at a time: who finds it at work sleeps and
looks again, up to 100 ms later, while others who come just then go first. Two processes that write
votes through a slow disk so keep each other waiting for seconds (docs/performance.md). So votes stand
in a queue before it: a lock of the system's, which wakes the next at once and ends with its process.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

SUFFIX = "-votes"  # the queue's file, beside the database


@contextmanager
def turn() -> Iterator[None]:
    """The time to write one vote; nothing on PostgreSQL, nor for who is writing already."""
    file = str(connection.settings_dict["NAME"])
    in_memory = file == ":memory:" or "mode=memory" in file
    if connection.vendor != "sqlite" or connection.in_atomic_block or in_memory:
        yield
        return
    queue = _queue(f"{file}{SUFFIX}")
    try:
        if queue is not None:
            fcntl.flock(queue, fcntl.LOCK_EX)
        yield
    finally:
        if queue is not None:
            os.close(queue)  # and with it the lock


def _queue(path: str) -> int | None:
    """The open file; None where another of the system's users made it: then SQLite's own waiting must do."""
    try:
        return os.open(path, os.O_RDONLY | os.O_CREAT, 0o660)  # a lock needs no right to write
    except PermissionError:
        return None
