"""YouTube: videos, shorts and live streams by id, playlists, and a channel's live stream."""

import re
from urllib.parse import parse_qsl

from articles.embeds.provider import (
    PLAYER_ALLOW,
    EmbedRef,
    Frame,
    Hook,
    OEmbed,
    Provider,
    start_seconds,
)
from articles.embeds.url import SafeUrl, read_url

_VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")
_LIST = re.compile(r"[A-Za-z0-9_-]{10,64}")
_CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
# A second "?" or "&" where the other was meant: links to YouTube are often written like that.
_ID_END = re.compile(r"[?&#/]")
_SHORT_HOSTS = frozenset({"youtu.be", "www.youtu.be"})
_ID_IN_PATH = frozenset({"embed", "v", "e", "vi", "shorts", "live", "watch"})
# The site in a country, as addresses had it in its first years.
_COUNTRIES = "au br ca cz de es fr hk ie il in it jp kr mx nl nz pl pt ru se tw uk"
# Players that aren't a video, though they have the length of an id.
_NO_IDS = frozenset({"videoseries", "live_stream"})


class YouTube(Provider):
    slug = "youtube"
    name = "YouTube"
    hosts = frozenset(
        {
            "youtube.com",
            "www.youtube.com",
            "m.youtube.com",
            "music.youtube.com",
            "gaming.youtube.com",
            "youtube.googleapis.com",  # the Flash player
            *(f"{country}.youtube.com" for country in _COUNTRIES.split()),
            "youtube-nocookie.com",
            "www.youtube-nocookie.com",
            *_SHORT_HOSTS,
        }
    )
    # Only the host without cookies is ever framed.
    frame_origins = ("https://www.youtube-nocookie.com",)
    loaders = frozenset({"www.youtube.com/iframe_api", "www.youtube.com/player_api"})
    hooks = (
        Hook(
            "amp-youtube",
            ("data-videoid",),
            template="https://www.youtube.com/watch?v={}",
            start="data-param-start",
        ),
        Hook("amp-youtube", ("video-id",), template="https://www.youtube.com/watch?v={}"),
        Hook(
            "amp-youtube",
            ("data-live-channelid",),
            template="https://www.youtube.com/channel/{}/live",
        ),
        Hook("lite-youtube", ("videoid",), template="https://www.youtube.com/watch?v={}"),
        Hook(
            "div",
            ("data-id",),
            css_class="rll-youtube-player",
            template="https://www.youtube.com/watch?v={}",
        ),
        Hook(
            "div",
            ("data-id",),
            css_class="youtube-player",
            template="https://www.youtube.com/watch?v={}",
        ),
        # WP YouTube Lyte.
        Hook(
            "div",
            ("id",),
            css_class="lyMe",
            pattern=r"WYL_([A-Za-z0-9_-]{11})",
            template="https://www.youtube.com/watch?v={}",
        ),
    )
    shortcodes = (
        *("youtube", "youtu.be", "youtube_sc", "su_youtube", "fusion_youtube"),
        *("embedyt", "lyte"),
    )
    id_url = "https://www.youtube.com/watch?v={}"
    oembed = OEmbed(endpoint="https://www.youtube.com/oembed", hosts=frozenset({"www.youtube.com"}))

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """A video wins over the list it stands in; see embed forms in the module's tables."""
        head = url.path[0] if url.path else ""
        if not head and url.fragment.startswith("/"):
            return self._inside(url.fragment)
        if head == "attribution_link":
            return self._inside(url.param("u"))
        if head == "playlist":
            return _playlist(url.param("list"))
        if head == "view_play_list":
            return _playlist(url.param("p"))
        if head == "channel":
            return _live(url.path[1]) if url.path[2:] == ("live",) else None
        return _video(_video_id(url, head), url) or _player(url, head)

    def _inside(self, path: str) -> EmbedRef | None:
        """A path of YouTube's own within an address: the share link of old, the first mobile site."""
        target = read_url(f"https://www.youtube.com{path}") if path.startswith("/") else None
        if target is None or not target.path or target.path[0] == "attribution_link":
            return None
        return self.match(target)

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        player = "https://www.youtube-nocookie.com/embed/"
        if ref.media_id is None:
            return None
        if ref.kind == "playlist":
            src = f"{player}videoseries?list={ref.media_id}"
        elif ref.kind == "channel":
            src = f"{player}live_stream?channel={ref.media_id}"
        else:
            src = f"{player}{ref.media_id}" + (f"?start={ref.start}" if ref.start else "")
        return Frame(
            src=src,
            title="YouTube playlist" if ref.kind == "playlist" else "YouTube video",
            allow=PLAYER_ALLOW,
            box="9x16" if ref.kind == "short" else "16x9",
        )


def _video_id(url: SafeUrl, head: str) -> str:
    """The text where this form of address has the id; "" where it has none."""
    if url.host in _SHORT_HOSTS and len(url.path) == 1 and head != "watch":
        return head
    if head in {"", "watch", "watch_popup"} and len(url.path) < 2:
        return url.param("v", "vi")
    if head.startswith("watch&v="):
        return head.removeprefix("watch&v=")
    if head in _ID_IN_PATH:
        return url.path[1] if len(url.path) > 1 else ""
    # On its channel's page, as addresses of that time had it.
    return url.fragment.rpartition("/")[2] if url.fragment.startswith("p/") else ""


def _video(value: str, url: SafeUrl) -> EmbedRef | None:
    video, *behind = _ID_END.split(value, maxsplit=1)
    if not _VIDEO.fullmatch(video) or video in _NO_IDS:
        return None
    canonical = f"https://www.youtube.com/watch?v={video}"
    late = dict(parse_qsl("&".join((*behind, url.fragment))))
    start = start_seconds(
        url.param("t"),
        url.param("start"),
        url.param("time_continue"),
        late.get("t", ""),
        late.get("start", ""),
    )
    return EmbedRef(
        "youtube",
        video,
        canonical,
        url=f"{canonical}&t={start}s" if start else canonical,
        kind="short" if url.path[:1] == ("shorts",) else "video",
        start=start,
    )


def _player(url: SafeUrl, head: str) -> EmbedRef | None:
    """Addresses without a video: a list, or a channel's live stream in a frame."""
    if head == "embed" and url.path[1:] == ("live_stream",):
        return _live(url.param("channel"))
    if url.param("listType") not in {"", "playlist"}:
        return None
    if head == "watch" or (head == "embed" and url.path[1:] in {(), ("videoseries",)}):
        return _playlist(url.param("list"))
    return None


def _playlist(value: str) -> EmbedRef | None:
    if not _LIST.fullmatch(value):
        return None
    canonical = f"https://www.youtube.com/playlist?list={value}"
    return EmbedRef("youtube", value, canonical, url=canonical, kind="playlist")


def _live(value: str) -> EmbedRef | None:
    if not _CHANNEL.fullmatch(value):
        return None
    canonical = f"https://www.youtube.com/channel/{value}/live"
    return EmbedRef("youtube", value, canonical, url=canonical, kind="channel")
