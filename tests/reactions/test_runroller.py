"""The roller as a process: folds, ends when told, and loses nothing when it is killed."""

import os
import signal
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from articles.models import Article
from reactions import tallies
from reactions.management.commands import runroller
from reactions.models import Delta
from reactions.visitors import Visitor
from reactions.voting import cast_vote
from tests import live

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


def test_it_folds_and_survives_kill_9(story: Article, heart: int, wow: int, tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        out = StringIO()
        call_command("runroller", stdout=out)
        assert "Nothing to fold" in out.getvalue()
        return
    environment = live.environment(tmp_path)
    voters = [Visitor(id=number, issued_at=0) for number in range(1, 60)]
    for kind in (heart, wow, heart):  # two at once, one of them shot while votes come in
        with (
            live.process("django", "runroller", env=environment) as roller,
            live.process("django", "runroller", env=environment),
        ):
            for voter in voters:
                cast_vote(story.pk, voter, kind)
                time.sleep(0.01)
            os.kill(roller.pid, signal.SIGKILL)
            live.eventually(lambda: not Delta.objects.exists(), "everything is folded")
        assert tallies.differences() == []
    board = tallies.read_board(story.pk)
    assert board is not None
    assert board.counts()[str(heart)] == len(voters)


def test_a_full_batch_is_followed_at_once_and_an_outage_by_a_pause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command = runroller.Command(stderr=StringIO())
    for folded, pause in ((tallies.ROLL_LIMIT, 0.0), (3, runroller.EVERY_SECONDS)):
        monkeypatch.setattr(tallies, "roll", lambda folded=folded: folded)
        assert command.step() == pause

    def away() -> int:
        raise OperationalError("gone")

    monkeypatch.setattr(tallies, "roll", away)
    assert command.step() == runroller.PAUSE_SECONDS
    assert "trying again: gone" in command.stderr._out.getvalue()  # type: ignore[attr-defined]
