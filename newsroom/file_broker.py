"""The broker of files for sites without a broker, safe for several processes at once.

kombu's own writes a message under the name that others look for, so a worker may take half of it and
end with a JSONDecodeError; and it makes a file of bindings empty before it locks and fills it, which
ends who reads just then, as at a first start of web, worker and beat together. Here a message has its
name when it is whole, and bindings are read and written one process at a time. A message is taken by
renaming it where it lies: into /tmp, perhaps another disk, it would be copied, and by two at once.
"""

import fcntl
import logging
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

UNFINISHED, TAKEN = ".part", ".taken"
LOCK = ".lock"
logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Raises ChannelError where it can't be written; then nothing is left of it. (kombu's classes
        disagree on the second name.)
        """
        # Names sort by when they came. The clock is the wall's: another starts anew with the machine,
        # and today's messages would go before those that wait since before it.
        path = Path(self.data_folder_out, f"{time_ns()}_{uuid.uuid4()}.{queue}.msg")
        part = path.with_name(path.name + UNFINISHED)
        try:
            part.write_text(dumps(payload))
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise ChannelError(f"Cannot add the file {path}: {error}") from error

    def _get(self, queue: str, timeout: Any = None) -> Any:
        """The oldest message, which is gone then. Raises Empty."""
        for name in sorted(path.name for path in Path(self.data_folder_in).iterdir()):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            path = Path(self.data_folder_in, name)
            taken = path.with_name(name + TAKEN)
            try:
                path.rename(taken)
            except FileNotFoundError:
                continue  # another took it
            try:
                return loads(taken.read_bytes())
            except ValueError:
                logger.error("Left out a broken message: %s", name)  # the sweep makes up for it
            finally:
                taken.unlink()
        raise Empty

    def get_table(self, exchange: str) -> Any:
        with self._alone():
            return super().get_table(exchange)

    def _queue_bind(self, *arguments: Any) -> None:
        with self._alone():
            super()._queue_bind(*arguments)

    def _delete(self, *arguments: Any, **kwargs: Any) -> None:
        with self._alone():
            super()._delete(*arguments, **kwargs)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While no other process reads or writes bindings."""
        self.control_folder.mkdir(exist_ok=True)
        lock = os.open(self.control_folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)  # and with it the lock


class Transport(filesystem.Transport):
    Channel = Channel
