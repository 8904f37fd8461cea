"""64 readers at once, 3,000 visitors, a real server, and its workers killed under them.

Every vote that was answered must stand in the database, and every count must be the votes.
"""

import os
import random
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections

from articles.models import Article
from reactions import networks, tallies, tokens, visitors
from reactions.models import ReactionKind, Vote
from reactions.visitors import Visitor
from tests import live

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]

CLIENTS = 64
VISITORS = 3_000
WORKERS = 2
KILLS = 4
ANSWER_TIMEOUT_SECONDS = 10
GIVE_UP_SECONDS = 300  # for a machine that does much else
HEADERS = {
    "Accept": "application/json",
    "Content-Type": "application/x-www-form-urlencoded",
    "Sec-Fetch-Site": "same-origin",
}


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class Reader:
    """One client with its own visitors; notes what each was last told."""

    def __init__(self, port: int, article: int, plan: list[tuple[Visitor, int]]) -> None:
        self.port, self.article, self.plan = port, article, plan
        self.told: dict[int, int] = {}
        self.retries = 0

    def run(self, on_answer: Callable[[], None]) -> None:
        for visitor, kind in self.plan:
            deadline = time.monotonic() + GIVE_UP_SECONDS
            while not self.vote(visitor, kind):
                self.retries += 1
                assert time.monotonic() < deadline, "the server stayed away"
                time.sleep(0.05)
            self.told[visitor.id] = kind
            on_answer()

    def vote(self, visitor: Visitor, kind: int) -> bool:
        """False if no answer came: the vote may stand or not, so it is sent again."""
        # A connection for each vote, so that a worker born meanwhile gets its share.
        connection = HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_TIMEOUT_SECONDS)
        try:
            headers = HEADERS | {"Cookie": f"visitor={visitors.sign(visitor)}"}
            token = tokens.mint(self.article, visitor, networks.UNKNOWN, now=time.time() - 1)
            path = f"/r/{self.article}/vote"
            connection.request("POST", path, f"kind={kind}&token={token}", headers)
            response = connection.getresponse()
            body = response.read()
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
        assert response.status == 200, (response.status, body)
        return True


@contextmanager
def folding() -> Iterator[None]:
    """Roll all the time, as Celery's beat does."""
    over = threading.Event()

    def roll() -> None:
        while not over.wait(0.2):
            tallies.roll()
        connections.close_all()

    thread = threading.Thread(target=roll)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def plans(kinds: list[int]) -> list[list[tuple[Visitor, int]]]:
    """Each client's votes: each visitor once, then one in three again (another kind, or none)."""
    chance = random.Random(64)
    issued_at = int(time.time())
    everyone = [Visitor(id=number, issued_at=issued_at) for number in range(1, VISITORS + 1)]
    parts = [everyone[number::CLIENTS] for number in range(CLIENTS)]
    return [
        [(visitor, chance.choice(kinds)) for visitor in part]
        + [(visitor, chance.choice([0, *kinds])) for visitor in part[::3]]
        for part in parts
    ]


def test_every_answered_vote_stands_although_workers_die(
    story: Article, kinds: dict[str, ReactionKind], tmp_path: Path
) -> None:
    board = tallies.read_board(story.pk)
    assert board is not None
    todo = plans([kind.id for kind in board.kinds])
    total = sum(map(len, todo))
    port = live.free_port()
    readers = [Reader(port, story.pk, plan) for plan in todo]
    answered = threading.Semaphore(0)
    arguments = (
        "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(WORKERS), "--blocking-threads", "1", "--respawn-failed-workers",
        "--respawn-interval", "0.5", "newsroom.wsgi:application",
    )  # fmt: skip
    killed = 0
    with live.process(*arguments, env=live.environment(tmp_path)) as server:
        live.eventually(lambda: answers(port), "the server answers")
        with folding(), ThreadPoolExecutor(CLIENTS) as pool:
            jobs = [pool.submit(reader.run, answered.release) for reader in readers]
            for _ in range(KILLS):
                # The kills are spread over the votes, whatever the machine's pace.
                for _ in range(total // (KILLS + 2)):
                    assert answered.acquire(timeout=GIVE_UP_SECONDS)
                for worker in children(server.pid)[:1]:
                    os.kill(worker, signal.SIGKILL)
                    killed += 1
            for job in jobs:
                job.result()

    assert killed >= KILLS // 2
    assert sum(reader.retries for reader in readers) > 0  # the kills were felt
    told = {visitor: kind for reader in readers for visitor, kind in reader.told.items()}
    assert len(told) == VISITORS
    assert dict(Vote.objects.values_list("visitor", "kind")) == told
    while tallies.roll():
        pass
    call_command("reactions_check")
    after = tallies.read_board(story.pk)
    assert after is not None
    expected = Counter(kind for kind in told.values() if kind)
    assert {kind.id: kind.votes for kind in after.kinds} == expected
