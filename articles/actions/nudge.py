"""The nudge: tell Celery that a row has work to do, without ever making the writer wait.

The row is the record; a message only shortens the time until a worker looks at it. So messages
are sent by a thread of this process: a broker that refuses or hangs costs a save nothing, and
what it loses the sweep finds (docs/architecture.md, "Nothing lost").
"""

import atexit
import logging
import queue
import threading
import time
from collections.abc import Iterable

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

QUEUE_LIMIT = 1_000  # beyond it the sweep is the faster way anyway
EXIT_FLUSH_SECONDS = 2.0
MESSAGE_EXPIRES_SECONDS = 3_600
SILENCE_SECONDS = 5.0  # after a failure

_waiting: queue.Queue[tuple[str, int]] = queue.Queue(maxsize=QUEUE_LIMIT)
_start_lock = threading.Lock()
_thread: threading.Thread | None = None


def nudge_on_commit(task_name: str, ids: Iterable[int]) -> None:
    """After the transaction's commit, ask for `task_name(id)` for each id. Never raises."""
    wanted = list(ids)
    if wanted:
        transaction.on_commit(lambda: _enqueue(task_name, wanted), robust=True)


def flush(timeout_seconds: float = EXIT_FLUSH_SECONDS) -> bool:
    """Wait until everything queued was handed to the broker or given up; False if time ran out.

    For commands, which would otherwise end before their thread has sent anything.
    """
    # Queue.join() with a time-out. A thread for it could not be started at exit (Python 3.12).
    with _waiting.all_tasks_done:
        return _waiting.all_tasks_done.wait_for(
            lambda: not _waiting.unfinished_tasks, timeout_seconds
        )


def _enqueue(task_name: str, ids: list[int]) -> None:
    _ensure_thread()
    for pk in ids:
        try:
            _waiting.put_nowait((task_name, pk))
        except queue.Full:
            logger.info("nudge queue is full: the sweep will do the rest")
            return


def _ensure_thread() -> None:
    global _thread  # noqa: PLW0603  (one thread a process; a fork starts its own)
    with _start_lock:
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_run, args=[_waiting], name="nudge", daemon=True)
            _thread.start()
            atexit.register(flush)


def _run(waiting: "queue.Queue[tuple[str, int]]") -> None:
    silent_until = 0.0
    while True:
        task_name, pk = waiting.get()
        try:
            if time.monotonic() >= silent_until:
                publish(task_name, pk)
        except Exception as error:  # noqa: BLE001  (any broker, any failure: the sweep covers it)
            logger.warning("broker did not take %s(%s): %s", task_name, pk, error)
            # The messages behind this one would meet the same broker: the sweep is quicker.
            silent_until = time.monotonic() + SILENCE_SECONDS
        finally:
            waiting.task_done()


def publish(task_name: str, pk: int) -> None:
    """Send one message now. Raises whatever the broker's client raises."""
    current_app.send_task(task_name, args=[pk], expires=MESSAGE_EXPIRES_SECONDS, retry=False)
