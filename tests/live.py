"""Real processes on the test database: a Celery worker, a command, the web server."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60


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


@contextmanager
def child(command: Sequence[str], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with everything it started."""
    running = subprocess.Popen(
        command, cwd=ROOT, env=env, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, 9)
            running.wait()


def eventually(condition: Callable[[], bool], what: str) -> None:
    """Wait until `condition()` holds; fail with `what` when patience runs out."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError(f"It did not happen: {what}")
