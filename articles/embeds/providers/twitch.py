"""Twitch: recordings and clips. A channel that may or may not be live is a profile, no embed."""

import re
from urllib.parse import urlencode

from articles.embeds.provider import (
    PLAYER_ALLOW,
    EmbedRef,
    Frame,
    Hook,
    Provider,
    start_seconds,
)
from articles.embeds.url import SafeUrl

_VIDEO = re.compile(r"v?([0-9]{5,15})")
_CLIP = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{3,127}")
_USER = re.compile(r"[A-Za-z0-9_]{2,30}")
_CLIPS = "clips.twitch.tv"
_PLAYER = "player.twitch.tv"
_NO_CLIPS = frozenset({"embed", "create", "edit"})


class Twitch(Provider):
    slug = "twitch"
    name = "Twitch"
    hosts = frozenset(
        {"twitch.tv", "www.twitch.tv", "m.twitch.tv", "go.twitch.tv", _CLIPS, _PLAYER}
    )
    frame_origins = (f"https://{_PLAYER}", f"https://{_CLIPS}")
    loaders = frozenset({f"{_PLAYER}/js/embed/v1.js", "embed.twitch.tv/embed/v1.js"})
    hooks: tuple[Hook, ...] = ()
    shortcodes = ("twitch", "twitchtv")
    id_url = "https://www.twitch.tv/videos/{}"

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """`videos/N`, `USER/v|video/N`, `(USER/)clip/SLUG`, the clips' own host, both players."""
        path = url.path
        if url.host == _PLAYER:
            return _video(url.param("video"), url) if not path else None
        if url.host == _CLIPS:
            if path == ("embed",):
                # Before 2017 a clip's name stood behind its channel's.
                return _clip(url.param("clip").rpartition("/")[2])
            old = len(path) == 2 and _USER.fullmatch(path[0])
            return _clip(path[-1]) if len(path) == 1 or old else None
        if len(path) == 3 and _USER.fullmatch(path[0]):
            path = path[1:]
        if len(path) != 2:
            return None
        if path[0] == "videos" or (path[0] in {"v", "video"} and len(url.path) == 3):
            return _video(path[1], url)
        return _clip(path[1]) if path[0] == "clip" else None

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        """Twitch shows nothing in a page whose host it wasn't told (`parent`)."""
        if ref.media_id is None:
            return None
        query = {"parent": site_host, "autoplay": "false"}
        if ref.kind == "clip":
            src = f"https://{_CLIPS}/embed?{urlencode({'clip': ref.media_id} | query)}"
        else:
            start = {"time": f"{ref.start}s"} if ref.start else {}
            src = f"https://{_PLAYER}/?{urlencode({'video': ref.media_id} | query | start)}"
        return Frame(src=src, title="Twitch video", allow=PLAYER_ALLOW, box="16x9")


def _video(value: str, url: SafeUrl) -> EmbedRef | None:
    found = _VIDEO.fullmatch(value)
    if found is None:
        return None
    canonical = f"https://www.twitch.tv/videos/{found[1]}"
    start = start_seconds(url.param("t"), url.param("time"))
    return EmbedRef(
        "twitch",
        found[1],
        canonical,
        url=f"{canonical}?t={start}s" if start else canonical,
        kind="video",
        start=start,
    )


def _clip(slug: str) -> EmbedRef | None:
    if slug in _NO_CLIPS or not _CLIP.fullmatch(slug):
        return None
    canonical = f"https://{_CLIPS}/{slug}"
    return EmbedRef("twitch", slug, canonical, url=canonical, kind="clip")
