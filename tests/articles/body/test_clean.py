"""Any HTML becomes house HTML, whole, and stays what it became."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body import clean as module
from articles.body.clean import CleanBody, Note, clean
from articles.body.legacy import OldSite
from articles.body.tree import parse
from newsroom.lib.html import BodyRefused, plain_text, sanitise
from tests.cases import case_path, load_jsonl, shared_path
from tests.newsroom.html_oracle import faults

SITE = OldSite(frozenset({"dev.roomtalk.example"}), lambda path: path)
OUTSIDE_PARAGRAPHS = re.compile(
    r"<p(?: [^>]*)?>(?:(?!</p>).)*<(?:oembed|p|h[1-6]|ul|ol|table|blockquote|figure|pre)[ >]",
    re.DOTALL,
)
HOSTILE = load_jsonl("html/hostile.jsonl")
BENIGN = load_jsonl("html/benign.jsonl")
EMBEDS = load_jsonl("embeds/cases.jsonl")
SAVED_PAGES = sorted(case_path("wordpress/scraped").glob("*.html"))
BLOCK_EDITOR = sorted(case_path("wordpress/gutenberg").glob("*.html"))
YOUTUBE = "https://www.youtube.com/watch?v=kfVsfOSbJY0"
OEMBED = f"<oembed>{YOUTUBE}</oembed>"


def settled(html: str) -> CleanBody:
    """Cleaned, and held against everything that is true of every clean body."""
    body = clean(html, old_site=SITE)
    assert clean(body.html, old_site=SITE).html == body.html
    assert sanitise(body.html) == body.html
    assert faults(body.html) == []
    assert not OUTSIDE_PARAGRAPHS.search(body.html)
    assert not re.search(r"<(?:div|b|i|oembed [^>]*)>|style=|<p[^>]*></p>", body.html)
    assert len(body.embeds) == body.html.count("<oembed>")
    return body


def words(text: str) -> str:
    return " ".join(text.split())


PAIRS = [
    # paragraphs
    ("Hello\nworld\n\n second", "<p>Hello<br>world</p>\n<p>second</p>"),
    ("<p>a</p>b\nc\n\nd", "<p>a</p>\n<p>b c</p>\n<p>d</p>"),
    ("<!-- wp:paragraph -->a\nb<!-- /wp:paragraph -->", "<p>a b</p>"),
    ("<p>a<br><br>\n<br>b<br>c</p>", "<p>a</p>\n<p>b<br>c</p>"),
    ("<p><br>a <br> b<br></p>", "<p>a<br>b</p>"),
    ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
    # boxes
    ("<div>a<p>b</p>c</div>", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
    ("<section><div>a</div><div>b <em>c</em></div></section>", "<p>a</p>\n<p>b <em>c</em></p>"),
    ('<div style="text-align:center">a</div>', '<p class="align-center">a</p>'),
    ("<table><tr><td><div>a</div></td><td><div>b</div>c</td></tr></table>",
     "<table><tbody><tr><td>a</td><td><p>b</p><p>c</p></td></tr></tbody></table>"),
    ("<li>a</li><dl><div><dt>b</dt><dd>c</dd></div><div><dd>d</dd></div></dl>",
     "<p>a</p>\n<dl><dt>b</dt><dd>c</dd><dd>d</dd></dl>"),
    ("<details><summary>a</summary>b</details>", "<details><summary>a</summary><p>b</p></details>"),
    ("<h2><p>a</p><div>b</div></h2>", "<h2>a<br>b</h2>"),
    ("<h2>a<ul><li>b</li></ul></h2>", "<p>a</p>\n<ul><li>b</li></ul>"),
    ('<figure><div><img src="/x"></div><div>a</div></figure>', '<figure><img src="/x">a</figure>'),
    ("<x-box>a</x-box><x-box><p>b</p></x-box>", "<p>a</p>\n<p>b</p>"),
    ("<strong><div>a</div></strong>b", "<p><strong> a </strong>b</p>"),
    ("<pre><p>a</p><div>b <em>c</em></div><x-y>d</x-y></pre>", "<pre>a\nb <em>c</em>\nd</pre>"),
    ('<video src="/x"><p>a</p></video>', '<p><video src="/x">a </video></p>'),
    ("<strong><p>a</p></strong>", "<p>a</p>"),
    ('<a href="/x"><h2>a</h2></a>', '<a href="/x" rel="noopener noreferrer"><h2>a</h2></a>'),
    # embeds and photos stand between paragraphs
    (f"<p>a {OEMBED} b</p>", f"<p>a</p>\n{OEMBED}\n<p>b</p>"),
    (f"<p>a</p><div>{YOUTUBE}</div>", f"<p>a</p>\n{OEMBED}"),
    ('<p>a<figure data-photo="3"></figure></p>', '<p>a</p>\n<figure data-photo="3"></figure>'),
    # words
    ("<p>a &; b &amp;amp; c &amp;; d</p>", "<p>a &amp; b &amp; c &amp; d</p>"),
    ("<p>a <code>&amp;amp;  b</code></p>", "<p>a <code>&amp;amp;  b</code></p>"),
    ('<a href="/x?a=1&amp;amp;b=2">y</a>', '<p><a href="/x?a=1&amp;b=2" rel="noopener noreferrer">y</a></p>'),
    ("<p>«\u00a0a\u00a0» b\u00a0! c\u00a0d  \n e</p>", "<p>«&nbsp;a&nbsp;» b&nbsp;! c d e</p>"),
    ("<p>a\u200bb\ufeffc \u200ed 👩\u200d💻 \u0e01\u200b\u0e02</p>", "<p>abc \u200ed 👩\u200d💻 \u0e01\u200b\u0e02</p>"),
    ("<p>a</p>\r\n<pre>b\r\n  c</pre>", "<p>a</p>\n<pre>b\n  c</pre>"),
    # nothing empty
    ("<p>&nbsp;</p><p><strong></strong><br/></p><p>a<em> </em>b</p><h2></h2>", "<p>a b</p>"),
    ("<ul>\n<li>a\n<li></ul>", "<ul><li>a</li></ul>"),
    # ids that something points to
    ('<h2 id="a">b</h2><h3 id="x">c</h3><p><a href="#a">d</a></p>',
     '<h2 id="c-a">b</h2>\n<h3>c</h3>\n<p><a href="#c-a" rel="noopener noreferrer">d</a></p>'),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_house_shape(before: str, after: str) -> None:
    assert settled(before).html == after


@pytest.mark.parametrize("row", HOSTILE, ids=[row["id"] for row in HOSTILE])
def test_nothing_hostile_is_left(row: dict[str, str]) -> None:
    body = settled(row["html"])
    if row["class"] == "text":
        assert words(plain_text(body.html)) == words(row["html"])


@pytest.mark.parametrize("row", BENIGN, ids=[row["id"] for row in BENIGN])
def test_no_word_and_no_tag_of_an_honest_text_is_lost(row: dict[str, list[str]]) -> None:
    html = settled(str(row["html"])).html
    # An embed's address is text to the case, and an embed to us.
    shown = words(plain_text(html.replace("oembed>", "p>")))
    assert [text for text in row["must_keep_text"] if words(text) not in shown] == []
    assert [tag for tag in row["must_keep_tags"] if not re.search(rf"<{tag}[ >]", html)] == []


@pytest.mark.parametrize("row", EMBEDS, ids=[row["id"] for row in EMBEDS])
def test_embeds_leave_the_body_settled(row: dict[str, str]) -> None:
    settled(row["html"])


@pytest.mark.parametrize("page", SAVED_PAGES, ids=lambda page: page.stem)
def test_a_saved_page_keeps_its_words_and_loses_its_furniture(page: Path) -> None:
    expected = json.loads(page.with_suffix(".expected.json").read_text(encoding="utf-8"))
    body = settled(page.read_text(encoding="utf-8"))
    assert [gone for gone in expected["gone"] if gone in body.html] == []
    shown = words(plain_text(body.html))
    assert [text for text in expected["text"] if words(text) not in shown] == []
    assert len(body.embeds) == len(expected["embeds"])
    damaged = any(note.code == "damaged-html" for note in body.notes)
    assert damaged == ("damaged HTML" in expected.get("warnings", []))


@pytest.mark.parametrize("page", BLOCK_EDITOR, ids=lambda page: page.stem)
def test_bodies_of_the_block_editor_keep_their_words(page: Path) -> None:
    expected = json.loads(page.with_name("expectations.json").read_text())["files"][page.name]
    body = settled(page.read_text(encoding="utf-8"))
    quotes = str.maketrans("‘’“”", "''\"\"")
    shown = words(plain_text(body.html)).translate(quotes)
    assert [t for t in expected["text"] if words(t).translate(quotes) not in shown] == []
    assert len(shown.split()) >= 0.98 * expected["words"]
    assert not re.search(r"<!-- wp:|\[(?:gallery|caption|embed|audio|video)", body.html)


def test_the_seed_comes_out_as_a_story() -> None:
    page = shared_path("seed/000_7dbf4336f65663ee.txt").read_text(encoding="utf-8")
    body = settled(page)
    assert [ref.media_id for ref in body.embeds] == ["Ch-W8bVuxXD"]
    assert body.html.count("Mr. Morale &amp; The Big Steppers") == 2
    assert "Roomies" not in body.html
    assert "font-weight" not in body.html
    assert body.notes == ()


def test_links_to_the_old_site_become_ours() -> None:
    site = OldSite(frozenset({"old.example"}), lambda path: f"/stories{path}")
    body = clean('<p><a href="http://www.old.example/a/?amp#b">x</a></p>', old_site=site)
    assert 'href="/stories/a/#b"' in body.html


def test_the_quote_of_an_embed_is_not_forgotten() -> None:
    html = (
        '<blockquote class="twitter-tweet"><p>just setting up</p>'
        '<a href="https://twitter.com/jack/status/20">x</a></blockquote>'
    )
    body = clean(html)
    assert body.html == "<oembed>https://x.com/jack/status/20</oembed>"
    assert "just setting up" in body.embeds[0].quote


def test_quotes_that_were_never_closed_are_mended_and_told() -> None:
    body = clean('<p style="color:red;>Lost words.</p><p class="x">And more.</p>')
    assert body.html == "<p>Lost words.</p>\n<p>And more.</p>"
    assert body.notes == (Note("damaged-html", "Lost words."),)


def test_links_that_were_never_closed_end_with_their_block() -> None:
    body = clean('<p>a <a href="/x">b\n<p>c</p><p>d <a href="/y"></p>')
    assert body.html == '<p>a <a href="/x" rel="noopener noreferrer">b</a></p>\n<p>c</p>\n<p>d</p>'
    assert body.notes == (Note("damaged-html", "b"),)


PLAYER = "https://www.youtube.com/embed/aB3_-xYz012"


@pytest.mark.parametrize(
    "tag",
    [
        # closed as in XML
        f'<iframe src="{PLAYER}" />', f"<IFRAME src='{PLAYER}'/>", f'<iframe src="{PLAYER}" /></iframe>', '<script async src="/x.js"/>',
        '<amp-instagram data-shortcode="abc"/>', '<oembed url="https://x.com/jack/status/20"/>', "<style/>", "<textarea />", "<title/>",
        "<noscript/>", '<video src="/a.mp4" />', f'<object data="{PLAYER}"/>', '<div data-oembed-url="https://x.com/jack/status/20"/>',
        '<div class="fb-post" data-href="https://www.facebook.com/ann/posts/1"/>',
        # never closed
        f'<iframe src="{PLAYER}">', f'<iframe title="a > b" src="{PLAYER}">', '<amp-youtube data-videoid="aB3_-xYz012">', '<iframe src="https://unknown.example/x">',
        # closed, whatever it looks like
        f"<iframe src={PLAYER}/>words</iframe>", "<script>document.write('<script src=\"x\" />')</script>", "<textarea><iframe src='x'></textarea>",
    ],
)  # fmt: skip
def test_frames_without_an_end_swallow_nothing(tag: str) -> None:
    html = f"<p>Before.</p>{tag}<p>After.</p><p>More.</p>"
    assert clean(html).html.startswith("<p>Before.</p>\n")
    assert clean(html).html.endswith("<p>After.</p>\n<p>More.</p>")
    twice = clean(f"{html}{html}").html
    assert [twice.count(word) for word in ("Before.", "After.", "More.")] == [2, 2, 2]


def test_a_frame_that_was_never_closed_is_told() -> None:
    assert clean(f'<iframe src="{PLAYER}"><p>a</p>').notes == (
        Note("damaged-html", f'<iframe src="{PLAYER}">'),
    )
    assert clean(f'<iframe src="{PLAYER}"/><p>a</p>').notes == ()


def test_blocks_that_were_made_at_each_view_are_named() -> None:
    body = clean(
        '<!-- wp:latest-posts {"a":1} /--><!-- wp:more /--><!-- wp:core/latest-posts /-->'
        "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->"
    )
    assert body.html == "<p>a</p>"
    assert body.notes == (Note("dynamic-block", "latest-posts", 2),)


def test_what_the_search_for_embeds_says_is_passed_on() -> None:
    body = clean('<iframe src="https://maps.example.org/x"></iframe>')
    assert [note.code for note in body.notes] == ["embed"]
    assert "maps.example.org" in body.notes[0].subject


def test_it_refuses_what_the_guard_refuses() -> None:
    with pytest.raises(BodyRefused, match="nested"):
        clean("<div>" * 1000)


def test_it_refuses_a_tree_deeper_than_the_guard_could_see() -> None:
    with pytest.raises(BodyRefused, match="nested"):
        parse("<div>" * 1000)


def test_it_refuses_text_that_never_comes_to_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "sanitise", lambda html: f"{html}x")
    with pytest.raises(BodyRefused, match="Paste it as plain text"):
        clean("<p>x</p>")


PIECES = st.sampled_from(
    (
        "<p>|</p>|<div>|</div>|<b>|</b>|<a href='/x'>|</a>|<br>|\n|\n\n|text |&;|&amp;amp;|&nbsp;| |<ul>|<li>"
        "|</ul>|<table>|<td>|</table>|<h2>|</h2>|<h1 id=x>|<blockquote>|</blockquote>|<pre>|</pre>|<code>"
        "|</code>|[gallery]|[caption]|[/caption]|[[x]]|[[gallery]]|[foo a=b]|[/foo]|<figure>|</figure>"
        "|<figcaption>|<img src=/x.jpg>|<span>|</span>|<center>|<!--more-->|<script>|</script>|<svg>|</svg>"
        "|<details>|<summary>|<dl><dt>|<dd>|</dl>|<figure data-photo=7>|<o:p></o:p>|<hr>|<strong>|</strong>"
        "|<p class=\"x|\">|«\u00a0a\u00a0!|<select>|<noscript>|</noscript>|&#8203;|&#1;|&amp;lt;|<template>"
        "|<amp-instagram data-shortcode=abc></amp-instagram>|<iframe src='/x' />|<iframe src='/x'>|</iframe>|<amp-x>|<oembed/>|<iframe src='https://a.example/f'></iframe>"
        f"|{YOUTUBE}|{OEMBED}|<a href='#x'>|<caption>|<address>|<video src=/v.mp4>|</video>|<q>|<p align=center>"
    ).split("|")
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text())
def test_cleaning_is_a_fixed_point_whatever_comes(html: str) -> None:
    settled(html)
