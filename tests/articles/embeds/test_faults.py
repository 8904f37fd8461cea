"""A provider that misbehaves: what becomes of the row, of its host's other rows, and of the pages,
which stay complete all the time and ask nobody.
"""

import json
import socket
from collections.abc import Callable, Iterator
from threading import Event, Thread

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from articles.embeds import work
from articles.embeds.work import resolve
from articles.models import Article, Embed, EmbedHost, EmbedHostDay
from newsroom.lib import http, wire
from tests import builders, live
from tests.articles.embeds.conftest import GOOD, VIDEO, YOUTUBE, again, only
from tests.articles.embeds.faults import DECEITS, FAULTS, Deceit, Fault, Internet, showing
from tests.newsroom.http_tools import redirect
from tests.provider_server import ProviderServer, Reply

pytestmark = pytest.mark.django_db
State = Embed.State
ADDRESSES = ("evil.example", "javascript:", "169.254", "127.0.0.1")
MARKUP = ("<script", "<img", "<iframe")
JITTER = 1.2
ONE_OF_A_KIND = list({fault.means: fault for fault in FAULTS}.values())
# 5 for a story's page, and for the first reader after a change 8 more.
QUERIES = 13
Look = Callable[[], str]


@pytest.fixture
def look(
    story: Article, reader: Client, provider: ProviderServer, monkeypatch: pytest.MonkeyPatch
) -> Look:
    """The story's page, as complete as on any day: its text, the card, as many queries, and no
    step outside.
    """

    def never(*args: object, **options: object) -> None:
        raise AssertionError("The page went outside.")

    def get() -> str:
        with monkeypatch.context() as patch, CaptureQueriesContext(connection) as captured:
            patch.setattr(http, "look_up", never)
            patch.setattr(http, "connect", never)
            response = reader.get(story.get_absolute_url())
        assert response.status_code == 200
        assert len(captured) <= QUERIES
        html = response.content.decode()
        card = html.partition('class="embed ')[2].partition("</figure>")[0]
        assert "<p>Look:</p>" in html
        assert "embed--youtube" in card
        assert VIDEO in card or "No longer available on" in card
        assert not any(word in card for word in MARKUP + ADDRESSES)
        return card

    return get


@pytest.fixture
def while_working(monkeypatch: pytest.MonkeyPatch, look: Look) -> list[str]:
    """Looks at the page in the midst of the worker's work."""
    seen: list[str] = []

    def mark(point: str) -> None:
        if point in {"claimed", "answered"}:  # before and after the provider is asked
            look()
        seen.append(point)

    monkeypatch.setattr(work, "mark", mark)
    return seen


def seconds_to_wait(embed: Embed) -> float:
    assert embed.next_check_at is not None
    return (embed.next_check_at - timezone.now()).total_seconds()


def check_clean(embed: Embed) -> None:
    """No address that was slipped in is in what pages and the desk read. (Text may say anything:
    it is shown as text.)
    """
    shown = (embed.title, embed.author_name, embed.author_url, embed.reason, embed.card_html)
    kept = " ".join([*shown, json.dumps(embed.suggested)])
    assert not any(word in kept for word in ADDRESSES)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_new_post_whose_provider_misbehaves(
    fault: Fault, provider: ProviderServer, look: Look, while_working: list[str]
) -> None:
    provider.answer(fault.reply)
    assert resolve(only().pk)
    assert while_working == ["claimed", "answered", "saved", "committed"]
    embed = only()
    assert embed.state == (State.OK if fault.means == "ok" else State.DEGRADED)
    assert fault.words in embed.reason
    assert bool(embed.reason) == (fault.means != "ok")
    assert fault.wait - 5 <= seconds_to_wait(embed) <= fault.wait * JITTER
    assert embed.failures == (fault.means == "retry")
    assert bool(embed.missing_since) == (fault.means == "gone")
    assert (embed.attempts, embed.lease_until, embed.gone_at) == (0, None, None)
    if fault.means != "ok":
        assert (embed.title, embed.suggested, embed.snapshot, embed.fetched_at) == (
            "",
            {},
            {},
            None,
        )
    check_clean(embed)
    day = EmbedHostDay.objects.get(host=YOUTUBE)
    assert (day.answers, day.failures) == (not fault.counts, fault.counts)

    # It passes: nothing of it is left, in the row or at the host.
    provider.answer(GOOD)
    EmbedHost.objects.exclude(open_until=None).update(open_until=timezone.now())
    again()
    embed = only()
    assert (embed.state, embed.reason, embed.failures) == (State.OK, "", 0)
    assert (embed.title, embed.missing_since) == ("The night", None)
    host = EmbedHost.objects.get(host=YOUTUBE)
    assert (host.failures, host.openings, host.open_until, host.reason) == (0, 0, None, "")
    assert "The night" in look()


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("fault", ONE_OF_A_KIND, ids=lambda fault: fault.means)
def test_what_was_known_of_a_post_stays_whatever_its_provider_does(
    fault: Fault, provider: ProviderServer, look: Look, while_working: list[str]
) -> None:
    provider.answer(GOOD)
    resolve(only().pk)
    known = only()
    provider.answer(fault.reply)
    again()
    embed = only()
    assert embed.state == (State.DEGRADED if fault.means == "degraded" else State.OK)
    assert fault.words in embed.reason
    assert (embed.title, embed.width, embed.height) == (known.title, known.width, known.height)
    if fault.means != "ok":
        assert embed.author_name == "Nola"
        assert (embed.fetched_at, embed.snapshot) == (known.fetched_at, known.snapshot)
    check_clean(embed)
    assert "The night" in look()
    assert len(while_working) == 8


