"""Asking at the pace that all keep together: a host that fails or asks for peace gets it, from every
row, and a row that could not be asked is no worse for it.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django import Settings

from articles.actions.embedding import switch_provider
from articles.embeds import asking
from articles.embeds.hosts import FAILURES_TO_OPEN
from articles.embeds.work import resolve
from articles.models import Embed, EmbedHost, EmbedHostDay
from tests import builders
from tests.articles.embeds.conftest import GOOD, YOUTUBE
from tests.provider_server import ProviderServer, Reply

pytestmark = pytest.mark.django_db
State = Embed.State


def make(count: int) -> list[Embed]:
    url = "https://www.youtube.com/watch?v="
    keys = [f"video{number:06d}" for number in range(count)]
    return [
        builders.make_embed(
            provider="youtube", key=key, media_id=key, url=url + key, canonical_url=url + key
        )
        for key in keys
    ]


def wait_of(embed: Embed) -> float:
    embed.refresh_from_db()
    assert embed.next_check_at is not None
    return (embed.next_check_at - timezone.now()).total_seconds()


def test_what_one_row_hears_all_rows_keep(provider: ProviderServer) -> None:
    first, second = make(2)
    provider.answer(Reply(429, {"Retry-After": "600"}))
    assert resolve(first.pk)
    assert 590 < wait_of(first) <= 720
    assert first.failures == 1
    assert resolve(second.pk)
    assert len(provider.asked) == 1
    assert 590 < wait_of(second) <= 720
    assert (second.state, second.failures, second.attempts) == (State.PENDING, 0, 0)
    assert second.priority == Embed.Priority.DESK


def test_a_host_that_fails_is_left_alone_and_one_row_tries(provider: ProviderServer) -> None:
    *failing, waiting, trying, after = make(FAILURES_TO_OPEN + 3)
    provider.answer(Reply(503))
    for embed in failing:
        resolve(embed.pk)
    resolve(waiting.pk)
    assert len(provider.asked) == FAILURES_TO_OPEN
    assert (waiting.state, waiting.failures) == (State.PENDING, 0)
    EmbedHost.objects.update(open_until=timezone.now() - timedelta(seconds=1))
    provider.answer(GOOD)
    assert resolve(trying.pk)
    assert resolve(after.pk)
    assert Embed.objects.filter(state=State.OK).count() == 2
    day = EmbedHostDay.objects.get(host=YOUTUBE)
    assert (day.answers, day.failures) == (2, FAILURES_TO_OPEN)


def test_a_post_that_is_gone_is_no_failure_of_its_host(provider: ProviderServer) -> None:
    provider.answer(Reply(404))
    for embed in make(FAILURES_TO_OPEN + 2):
        resolve(embed.pk)
    assert len(provider.asked) == FAILURES_TO_OPEN + 2


def test_more_than_the_pace_waits_its_turn(provider: ProviderServer) -> None:
    (embed,) = make(1)
    full_at = timezone.now().timestamp() + 60
    EmbedHost.objects.create(host=YOUTUBE, full_at=full_at)
    assert resolve(embed.pk)
    assert provider.asked == []
    assert 0 < wait_of(embed) <= 60 * 1.2
    assert (embed.state, embed.attempts, embed.lease_until) == (State.PENDING, 0, None)
    assert EmbedHost.objects.get().full_at == full_at


def test_a_provider_that_is_switched_off_is_asked_nothing(
    provider: ProviderServer, editor: User
) -> None:
    (embed,) = make(1)
    switch_provider("youtube", off=True, by=editor)
    assert resolve(embed.pk)
    assert provider.asked == []
    assert 0 < wait_of(embed) <= asking.OFF_SECONDS
    assert embed.state == State.PENDING
    switch_provider("youtube", off=False, by=editor)
    provider.answer(GOOD)
    Embed.objects.update(next_check_at=timezone.now())
    assert resolve(embed.pk)
    assert len(provider.asked) == 1


def test_a_host_that_nobody_answers_at_counts_as_failing(
    provider: ProviderServer, settings: Settings
) -> None:
    (embed,) = make(1)
    settings.HTTP_TEST_ROUTES = {YOUTUBE: "127.0.0.1:1"}
    resolve(embed.pk)
    assert EmbedHost.objects.get(host=YOUTUBE).failures == 1
    embed.refresh_from_db()
    assert (embed.failures, embed.state) == (1, State.DEGRADED)
