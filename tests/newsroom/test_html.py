"""Stored HTML can't run, style or pose, and cleaning it twice is cleaning it once."""

import json
import re

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from newsroom.lib import html as library
from newsroom.lib.html import (
    ALLOWED_TAGS,
    CKEDITOR_ALLOWED_CONTENT,
    BodyRefused,
    json_script,
    plain_text,
    sanitise,
    trusted,
)
from newsroom.lib.html_policy import REMOVED_WITH_CONTENT
from tests.cases import load_jsonl
from tests.newsroom.html_oracle import TAGS, faults

HOSTILE = load_jsonl("html/hostile.jsonl")
BENIGN = load_jsonl("html/benign.jsonl")
REL = 'rel="noopener noreferrer"'

PAIRS = {
    "a link gets its rel": ('<a href="/x">x</a>', f'<a href="/x" {REL}>x</a>'),
    "an advertiser's rel stays": (
        '<a rel="Sponsored nofollow me" href="/x">x</a>',
        '<a href="/x" rel="nofollow sponsored noopener noreferrer">x</a>',
    ),
    "a rel in another attribute is text": (
        '<a title=\' rel="ugc"\' href="/x">x</a>',
        f'<a title=" rel=&quot;ugc&quot;" href="/x" {REL}>x</a>',
    ),
    "script addresses go": ('<a href="javascript:alert(1)">x</a>', f"<a {REL}>x</a>"),
    "also behind a space that is none": ('<a href="&#xA0;JavaScript:a">x</a>', f"<a {REL}>x</a>"),
    "also with a tab in it": ('<a href="java&#9;script:a">x</a>', f"<a {REL}>x</a>"),
    "unknown schemes go": ('<a href="this:that">x</a>', f"<a {REL}>x</a>"),
    "a colon in the path is no scheme": ('<a href="./a:b">x</a>', f'<a href="./a:b" {REL}>x</a>'),
    "backslashes go": ('<a href="/\\evil.example">x</a>', f"<a {REL}>x</a>"),
    "telephone and mail stay": (
        '<a href="tel:+1">x</a><a href="mailto:a@b.c">y</a>',
        f'<a href="tel:+1" {REL}>x</a><a href="mailto:a@b.c" {REL}>y</a>',
    ),
    "a picture has no mail address": ('<img src="mailto:a@b.c" alt="x">', '<img alt="x">'),
    "data: pictures go": ('<img src="data:image/png,x">', "<img>"),
    "srcset keeps plain candidates": (
        '<img srcset="a.jpg 1x,javascript:x 2x, /b,c.jpg 300w, d.jpg huge">',
        '<img srcset="a.jpg 1x, /b,c.jpg 300w">',
    ),
    "an empty srcset goes": ('<img srcset=", data:x 1x">', "<img>"),
    "nobody has a hundred candidates": (f'<img srcset="{"a.jpg 1x, " * 2000}">', "<img>"),
    "in-page targets get our prefix": (
        '<h2 id="cookie">x</h2><a href="#cookie">y</a>',
        f'<h2 id="c-cookie">x</h2><a href="#c-cookie" {REL}>y</a>',
    ),
    "to the top is no target": ('<a href="#">x</a>', f'<a href="#" {REL}>x</a>'),
    "the prefix comes once": ('<h2 id="c-a">x</h2>', '<h2 id="c-a">x</h2>'),
    "an id is a word": ('<h2 id="a b">x</h2>', "<h2>x</h2>"),
    "other tags have no id": ('<strong id="a">x</strong>', "<strong>x</strong>"),
    "only house classes": (
        '<p class="align-center evil align-center">x</p><p class="evil">y</p>',
        '<p class="align-center">x</p><p>y</p>',
    ),
    "a language of code": (
        '<code class="language-python language-<">x</code>',
        '<code class="language-python">x</code>',
    ),
    "style, name, data and handlers go": (
        '<p style="color:red" name="x" data-a="b" onclick="c()" is="d" tabindex="0">x</p>',
        "<p>x</p>",
    ),
    "numbers are numbers": ('<img src="/x" width="100%" height="7">', '<img src="/x" height="7">'),
    "switches are switches": (
        '<audio controls loop="evil value" src="/a.mp3"></audio>',
        '<audio controls="" src="/a.mp3"></audio>',
    ),
    "comments go": ("a<!-- x -->b", "ab"),
    "controls go": ("a\x00\x07\ufffeb&#1;", "ab"),
    "half a character is mended": ("a\ud800b", "a\ufffdb"),
    "a pair of halves is one": ("\ud83d\ude00", "😀"),
    "line ends at the start of pre don't dwindle": ("<pre>\n\n\nx</pre>", "<pre>x</pre>"),
    "an embed is an address": (
        '<oembed class="x"> https://a.example/b?c=1&d=2 </oembed>',
        "<oembed>https://a.example/b?c=1&amp;d=2</oembed>",
    ),
    "an embed of anything else is text": (
        "<oembed><b>x</b></oembed><oembed>javascript:a</oembed>",
        "<b>x</b>javascript:a",
    ),
    "a photo's place is empty": (
        '<figure class="align-left" data-photo="12">&nbsp;<br></figure>',
        '<figure data-photo="12"></figure>',
    ),
    "a photo's place with something in it is none": (
        '<figure data-photo="12"><img src="/x"></figure>',
        '<figure><img src="/x"></figure>',
    ),
    "a photo's number is a number": ('<figure data-photo="1x"></figure>', "<figure></figure>"),
    "only a figure is a photo's place": ('<p data-photo="1"></p>', "<p></p>"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_each_rule_of_the_policy(name: str) -> None:
    before, after = PAIRS[name]
    assert sanitise(before) == after
    assert sanitise(after) == after


@pytest.mark.parametrize("tag", sorted(REMOVED_WITH_CONTENT))
def test_these_go_with_what_is_in_them(tag: str) -> None:
    assert "secret" not in sanitise(f"<p>a</p><{tag}>secret</{tag}>")


@pytest.mark.parametrize("row", HOSTILE, ids=[row["id"] for row in HOSTILE])
def test_nothing_hostile_is_left(row: dict[str, str]) -> None:
    stored = sanitise(row["html"])
    assert faults(stored) == []
    assert sanitise(stored) == stored
    if row["class"] == "text":
        assert plain_text(stored) == " ".join(row["html"].split())


@pytest.mark.parametrize("row", BENIGN, ids=[row["id"] for row in BENIGN])
def test_no_word_and_no_tag_of_an_honest_text_is_lost(row: dict[str, list[str]]) -> None:
    stored = sanitise(str(row["html"]))
    words = " ".join(plain_text(stored).split())
    assert [text for text in row["must_keep_text"] if " ".join(text.split()) not in words] == []
    assert [tag for tag in row["must_keep_tags"] if not re.search(rf"<{tag}[ >]", stored)] == []
    assert sanitise(stored) == stored


PIECES = (
    "<p>|</p>|<b>|</b>|<a href=x>|</a>|<table>|<td>|</table>|<oembed>|</oembed>|https://a.b/c|<svg>"
    "|<figure data-photo=3>|</figure>|<style>|</svg>|<math>|<mi>|<select>|<pre>|\n|</pre>|&#13;|&#0;"
    "|&amp;lt;|<!--|-->|<noscript>|</noscript>|<template>|<![CDATA[|]]>|<x-y>|'|\"|text|<|>"
)


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=25).map("".join) | st.text())
def test_sanitising_is_a_fixed_point_whatever_comes(html: str) -> None:
    stored = sanitise(html)
    assert sanitise(stored) == stored
    assert faults(stored) == []


