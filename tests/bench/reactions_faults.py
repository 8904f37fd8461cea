"""What breaks while readers vote, and what they were told afterwards against what stands."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.bench.reactions_site import (
    Run,
    Site,
    free_port,
    roller,
    vote_with,
    wait_for_port,
    web,
)
from tests.bench.tools import family, manage
from tests.live import child

WORKER_KILLS = 12
KILL_EVERY_SECONDS = 3.6  # of two workers: each lives for seven
MANY = 200_000  # votes that are prepared; a run ends by time
VOID_AND_UNDO = """
import time
from django.contrib.auth import get_user_model
from articles.models import Article
from reactions import moderation
who, _ = get_user_model().objects.get_or_create(username="bench")
article = Article.objects.order_by("pk").first().pk
for _ in range(3):
    action = moderation.void(moderation.VoteFilter(articles=(article,)), who, reason="Bench.")
    time.sleep(0.3)
    moderation.undo(action, who, reason="Bench.")
    time.sleep(0.3)
"""
Fault = Callable[[Site], Run]
Meanwhile = Callable[[subprocess.Popen[str]], None]


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def during(seconds: float, times: int, action: Callable[[], None]) -> Meanwhile:
    """Do it `times`, spread over a run of so many seconds."""

    def meanwhile(crowd: subprocess.Popen[str]) -> None:
        for _ in range(times):
            time.sleep(seconds / (times + 1))
            action()

    return meanwhile


def churn(place: Site) -> Run:
    with web(place), roller(place):
        return vote_with(place, connections=64, visitors=3_000, votes=6_000)


def identical(place: Site) -> Run:
    with web(place), roller(place):
        run = vote_with(place, votes=1_000, connections=32, identical=True)
    run.exact["too_many"] += run.exact["rows"] != 1
    return run


def workers_die(place: Site) -> Run:
    """Each in turn. Not sooner after its start: granian takes a worker that dies within 5.5 s
    for one that can't start, and ends, for systemd to begin anew.
    """

    def shoot() -> None:
        workers = family(place.web)[1:]
        if workers:
            oldest = min(workers, key=lambda pid: Path(f"/proc/{pid}").stat().st_ctime)
            kill(oldest)

    with web(place), roller(place):
        seconds = WORKER_KILLS * KILL_EVERY_SECONDS
        return vote_with(
            place, connections=64, visitors=3_000, votes=MANY // 4, seconds=seconds,
            meanwhile=during(seconds, WORKER_KILLS, shoot),
        )  # fmt: skip


def backends_die(place: Site) -> Run:
    """PostgreSQL ends all sessions then, and starts again from its log."""
    database = place.database or 0

    def shoot() -> None:
        for pid in family(database)[1:]:
            with suppress(OSError):
                if b"bench" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    kill(pid)
                    return

    with web(place), roller(place):
        return vote_with(
            place, connections=64, visitors=3_000, votes=MANY // 4, seconds=8,
            meanwhile=during(8, 2, shoot),
        )  # fmt: skip


def rollers_die(place: Site) -> Run:
    with web(place):

        def shoot() -> None:
            with roller(place) as pid:
                time.sleep(random.uniform(0.3, 0.8))
                kill(pid)

        return vote_with(
            place, connections=64, visitors=3_000, votes=MANY // 4, seconds=12,
            meanwhile=during(3, 3, shoot),
        )  # fmt: skip


@contextmanager
def redis(folder: Path) -> Iterator[tuple[int, int]]:
    """A Redis of our own: its port and process."""
    port = free_port()
    command = [str(shutil.which("redis-server")), "--port", str(port), "--save", "", "--dir", str(folder)]  # fmt: skip
    with child(command, dict(os.environ)) as running:
        wait_for_port(port)
        yield port, running.pid


def redis_dies(place: Site) -> Run:
    with redis(place.folder) as (port, pid), web(place, CACHE_URL=f"redis://127.0.0.1:{port}/0"):
        return vote_with(
            place, connections=64, visitors=3_000, votes=MANY // 4, seconds=4,
            meanwhile=during(4, 1, lambda: kill(pid)),
        )  # fmt: skip


def voided_and_undone(place: Site) -> Run:
    def act(crowd: subprocess.Popen[str]) -> None:
        manage(place.environment, "shell", "--no-imports", "-c", VOID_AND_UNDO)

    with web(place), roller(place):
        run = vote_with(
            place, connections=64, visitors=3_000, votes=MANY // 4, seconds=6, meanwhile=act
        )
    # All came back: what stands is counted.
    run.exact["missing"] += sum(n for state, n in run.exact["states"].items() if state != "0")
    return run


def faults(place: Site) -> dict[str, Fault]:
    """By name, those that this site can have."""
    everywhere: dict[str, Fault] = {
        "64 clients, 3,000 visitors change their minds": churn,
        "1,000 identical votes at once": identical,
        f"{WORKER_KILLS} web workers killed (-9)": workers_die,
        "voided and undone, 3 times": voided_and_undone,
    }
    if place.database:
        everywhere |= {
            "2 database backends killed (-9)": backends_die,
            "3 rollers killed (-9)": rollers_die,
        }
    if shutil.which("redis-server"):
        everywhere["Redis killed (-9)"] = redis_dies
    return everywhere


def measure(place: Site) -> Iterator[tuple[str, Run]]:
    for name, fault in faults(place).items():
        yield name, fault(place)