@pytest.mark.parametrize("status", [404, 401])
def test_gone_is_what_is_said_twice_an_hour_apart(
    status: int, provider: ProviderServer, look: Look
) -> None:
    provider.answer(GOOD)
    resolve(only().pk)
    provider.answer(Reply(status))
    again()
    assert only().state == State.OK
    assert "data-frame-src" in look()
    again(seconds=3_601)
    embed = only()
    assert (embed.state, embed.reason) == (State.GONE, f"YouTube answered with status {status}")
    assert 30 * 86_400 - 5 <= seconds_to_wait(embed) <= 30 * 86_400 * JITTER
    card = look()
    assert "The night" in card
    assert "data-frame-src" not in card


def test_where_a_log_in_may_be_meant_401_says_nothing(provider: ProviderServer) -> None:
    url = "https://www.tiktok.com/@nola/video/7123456789"
    embed = builders.make_embed(provider="tiktok", key="7123456789", url=url, canonical_url=url)
    provider.answer(Reply(401))
    resolve(embed.pk)
    embed.refresh_from_db()
    assert (embed.state, embed.missing_since) == (State.DEGRADED, None)
    assert embed.reason == "TikTok answered with status 401"


def test_a_refused_connection(provider: ProviderServer, look: Look, settings: Settings) -> None:
    settings.HTTP_TEST_ROUTES = {YOUTUBE: "127.0.0.1:1"}
    resolve(only().pk)
    embed = only()
    assert (embed.state, embed.reason) == (State.DEGRADED, "The host took no connection.")
    assert 295 <= seconds_to_wait(embed) <= 300 * JITTER
    assert EmbedHost.objects.get().failures == 1
    look()


@pytest.mark.parametrize("deceit", DECEITS, ids=lambda deceit: deceit.name)
def test_a_host_that_is_not_what_it_says(
    deceit: Deceit,
    provider: ProviderServer,
    look: Look,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.HTTP_TEST_ROUTES = {}
    tls = showing(deceit.certificate)
    with ProviderServer(tls=tls) as server, monkeypatch.context() as patch:
        server.answer(redirect("https://www.youtube.com/again"))
        internet = Internet(*deceit.look_ups, port=server.port)
        patch.setattr(wire, "tls_context", lambda: deceit.knows(deceit.certificate))
        patch.setattr(socket, "getaddrinfo", internet.resolve)
        patch.setattr(socket, "create_connection", internet.connect)
        assert resolve(only().pk)
    embed = only()
    assert embed.state == State.DEGRADED
    assert deceit.words in embed.reason
    assert len(internet.dialled) == deceit.dialled
    assert len(server.asked) == deceit.asked
    assert embed.failures == EmbedHost.objects.get().failures == deceit.retried
    wait = 300 if deceit.retried else 86_400
    assert wait - 5 <= seconds_to_wait(embed) <= wait * JITTER
    check_clean(embed)
    look()


@pytest.mark.django_db(transaction=True)
def test_pages_are_served_while_a_worker_waits_for_a_provider_that_hangs(
    provider: ProviderServer, look: Look
) -> None:
    asked, release = Event(), Event()

    def hold(_stop: Event) -> Iterator[bytes]:
        asked.set()
        release.wait()
        yield b""

    def ask() -> None:
        resolve(only().pk)
        connection.close()

    provider.answer(Reply(raw=hold))
    worker = Thread(target=ask)
    worker.start()
    try:
        assert asked.wait(live.PATIENCE_SECONDS)
        look()
        assert only().state == State.PENDING
    finally:
        release.set()
        worker.join()
    assert only().state == State.DEGRADED
    look()
