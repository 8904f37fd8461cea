"""What the benchmarks share: servers of their own, requests, CPU seconds from /proc."""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
DEMO = ("migrate", "demo_articles", "demo_reactions", "sweep", "collectstatic --no-input")


def environment_of(folder: str, **more: str) -> dict[str, str]:
    return {**os.environ, "LOCAL": "1", "VAR_DIR": folder, "LOG_LEVEL": "WARNING", **more}


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def make_demo(environment: dict[str, str]) -> None:
    for command in DEMO:
        manage(environment, *command.split())


def answer_of(environment: dict[str, str], code: str) -> list[str]:
    """The lines that this code prints in the project's shell."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.split()


@contextmanager
def server(environment: dict[str, str], port: int, *, application: str = "newsroom.wsgi:application",
           settings: str = "newsroom.settings") -> Iterator[int]:  # fmt: skip
    """One granian worker on `port`; yields the process id of the server."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1",
        "--blocking-threads", "1", "--port", str(port), "--log-level", "warning", application,
    ]  # fmt: skip
    running = subprocess.Popen(
        command, cwd=ROOT, env={**environment, "DJANGO_SETTINGS_MODULE": settings}
    )
    try:
        wait_for(port)
        yield running.pid
    finally:
        running.terminate()
        running.wait()


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            times(port, ["/"])
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"Nothing answers on port {port}.")


def times(port: int, paths: list[str], *, encoding: str = "identity") -> list[float]:
    """GET each path over one connection; the milliseconds that each took. Raises on other than 200."""
    headers = {"Host": "localhost", "X-Forwarded-Proto": "https", "Accept-Encoding": encoding}
    connection, taken = HTTPConnection("127.0.0.1", port, timeout=60), []
    try:
        for path in paths:
            started = time.perf_counter()
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            response.read()
            taken.append((time.perf_counter() - started) * 1_000)
            if response.status != 200:
                raise RuntimeError(f"{path} answered {response.status}")
    finally:
        connection.close()
    return taken


def family(pid: int) -> list[int]:
    """A process and its descendants, without those that end just now."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in family(int(child)))]


def cpu(pid: int) -> float:
    """CPU seconds that a process and its children use up to now, user and system."""
    return sum(_own_cpu(each) for each in family(pid))


def _own_cpu(pid: int) -> float:
    """Its own, and that of children that ended before (a database's processes come and go)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


def heading(*more: str) -> str:
    """When, on what, beside how much other work."""
    load = f"load {os.getloadavg()[0]:.1f}"
    said = [f"{datetime.now(UTC):%Y-%m-%d}", load, f"Python {platform.python_version()}", *more]
    return ", ".join(said)


def postgres(name: str) -> str:
    """The address of a database on the benchmarks' PostgreSQL."""
    server = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432")
    return f"{server}/{name}"


def scratch(*statements: str) -> None:
    """Statements about whole databases."""
    import psycopg

    with psycopg.connect(postgres("postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
