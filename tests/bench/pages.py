"""What a page costs: CPU of our server against plain Django's, in one interleaved run.

`.venv/bin/python tests/bench/pages.py` asks, in turn and for five rounds: plain Django (four
queries, one template); ours with nothing kept at all (PAGE_CACHE_MB=0, FRAGMENT_BYTES=0); ours
without the page cache, its pieces kept as in production; ours as it is; nginx before it, where that
is installed. The article is another one at each request, 30 in turn. Medians. CPU is user and
system time of all the server's processes: a busy machine moves it little, and a ratio within one
run still less. The database is the demo's, in a temporary folder; DATABASE_URL may name another.

`--growth 1000,100000` measures the growth of every kind of page instead: tests/bench/growth.py.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests import nginx
from tests.bench import growth
from tests.bench.tools import (
    answer_of,
    cpu,
    environment_of,
    heading,
    make_demo,
    server,
    times,
)

ROUNDS = 5
STORIES = """
from articles.models import Article
for article in Article.objects.published().newest()[:30]: print(article.get_absolute_url())
"""
PLAIN, COLD, KEPT, CACHED, NGINX = "plain Django", "nothing kept", "pieces kept", "cached", "nginx"
FIRST_PORT = 8930


class Target(NamedTuple):
    port: int
    pids: tuple[int, ...]

    def used(self) -> float:
        return sum(cpu(pid) for pid in self.pids)


def pages_of(environment: dict[str, str]) -> dict[str, tuple[list[str], list[str]]]:
    """By name: our addresses, and those of the plain page that they are compared with."""
    stories = answer_of(environment, STORIES)
    lists = {
        "home": "/",
        "section": "/section/music/",
        "search": "/search/?q=night",
        "feed": "/feed/",
    }
    code = "from articles.models import Tag; print(Tag.objects.filter(uses__gt=0).first().slug)"
    lists["tag"] = f"/tag/{answer_of(environment, code)[0]}/"
    return {"article": (stories, stories), **{name: ([at], ["/"]) for name, at in lists.items()}}


def measure(targets: dict[str, Target], ours: list[str], plain: list[str], requests: int) -> None:
    """One row of the table: CPU seconds per 1,000 requests, and what they are of plain Django's."""
    costs: dict[str, list[float]] = {name: [] for name in targets}
    for name, target in targets.items():
        times(target.port, (plain if name == PLAIN else ours) * 2)
    for _ in range(ROUNDS):
        for name, target in targets.items():
            paths = list(islice(cycle(plain if name == PLAIN else ours), requests))
            before = target.used()
            times(target.port, paths)
            costs[name].append((target.used() - before) * 1_000 / requests)
    medians = {name: statistics.median(found) for name, found in costs.items()}
    reference = medians[PLAIN]
    cells = (f"{cost:.2f} ({cost / reference:.2f})" for cost in list(medians.values())[1:])
    print(f"{reference:.2f} | " + " | ".join(cells) + " |", flush=True)


def tails(targets: dict[str, Target], stories: list[str], requests: int) -> None:
    """The slowest of a hundred over one connection, ours beside plain Django's."""
    found: dict[str, list[float]] = {PLAIN: [], COLD: [], KEPT: []}
    for _ in range(ROUNDS):
        for name in found:
            found[name] += times(targets[name].port, list(islice(cycle(stories), requests)))
    p99 = {name: statistics.quantiles(taken, n=100)[-1] for name, taken in found.items()}
    said = (f"{name} {ms:.0f} ms ({ms / p99[PLAIN]:.2f})" for name, ms in p99.items())
    print("\np99 of an article over one connection: " + ", ".join(said))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=150)
    parser.add_argument("--demo", help="a VAR_DIR with the demo in it, so that none is made")
    parser.add_argument("--growth", help="sizes, for example 1000,100000")
    parser.add_argument("--postgres", action="store_true", help="growth on PostgreSQL")
    parser.add_argument("--keep", action="store_true", help="keep growth's databases, or use them")
    asked = parser.parse_args()
    if asked.growth:
        sizes = [int(size) for size in asked.growth.split(",")]
        growth.run(sizes, on_postgres=asked.postgres, keep=asked.keep)
        return
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder, ExitStack() as stack:
        base = environment_of(asked.demo or folder)
        if not asked.demo:
            make_demo(base)
        targets = start(base, folder, stack)
        database = "PostgreSQL" if "DATABASE_URL" in os.environ else "SQLite"
        print(heading(database, f"{asked.requests} requests a round"))
        print(f"\nCPU-s / 1,000 (of plain Django's)\n\n| page | {' | '.join(targets)} |")
        print("| --- " * (len(targets) + 1) + "|")
        pages = pages_of(base)
        for name, (ours, plain) in pages.items():
            print(f"| {name} | ", end="")
            measure(targets, ours, plain, asked.requests)
        tails(targets, pages["article"][0], asked.requests)


def start(base: dict[str, str], folder: str, stack: ExitStack) -> dict[str, Target]:
    started = {
        PLAIN: ({}, "tests.bench.plain_settings", "tests.bench.plain_wsgi:application"),
        COLD: (
            {"PAGE_CACHE_MB": "0", "FRAGMENT_BYTES": "0"},
            "newsroom.settings",
            "newsroom.wsgi:application",
        ),
        KEPT: ({"PAGE_CACHE_MB": "0"}, "newsroom.settings", "newsroom.wsgi:application"),
        CACHED: ({"BEHIND_PROXY": "1"}, "newsroom.settings", "newsroom.wsgi:application"),
    }
    targets: dict[str, Target] = {}
    for port, (name, (more, settings, application)) in enumerate(started.items(), FIRST_PORT):
        pid = stack.enter_context(
            server({**base, **more}, port, application=application, settings=settings)
        )
        targets[name] = Target(port, (pid,))
    if shutil.which("nginx"):
        upstream, port = targets[CACHED], FIRST_PORT + len(started)
        front = stack.enter_context(
            nginx.nginx(
                Path(folder) / "nginx", upstream=upstream.port, port=port, var_dir=Path(folder)
            )
        )
        targets[NGINX] = Target(port, (front.pid, *upstream.pids))
    return targets


if __name__ == "__main__":
    main()
