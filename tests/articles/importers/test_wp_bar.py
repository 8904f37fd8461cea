import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importers.wp_bar import WpBar, WpBarUnreadable, read_wp_bars
from tests.cases import case_path, shared_path

LITE = """<div class="wpra-reactions-container" data-ver="1.3.10" data-post_id="97592"
 data-show_count="true" data-share_url="https://dev.old.example/a-story/">
 <div class="wpra-call-to-action">What Do
   You Think &amp; Why?</div>
 <div class="wpra-reactions">
  <div class="emoji-8 wpra-reaction" data-count="" data-emoji_id="8">
   <div class="wpra-plus-one">+1</div><span class="count-num">0</span></div>
  <div class="emoji-10 wpra-reaction" data-count="1234" data-emoji_id="10">
   <span class="count-num">1.2K</span></div>
  <div class="emoji-4 wpra-reaction" data-emoji_id="4"></div>
 </div></div>"""


def only(html: str) -> WpBar:
    (bar,) = read_wp_bars(html)
    return bar


def test_it_reads_what_the_plugin_printed() -> None:
    assert only(LITE) == WpBar(
        version="1.3.10",
        post_id="97592",
        question="What Do You Think & Why?",
        kind_ids=(8, 10, 4),
        counts=((8, 0), (10, 1234), (4, 0)),
        share_url="https://dev.old.example/a-story/",
        show_count=True,
    )
    assert only(LITE).total == 1234


def test_a_bar_above_and_below_is_one() -> None:
    assert read_wp_bars(LITE + LITE) == (only(LITE),)


def test_bars_of_two_posts_are_two() -> None:
    other = LITE.replace("97592", "97593")
    assert [bar.post_id for bar in read_wp_bars(LITE + other)] == ["97592", "97593"]


def test_the_2x_plugin_names_its_post_otherwise() -> None:
    bar = only(LITE.replace("data-post_id", "data-bind_id").replace("data-share_url", "data-x"))
    assert (bar.post_id, bar.share_url) == ("97592", "")


def test_hidden_counts_are_said_to_be() -> None:
    assert not only(LITE.replace('data-show_count="true"', 'data-show_count="false"')).show_count


def test_a_kind_printed_twice_counts_once() -> None:
    bar = only(LITE.replace('data-emoji_id="4"', 'data-emoji_id="10" data-count="9"'))
    assert bar.counts == ((8, 0), (10, 1234))


def test_a_bar_without_question_has_an_empty_one() -> None:
    assert only(LITE.replace("wpra-call-to-action", "x")).question == ""


@pytest.mark.parametrize(
    "html", ["", "<p>Text</p>", '<div class="wpra-reactions-container"></div>']
)
def test_no_kinds_no_bar(html: str) -> None:
    assert read_wp_bars(html) == ()


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ('data-count="1234"', 'data-count="1.2K"', "data-count"),
        ('data-count="1234"', 'data-count="-3"', "data-count"),
        ('data-count="1234"', 'data-count="٣"', "data-count"),
        ('data-count="1234"', f'data-count="{"9" * 40}"', "data-count"),
        ('data-emoji_id="10"', 'data-emoji_id="heart"', "data-emoji_id"),
        ('data-emoji_id="10"', 'data-emoji_id=""', "data-emoji_id"),
    ],
)
def test_a_number_that_is_none_is_named(old: str, new: str, name: str) -> None:
    with pytest.raises(WpBarUnreadable, match=f"post 97592 has {name}"):
        read_wp_bars(LITE.replace(old, new))


@given(st.text(alphabet='<>/ "=&;wpra-reactionscontainer_emojidata1', max_size=200))
def test_no_html_makes_it_fall_over(html: str) -> None:
    try:
        bars = read_wp_bars(html)
    except WpBarUnreadable:
        return
    assert all(bar.kind_ids for bar in bars)


def test_the_seeds_bar() -> None:
    bar = only(shared_path("seed/000_7dbf4336f65663ee.txt").read_text(encoding="utf-8"))
    assert bar.question == "What Do You Think Roomies?"
    assert bar.kind_ids == (8, 10, 4, 5, 2, 7, 12)
    assert bar.total == 0
    assert bar.post_id == "97592"
    assert bar.share_url.endswith(
        "/kendrick-lamar-releases-the-short-film-for-his-track-we-cry-together/"
    )


def test_the_shared_pages() -> None:
    folder = case_path("wordpress/scraped")
    seen = 0
    for page in sorted(folder.glob("*.html")):
        expected = json.loads(page.with_suffix(".expected.json").read_text(encoding="utf-8"))
        reactions = expected.get("reactions")
        if reactions is None:
            assert read_wp_bars(page.read_text(encoding="utf-8")) == ()
            continue
        bar = only(page.read_text(encoding="utf-8"))
        seen += 1
        assert bar.post_id == str(expected["wp_post_id"])
        assert bar.version == reactions["version"]
        assert list(bar.kind_ids) == reactions["order"]
        assert {str(kind): n for kind, n in bar.counts} == reactions["counts"]
        assert bar.total == reactions["total"]
        assert bar.show_count == reactions["show_count"]
        assert bar.question == reactions.get("call_to_action", bar.question)
        assert bar.question
    assert seen
