"""Posts that go and come back, and what the desk decides while a provider is asked."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.actions.editing import save_article
from articles.actions.embedding import ask_again, block, mark_gone
from articles.embeds import work
from articles.embeds.schedule import CONFIRM_AFTER
from articles.embeds.work import resolve
from articles.models import Article, Embed, EmbedEvent, known_generation
from tests.articles.embeds.conftest import GOOD, again, only
from tests.provider_server import ProviderServer, Reply

pytestmark = pytest.mark.django_db
State = Embed.State


def test_a_post_is_gone_by_the_second_answer_that_says_so(
    story: Article, provider: ProviderServer, reader: Client
) -> None:
    provider.answer(GOOD)
    resolve(only().pk)
    provider.answer(Reply(404))
    again()
    odd = only()
    assert (odd.state, odd.reason) == (State.OK, "YouTube answered with status 404")
    assert odd.next_check_at is not None
    assert CONFIRM_AFTER <= odd.next_check_at - odd.missing_since <= CONFIRM_AFTER * 1.2  # type: ignore[operator]
    again(seconds=600)  # asked too soon, by hand: it does not count
    assert only().state == State.OK
    again()
    gone = only()
    assert (gone.state, gone.title, gone.held) == (State.GONE, "The night", False)
    assert gone.gone_at is not None
    assert timedelta(days=30) <= gone.next_check_at - timezone.now() + timedelta(minutes=1)  # type: ignore[operator]
    html = reader.get(story.get_absolute_url()).content.decode()
    assert "No longer available on" in html
    assert "data-frame-src" not in html
    states = EmbedEvent.objects.order_by("pk").values_list("from_state", "to_state", "by")
    assert list(states) == [("pending", "ok", None), ("ok", "gone", None)]


def test_one_odd_answer_is_forgotten_by_the_next_good_one(
    story: Article, provider: ProviderServer
) -> None:
    provider.answer_at("/oembed", Reply(404), GOOD, Reply(404), GOOD)
    resolve(only().pk)
    assert only().state == State.DEGRADED
    for state in (State.OK, State.OK, State.OK):
        again()
        assert only().state == state
    assert only().missing_since is None


def test_a_post_that_is_back_is_shown_again(story: Article, provider: ProviderServer) -> None:
    provider.answer(Reply(410))
    resolve(only().pk)
    again()
    assert only().state == State.GONE
    provider.answer(Reply(503))
    again()
    assert only().state == State.GONE
    assert only().reason == "YouTube answered with status 410"
    provider.answer(GOOD)
    again()
    assert (only().state, only().gone_at, only().reason) == (State.OK, None, "")
    assert "data-frame-src" in only().card_html


def test_where_a_log_in_may_be_meant_nothing_is_gone(provider: ProviderServer) -> None:
    url = "https://www.tiktok.com/@nola/video/7123456789"
    save_article(Article(headline="TikTok", body_html=f"<p>{url}</p>"), by=None)
    provider.answer(Reply(403))
    resolve(only().pk)
    again()
    again()
    assert (only().state, only().missing_since) == (State.DEGRADED, None)


def test_a_bad_minute_of_the_provider_does_not_spoil_what_was_fine(
    story: Article, provider: ProviderServer
) -> None:
    provider.answer(GOOD)
    resolve(only().pk)
    before = known_generation()
    provider.answer(Reply(500))
    again()
    assert (only().state, only().title, only().failures) == (State.OK, "The night", 1)
    assert only().reason == "YouTube answered with status 500"
    assert known_generation() == before
    assert EmbedEvent.objects.count() == 1
    again()
    assert only().failures == 2


def test_what_the_newsroom_decided_meanwhile_stands(
    story: Article,
    provider: ProviderServer,
    reader: Client,
    editor: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    provider.answer(GOOD)
    real = work.ask

    def slow(embed: Embed) -> Any:
        block(Embed.objects.all(), by=editor)
        return real(embed)

    monkeypatch.setattr(work, "ask", slow)
    assert not resolve(only().pk)
    assert (only().state, only().title, only().lease_until) == (State.BLOCKED, "", None)
    assert not resolve(only().pk)
    assert "data-frame-src" not in reader.get(story.get_absolute_url()).content.decode()


def test_a_post_that_the_desk_called_gone_is_asked_about_when_somebody_says_so(
    story: Article, provider: ProviderServer, editor: User
) -> None:
    provider.answer(GOOD)
    mark_gone(Embed.objects.all(), by=editor, reason="A reader wrote")
    again()
    assert (only().state, provider.asked, only().next_check_at) == (State.GONE, [], None)
    ask_again(Embed.objects.all())
    assert resolve(only().pk)
    assert (only().state, len(provider.asked)) == (State.OK, 1)
