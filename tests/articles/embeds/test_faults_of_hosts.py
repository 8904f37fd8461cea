"""A host that misbehaves, and all the posts that wait for it: the sweep and a worker, by a clock of
our own.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from pytest_django import Settings

from articles.embeds.hosts import FAILURES_TO_OPEN, FIRST_PAUSE_SECONDS, PROBE_SECONDS
from articles.embeds.turns import take_turns
from articles.embeds.work import resolve
from articles.models import Embed, EmbedHost
from tests import builders
from tests.articles.embeds.conftest import GOOD
from tests.provider_server import ProviderServer, Reply

pytestmark = pytest.mark.django_db
State = Embed.State
JITTER = 1.2
Sweep = Callable[[float], int]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-29T12:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def sweep(clock: time_machine.Traveller) -> Sweep:
    """Some seconds later: the sweep, and a worker that does what it asks for. How many rows."""

    def later(seconds: float) -> int:
        clock.shift(timedelta(seconds=seconds))
        turns = take_turns(100)
        return sum(resolve(pk) for pk, _priority in turns)

    return later


def make(provider: str, count: int) -> None:
    hosts = {
        "youtube": "https://www.youtube.com/watch?v=",
        "tiktok": "https://www.tiktok.com/@n/video/",
    }
    for number in range(count):
        key = f"{number:011d}"
        url = hosts[provider] + key
        builders.make_embed(provider=provider, key=key, media_id=key, url=url, canonical_url=url)


def states() -> set[str]:
    return set(Embed.objects.values_list("state", flat=True))


def test_after_429_nobody_asks_that_host_until_its_time_is_over(
    provider: ProviderServer, sweep: Sweep, settings: Settings
) -> None:
    make("youtube", 4)
    make("tiktok", 1)
    provider.answer(Reply(429, {"Retry-After": "600"}))
    with ProviderServer() as other:
        other.answer(GOOD)
        settings.HTTP_TEST_ROUTES |= {"www.tiktok.com": other.address}
        sweep(0)
    asked, *rest = Embed.objects.filter(provider="youtube").order_by("-failures")
    assert (asked.state, asked.failures) == (State.DEGRADED, 1)
    assert {(embed.state, embed.failures) for embed in rest} == {(State.PENDING, 0)}
    assert Embed.objects.get(provider="tiktok").state == State.OK  # another host
    provider.answer(GOOD)
    for _ in range(9):
        assert sweep(60) == 0
    assert len(provider.asked) == 1
    for _ in range(4):
        sweep(PROBE_SECONDS * JITTER + 15)
    assert states() == {State.OK}
    assert len(provider.asked) == 1 + 4


def test_a_host_that_fails_is_left_alone_tried_by_one_and_all_get_their_answer(
    provider: ProviderServer, sweep: Sweep
) -> None:
    make("youtube", FAILURES_TO_OPEN + 5)
    provider.answer(Reply(500))
    sweep(0)
    assert len(provider.asked) == FAILURES_TO_OPEN  # it opens: the other five are not asked for
    host = EmbedHost.objects.get()
    assert (host.openings, host.reason) == (1, "YouTube answered with status 500")
    assert sweep(FIRST_PAUSE_SECONDS - 1) == 0
    assert sweep(FIRST_PAUSE_SECONDS) == 5
    assert len(provider.asked) == FAILURES_TO_OPEN + 1  # half open: one of them asks
    assert EmbedHost.objects.get().openings == 2
    assert sweep(2 * FIRST_PAUSE_SECONDS - 1) == 0
    provider.answer(GOOD)
    sweep(PROBE_SECONDS)
    assert len(provider.asked) > FAILURES_TO_OPEN + 1
    host = EmbedHost.objects.get()
    assert (host.failures, host.openings, host.open_until, host.reason) == (0, 0, None, "")
    sweep(300)
    sweep(300)
    assert states() == {State.OK}
    assert not Embed.objects.exclude(failures=0, reason="").exists()
