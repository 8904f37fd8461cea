"""The worker's part of an embed: one try at a time, whatever the provider answers."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles.actions.editing import save_article
from articles.actions.publishing import publish
from articles.embeds import work
from articles.embeds.work import BACKOFF_SECONDS, resolve
from articles.models import Article, Embed, known_generation
from articles.models.embed import MAX_ATTEMPTS
from newsroom.lib import http
from tests import builders
from tests.cases import load_jsonl
from tests.newsroom.http_tools import SOON_SECONDS
from tests.provider_server import ProviderServer, Reply, hang, reply_for

pytestmark = pytest.mark.django_db
State = Embed.State
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
JSON = {"Content-Type": "application/json"}
GOOD = Reply(
    200, JSON, b'{"type": "video", "title": "The night", "author_name": "Nola", "width": 480, "height": 360}'
)  # fmt: skip
CASES = load_jsonl("embeds/provider_answers.jsonl")


@pytest.fixture
def provider(settings: Settings) -> Iterator[ProviderServer]:
    """A loopback server that plays every provider that is asked anything."""
    with ProviderServer() as server:
        settings.EMBED_FETCH = True
        settings.HTTP_TEST_ADDRESSES = [server.address]
        settings.HTTP_TEST_ROUTES = dict.fromkeys(
            ("www.youtube.com", "www.tiktok.com", "publish.x.com", "graph.facebook.com"),
            server.address,
        )
        yield server


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deadline that a test can wait for."""
    monkeypatch.setattr(http, "get", partial(http.get, deadline_seconds=SOON_SECONDS))


@pytest.fixture
def story() -> Article:
    article = Article(headline="With a video", body_html=f"<p>Look:</p><p>{VIDEO}</p>")
    article.section = builders.make_section()
    save_article(article, by=None)
    return publish(article)


def only() -> Embed:
    return Embed.objects.get()


def check_state(embed: Embed, expect: str) -> None:
    wait = (embed.next_check_at - timezone.now()).total_seconds() if embed.next_check_at else None
    if expect == "retry":
        assert embed.state == State.DEGRADED
        assert wait is not None
        assert 0 < wait <= 24 * 3600
        assert embed.attempts == 1
    else:
        states = {"gone": State.GONE, "fallback": State.DEGRADED}
        assert embed.state == states.get(expect, State.OK)
        assert wait is None
        assert embed.attempts == 0
    assert bool(embed.fetched_at) == expect.startswith("card")
    assert bool(embed.reason) == (not expect.startswith("card"))


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_whatever_a_provider_answers_the_page_stands(
    case: dict[str, Any], story: Article, provider: ProviderServer, reader: Client
) -> None:
    provider.answer(reply_for(case))
    assert resolve(only().pk)
    assert provider.asked
    embed = only()
    check_state(embed, case["expect"])
    assert embed.lease_until is None
    response = reader.get(story.get_absolute_url())
    html = response.content.decode()
    assert response.status_code == 200
    assert "embed--youtube" in html
    for forbidden in case["page_must_not_contain"]:
        assert forbidden not in html.replace("embeds.js", "")
    if case["expect"] != "gone":
        assert VIDEO in html
    feed = reader.get("/feed/")
    assert feed.status_code == 200


def test_an_answer_fills_the_row_and_draws_the_card(
    story: Article, provider: ProviderServer
) -> None:
    provider.answer(GOOD)
    assert resolve(only().pk)
    embed = only()
    assert (embed.title, embed.author_name) == ("The night", "Nola")
    assert (embed.width, embed.height) == (480, 360)
    assert "The night" in embed.card_html
    assert len(provider.asked) == 1


def test_a_row_that_is_done_is_not_asked_for_again(
    story: Article, provider: ProviderServer
) -> None:
    provider.answer(GOOD)
    assert resolve(only().pk)
    assert not resolve(only().pk)
    assert not resolve(999_999)
    assert len(provider.asked) == 1


def test_a_row_that_another_worker_holds_is_left_to_it_until_its_lease_ends(
    story: Article, provider: ProviderServer
) -> None:
    provider.answer(GOOD)
    Embed.objects.update(lease_until=timezone.now() + timedelta(seconds=30), attempts=1)
    assert not resolve(only().pk)
    Embed.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert resolve(only().pk)
    assert only().state == State.OK


def test_a_row_that_takes_its_worker_down_is_left_alone_in_the_end(
    story: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*args: object) -> None:
        raise SystemExit

    monkeypatch.setattr(work, "ask", die)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        with pytest.raises(SystemExit):
            resolve(only().pk)
        assert only().attempts == attempt
        Embed.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert not resolve(only().pk)
    assert only().state == State.PENDING


