"""The reactions' benchmark: one Markdown table of everything that docs/performance.md says of them.

`.venv/bin/python tests/bench/reactions.py [PART …]`, parts: sqlite, postgres (votes through HTTP and
the counts' JSON), shapes (the database alone, beside what others do), sums (proving, voiding),
faults (what breaks while readers vote). All take some six minutes on two quiet cores.

The servers, the PostgreSQL and the Redis are its own and end with it. Needs PostgreSQL's programs and
pgbench for the parts about it; nginx, wrk and redis-server are used where they are installed. Addresses
come in X-Forwarded-For, as from a proxy: readers of 5,000 networks, two in three with a cookie of yesterday.
"""

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests import nginx
from tests.bench import reactions_faults, reactions_shapes, reactions_sums
from tests.bench.reactions_site import (
    ARTICLES,
    Run,
    Site,
    free_port,
    postgres,
    roller,
    site,
    tool,
    vote_with,
    web,
)
from tests.bench.tools import cpu, heading

PARTS = ("sqlite", "postgres", "shapes", "sums", "faults")
SECONDS = 5
PLANNED = 15_000
HEAD = "| {} | votes/s | p50, ms | p99, ms | CPU-ms a vote | wrong |\n| --- | --- | --- | --- | --- | --- |"


def say(*cells: object) -> None:
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


def say_run(name: str, run: Run) -> None:
    told = run.told
    say(name, f"{told['rate']:,.0f}", f"{told['p50']:.1f}", f"{told['p99']:.1f}",
        f"{run.cpu_ms:.2f}", run.wrong)  # fmt: skip


def votes(place: Site, engine: str, **more: str) -> None:
    """Hot and cold in turn, then 200 a second offered, then a crowd of one network."""
    with web(place, **more), roller(place):
        for _ in range(2):
            hot = vote_with(place, votes=PLANNED, seconds=SECONDS)
            say_run(f"{engine}, one article", hot)
            cold = vote_with(place, votes=PLANNED, seconds=SECONDS, articles=ARTICLES)
            say_run(f"{engine}, {ARTICLES:,} articles", cold)
        offered = vote_with(place, votes=1_000, rate=200)
        say_run(f"{engine}, 200/s offered", offered)
        kept = vote_with(place, votes=PLANNED, seconds=2, same_network=True, articles=10)
        waiting = kept.exact["states"].get("1", 0)
        say_run(f"{engine}, one network, {waiting:,} of {kept.told['votes']:,} wait", kept)
        if not more:
            counts(place, engine)


def counts(place: Site, engine: str) -> None:
    """The counts as JSON, straight and behind nginx."""
    wrk = shutil.which("wrk")
    if not wrk:
        say(f"{engine}, counts JSON", "wrk is not installed", "", "", "", "")
        return
    path = f"/r/{place.first_article}.json"
    asked(wrk, f"{engine}, counts JSON", place.port, path, place.web)
    if nginx.NGINX:
        port = free_port()
        front = nginx.nginx(
            place.folder / "nginx", upstream=place.port, port=port, var_dir=place.folder
        )
        with front as running:
            asked(wrk, f"{engine}, counts JSON behind nginx", port, path, running.pid)


def asked(wrk: str, name: str, port: int, path: str, pid: int) -> None:
    before = cpu(pid)
    said = subprocess.run(
        [wrk, "-t1", "-c32", "-d3", "--latency", "-H", "Host: localhost", f"http://127.0.0.1:{port}{path}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    count = int(re.search(r"(\d+) requests in", said)[1])  # type: ignore[index]
    times = [re.search(rf"{share}%\s+([\d.]+\w+)", said)[1] for share in (50, 99)]  # type: ignore[index]
    bad = "Non-2xx" in said
    say(name, f"{count / 3:,.0f}", *times, f"{(cpu(pid) - before) * 1_000 / count:.3f}", int(bad))


@contextmanager
def on_postgres(folder: Path) -> Iterator[Site]:
    import psycopg

    with postgres(folder) as cluster:
        with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        with site(folder, DATABASE_URL=cluster.url("bench")) as place:
            place.database, place.postmaster = cluster.pid, cluster
            yield place


def shapes(place: Site) -> None:
    print(
        "\n| PostgreSQL alone, one article, 16 clients | votes/s | p99, ms | CPU-ms a vote | beside ours |"
    )
    print("| --- | --- | --- | --- | --- |")
    found = reactions_shapes.measure(place)
    for shape in found:
        say(shape.name, f"{shape.rate:,.0f}", f"{shape.p99:.1f}", f"{shape.cpu_ms:.3f}",
            f"{shape.rate / found[0].rate:.2f}")  # fmt: skip


def sums(place: Site, engine: str) -> None:
    found = reactions_sums.measure(place)
    print(f"\n{engine}: reactions_check of {reactions_sums.VOTES:,} votes {found.check_seconds:.1f} s; voiding "
          f"{reactions_sums.VOIDED:,} {found.void_seconds:.2f} s, undoing that {found.undo_seconds:.2f} s, "
          f"{found.differences} differences.")  # fmt: skip


def faults(place: Site, engine: str) -> None:
    print(
        f"\n| {engine}: what broke | answered | sent again | missing | too many | counts that differ |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    for name, run in reactions_faults.measure(place):
        exact = (run.exact[key] for key in ("missing", "too_many", "differences"))
        say(name, f"{run.told['votes']:,}", run.told["retries"], *exact)


def with_site(place: Site, engine: str, parts: list[str]) -> None:
    """What is asked for on one site: votes while it is new, the millions last."""
    if ("postgres" if place.postmaster else "sqlite") in parts:
        print(f"\n{HEAD.format('votes through HTTP, 32 connections')}")
        votes(place, engine)
        if engine == "SQLite":
            votes(place, "SQLite, FULL", SQLITE_SYNCHRONOUS="FULL")
    if "faults" in parts:
        faults(place, engine)
    if "shapes" in parts and place.postmaster:
        shapes(place)
    if "sums" in parts and (place.postmaster or "sqlite" in parts):
        sums(place, engine)


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that everything is cleaned up
    parts = sys.argv[1:] or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        sys.exit(f"No part {', '.join(unknown)}. There are: {', '.join(PARTS)}")
    print(heading())
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as name:
        folder = Path(name)
        if {"sqlite", "faults"} & set(parts):
            with site(folder) as place:
                with_site(place, "SQLite", parts)
        if {"postgres", "shapes", "sums", "faults"} & set(parts):
            if not tool("initdb"):
                print("\nPostgreSQL is not installed.")
                return
            with on_postgres(folder) as place:
                with_site(place, "PostgreSQL", parts)
    print(f"\n{heading()}")


if __name__ == "__main__":
    main()
