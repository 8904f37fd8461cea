"""Dailymotion: videos by id. A newsroom with an account names its player; since September 2026
Dailymotion may refuse frames without one, and answers no oEmbed request without one:
https://developers.dailymotion.com/changelog/api-player-id-required-in-embed-urls
"""

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

# A title may stand behind the id.
_VIDEO = re.compile(r"([A-Za-z0-9]{3,24})(?:[_-].*)?", re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2})?", re.IGNORECASE)
_PLAYER_PAGE = re.compile(r"[A-Za-z0-9]{1,40}\.html")
_PLAYER = re.compile(r"[A-Za-z0-9]{1,40}")
_SHORT_HOSTS = frozenset({"dai.ly", "www.dai.ly"})
_FRAME_HOST = "geo.dailymotion.com"
_BEFORE = frozenset(
    {("video",), ("live",), ("embed", "video"), ("swf",), ("swf", "video"), ("crawler", "video")}
)
# Pages that name the video they play in the fragment.
_LISTS = frozenset({"user", "playlist", "hub"})
_FORM = "https://www.dailymotion.com/video/{}"


class Dailymotion(Provider):
    slug = "dailymotion"
    name = "Dailymotion"
    hosts = frozenset(
        {
            "dailymotion.com",
            *(f"{name}.dailymotion.com" for name in ("www", "m", "touch", "games", "iframe")),
            _FRAME_HOST,
            *_SHORT_HOSTS,
        }
    )
    frame_origins = (f"https://{_FRAME_HOST}",)
    loaders = frozenset({"api.dmcdn.net/all.js"})
    hooks = (
        Hook("amp-dailymotion", ("data-videoid",), template=_FORM),
        Hook(
            "script",
            ("src", "data-video"),
            pattern=r"(?:https?:)?//geo\.dailymotion\.com/player(?:/\w+)?\.js ([A-Za-z0-9]+)",
            template=_FORM,
        ),
    )
    shortcodes = ("dailymotion", "su_dailymotion")
    id_url = _FORM

    def __init__(self, player: str = "") -> None:
        """`player` is the id of the newsroom's own player. Raises ValueError where it can't be one."""
        if player and not _PLAYER.fullmatch(player):
            raise ValueError(f"{player!r} is no id of a Dailymotion player.")
        self._player = player
        if player:
            self.oembed = OEmbed(
                endpoint="https://www.dailymotion.com/services/oembed",
                hosts=frozenset({"www.dailymotion.com"}),
            )

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """`video/ID(_TITLE)` and players of all times; a list only with the video it plays."""
        path = url.path
        if url.host in _SHORT_HOSTS:
            return _video(path[0], url) if len(path) == 1 else None
        if url.host == _FRAME_HOST:
            own = len(path) == 2 and path[0] == "player" and _PLAYER_PAGE.fullmatch(path[1])
            return _video(url.param("video"), url) if own or path == ("player.html",) else None
        if len(path) > 1 and _LANGUAGE.fullmatch(path[0]):
            path = path[1:]
        if path[:1] and path[0] in _LISTS:
            played = dict(parse_qsl(url.fragment))
            return _video(played.get("video") or played.get("videoId") or "", url)
        related = len(path) == 4 and (path[0], path[2]) == ("related", "video")
        return _video(path[-1], url) if related or path[:-1] in _BEFORE else None

    def read_id(self, value: str) -> EmbedRef | None:
        """Old shortcodes went on with `&title=…` behind the id."""
        return super().read_id(value.split("&", 1)[0])

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        if ref.media_id is None:
            return None
        page = f"player/{self._player}.html" if self._player else "player.html"
        query = {"video": ref.media_id} | ({"startTime": str(ref.start)} if ref.start else {})
        return Frame(
            src=f"https://{_FRAME_HOST}/{page}?{urlencode(query)}",
            title="Dailymotion video",
            allow=PLAYER_ALLOW,
            box="16x9",
        )

    def oembed_url(self, ref: EmbedRef) -> str | None:
        address = super().oembed_url(ref)
        return f"{address}&player={self._player}" if address else None


def _video(value: str, url: SafeUrl) -> EmbedRef | None:
    found = _VIDEO.fullmatch(value)
    if found is None:
        return None
    canonical = _FORM.format(found[1])
    start = start_seconds(url.param("start"), url.param("startTime"))
    return EmbedRef(
        "dailymotion",
        found[1],
        canonical,
        url=f"{canonical}?start={start}" if start else canonical,
        kind="video",
        start=start,
    )
