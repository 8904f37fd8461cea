"""CPU seconds of the web server per 1,000 requests: our pages against plain Django in the same run.

`make bench` or `.venv/bin/python tests/bench/bench_pages.py`. Ours and the reference are asked in
turn, five rounds; medians. CPU is what the server's processes used (user + system, from /proc),
which a busy machine moves little; a ratio in one run is the figure, the rest is a note. The
database is the demo's, in a temporary folder; DATABASE_URL may name a PostgreSQL instead.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
ROUNDS = 5
REQUESTS = 300
STORY = "/story/one-night-three-times/"
PAGES = {"article": STORY, "home": "/"}
TICKS = os.sysconf("SC_CLK_TCK")


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@contextmanager
def server(environment: dict[str, str], settings: str, port: int) -> Iterator[int]:
    """One granian worker on `port`; yields the worker's process id."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1",
        "--blocking-threads", "1", "--port", str(port), "--log-level", "warning",
        "newsroom.wsgi:application",
    ]  # fmt: skip
    running = subprocess.Popen(
        command, cwd=ROOT, env={**environment, "DJANGO_SETTINGS_MODULE": settings}
    )
    try:
        ask(port, "/", 1, patience=100)
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
        # The worker is the child that has used the most: the other one is a resource tracker.
        yield max(map(int, children), key=cpu)
    finally:
        running.terminate()
        running.wait()


def ask(port: int, path: str, times: int, *, patience: int = 1) -> None:
    """GET `path` so often over one connection; retries the first while the server starts."""
    for attempt in range(patience):
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            for _ in range(times):
                connection.request("GET", path, headers={"Host": "localhost"})
                response = connection.getresponse()
                response.read()
                if response.status != 200:
                    raise RuntimeError(f"{path} answered {response.status}")
        except ConnectionRefusedError:
            if attempt == patience - 1:
                raise
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()


def cpu(pid: int) -> float:
    """CPU seconds that a process has used, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def measure(ours: tuple[int, int], plain: tuple[int, int], path: str) -> tuple[float, float]:
    """Median CPU seconds per 1,000 requests of (port, pid) ours and plain."""
    rounds: dict[tuple[int, int], list[float]] = {ours: [], plain: []}
    for port, _pid in (ours, plain):
        ask(port, path, 50)
    for _ in range(ROUNDS):
        for port, pid in (ours, plain):
            before = cpu(pid)
            ask(port, path, REQUESTS)
            rounds[port, pid].append((cpu(pid) - before) * 1_000 / REQUESTS)
    return statistics.median(rounds[ours]), statistics.median(rounds[plain])


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        environment = {**os.environ, "LOCAL": "1", "VAR_DIR": folder, "LOG_LEVEL": "WARNING"}
        for command in ("migrate", "demo_articles", "demo_reactions", "sweep"):
            manage(environment, command)
        manage(environment, "collectstatic", "--no-input")
        database = "PostgreSQL" if "DATABASE_URL" in os.environ else "SQLite"
        load = os.getloadavg()[0]
        print(
            f"{datetime.now(UTC):%Y-%m-%d}, load {load:.1f}, Python {platform.python_version()}, {database}"
        )
        print("\n| page | ours, CPU-s / 1,000 | plain Django | ratio |\n| --- | --- | --- | --- |")
        with (
            server(environment, "newsroom.settings", 8931) as ours,
            server(environment, "tests.bench.plain_settings", 8932) as plain,
        ):
            for name, path in PAGES.items():
                a, b = measure((8931, ours), (8932, plain), path)
                print(f"| {name} | {a:.2f} | {b:.2f} | {a / b:.2f} |")


if __name__ == "__main__":
    main()
