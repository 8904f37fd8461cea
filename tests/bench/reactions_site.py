"""Sites for the reactions' benchmark: stories with bars, the web server as the Procfile starts it, a
PostgreSQL and a Redis of the benchmark's own (some of them are killed), and runs of readers.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.tools import ROOT, cpu, environment_of, manage
from tests.live import child

ARTICLES = 10_000
CONTENT = f"""
from django.db import connection
from django.utils import timezone
from articles.models import Article
from reactions.models import Board
now = timezone.now()
made = Article.objects.bulk_create((
    Article(headline=f"Story {{n}}", slug=f"story-{{n}}", status="published", publish_at=now,
            first_published_at=now) for n in range({ARTICLES})), batch_size=500)
# The bars' rows, as a story's first vote makes them.
Board.objects.bulk_create((Board(article=article) for article in made), batch_size=500)
# As PostgreSQL does by itself within a minute.
connection.cursor().execute("ANALYZE")
"""
PG_BIN = [str(folder) for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"))]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """A site with ARTICLES stories. `database`: the process id of its PostgreSQL, if it has one."""

    environment: dict[str, str]
    folder: Path
    port: int = field(default_factory=free_port)
    database: int | None = None
    postmaster: "Postgres | None" = None
    web: int = 0
    others: list[int] = field(default_factory=list)
    first_article: int = 1  # of ARTICLES in a row

    def cpu(self) -> float:
        return sum(cpu(root) for root in (self.web, self.database, *self.others) if root)


@dataclass
class Run:
    """What a run said of itself, and the server's CPU seconds."""

    told: dict[str, Any]
    cpu: float
    exact: dict[str, Any] = field(default_factory=dict)

    @property
    def cpu_ms(self) -> float:
        return self.cpu * 1_000 / max(self.told["votes"], 1)

    @property
    def wrong(self) -> int:
        return sum(self.exact[key] for key in ("missing", "too_many", "differences"))


@dataclass(frozen=True)
class Postgres:
    port: int
    pid: int
    folder: Path

    def url(self, name: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"


def tool(name: str) -> str | None:
    """Where a program of PostgreSQL's is, though it may not be on the path."""
    return shutil.which(name) or next(
        (found for folder in reversed(PG_BIN) if (found := shutil.which(name, path=folder))), None
    )


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """A cluster with PostgreSQL's own settings (synchronous_commit on), in `folder`."""
    initdb, server = tool("initdb"), tool("postgres")
    if not initdb or not server:
        raise RuntimeError("PostgreSQL's initdb and postgres are not installed.")
    data, port = folder / "pg", free_port()
    data.mkdir()
    user = None
    if os.getuid() == 0:  # PostgreSQL refuses root
        user = "postgres"
        shutil.chown(data, user)
        folder.chmod(0o755)
    quiet: dict[str, Any] = {
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "user": user,
    }
    command = [initdb, "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(command, check=True, cwd="/", **quiet)
    options = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": ""}
    sets = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    running = subprocess.Popen([server, "-D", str(data), *sets], cwd="/", **quiet)
    try:
        wait_for_port(port)
        time.sleep(0.5)
        yield Postgres(port, running.pid, data)
    finally:
        running.send_signal(signal.SIGINT)  # a fast shut-down
        running.wait()


def wait_for_port(port: int, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"Nothing answers on port {port}.")


@contextmanager
def site(parent: Path, **more: str) -> Iterator[Site]:
    """A site on SQLite, or on the PostgreSQL that `DATABASE_URL` names, with its stories."""
    folder = Path(tempfile.mkdtemp(dir=parent))
    environment = environment_of(
        str(folder), DJANGO_SETTINGS_MODULE="newsroom.settings", SITE_URL="http://localhost",
        BEHIND_PROXY="1", EMBED_FETCH="0", LOG_LEVEL="ERROR", **more,
    )  # fmt: skip
    manage(environment, "migrate")
    manage(environment, "shell", "--no-imports", "-c", CONTENT)
    yield Site(environment, folder)


@contextmanager
def web(place: Site, **more: str) -> Iterator[Site]:
    """The Procfile's web server: granian, two workers of one thread, the whole middleware."""
    line = next(
        line for line in (ROOT / "Procfile").read_text().splitlines() if line.startswith("web:")
    )
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {
        **place.environment, "PATH": path, "PORT": str(place.port), "HOST": "127.0.0.1", **more
    }  # fmt: skip
    command = f"exec {line.partition(':')[2].strip()} --respawn-interval 0.5"
    with child(["/bin/sh", "-c", command], environment) as running:
        wait_for_port(place.port)
        place.web = running.pid
        warm(place)
        yield place
    place.web = 0


def warm(place: Site) -> None:
    """Every worker has imported all, and read the blocks and the day's key."""
    vote_with(place, votes=200, connections=32)


@contextmanager
def roller(place: Site) -> Iterator[int]:
    """The service that folds deltas twice a second; nothing to do on SQLite."""
    if not place.postmaster:
        yield 0
        return
    with child([sys.executable, "manage.py", "runroller"], place.environment) as running:
        place.others.append(running.pid)
        settle(running.pid)
        try:
            yield running.pid
        finally:
            place.others.remove(running.pid)


def settle(pid: int) -> None:
    """Wait until a process has started: until it needs no CPU to speak of for half a second."""
    while True:
        before = cpu(pid)
        time.sleep(0.5)
        if before > 0 and cpu(pid) - before < 0.1:
            return


def vote_with(
    place: Site, *, meanwhile: Callable[[subprocess.Popen[str]], None] | None = None, **options: Any
) -> Run:
    """Have readers vote (Options of reactions_crowd.py), `meanwhile` run beside them, then compare."""
    crowd = subprocess.Popen(
        [sys.executable, str(ROOT / "tests/bench/reactions_crowd.py"), str(place.port), json.dumps(options)],
        cwd=ROOT, env=place.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert crowd.stdin
    assert crowd.stdout
    try:
        if crowd.stdout.readline().strip() != "ready":
            raise RuntimeError("The readers' process ended before it began.")
        before = place.cpu()
        crowd.stdin.write("go\n")
        crowd.stdin.flush()
        if meanwhile:
            meanwhile(crowd)
        told = json.loads(crowd.stdout.readline())
        run = Run(told, place.cpu() - before)
        crowd.stdin.write("compare\n")
        crowd.stdin.flush()
        run.exact = json.loads(crowd.stdout.readline())
        return run
    finally:
        crowd.stdin.close()
        crowd.wait(timeout=60)
