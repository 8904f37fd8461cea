"""A card: complete without network and scripts, and nothing in it that isn't ours."""

import datetime as dt
import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils.safestring import SafeString

from articles.embeds.facts import EmbedFacts
from articles.embeds.provider import BOXES, EmbedRef, Provider
from articles.embeds.providers import PROVIDERS, match_text
from articles.embeds.render import EmbedCard, Poster, card_for, render_card

ROOT = Path(__file__).parents[3]
VIDEO = "https://www.youtube.com/watch?v=aB3_-xYz012"
EVIL = "\"><script>alert(1)</script>' onload=x {{ 7|add:7 }}"


def card(address: str = VIDEO, state: str = "ok", **fields: object) -> EmbedCard:
    made = card_for(match_text(address), state, site_host="news.example", **fields)
    assert made is not None
    return made


def test_it_shows_what_is_known_and_links_to_the_post() -> None:
    html = render_card(
        card(
            facts=EmbedFacts(title="A film", author_name="Ann"),
            quote="One\n\nTwo",
            quote_date=dt.date(2030, 5, 1),
            rights_note="Quoted with leave",
        )
    )
    assert isinstance(html, SafeString)
    for text in ("A film", "Ann, ", "<p>One</p>", "<p>Two</p>", "Quoted with leave"):
        assert text in html
    assert '<time datetime="2030-05-01">' in html
    assert f'<a class="embed__link" href="{VIDEO}" rel="noopener noreferrer">' in html
    assert "Showing it opens a connection to YouTube." in html


def test_it_loads_nothing_and_runs_nothing() -> None:
    html = render_card(card(facts=EmbedFacts(title=EVIL), quote=EVIL, rights_note=EVIL))
    assert not re.search(r"<(?:iframe|script|img|link|style)|\sstyle=|\son\w+=\"", html)
    assert "{{ 7|add:7 }}" in html


def test_the_button_waits_for_the_script() -> None:
    html = render_card(card())
    assert '<button type="button" class="embed__show" hidden>' in html
    assert 'data-frame-src="https://www.youtube-nocookie.com/embed/aB3_-xYz012"' in html
    assert 'data-frame-origin="https://www.youtube-nocookie.com"' in html
    assert "allow-scripts allow-same-origin allow-popups allow-presentation" in html
    assert "embed__box--16x9" in html


@pytest.mark.parametrize("state", ["gone", "blocked"])
def test_a_post_that_is_shown_no_more_has_no_frame(state: str) -> None:
    html = render_card(card(state=state, quote="Kept words"))
    assert "Kept words" in html
    assert "<button" not in html
    assert "data-frame" not in html
    assert ("No longer available on YouTube" in html) == (state == "gone")
    assert ("decided not to show this post" in html) == (state == "blocked")
    assert ("<a " in html) == (state == "blocked")
    assert card(state=state).frame_origin == "://"


def test_a_post_that_is_gone_reads_as_the_newsroom_kept_it() -> None:
    day = dt.date(2030, 5, 1)
    html = render_card(card(state="gone", quote="Words", rights_note="With leave", kept_on=day))
    assert 'As it read on <time datetime="2030-05-01">1 May 2030</time>:' in html
    assert "With leave" in html
    assert "What the newsroom kept of it:" in render_card(card(state="gone", quote="Words"))


def test_of_a_post_that_is_gone_without_a_trace_the_address_stays() -> None:
    html = render_card(card(state="gone", kept_on=dt.date(2030, 5, 1)))
    assert "Nothing of it was kept here." in html
    assert "As it read" not in html
    assert f'href="{VIDEO}" rel="noopener noreferrer nofollow"' in html


@pytest.mark.parametrize(
    ("address", "action", "words"),
    [
        (VIDEO, "play", "Play the video"),
        ("https://www.facebook.com/a/videos/1/", "play", "Play the video"),
        ("https://open.spotify.com/track/4jHNeLTj7CnL5JwZzmnqOL", "listen", "Listen here"),
        ("https://x.com/a/status/1", "show", "Show the post"),
        ("https://www.instagram.com/reel/C-abc_123-/", "show", "Show the reel"),
        ("https://datawrapper.dwcdn.net/aBcDe/", "show", "Show the chart"),
    ],
)
def test_the_button_says_what_a_click_is_for(address: str, action: str, words: str) -> None:
    made = card(address)
    html = render_card(made)
    assert f"embed--{action}" in html
    assert f'{words}<span class="visually-hidden"> from {made.name}</span></button>' in html


