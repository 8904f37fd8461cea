"""Real processes on the test database: a Celery worker, a command, the web server."""

import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
# Longer than what the product promises when a message or a lease is lost: a minute, and a sweep.
PATIENCE_SECONDS = 150
MAX_SAID = 8_000


def database_url() -> str:
    """The URL of the database that this test runs on."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    user, password = quote(config["USER"] or ""), quote(config["PASSWORD"] or "")
    login = f"{user}:{password}" if password else user
    return f"postgres://{login}@{config['HOST']}:{config['PORT'] or 5432}/{config['NAME']}"


def environment(var_dir: Path, **more: str) -> dict[str, str]:
    """What a process of ours needs to work on this test's database, with a folder of its own."""
    return {
        **os.environ,
        "LOCAL": "1",
        "VAR_DIR": str(var_dir),
        "DATABASE_URL": database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "EMBED_FETCH": "0",
        "LOG_LEVEL": "WARNING",
        **more,
    }


def process(
    *arguments: str, env: dict[str, str]
) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """A Python module's process (`python -m …`), ended with everything it started."""
    return child([sys.executable, "-m", *arguments], env)


def worker(
    *arguments: str,
    env: dict[str, str],
    app: str = "newsroom",
    name: str = "",
    pool: str = "prefork",
) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """A Celery worker with one process. Workers of one name refuse each other on RabbitMQ, and the
    suite's own run beside each other: without `name` (`name@host`) it gets one that no other has.
    """
    return process(
        "celery", "-A", app, "worker", "--concurrency", "1", "--pool", pool,
        "--without-gossip", "--without-mingle", "-n", name or f"{uuid4().hex}@%h", *arguments,
        env=env,
    )  # fmt: skip


def _tell(command: Sequence[str], running: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    said.seek(0)
    print(f"{' '.join(command)} (ended: {running.poll()}) said:")
    print(said.read().decode(errors="replace")[-MAX_SAID:])


@contextmanager
def child(command: Sequence[str], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with everything it started. What it said stands beside a failure."""
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(
            command, cwd=ROOT, env=env, start_new_session=True, stdout=said, stderr=said
        )
        try:
            yield running
        except BaseException:
            _tell(command, running, said)
            raise
        finally:
            running.terminate()
            try:
                running.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, 9)
                running.wait()


def free_port() -> int:
    """A port for a process that is about to start. Not one that the system itself gives away
    meanwhile (on Linux those from 32,768 on): a connection of anybody's would have taken it.
    """
    for port in random.SystemRandom().sample(range(10_000, 32_000), 100):
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port
    raise AssertionError("A hundred ports were taken.")


def eventually(condition: Callable[[], bool], what: str) -> None:
    """Wait until `condition()` holds; fail with `what` when patience runs out."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError(f"It did not happen: {what}")
