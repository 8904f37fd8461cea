"""Detection: quotes, start times, notes and limits."""

import pytest

from articles.embeds import detect
from articles.embeds.detect import find_embeds, rewrite_embeds
from articles.embeds.findings import MAX_EMBEDS
from newsroom.lib.html_guard import BodyRefused
from tests.articles.embeds.test_detect import (
    INSTAGRAM,
    NOTED,
    PLAYER,
    YOUTUBE,
    X,
    Y,
    rewritten,
)


def test_it_keeps_what_a_blockquote_says() -> None:
    (ref,) = find_embeds(
        '<blockquote class="twitter-tweet"><p>The words <a href="https://t.co/x">https://t.co/x</a>'
        f'</p>&mdash; Some One (@someone) <a href="{X}">May 1</a></blockquote>'
    )
    assert (ref.quote, ref.author) == ("The words", "Some One (@someone)")


def test_it_keeps_what_a_facebook_post_says() -> None:
    post = "https://www.facebook.com/a/posts/1"
    (ref,) = find_embeds(
        f'<div class="fb-post" data-href="{post}"><blockquote cite="{post}"><p>One</p><p>Two</p>'
        'Posted by <a href="/a">Some Page</a> on <a href="/b">May 1</a></blockquote></div>'
    )
    assert (ref.quote, ref.author) == ("One\nTwo", "Some Page")


def test_it_passes_over_empty_paragraphs_of_a_quote() -> None:
    (ref,) = find_embeds(
        f'<blockquote class="twitter-tweet"><p></p><p>Words</p><a href="{X}">a</a></blockquote>'
    )
    assert (ref.quote, ref.author) == ("Words", "")


def test_it_does_not_go_on_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detect, "MAX_PASSES", 0)
    assert rewrite_embeds(f'{X}<a href="/x"><oembed></oembed></a>').html == X


def test_it_keeps_who_shared_a_post() -> None:
    (ref,) = find_embeds(
        f'<blockquote class="instagram-media" data-instgrm-permalink="{INSTAGRAM}"><p>Words</p>'
        "<p>A post shared by Some One (@some.one)</p></blockquote>"
    )
    assert (ref.quote, ref.author) == ("Words", "Some One (@some.one)")


def test_an_element_start_time_counts_only_where_the_address_can_carry_it() -> None:
    (ref,) = find_embeds(
        '<amp-youtube data-videoid="aB3_-xYz012" data-param-start="0"></amp-youtube>'
    )
    assert (ref.start, ref.url) == (None, YOUTUBE)


def test_two_noscript_twins_of_an_unknown_frame_are_one_embed() -> None:
    twin = f'<noscript><iframe src="{PLAYER}"></iframe></noscript>'
    assert rewritten(f"<p>a</p>{twin}<p>b</p>{twin}") == f"<p>a</p>{Y}<p>b</p>"


def test_notes_name_the_host_of_what_became_a_link() -> None:
    result = rewrite_embeds(
        f'<iframe src="{NOTED}"></iframe><oembed>https://other.example/y</oembed>'
        '[embed]https://third.example/z[/embed]<iframe src="data:x"></iframe>'
        '<object data="https://fourth.example/o"></object>'
        '<iframe src="https://pixel.example/" width="1"></iframe>'
    )
    hosts = ("unknown.example", "other.example", "data:x", "fourth.example", "pixel.example")
    assert len(result.notes) == 6
    assert all(host in note for host, note in zip(hosts, result.notes, strict=False))
    assert "third.example" in result.notes[-1]


def test_it_refuses_more_embeds_than_an_article_may_have() -> None:
    assert len(find_embeds(f"{X}\n" * MAX_EMBEDS)) == MAX_EMBEDS
    with pytest.raises(BodyRefused, match="more than 500 embeds"):
        rewrite_embeds(f"{X}\n" * (MAX_EMBEDS + 1))


def test_it_refuses_what_is_too_deep_to_parse() -> None:
    with pytest.raises(BodyRefused):
        rewrite_embeds("<div>" * 10_000)


def test_a_mark_that_says_nothing_is_no_post() -> None:
    assert find_embeds('<amp-youtube data-videoid=" "></amp-youtube>') == ()
