"""A host's pace and breaker: what all workers know of it together."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection
from pytest_django import Settings

from articles.embeds import hosts
from articles.embeds.hosts import (
    FAILURES_TO_OPEN,
    FIRST_PAUSE_SECONDS,
    JITTER,
    MAX_PAUSE_SECONDS,
    PROBE_SECONDS,
    answered,
    failed,
    forget_old_days,
    paused,
    wait_for,
    waiting_hosts,
)
from articles.models import EmbedHost, EmbedHostDay

pytestmark = pytest.mark.django_db
HOST = "www.youtube.com"
META = "graph.facebook.com"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-29T12:00:00Z", tick=False) as traveller:
        yield traveller


def row() -> EmbedHost:
    return EmbedHost.objects.get(host=HOST)


def granted(host: str = HOST, *, urgent: bool = True) -> int:
    """How many requests it grants in this moment."""
    count = 0
    while not wait_for(host, urgent=urgent):
        count += 1
    return count


def open_it() -> None:
    for _ in range(FAILURES_TO_OPEN):
        failed(HOST, "The host took no connection.")


def test_a_burst_then_the_pace(clock: time_machine.Traveller) -> None:
    assert granted() == 10
    wait = wait_for(HOST)
    assert 0.2 <= wait <= 0.2 * (1 + JITTER) + 0.001
    clock.shift(timedelta(seconds=1))
    assert granted() == 5
    clock.shift(timedelta(hours=1))
    assert granted() == 10


def test_an_import_leaves_some_for_the_desk(clock: time_machine.Traveller) -> None:
    assert granted(urgent=False) == 8
    assert granted() == 2


def test_hosts_have_their_own(clock: time_machine.Traveller, settings: Settings) -> None:
    settings.EMBED_REQUESTS_PER_SECOND = 1
    assert granted() == 2
    assert granted("publish.x.com") == 2


def test_meta_is_never_asked_more_than_a_thousand_times_in_an_hour(
    clock: time_machine.Traveller,
) -> None:
    counts = [granted(META)]
    for _minute in range(60):
        clock.shift(timedelta(minutes=1))
        counts.append(granted(META))
    assert sum(counts[:60]) <= 1_000
    assert sum(counts[1:]) <= 1_000
    assert sum(counts) > 900


def test_failures_in_a_row_open_it_and_nobody_asks(clock: time_machine.Traveller) -> None:
    wait_for(HOST)
    for _ in range(FAILURES_TO_OPEN - 1):
        failed(HOST, "Silence")
    answered(HOST)
    for _ in range(FAILURES_TO_OPEN - 1):
        failed(HOST, "Silence")
    assert not wait_for(HOST)
    failed(HOST, "Silence")
    wait = wait_for(HOST)
    assert FIRST_PAUSE_SECONDS <= wait <= FIRST_PAUSE_SECONDS * (1 + JITTER)
    assert row().reason == "Silence"
    assert waiting_hosts(urgent=True) == {HOST}


def test_requests_that_were_on_their_way_make_the_pause_no_longer(
    clock: time_machine.Traveller,
) -> None:
    wait_for(HOST)
    open_it()
    for _ in range(FAILURES_TO_OPEN - 1):
        failed(HOST, "Silence")
    assert (row().open_until - hosts.timezone.now()).total_seconds() == FIRST_PAUSE_SECONDS  # type: ignore[operator]


def test_then_one_asks_and_an_answer_closes_it(clock: time_machine.Traveller) -> None:
    wait_for(HOST)
    open_it()
    clock.shift(timedelta(seconds=FIRST_PAUSE_SECONDS + 1))
    assert waiting_hosts(urgent=True) == frozenset()
    assert wait_for(HOST) == 0
    assert wait_for(HOST) >= PROBE_SECONDS
    answered(HOST)
    assert wait_for(HOST) == 0
    assert (row().openings, row().failures, row().open_until, row().reason) == (0, 0, None, "")


def test_a_failure_of_that_one_opens_it_for_longer_each_time(
    clock: time_machine.Traveller,
) -> None:
    wait_for(HOST)
    open_it()
    pauses = []
    for _ in range(9):
        pauses.append((row().open_until - hosts.timezone.now()).total_seconds())  # type: ignore[operator]
        clock.shift(timedelta(seconds=MAX_PAUSE_SECONDS + 1))
        assert wait_for(HOST) == 0
        failed(HOST, "Silence")
    assert pauses[:4] == [30, 60, 120, 240]
    assert pauses[-1] == MAX_PAUSE_SECONDS


def test_if_that_one_dies_the_next_one_asks(clock: time_machine.Traveller) -> None:
    wait_for(HOST)
    open_it()
    clock.shift(timedelta(seconds=FIRST_PAUSE_SECONDS))
    assert wait_for(HOST) == 0
    clock.shift(timedelta(seconds=PROBE_SECONDS))
    assert wait_for(HOST) == 0


def test_what_the_host_asks_for_is_kept_and_never_shortened(clock: time_machine.Traveller) -> None:
    wait_for(HOST)
    paused(HOST, 600, "YouTube answered with status 429")
    paused(HOST, 30, "YouTube answered with status 429")
    assert 600 <= wait_for(HOST) <= 600 * (1 + JITTER)
    clock.shift(timedelta(seconds=600))
    assert wait_for(HOST) == 0


def test_a_host_that_is_asked_too_much_rests_for_those_nobody_waits_for(
    clock: time_machine.Traveller,
) -> None:
    granted(urgent=False)
    assert waiting_hosts(urgent=False) == {HOST}
    assert waiting_hosts(urgent=True) == frozenset()


def test_answers_and_failures_are_counted_by_day(clock: time_machine.Traveller) -> None:
    wait_for(HOST)
    answered(HOST)
    answered(HOST)
    failed(HOST, "Silence")
    clock.shift(timedelta(days=1))
    paused(HOST, 30, "Later")
    days = EmbedHostDay.objects.order_by("day").values_list("answers", "failures")
    assert list(days) == [(2, 1), (0, 1)]
    assert str(EmbedHostDay.objects.first()) == f"{HOST} on 2026-11-30: 0 answers, 1 failures"
    assert str(row()) == HOST
    clock.shift(timedelta(days=30))
    assert forget_old_days() == 1
    assert EmbedHostDay.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_workers_lose_no_count_and_get_no_more_than_there_is(
    clock: time_machine.Traveller,
) -> None:
    together, got = Barrier(8), []

    def worker() -> None:
        together.wait()
        for _ in range(5):
            got.append(wait_for(META))
            answered(META)
        failed(META, "Silence")
        connection.close()

    threads = [Thread(target=worker) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [0.0] * 40
    day = EmbedHostDay.objects.get()
    assert (day.answers, day.failures) == (40, 8)
    EmbedHost.objects.update(open_until=None)
    assert granted(META) == 10


@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_is_the_first_to_ask_again() -> None:
    wait_for(HOST)
    open_it()
    EmbedHost.objects.update(open_until=hosts.timezone.now() - timedelta(seconds=1))
    together, got = Barrier(8), []

    def worker() -> None:
        together.wait()
        got.append(wait_for(HOST))
        connection.close()

    threads = [Thread(target=worker) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(bool(wait) for wait in got) == [False, *[True] * 7]
