"""What breaks or moves under votes leaves none out and none in twice. The long runs, with kill -9:
tests/bench/reactions_faults.py.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import LazySettings
from django.db import InterfaceError, OperationalError, connection, connections
from django.test import Client

from articles.models import Article
from reactions import moderation, tallies
from reactions.models import Vote
from reactions.visitors import Visitor
from reactions.voting import cast_vote
from tests.live import PATIENCE_SECONDS
from tests.reactions.conftest import SCRIPT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]
VOTERS = 4
VOTES = 40


class Crowd:
    """Readers in threads, each of whom sends a vote again until it is answered."""

    def __init__(self, article: int, kinds: tuple[int, ...]) -> None:
        self.article, self.kinds = article, kinds
        self.told: dict[int, int] = {}
        self.retries = 0

    def vote(self, first: int) -> None:
        for step in range(VOTES):
            visitor, kind = first + step % 10, self.kinds[step * first % len(self.kinds)]
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not self._once(visitor, kind):
                assert time.monotonic() < deadline
            self.told[visitor] = kind
        connections.close_all()

    def _once(self, visitor: int, kind: int) -> bool:
        try:
            cast_vote(self.article, Visitor(id=visitor, issued_at=0), kind)
        except (OperationalError, InterfaceError):
            self.retries += 1
            connection.close()
            return False
        return True

    @contextmanager
    def voting(self) -> Iterator[Callable[[], bool]]:
        """The crowd at work; yields whether it still is."""
        threads = [
            threading.Thread(target=self.vote, args=[100 * n + 1]) for n in range(1, VOTERS + 1)
        ]
        for thread in threads:
            thread.start()
        try:
            yield lambda: any(thread.is_alive() for thread in threads)
        finally:
            for thread in threads:
                thread.join()

    def check(self) -> None:
        assert len(self.told) >= VOTERS * 10
        assert dict(Vote.objects.values_list("visitor", "kind")) == self.told
        while tallies.roll():
            pass
        assert tallies.differences() == []


def test_votes_outlive_the_sessions_that_wrote_them(story: Article, heart: int, wow: int) -> None:
    """PostgreSQL: nobody notices, for each vote is sent once more."""
    crowd = Crowd(story.pk, (heart, wow))
    ended = 0
    with crowd.voting() as goes_on:
        while goes_on():
            with connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    cursor.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname = current_database() AND pid <> pg_backend_pid() "
                        "AND query LIKE '%reactions_cast%' LIMIT 1"
                    )
                    ended += len(cursor.fetchall())
            time.sleep(0.01)
    assert ended or connection.vendor != "postgresql"
    crowd.check()


def test_votes_that_are_voided_and_brought_back_while_readers_vote(
    story: Article, heart: int, wow: int, django_user_model: type
) -> None:
    moderator = django_user_model.objects.create_user("m")
    votes = moderation.VoteFilter(articles=(story.pk,))
    crowd = Crowd(story.pk, (heart, wow))
    crowd.vote(1)  # there is something to void
    turns = 0
    with crowd.voting() as goes_on:
        while goes_on() or not turns:
            action = moderation.void(votes, moderator, reason="A test.")
            moderation.undo(action, moderator, reason="A test.")
            turns += 1
    crowd.check()
    assert not Vote.objects.exclude(state=Vote.State.COUNTED).exists()


def test_a_vote_needs_no_redis(
    settings: LazySettings, returning: Client, story: Article, heart: int
) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "newsroom.cache.FailOpenRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 0.05, "socket_timeout": 0.2},
        }
    }
    response = returning.post(f"/r/{story.pk}/vote", {"kind": heart}, **SCRIPT)
    assert response.json()["counts"][str(heart)] == 1
    assert returning.get(f"/r/{story.pk}.json").json()["counts"][str(heart)] == 1