def test_tries_wait_longer_each_time_and_end(story: Article, provider: ProviderServer) -> None:
    provider.answer(Reply(503))
    waits = []
    for _ in range(MAX_ATTEMPTS):
        assert resolve(only().pk)
        if due := only().next_check_at:
            waits.append((due - timezone.now()).total_seconds())
        Embed.objects.update(next_check_at=timezone.now())
    assert len(waits) == len(BACKOFF_SECONDS)
    for wait, base in zip(waits, BACKOFF_SECONDS, strict=True):
        assert base * 0.99 <= wait <= base * 1.2
    assert not resolve(only().pk)
    assert only().state == State.DEGRADED


def test_the_provider_may_ask_for_a_longer_wait(story: Article, provider: ProviderServer) -> None:
    provider.answer(Reply(429, {"Retry-After": "4000"}))
    resolve(only().pk)
    due = only().next_check_at
    assert due is not None
    assert 3_900 < (due - timezone.now()).total_seconds() <= 4_000


def test_a_bad_minute_of_the_provider_does_not_spoil_what_was_fine(
    story: Article, provider: ProviderServer
) -> None:
    provider.answer(GOOD)
    resolve(only().pk)
    Embed.objects.update(next_check_at=timezone.now())
    provider.answer(Reply(500))
    assert resolve(only().pk)
    assert (only().state, only().title) == (State.OK, "The night")
    Embed.objects.update(next_check_at=timezone.now())
    provider.answer(Reply(404))
    assert resolve(only().pk)
    assert (only().state, only().title) == (State.GONE, "The night")
    assert "no longer available" in only().card_html


def test_nobody_is_asked_where_fetching_is_off(
    story: Article, provider: ProviderServer, settings: Settings
) -> None:
    settings.EMBED_FETCH = False
    assert resolve(only().pk)
    assert (only().state, only().fetched_at, provider.asked) == (State.OK, None, [])
    assert "embed--youtube" in only().card_html


@pytest.mark.parametrize(
    "url",
    [
        "https://www.instagram.com/p/Ch-W8bVuxXD/",
        "https://www.facebook.com/zuck/posts/10102577175875681",
        "https://vm.tiktok.com/ZMabcdef/",
    ],
)
def test_nobody_is_asked_whose_terms_forbid_it_or_whose_post_is_not_known(
    url: str, provider: ProviderServer
) -> None:
    save_article(Article(headline="Meta", body_html=f"<p>{url}</p>"), by=None)
    assert resolve(only().pk)
    assert (only().state, provider.asked) == (State.OK, [])


def test_a_provider_that_left_the_registry_leaves_a_link(reader: Client) -> None:
    article = builders.make_article()
    embed = builders.make_embed(provider="myspace", url="https://myspace.example/1")
    Article.objects.filter(pk=article.pk).update(body_html=f"<oembed>{embed.url}</oembed>")
    builders.use_embed(article, embed)
    assert resolve(embed.pk)
    embed.refresh_from_db()
    assert (embed.state, embed.next_check_at) == (State.DEGRADED, None)
    assert "myspace" in embed.reason
    html = reader.get(article.get_absolute_url()).content.decode()
    assert '<a href="https://myspace.example/1"' in html


def test_what_the_newsroom_blocked_stays_blocked(
    story: Article, provider: ProviderServer, reader: Client
) -> None:
    Embed.objects.update(state=State.BLOCKED)
    assert resolve(only().pk)
    assert (only().state, provider.asked) == (State.BLOCKED, [])
    assert "data-frame-src" not in reader.get(story.get_absolute_url()).content.decode()


def test_what_the_desk_writes_meanwhile_is_on_the_card(
    story: Article, provider: ProviderServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.answer(GOOD)
    real = work.ask

    def slow(*args: Any) -> Any:
        Embed.objects.update(quote="Kept for the day it is gone", rights_note="By permission")
        return real(*args)

    monkeypatch.setattr(work, "ask", slow)
    resolve(only().pk)
    assert "Kept for the day it is gone" in only().card_html
    assert "By permission" in only().card_html


def test_a_page_never_waits_for_a_provider_that_hangs(
    story: Article, provider: ProviderServer, reader: Client
) -> None:
    provider.answer(Reply(raw=hang))
    assert reader.get(story.get_absolute_url()).status_code == 200
    assert provider.asked == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_ask_once(provider: ProviderServer) -> None:
    provider.answer(GOOD)
    save_article(Article(headline="Once", body_html=f"<p>{VIDEO}</p>"), by=None)
    identity, together, done = only().pk, Barrier(4), []

    def worker() -> None:
        together.wait()
        done.append(resolve(identity))
        connection.close()

    threads = [Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, False, False, True]
    assert len(provider.asked) == 1
    assert only().state == State.OK


def test_an_answer_that_changes_no_card_leaves_kept_pages_alone(
    provider: ProviderServer, story: Article
) -> None:
    provider.answer(GOOD)
    before = known_generation()
    assert resolve(only().pk)
    drawn = known_generation()
    assert drawn != before
    Embed.objects.update(next_check_at=timezone.now())
    assert resolve(only().pk)
    assert known_generation() == drawn
