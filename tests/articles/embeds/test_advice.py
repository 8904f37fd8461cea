"""What an address that somebody gives can become: a card, a link, or words why not."""

import pytest
from django.contrib.auth.models import User

from articles.actions.embedding import switch_provider
from articles.embeds.advice import advise
from articles.models import Embed
from newsroom.lib import http
from tests import builders

pytestmark = pytest.mark.django_db
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture(autouse=True)
def _no_door(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("looking at an address asked the network")

    monkeypatch.setattr(http, "get", refuse)
    monkeypatch.setattr(http, "lead", refuse)


@pytest.mark.parametrize(
    "text",
    [
        VIDEO,
        "  youtu.be/dQw4w9WgXcQ ",
        "www.youtube.com/watch?v=dQw4w9WgXcQ",
        '<iframe width="560" src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>',
    ],
)
def test_an_address_in_any_form_becomes_a_card(text: str) -> None:
    advice = advise(text)
    assert (advice.words, advice.url, advice.link) == ("", VIDEO, "")
    assert "embed--youtube" in advice.card
    assert not Embed.objects.exists()  # looking makes no row


def test_a_short_link_is_a_card_before_anybody_followed_it() -> None:
    assert advise("https://vm.tiktok.com/ZMabcdef/").url == "https://vm.tiktok.com/ZMabcdef/"


@pytest.mark.parametrize(
    "text", ["", "pier", "the pier is open.", "javascript:alert(1)", "a.b c", "<" * 40_000]
)
def test_what_is_no_address_is_told_so(text: str) -> None:
    advice = advise(text)
    assert advice.words.startswith("This is no web address.")
    assert (advice.url, advice.link, advice.card) == ("", "", "")


def test_another_site_can_be_a_link() -> None:
    advice = advise("example.org/pier?a=1")
    assert "What stands at example.org can’t be shown as a card" in advice.words
    assert (advice.url, advice.link) == ("", "https://example.org/pier?a=1")


@pytest.mark.parametrize(
    "url", ["https://www.instagram.com/harbourpost/", "https://x.com/harbourpost"]
)
def test_a_profile_is_no_post(url: str) -> None:
    advice = advise(url)
    assert "no single post or video: a profile" in advice.words
    assert (advice.url, advice.link) == ("", url)


def test_a_provider_that_is_switched_off_gives_a_link(editor: User) -> None:
    switch_provider("youtube", off=True, by=editor)
    advice = advise(VIDEO)
    assert "YouTube is switched off" in advice.words
    assert (advice.url, advice.link) == ("", VIDEO)


@pytest.mark.parametrize(("reason", "end"), [("Asked by a court", ": Asked by a court"), ("", ".")])
def test_a_blocked_post_stays_out(reason: str, end: str) -> None:
    builders.make_embed(provider="youtube", media_id="dQw4w9WgXcQ", state="blocked", reason=reason)
    advice = advise(VIDEO)
    assert advice.words == f"An editor blocked this post on this site{end}"
    assert (advice.url, advice.link) == ("", "")


def test_a_post_that_is_gone_says_so_and_shows_what_was_kept() -> None:
    builders.make_embed(
        provider="youtube", media_id="dQw4w9WgXcQ", state="gone", quote="It sang for an hour"
    )
    advice = advise(VIDEO)
    assert "This post is gone from YouTube." in advice.words
    assert advice.url == VIDEO
    assert "It sang for an hour" in advice.card