def test_only_what_is_no_player_may_become_taller() -> None:
    assert "data-frame-grows" not in render_card(card())
    assert "data-frame-grows" in render_card(card("https://x.com/a/status/1"))
    assert not card(state="gone").frame_grows


def test_a_provider_is_marked_by_letters_of_its_name() -> None:
    marks = {provider.name: card_of(provider).mark for provider in PROVIDERS}
    assert (marks["YouTube"], marks["X"], marks["Apple Podcasts"]) == ("YT", "X", "AP")
    assert all(re.fullmatch("[A-Z][A-Za-z]?", mark) for mark in marks.values())


def card_of(provider: Provider) -> EmbedCard:
    return EmbedCard(provider.slug, provider.name, "", "post", "ok", provider.consent)


def test_a_picture_is_ours_and_has_its_credit() -> None:
    poster = Poster(
        "/media/p.jpg", 960, 640, "A pier", "Photo: Ines Lark", (("image/avif", "/a 1w"),)
    )
    html = render_card(card(poster=poster))
    assert '<img src="/media/p.jpg" alt="A pier" width="960" height="640" loading="lazy"' in html
    assert '<source type="image/avif" srcset="/a 1w"' in html
    assert "Photo: Ines Lark" in html


def test_a_card_without_words_says_what_it_is() -> None:
    assert '<p class="embed__title">Post on X</p>' in render_card(card("https://x.com/a/status/1"))
    assert "Post on X</p>" not in render_card(card("https://x.com/a/status/1", quote="Words"))


def test_a_post_known_to_the_network_alone_is_a_link() -> None:
    html = render_card(card("https://vm.tiktok.com/ZMabc123/", "pending"))
    assert "<button" not in html
    assert 'href="https://vm.tiktok.com/ZMabc123/"' in html


def test_the_newsrooms_quote_comes_before_the_providers_words() -> None:
    ref = replace(match_text(VIDEO), quote="Theirs", author="Them")
    facts = EmbedFacts(author_name="The provider's")
    ours = card_for(ref, "ok", site_host="", facts=facts, quote="Ours", quote_author="Us")
    theirs = card_for(ref, "ok", site_host="", facts=facts)
    fallback = card_for(ref, "ok", site_host="")
    assert (ours.quote, ours.author) == ("Ours", "Us")
    assert (theirs.quote, theirs.author) == ("Theirs", "The provider's")
    assert fallback.author == "Them"


def test_a_provider_that_was_taken_out_has_no_card() -> None:
    ref = EmbedRef("myspace", "1", None, url="https://myspace.example/1", kind="post")
    assert card_for(ref, "ok", site_host="") is None


@pytest.mark.parametrize(
    ("width", "height", "box"),
    [(1600, 900, "16x9"), (900, 1600, "9x16"), (1000, 1000, "1x1"), (None, 1000, "16x9")],
)
def test_a_video_box_fits_the_video(width: int | None, height: int, box: str) -> None:
    assert card(facts=EmbedFacts(width=width, height=height)).frame.box == box


def test_a_posts_box_stays_what_it_is() -> None:
    post = card("https://x.com/a/status/1", facts=EmbedFacts(width=1, height=2))
    assert post.frame.box == "post"


def test_every_box_has_its_rule_in_the_stylesheet() -> None:
    css = (ROOT / "static/css/components/embed.css").read_text(encoding="utf-8")
    for box in BOXES:
        assert f".embed__box--{box} {{" in css
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", css)


def test_the_script_makes_frames_only_and_within_its_size() -> None:
    source = (ROOT / "static/js/embeds.js").read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 150
    assert len(gzip.compress(source.encode())) <= 4096
    for forbidden in (
        "innerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "cookie",
        "fetch(",
    ):
        assert forbidden not in source.replace("no cookie", "")
    assert source.count("createElement(") == 1
