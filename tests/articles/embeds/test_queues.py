"""A real worker on each broker: what the desk waits for is not behind an import's thousands."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from articles.embeds.states import State
from articles.models import Embed
from tests import builders, live
from tests.articles.embeds.conftest import GOOD
from tests.provider_server import ProviderServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]
REDIS_DATABASES = 16  # by its default


def beside(url: str) -> str:
    """The database of a Redis before the cache's: pytest-xdist's workers have theirs from the
    cache's upwards (tests/settings.py), and every test empties its worker's.
    """
    parts = urlsplit(url)
    number = int(parts.path.strip("/") or 0)
    return parts._replace(path=f"/{(number - 1) % REDIS_DATABASES}").geturl()


# In the second pass of the suite (tests/run.py) the others are RabbitMQ and Redis.
OTHERS = [os.environ.get("CELERY_BROKER_URL", ""), beside(os.environ.get("CACHE_URL", ""))]
BROKERS = [
    "filesystem://localhost",
    *(url for url in OTHERS if url.startswith(("amqp", "redis"))),
]
IMPORTED, AWAITED = 40, 5


def make(name: str, count: int) -> list[Embed]:
    keys = [f"{name}{number:0{11 - len(name)}d}" for number in range(count)]
    url = "https://www.youtube.com/watch?v="
    return [
        builders.make_embed(
            provider="youtube", key=key, media_id=key, url=url + key, canonical_url=url + key
        )
        for key in keys
    ]


def send(queue: str, embeds: list[Embed], env: dict[str, str]) -> None:
    ids = [str(embed.pk) for embed in embeds]
    command = [sys.executable, "-m", "tests.articles.embeds.sending", queue, *ids]
    subprocess.run(command, env=env, cwd=live.ROOT, check=True, timeout=live.PATIENCE_SECONDS)


@dataclass
class Queues:
    """Two queues of this test's own, on one of the brokers."""

    env: dict[str, str]
    desk: str
    background: str


@pytest.fixture(params=BROKERS, ids=lambda url: urlsplit(url).scheme)
def queues(request: pytest.FixtureRequest, provider: ProviderServer, tmp_path: Path) -> Queues:
    provider.answer(GOOD)
    suffix = f"-{uuid4().hex}"
    env = live.environment(
        tmp_path,
        DJANGO_SETTINGS_MODULE="tests.articles.embeds.worker_settings",
        PLAYED_AT=provider.address,
        CELERY_BROKER_URL=request.param,
        QUEUE_SUFFIX=suffix,
    )
    return Queues(env, f"celery{suffix}", f"background{suffix}")


def all_done(count: int) -> bool:
    return Embed.objects.filter(state=State.OK).count() == count


def test_the_desk_is_served_while_an_import_waits(queues: Queues, provider: ProviderServer) -> None:
    send(queues.background, make("import", IMPORTED), queues.env)
    send(queues.desk, make("desk", AWAITED), queues.env)
    with live.worker(env=queues.env):
        live.eventually(
            lambda: all_done(IMPORTED + AWAITED),
            "the worker takes from both queues until they are empty",
        )
    asked = [parse_qs(urlsplit(each.target).query)["url"][0] for each in provider.asked]
    assert len(asked) == IMPORTED + AWAITED
    last = max(place for place, url in enumerate(asked) if "v=desk" in url)
    # In turn, and what the worker had taken before it looked at the other queue.
    assert last < 2 * AWAITED + 4, asked


def test_the_desk_can_have_a_worker_of_its_own_on_the_same_machine(queues: Queues) -> None:
    """As docs/operations.md says to start them; either would be refused with the other's name."""
    with (
        live.worker("-Q", queues.desk, env=queues.env, name="desk@%h"),
        live.worker("-Q", queues.background, env=queues.env, name="background@%h"),
    ):
        send(queues.desk, make("desk", 1), queues.env)
        live.eventually(lambda: all_done(1), "the desk's worker does its own")
        send(queues.background, make("import", 1), queues.env)
        live.eventually(lambda: all_done(2), "the other does the rest")
