"""A broker that refuses or hangs must not be felt by whoever saves."""

import queue
import socket
import threading
from collections.abc import Iterator

import pytest
from celery import Celery
from django.db import transaction

from articles.actions import nudge
from tests.live import PATIENCE_SECONDS

REAL_ENQUEUE = nudge._enqueue


@pytest.fixture
def real_nudge(monkeypatch: pytest.MonkeyPatch, nudges: object) -> None:
    monkeypatch.setattr(nudge, "_enqueue", REAL_ENQUEUE)
    # A queue and a sender of its own: one that has met no failure yet.
    monkeypatch.setattr(nudge, "_waiting", queue.Queue(maxsize=nudge.QUEUE_LIMIT))
    monkeypatch.setattr(nudge, "_thread", None)


@pytest.fixture
def hanging_broker() -> Iterator[str]:
    """A port that takes connections and never says a word."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=16)
    yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
    listener.close()


def app_with(broker: str) -> Celery:
    return Celery("test", broker=broker, set_as_current=False)


@pytest.mark.django_db(transaction=True)
def test_a_save_does_not_wait_for_the_message(
    real_nudge: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message is still in the sender's hands when the save has long returned."""
    sending, may_end = threading.Event(), threading.Event()

    def hang(name: str, pk: int) -> None:
        sending.set()
        may_end.wait(PATIENCE_SECONDS)

    monkeypatch.setattr(nudge, "publish", hang)
    with transaction.atomic():
        nudge.nudge_on_commit("articles.resolve_embed", [1])
    assert sending.wait(PATIENCE_SECONDS)
    assert not may_end.is_set()
    may_end.set()
    assert nudge.flush(PATIENCE_SECONDS)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_for_a_save_that_was_rolled_back(nudges: list[object]) -> None:
    with transaction.atomic():
        nudge.nudge_on_commit("articles.resolve_embed", [1])
        transaction.set_rollback(True)
    assert nudges == []


def test_nothing_is_queued_for_no_rows(nudges: list[object]) -> None:
    nudge.nudge_on_commit("articles.resolve_embed", [])
    assert nudges == []


def test_a_refused_connection_is_logged_and_forgotten(
    real_nudge: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(nudge, "current_app", app_with("redis://127.0.0.1:1/0"))
    nudge._enqueue("articles.resolve_embed", [7])
    assert nudge.flush(PATIENCE_SECONDS)
    assert "broker did not take articles.resolve_embed(7)" in caplog.text


def test_after_a_failure_the_messages_behind_it_are_left_to_the_sweep(
    real_nudge: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def fail(name: str, pk: int) -> None:
        tried.append(pk)
        raise ConnectionRefusedError

    monkeypatch.setattr(nudge, "publish", fail)
    nudge._enqueue("articles.resolve_embed", [1, 2, 3])
    assert nudge.flush(PATIENCE_SECONDS)
    assert tried == [1]


def test_a_hanging_broker_holds_the_flush_no_longer_than_it_is_given(
    real_nudge: None, hanging_broker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    monkeypatch.setattr(nudge, "publish", lambda name, pk: release.wait(PATIENCE_SECONDS))
    nudge._enqueue("articles.resolve_embed", [8])
    assert not nudge.flush(0.05)
    release.set()
    assert nudge.flush(PATIENCE_SECONDS)


def test_more_than_the_queue_holds_is_left_to_the_sweep(
    real_nudge: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    release, done = threading.Event(), []

    def slow(name: str, pk: int) -> None:
        release.wait(PATIENCE_SECONDS)
        done.append(pk)

    monkeypatch.setattr(nudge, "publish", slow)
    caplog.set_level("INFO")
    nudge._enqueue("articles.resolve_embed", list(range(nudge.QUEUE_LIMIT + 5)))
    assert "the sweep will do the rest" in caplog.text
    release.set()
    assert nudge.flush(PATIENCE_SECONDS)
    assert len(done) <= nudge.QUEUE_LIMIT + 1


def test_a_message_expires_and_is_not_retried(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    class Recorder:
        def send_task(self, name: str, **options: object) -> None:
            calls.append((name, options))

    monkeypatch.setattr(nudge, "current_app", Recorder())
    nudge.publish("articles.resolve_embed", 3)
    assert calls == [
        (
            "articles.resolve_embed",
            {"args": [3], "expires": nudge.MESSAGE_EXPIRES_SECONDS, "retry": False},
        )
    ]
