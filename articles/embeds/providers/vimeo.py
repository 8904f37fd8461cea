"""Vimeo: videos by number. An unlisted one is shown only with the code behind its number."""

import re
from urllib.parse import parse_qsl, urlencode

from articles.embeds.provider import (
    PLAYER_ALLOW,
    EmbedRef,
    Frame,
    Hook,
    OEmbed,
    Provider,
    start_seconds,
)
from articles.embeds.url import SafeUrl

_ID = re.compile(r"[0-9]{4,12}")
# Hexadecimal as far as known; words that are pages of a video ("settings") have no digit.
_HASH = re.compile(r"[0-9a-f]{6,20}|(?=[A-Za-z]*[0-9])[0-9A-Za-z]{6,20}")
_PLAYER_HOST = "player.vimeo.com"
_OLD_FLASH = frozenset({("moogaloop.swf",), ("moogaloop_local.swf",)})
# What may stand before the number: "*" is any one name.
_BEFORE = frozenset(
    {
        (),
        ("video",),
        ("videos",),
        ("hubnut", "video"),
        ("m",),
        ("couchmode",),
        ("manage", "videos"),
        ("channels", "*"),
        ("channels", "*", "video"),
        ("groups", "*", "videos"),
        ("album", "*", "video"),
        ("showcase", "*", "video"),
        ("ondemand", "*"),
        ("*", "review"),
    }
)


class Vimeo(Provider):
    slug = "vimeo"
    name = "Vimeo"
    hosts = frozenset({"vimeo.com", "www.vimeo.com", "m.vimeo.com", _PLAYER_HOST})
    frame_origins = (f"https://{_PLAYER_HOST}",)
    loaders = frozenset(
        {
            f"{_PLAYER_HOST}/api/player.js",
            "f.vimeocdn.com/js/froogaloop2.min.js",
            "a.vimeocdn.com/js/froogaloop2.min.js",
        }
    )
    hooks = (
        Hook("amp-vimeo", ("data-videoid",), template="https://vimeo.com/{}"),
        Hook("lite-vimeo", ("videoid",), template="https://vimeo.com/{}"),
    )
    shortcodes = ("vimeo", "su_vimeo", "fusion_vimeo")
    id_url = "https://vimeo.com/{}"
    oembed = OEmbed(
        endpoint="https://vimeo.com/api/oembed.json",
        hosts=frozenset({"vimeo.com"}),
        # "Please cache data whenever possible, especially images": its API guidelines.
        picture_hosts=frozenset({"i.vimeocdn.com"}),
        # A video that may be shown on some sites only is still there.
        says_nothing=frozenset({401, 403}),
    )

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """A video alone, in a channel, a group, an album or a showcase; the player, old and new."""
        path = url.path
        if path in _OLD_FLASH:
            return _video(url.param("clip_id"), "", url=url)
        if path[:1] in {(), ("hd",), ("channels",)} and _ID.fullmatch(url.fragment):
            return _video(url.fragment, "", url=url)
        if len(path) == 2 and path[0] == "showcase":
            return _video(url.param("video"), "", url=url)
        at = next(
            (n for n, part in enumerate(path) if _ID.fullmatch(part) and _follows(path[:n])), -1
        )
        if at < 0 or (url.host == _PLAYER_HOST and path[:at] != ("video",)):
            return None
        code = path[at + 1] if len(path) > at + 1 and path[at - 1] != "review" else ""
        return _video(path[at], code or url.param("h"), url=url)

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        """`dnt` asks Vimeo not to follow the reader."""
        if ref.canonical_url is None:
            return None
        _, _, code = ref.canonical_url.removeprefix("https://vimeo.com/").partition("/")
        query = urlencode({"h": code, "dnt": 1} if code else {"dnt": 1})
        start = f"#t={ref.start}s" if ref.start else ""
        return Frame(
            src=f"https://{_PLAYER_HOST}/video/{ref.media_id}?{query}{start}",
            title="Vimeo video",
            allow=PLAYER_ALLOW,
            box="16x9",
        )


def _follows(before: tuple[str, ...]) -> bool:
    """Whether a number after these segments is a video's."""
    return any(
        len(form) == len(before)
        and all(want in {"*", part} for want, part in zip(form, before, strict=True))
        for form in _BEFORE
    )


def _video(video: str, code: str, *, url: SafeUrl) -> EmbedRef | None:
    if not _ID.fullmatch(video):
        return None
    canonical = f"https://vimeo.com/{video}"
    if _HASH.fullmatch(code):
        canonical += f"/{code}"
    start = start_seconds(dict(parse_qsl(url.fragment)).get("t", ""), url.param("t"))
    return EmbedRef(
        "vimeo",
        video,
        canonical,
        url=f"{canonical}#t={start}s" if start else canonical,
        kind="video",
        start=start,
    )
