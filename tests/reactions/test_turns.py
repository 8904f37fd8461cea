"""Votes queue before SQLite's one writer."""

import fcntl
import threading
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from articles.models import Article
from reactions.models import Vote
from reactions.turns import SUFFIX, turn
from reactions.visitors import Visitor
from reactions.voting import cast_vote
from tests.live import eventually

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


def queue() -> Path:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has one writer")
    return Path(f"{connection.settings_dict['NAME']}{SUFFIX}")


def is_free(path: Path) -> bool:
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_a_vote_waits_for_its_turn_and_leaves_it_free(story: Article, heart: int) -> None:
    path = queue()
    done = threading.Event()

    def vote() -> None:
        cast_vote(story.pk, Visitor(id=1, issued_at=0), heart)
        connections.close_all()
        done.set()

    with turn():
        assert not is_free(path)
        voter = threading.Thread(target=vote)
        voter.start()
        assert not done.wait(0.2)
        assert not Vote.objects.exists()
    eventually(done.is_set, "the vote is written")
    voter.join()
    assert Vote.objects.count() == 1
    assert is_free(path)


def test_an_error_gives_the_turn_back() -> None:
    path = queue()
    with pytest.raises(KeyError), turn():
        raise KeyError
    assert is_free(path)


def test_a_queue_that_may_not_be_opened_costs_no_vote(
    story: Article, heart: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made by root, for example, when a command of its own wrote the first vote."""
    queue()

    def refused(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr("reactions.turns.os.open", refused)
    cast_vote(story.pk, Visitor(id=1, issued_at=0), heart)
    assert Vote.objects.count() == 1


def test_who_is_writing_already_does_not_queue(story: Article, heart: int) -> None:
    """The next in the queue may be waiting for this very writer."""
    path = queue()
    with path.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with transaction.atomic():
            cast_vote(story.pk, Visitor(id=1, issued_at=0), heart)
    assert Vote.objects.count() == 1
