"""Real processes: messages that come ten times, two workers, workers that die at any point."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from celery import Celery
from django.utils import timezone

from articles.actions.editing import save_article
from articles.embeds.states import State
from articles.embeds.turns import take_turns
from articles.embeds.work import resolve
from articles.models import Article, Embed, EmbedEvent, SiteState
from tests import live
from tests.articles.embeds.conftest import GOOD, VIDEO, only
from tests.provider_server import ProviderServer, Reply, hang

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]
POINTS = ("claimed", "answered", "saved", "committed")


@pytest.fixture
def row(provider: ProviderServer) -> Embed:
    provider.answer(GOOD)
    save_article(Article(headline="Once", body_html=f"<p>{VIDEO}</p>"), by=None)
    return only()


@pytest.fixture
def env(tmp_path: Path, provider: ProviderServer) -> dict[str, str]:
    return live.environment(
        tmp_path,
        DJANGO_SETTINGS_MODULE="tests.articles.embeds.worker_settings",
        PLAYED_AT=provider.address,
        CELERY_BROKER_URL="filesystem://localhost",
        READY=str(tmp_path),
    )


@pytest.fixture
def sender(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Celery:
    """Another process's end of the workers' broker, which is of files whatever this suite runs on."""
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)  # Celery takes it before its argument
    broker = tmp_path / "broker"
    queue = str(broker / "queue")
    options = {"data_folder_in": queue, "data_folder_out": queue}
    Path(queue).mkdir(parents=True, exist_ok=True)
    (broker / "control").mkdir(exist_ok=True)
    options["control_folder"] = str(broker / "control")
    app = Celery("sender", broker="filesystem://localhost", set_as_current=False)
    app.conf.broker_transport_options = options
    return app


@contextmanager
def working(name: str, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of this name that takes messages by now."""
    ready = Path(env["READY"]) / f"{name}@here"
    app = "tests.articles.embeds.working"
    with live.worker(env=env, app=app, name=ready.name, pool="solo") as worker:
        live.eventually(ready.exists, f"worker {name} is ready")
        yield worker


def test_ten_deliveries_to_two_workers_are_one_fetch_and_one_card(
    row: Embed, env: dict[str, str], provider: ProviderServer, tmp_path: Path, sender: Celery
) -> None:
    """The provider answers when all ten are taken: one worker asks, the other gets nine of them."""
    queue, taken = tmp_path / "broker" / "queue", Event()

    def answer(_stop: Event) -> Iterator[bytes]:
        taken.wait()
        yield GOOD.head("") + GOOD.body

    provider.answer(Reply(raw=answer))
    with working("one", env), working("two", env):
        try:
            for _ in range(10):
                sender.send_task("articles.resolve_embed", [row.pk])
            live.eventually(lambda: not list(queue.iterdir()), "all messages are taken")
            assert only().state == State.PENDING
        finally:
            taken.set()
        live.eventually(lambda: only().state == State.OK, "the row is done")
    assert len(provider.asked) == 1
    assert EmbedEvent.objects.count() == Embed.objects.count() == 1
    assert SiteState.objects.get().generation == 1  # drawn once
    done = only()
    assert (done.title, done.attempts, done.lease_until) == ("The night", 0, None)


def test_what_a_killed_worker_held_the_sweep_gives_to_another(
    row: Embed, env: dict[str, str], provider: ProviderServer, sender: Celery
) -> None:
    provider.answer_at("/oembed", Reply(raw=hang), GOOD)
    with working("one", env) as worker:
        sender.send_task("articles.resolve_embed", [row.pk])
        live.eventually(lambda: bool(provider.asked), "it asks")
        worker.kill()
        worker.wait()
    held = only()
    assert (held.state, held.attempts) == (State.PENDING, 1)
    assert held.lease_until is not None
    with working("two", env):
        sender.send_task("articles.resolve_embed", [row.pk])  # as a broker's own second delivery
        Embed.objects.filter(lease_until=held.lease_until).update(lease_until=timezone.now())
        sender.send_task("articles.sweep_embeds")
        live.eventually(lambda: only().state == State.OK, "the row is done")
    assert len(provider.asked) == 2
    assert (only().attempts, only().failures, only().lease_until) == (0, 0, None)
    assert EmbedEvent.objects.count() == 1


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_may_die_at_any_point(
    point: str, row: Embed, env: dict[str, str], provider: ProviderServer
) -> None:
    died = subprocess.run(
        [sys.executable, "-m", "tests.articles.embeds.dying", point, str(row.pk)],
        env=env, cwd=live.ROOT, timeout=live.PATIENCE_SECONDS, check=False,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert died.returncode == -signal.SIGKILL
    after = only()
    if point == "committed":
        assert (after.state, after.attempts, after.lease_until) == (State.OK, 0, None)
    else:
        # The row is held until the lease ends, and shows nothing of what was learned.
        assert (after.state, after.title, after.attempts) == (State.PENDING, "", 1)
        assert not EmbedEvent.objects.exists()
        assert take_turns(10) == []
        assert not resolve(row.pk)
        Embed.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert [pk for pk, _priority in take_turns(10)] == [row.pk]
        assert resolve(row.pk)
    assert not resolve(row.pk)
    done = only()
    assert (done.state, done.title, done.attempts) == (State.OK, "The night", 0)
    assert EmbedEvent.objects.count() == 1
    assert len(provider.asked) == (2 if point in {"answered", "saved"} else 1)
