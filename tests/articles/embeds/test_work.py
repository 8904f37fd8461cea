"""The worker's part of an embed: one try at a time, whatever the provider answers."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles.actions.editing import save_article
from articles.embeds import work
from articles.embeds.work import resolve
from articles.models import Article, Embed, EmbedEvent, known_generation
from articles.models.embed import MAX_ATTEMPTS
from tests import builders
from tests.articles.embeds.conftest import GOOD, JSON, VIDEO, again, only
from tests.cases import load_jsonl
from tests.provider_server import ProviderServer, Reply, hang, reply_for

pytestmark = pytest.mark.django_db
State = Embed.State
CASES = load_jsonl("embeds/provider_answers.jsonl")


def check_state(embed: Embed, expect: str) -> None:
    wait = (embed.next_check_at - timezone.now()).total_seconds() if embed.next_check_at else 0
    if expect in {"gone", "retry", "fallback"}:
        assert embed.state == State.DEGRADED  # "gone" is believed when it is said again
        assert embed.reason
    else:
        assert (embed.state, embed.reason) == (State.OK, "")
    assert 0 < wait <= 30 * 3600
    assert embed.failures == (1 if expect == "retry" else 0)
    assert bool(embed.missing_since) == (expect == "gone")
    assert bool(embed.fetched_at) == bool(embed.snapshot) == expect.startswith("card")
    assert embed.attempts == 0


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
    again_at = timezone.now() - timedelta(seconds=1)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        with pytest.raises(SystemExit):
            resolve(only().pk)
        assert only().attempts == attempt
        Embed.objects.update(lease_until=again_at)
    assert not resolve(only().pk)
    assert only().state == State.PENDING


def test_an_answer_offers_a_quote_and_is_kept(story: Article, provider: ProviderServer) -> None:
    said = b'{"type": "rich", "author_name": "Jack", "html": "<blockquote><p>just setting up</p></blockquote>", "bad": "\\u0000"}'
    provider.answer(Reply(200, JSON, said))
    save_article(Article(headline="X", body_html="<p>https://x.com/jack/status/20</p>"), by=None)
    post = Embed.objects.get(provider="x")
    assert resolve(post.pk)
    post.refresh_from_db()
    assert post.suggested == {"text": "just setting up", "author": "Jack"}
    assert post.quote == ""
    assert post.snapshot["answer"] == said.decode()
    assert post.snapshot["bytes"] == len(said)


def test_a_long_answer_is_kept_in_part(story: Article, provider: ProviderServer) -> None:
    provider.answer(Reply(200, JSON, b'{"type": "video", "x": "' + b"y" * 100_000 + b'"}'))
    assert resolve(only().pk)
    assert len(only().snapshot["answer"]) == 16_000
    assert only().snapshot["bytes"] > 100_000


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
    ],
)
def test_nobody_is_asked_for_what_may_not_be_kept(url: str, provider: ProviderServer) -> None:
    save_article(Article(headline="Meta", body_html=f"<p>{url}</p>"), by=None)
    assert resolve(only().pk)
    assert (only().state, provider.asked) == (State.OK, [])
    # Whether it is still there may be asked, and nothing of the answer is kept.
    provider.answer(GOOD)
    again()
    assert len(provider.asked) == 1
    assert (only().title, only().suggested, only().snapshot, only().fetched_at) == (
        "",
        {},
        {},
        None,
    )
    provider.answer(Reply(404))
    again()
    again()
    assert only().state == State.GONE


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
    assert EmbedEvent.objects.count() == 1


def test_what_a_worker_learned_too_late_is_dropped(
    story: Article, provider: ProviderServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lease ended while it asked, and another worker has the row now."""
    provider.answer(GOOD)
    real = work.ask

    def slow(embed: Embed) -> Any:
        Embed.objects.update(lease_until=timezone.now() + timedelta(seconds=59))
        return real(embed)

    monkeypatch.setattr(work, "ask", slow)
    assert not resolve(only().pk)
    assert (only().state, only().title) == (State.PENDING, "")


def test_an_answer_that_changes_no_card_leaves_kept_pages_alone(
    provider: ProviderServer, story: Article
) -> None:
    provider.answer(GOOD)
    before = known_generation()
    assert resolve(only().pk)
    drawn = known_generation()
    assert drawn != before
    again()
    assert known_generation() == drawn
