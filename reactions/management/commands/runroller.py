"""manage.py runroller: fold deltas into tallies twice a second, until it is told to stop.

For sites with many votes; Celery's beat does the same every five seconds. Any number of both may
run: an advisory lock lets one fold at a time. Killed at any moment it loses nothing: a batch
leaves the deltas and reaches the tallies in one transaction.
"""

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from reactions import tallies

EVERY_SECONDS = 0.5
PAUSE_SECONDS = 2.0  # after the database was away


class Command(BaseCommand):
    help = "Folds the votes' deltas into tallies every half second (PostgreSQL)."

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            self.stdout.write("Nothing to fold: on SQLite each vote moves its tally itself.")
            return
        over = threading.Event()

        def stop(number: int, frame: FrameType | None) -> None:
            over.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        pause = 0.0
        while not over.wait(pause):
            pause = self.step()

    def step(self) -> float:
        """One batch; returns how many seconds to wait before the next."""
        try:
            full = tallies.roll() == tallies.ROLL_LIMIT
        except (OperationalError, InterfaceError) as error:
            self.stderr.write(f"The database is away, trying again: {error}")
            connection.close()
            return PAUSE_SECONDS
        return 0.0 if full else EVERY_SECONDS
