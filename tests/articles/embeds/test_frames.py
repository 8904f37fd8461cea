"""Frames, start times and terms: what single providers promise beside the common contract."""

import re

import pytest
from django.test import Client

from articles.embeds.detect import find_embeds
from articles.embeds.provider import EmbedRef, Provider, start_seconds
from articles.embeds.providers import PROVIDERS, by_slug, match_text
from articles.embeds.providers.dailymotion import Dailymotion
from articles.embeds.providers.mastodon import Mastodon
from articles.embeds.url import read_url
from newsroom.embedding import MASTODON_HOSTS

SPOTIFY_ID = "4jHNeLTj7CnL5JwZzmnqOL"


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
        "threads",
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
        (
            "https://www.threads.net/@ann/post/CuY2OY",
            "https://www.threads.com/@ann/post/CuY2OY/embed/",
            "post",
        ),
        (
            "https://bsky.app/profile/ann.lark.example/post/3jzn6g7ixgq2y",
            "https://embed.bsky.app/embed/ann.lark.example/app.bsky.feed.post/3jzn6g7ixgq2y",
            "post",
        ),
        ("https://fosstodon.org/@ann/109", "https://fosstodon.org/@ann/109/embed", "post"),
        (
            "https://old.reddit.com/r/pics/comments/9wp1qg/pier",
            (
                "https://embed.reddit.com/r/pics/comments/9wp1qg/pier/"
                "?embed=true&ref_source=embed&ref=share&showmedia=true"
            ),
            "post",
        ),
        (
            "https://www.pinterest.com/pin/606156431067611861/",
            "https://assets.pinterest.com/ext/embed.html?id=606156431067611861",
            "tall",
        ),
        ("https://vimeo.com/65836516", "https://player.vimeo.com/video/65836516?dnt=1", "16x9"),
        (
            "https://vimeo.com/65836516/ae03832a8a#t=70",
            "https://player.vimeo.com/video/65836516?h=ae03832a8a&dnt=1#t=70s",
            "16x9",
        ),
        (
            "https://dai.ly/x5awwth?start=70",
            "https://geo.dailymotion.com/player.html?video=x5awwth&startTime=70",
            "16x9",
        ),
        (
            "https://www.twitch.tv/videos/518899202?t=70s",
            (
                "https://player.twitch.tv/"
                "?video=518899202&parent=news.example&autoplay=false&time=70s"
            ),
            "16x9",
        ),
        (
            "https://clips.twitch.tv/PierSings",
            "https://clips.twitch.tv/embed?clip=PierSings&parent=news.example&autoplay=false",
            "16x9",
        ),
        (
            "https://soundcloud.com/ann/pier",
            (
                "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fann%2Fpier"
                "&show_teaser=false&visual=false"
            ),
            "audio",
        ),
        (
            "https://api.soundcloud.com/playlists/1?secret_token=s-UpqTm",
            (
                "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Fplaylists"
                "%2F1%3Fsecret_token%3Ds-UpqTm&show_teaser=false&visual=false"
            ),
            "tracks",
        ),
        (
            "https://open.spotify.com/episode/4jHNeLTj7CnL5JwZzmnqOL",
            "https://open.spotify.com/embed/episode/4jHNeLTj7CnL5JwZzmnqOL",
            "audio",
        ),
        (
            "https://open.spotify.com/show/4jHNeLTj7CnL5JwZzmnqOL",
            "https://open.spotify.com/embed/show/4jHNeLTj7CnL5JwZzmnqOL",
            "tracks",
        ),
    ],
)
def test_frames_are_built_from_the_registry(address: str, src: str, box: str) -> None:
    ref = match_text(address)
    frame = by_slug(ref.provider).frame(ref, "news.example")
    assert (frame.src, frame.box) == (src, box)


# --- What a newsroom chooses ---------------------------------------------------------------------
def test_mastodon_knows_the_servers_it_is_given() -> None:
    mastodon = Mastodon(["News.Example"])
    post = mastodon.read("https://news.example/@ann/1")
    assert mastodon.frame_origins == ("https://news.example",)
    assert mastodon.loaders == {"news.example/embed.js"}
    assert mastodon.oembed_url(post) == (
        "https://news.example/api/oembed?url=https%3A%2F%2Fnews.example%2F%40ann%2F1&format=json"
    )
    assert mastodon.read("https://mastodon.social/@ann/1") is None


@pytest.mark.parametrize(
    "server", ["", "a b", "a.example; script-src *", "a.example/x", "localhost"]
)
def test_what_is_no_server_stops_the_start(server: str) -> None:
    with pytest.raises(ValueError, match="no host name"):
        Mastodon([server])


def test_dailymotion_shows_a_newsrooms_own_player() -> None:
    dailymotion = Dailymotion("x8abc")
    post = dailymotion.read("https://dai.ly/x5awwth")
    assert dailymotion.frame(post, "").src == (
        "https://geo.dailymotion.com/player/x8abc.html?video=x5awwth"
    )
    assert dailymotion.oembed_url(post) == (
        "https://www.dailymotion.com/services/oembed"
        "?url=https%3A%2F%2Fwww.dailymotion.com%2Fvideo%2Fx5awwth&format=json&player=x8abc"
    )
    with pytest.raises(ValueError, match="no id"):
        Dailymotion("x8/../")


@pytest.mark.parametrize(
    ("slug", "value", "address"),
    [
        ("spotify", f"spotify:track:{SPOTIFY_ID}", f"https://open.spotify.com/track/{SPOTIFY_ID}"),
        (
            "spotify",
            f"spotify:user:ann:playlist:{SPOTIFY_ID}",
            f"https://open.spotify.com/playlist/{SPOTIFY_ID}",
        ),
        ("dailymotion", "x5awwth&title=2", "https://www.dailymotion.com/video/x5awwth"),
        ("vimeo", "65836516", "https://vimeo.com/65836516"),
        ("twitch", "518899202", "https://www.twitch.tv/videos/518899202"),
        ("soundcloud", "156661852", "https://api.soundcloud.com/tracks/156661852"),
        ("pinterest", "606156431067611861", "https://www.pinterest.com/pin/606156431067611861/"),
    ],
)
def test_a_bare_value_in_a_shortcode_is_a_post(slug: str, value: str, address: str) -> None:
    provider = by_slug(slug)
    assert provider.read_id(value).url == address
    name = provider.shortcodes[0]
    assert [ref.url for ref in find_embeds(f'[{name} id="{value}" width="5"]')] == [address]


@pytest.mark.parametrize("value", ["", "a b", "spotify:track:x y", "../x", "\u0665\u0665\u0665"])
def test_other_values_are_none(value: str) -> None:
    assert not [p.slug for p in PROVIDERS if p.read_id(value) is not None]


# --- The policy of every page --------------------------------------------------------------------
def test_a_page_may_frame_what_the_registry_names_and_nothing_else(client: Client) -> None:
    policy = client.get("/styleguide/")["Content-Security-Policy"]
    allowed = next(rule.split()[1:] for rule in policy.split("; ") if rule.startswith("frame-src "))
    named = {origin for provider in PROVIDERS for origin in provider.frame_origins}
    assert sorted(named) == allowed
    assert {f"https://{host}" for host in MASTODON_HOSTS} <= set(allowed)
    assert all(re.fullmatch(r"https://[a-z0-9.-]+", origin) for origin in allowed)
