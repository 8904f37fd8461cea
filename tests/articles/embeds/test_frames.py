"""Frames, start times and terms: what single providers promise beside the common contract."""

import pytest

from articles.embeds.provider import EmbedRef, Provider, start_seconds
from articles.embeds.providers import PROVIDERS, by_slug, match_text
from articles.embeds.url import read_url


def test_a_base_provider_leaves_matching_and_framing_to_its_file() -> None:
    url = read_url("https://a.example/x")
    ref = EmbedRef(
        "x", "1", "https://x.com/i/status/1", url="https://x.com/i/status/1", kind="post"
    )
    with pytest.raises(NotImplementedError):
        Provider().match(url)
    with pytest.raises(NotImplementedError):
        Provider().frame(ref, "news.example")
    assert Provider().discards(url) is False
    assert Provider().oembed_url(ref) is None


@pytest.mark.parametrize(
    ("texts", "seconds"),
    [
        (("70",), 70),
        (("70s",), 70),
        (("1m10s",), 70),
        (("1h",), 3600),
        (("1H3M2S",), 3782),
        (("1:10",), 70),
        (("01:00:01",), 3601),
        (("", "soon", "70"), 70),
        (("0", "5"), 5),
        (("25h",), None),
        (("999999",), None),
        (("-5",), None),
        (("1.5",), None),
        (("9" * 5000,), None),
        (("\u0665",), None),
        ((), None),
    ],
)
def test_a_start_time_is_read_in_every_notation(
    texts: tuple[str, ...], seconds: int | None
) -> None:
    assert start_seconds(*texts) == seconds


def test_meta_forbids_keeping_its_answers() -> None:
    assert {p.slug for p in PROVIDERS if p.oembed and not p.oembed.keeps} == {
        "facebook",
        "instagram",
    }


def test_a_facebook_video_is_asked_for_as_a_video() -> None:
    facebook = by_slug("facebook")
    reel = facebook.read("https://www.facebook.com/reel/1")
    assert "/oembed_video?" in facebook.oembed_url(reel)


@pytest.mark.parametrize(
    ("address", "src", "box"),
    [
        (
            "https://youtu.be/aB3_-xYz012?t=70",
            "https://www.youtube-nocookie.com/embed/aB3_-xYz012?start=70",
            "16x9",
        ),
        (
            "https://www.youtube.com/shorts/aB3_-xYz012",
            "https://www.youtube-nocookie.com/embed/aB3_-xYz012",
            "9x16",
        ),
        (
            "https://www.youtube.com/playlist?list=PLaaaaaaaaaaaaaaaa",
            "https://www.youtube-nocookie.com/embed/videoseries?list=PLaaaaaaaaaaaaaaaa",
            "16x9",
        ),
        (
            "https://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa/live",
            "https://www.youtube-nocookie.com/embed/live_stream?channel=UCaaaaaaaaaaaaaaaaaaaaaa",
            "16x9",
        ),
        (
            "https://www.instagram.com/p/C-abc_123-/",
            "https://www.instagram.com/p/C-abc_123-/embed/captioned/",
            "captioned",
        ),
        (
            "https://x.com/a/status/20",
            "https://platform.twitter.com/embed/Tweet.html?id=20&dnt=true",
            "post",
        ),
        (
            "https://www.tiktok.com/@a/video/7012345678901234567",
            "https://www.tiktok.com/player/v1/7012345678901234567",
            "9x16",
        ),
        (
            "https://www.facebook.com/a/posts/1",
            (
                "https://www.facebook.com/plugins/post.php?"
                "href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fposts%2F1&show_text=true"
            ),
            "post",
        ),
        (
            "https://www.facebook.com/a/videos/1/",
            (
                "https://www.facebook.com/plugins/video.php?"
                "href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fvideos%2F1%2F&show_text=false"
            ),
            "16x9",
        ),
    ],
)
def test_frames_are_built_from_the_registry(address: str, src: str, box: str) -> None:
    ref = match_text(address)
    frame = by_slug(ref.provider).frame(ref, "news.example")
    assert (frame.src, frame.box) == (src, box)