def test_it_refuses_what_the_guard_refuses() -> None:
    with pytest.raises(BodyRefused):
        sanitise("<div>" * 1000)


def test_it_refuses_text_that_never_comes_to_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "_one_pass", lambda html: html + "x")
    with pytest.raises(BodyRefused, match="Paste it as plain text"):
        sanitise("x")


def test_it_refuses_an_output_that_grew_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "_one_pass", lambda html: html * 2_000_001)
    with pytest.raises(BodyRefused, match="MB"):
        sanitise("x")


def test_the_editor_allows_what_the_sanitiser_allows() -> None:
    assert set(CKEDITOR_ALLOWED_CONTENT) == set(ALLOWED_TAGS) == TAGS
    assert json.loads(json.dumps(CKEDITOR_ALLOWED_CONTENT)) == CKEDITOR_ALLOWED_CONTENT
    assert CKEDITOR_ALLOWED_CONTENT["img"]["attributes"].startswith("dir,lang,title,src,srcset")
    assert CKEDITOR_ALLOWED_CONTENT["p"]["classes"] == "align-left,align-center,align-right"
    # In CKEditor's grammar a class or attribute of "*" would allow all of them.
    rules = json.dumps(list(CKEDITOR_ALLOWED_CONTENT.values())).replace("language-*", "")
    assert "*" not in rules


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>A</h2>\n<p>b <em>c</em>d</p><p>e<br>f</p>", "A\nb cd\ne\nf"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<p>a  &amp;\n b &lt;i&gt;</p>", "a & b <i>"),
        ("<p>a</p><oembed>https://x.example/</oembed><p>b</p>", "a\nb"),
        ("", ""),
    ],
)
def test_plain_text_reads_as_a_reader_does(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_plain_text_takes_no_tag_apart() -> None:
    assert plain_text("<" * 100_000) == "<" * 100_000


def test_json_in_a_script_element_cannot_end_it() -> None:
    data = {"headline": "</script><script>alert(1)//<!--&\u2028\u2029é", "n": 1}
    written = json_script(data)
    assert isinstance(written, SafeString)
    assert not re.search("[<>&\u2028\u2029]", written)
    assert "é" in written
    assert json.loads(written) == data


def test_json_has_no_infinity() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_script({"n": float("inf")})


def test_trusted_marks_and_changes_nothing() -> None:
    assert isinstance(trusted("<p>"), SafeString)
    assert trusted("<p>") == "<p>"
