"""Posts that had to wait for their host's bucket are gone on with when it has requests again: by one
message a host, and no worker waits for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from articles import tasks
from articles.actions.embedding import switch_provider
from articles.embeds import hosts
from articles.embeds.hosts import NUDGE_LOST_SECONDS, book_nudge, free_requests, take_nudge
from articles.embeds.states import State
from articles.embeds.turns import Priority, take_turns_of
from articles.models import Embed
from newsroom.lib import http
from tests import builders
from tests.articles.embeds.conftest import GOOD, YOUTUBE

pytestmark = pytest.mark.django_db
META = "graph.facebook.com"
GO_ON = "articles.go_on_with_host"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-29T12:00:00Z", tick=False) as traveller:
        yield traveller


@dataclass
class Broker:
    """Messages in the order of their times, taken by a worker that needs none."""

    clock: time_machine.Traveller
    messages: list[tuple[datetime, str, Any]] = field(default_factory=list)
    most_nudges: int = 0
    most_messages: int = 0

    def put(self, name: str, argument: object, seconds: float = 0.0) -> None:
        self.messages.append((timezone.now() + timedelta(seconds=seconds), name, argument))
        self.most_nudges = max(self.most_nudges, self.count(GO_ON))
        self.most_messages = max(self.most_messages, len(self.messages))

    def count(self, name: str) -> int:
        return sum(message[1] == name for message in self.messages)

    def work(self, seconds: float = 600.0) -> None:
        """Do all that comes in this time."""
        end = timezone.now() + timedelta(seconds=seconds)
        while self.messages:
            due, name, argument = message = min(self.messages, key=lambda each: each[0])
            if due > end:
                break
            self.messages.remove(message)
            self.clock.shift(max(due - timezone.now(), timedelta(0)))
            {GO_ON: tasks.go_on_with_host, "articles.resolve_embed": tasks.resolve_embed}[name](
                argument
            )


@pytest.fixture
def broker(
    clock: time_machine.Traveller, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Broker:
    """Where every provider answers at once."""
    settings.EMBED_FETCH = True
    answer = http.Answer(200, "", {"content-type": "application/json"}, GOOD.body)
    monkeypatch.setattr(http, "get", lambda url, **limits: answer)
    broker = Broker(clock)

    def send(task: Any) -> Any:
        def apply(args: Any, *, expires: float, countdown: float = 0, queue: str = "") -> None:
            assert expires >= countdown + 60
            broker.put(task.name, args[0], countdown)

        return apply

    for task in (tasks.resolve_embed, tasks.go_on_with_host):
        monkeypatch.setattr(task, "apply_async", send(task))
    return broker


def make(count: int, **fields: object) -> list[Embed]:
    url = "https://www.youtube.com/watch?v="
    keys = [f"film{number:07d}" for number in range(count)]
    return [
        builders.make_embed(
            provider="youtube", key=key, media_id=key, url=url + key, canonical_url=url + key, **fields
        )
        for key in keys
    ]  # fmt: skip


def test_twenty_posts_of_a_story_are_there_as_soon_as_their_host_may_be_asked(
    broker: Broker,
) -> None:
    began = timezone.now()
    for embed in make(20):
        broker.put("articles.resolve_embed", embed.pk)
    broker.work()
    rows = Embed.objects.filter(state=State.OK, attempts=0)
    assert (rows.count(), broker.most_nudges) == (20, 1)
    # Ten at once, and five a second: the last one can't be there before two have passed.
    assert timedelta(seconds=2) <= timezone.now() - began < timedelta(seconds=3)
    assert not Embed.objects.filter(queued_until__isnull=False).exists()


def test_an_import_keeps_the_pace_by_a_few_messages_at_a_time(broker: Broker) -> None:
    make(120, priority=Priority.IMPORT)
    began = timezone.now()
    tasks.sweep_embeds()
    broker.work(0)  # those that the sweep asked for: all but eight have to wait
    assert Embed.objects.filter(state=State.OK).count() == 8
    broker.most_messages = 0
    broker.work()
    assert Embed.objects.filter(state=State.OK).count() == 120
    assert broker.most_nudges == 1
    assert broker.most_messages <= 6
    # Eight at once, five a second, one wait.
    assert timezone.now() - began < timedelta(seconds=25)


def test_what_waits_in_a_queue_is_not_asked_for_again(broker: Broker) -> None:
    make(40)
    turns, more = take_turns_of(YOUTUBE)
    assert (len(turns), more) == (10, True)
    assert take_turns_of(YOUTUBE) == ([], True)  # no worker has come to them yet
    Embed.objects.filter(queued_until=None).update(next_check_at=None)
    assert take_turns_of(YOUTUBE) == ([], False)


def test_the_desk_comes_first_and_an_import_leaves_it_some(broker: Broker) -> None:
    imported = make(12, priority=Priority.IMPORT)
    turns, _ = take_turns_of(YOUTUBE)
    assert {pk for pk, _ in turns} < {embed.pk for embed in imported}
    assert len(turns) == 8
    Embed.objects.update(queued_until=None)
    Embed.objects.filter(pk=imported[-1].pk).update(priority=Priority.DESK)
    assert take_turns_of(YOUTUBE)[0][0] == (imported[-1].pk, Priority.DESK)


def test_a_short_link_waits_for_the_host_that_leads_on(broker: Broker) -> None:
    short = builders.make_embed(provider="tiktok", media_id="", url="https://vm.tiktok.com/Z/")
    assert take_turns_of("vm.tiktok.com") == ([(short.pk, Priority.DESK)], False)


def test_a_provider_that_is_switched_off_is_not_gone_on_with(broker: Broker) -> None:
    make(2)
    switch_provider("youtube", off=True, by=None)
    assert take_turns_of(YOUTUBE) == ([], False)


def test_a_nudge_that_comes_twice_does_its_work_once(broker: Broker) -> None:
    make(1)
    hosts.wait_for(YOUTUBE)
    assert book_nudge(YOUTUBE, 1.0)
    broker.clock.shift(timedelta(seconds=1))
    assert tasks.go_on_with_host(YOUTUBE) == 1
    assert tasks.go_on_with_host(YOUTUBE) == 0
    assert broker.count("articles.resolve_embed") == 1


def test_one_is_on_its_way_at_a_time_and_one_that_was_lost_is_sent_again(
    clock: time_machine.Traveller,
) -> None:
    hosts.wait_for(YOUTUBE)
    assert [book_nudge(YOUTUBE, 1.0) for _ in range(3)] == [True, False, False]
    assert not take_nudge(YOUTUBE)  # it can't have come
    clock.shift(timedelta(seconds=1 + NUDGE_LOST_SECONDS))
    assert not book_nudge(YOUTUBE, 1.0)
    clock.shift(timedelta(seconds=0.1))
    assert book_nudge(YOUTUBE, 1.0)


def test_a_long_wait_is_left_to_the_sweep(broker: Broker) -> None:
    embed = make(1)[0]
    hosts.wait_for(YOUTUBE)
    hosts.paused(YOUTUBE, 600, "429")
    tasks.resolve_embed(embed.pk)
    assert broker.messages == []
    assert book_nudge(YOUTUBE, 1.0)
    broker.clock.shift(timedelta(seconds=1))
    assert tasks.go_on_with_host(YOUTUBE) == 0
    assert broker.messages == []
    # Then one asks, and the others wait for what comes of it.
    broker.clock.shift(timedelta(seconds=600))
    assert free_requests(YOUTUBE, urgent=True) == 1


def test_what_a_host_may_be_asked(clock: time_machine.Traveller) -> None:
    assert free_requests(YOUTUBE, urgent=True) == 10
    assert free_requests(YOUTUBE, urgent=False) == 8
    for left in (9, 8, 7):
        hosts.wait_for(YOUTUBE)
        assert free_requests(YOUTUBE, urgent=True) == left
    while not hosts.wait_for(YOUTUBE):
        pass
    assert free_requests(YOUTUBE, urgent=True) == free_requests(YOUTUBE, urgent=False) == 0
    assert hosts.nudge_seconds(YOUTUBE) == hosts.NUDGE_SECONDS
    assert 3 < hosts.nudge_seconds(META) < 4
