"""SoundCloud: tracks and sets, by the names in their address or by number. Which name has which
number only SoundCloud knows, so they are two posts to us."""

import re
from urllib.parse import urlencode

from articles.embeds.provider import PLAYER_ALLOW, EmbedRef, Frame, Hook, OEmbed, Provider
from articles.embeds.url import SafeUrl, read_url

_NAME = re.compile(r"[A-Za-z0-9_-]{1,120}")
_NUMBER = re.compile(r"(?:soundcloud:(?:tracks|playlists):)?([0-9]{1,20})")
_SECRET = re.compile(r"s-[A-Za-z0-9]{3,30}")
_CODE = re.compile(r"[A-Za-z0-9]{3,40}")
_SHORT_HOST = "on.soundcloud.com"
_API_HOST = "api.soundcloud.com"
_FRAME_HOST = "w.soundcloud.com"
# "player.soundcloud.com" was the Flash player.
_PLAYERS = frozenset({_FRAME_HOST, "player.soundcloud.com"})
_KINDS = {"tracks": "track", "playlists": "set"}
# Pages of the site, and of a person.
_NO_USERS = (
    "artists charts community-guidelines dashboard discover explore feed for-artists go groups "
    "imprint jobs library login logout messages mobile notifications pages people popular premium "
    "pro search settings signin stations stream tags terms-of-use upload you"
)
_NO_TRACKS = (
    "albums comments followers following groups likes playlists popular-tracks reposts sets "
    "spotlight toptracks tracks"
)


class SoundCloud(Provider):
    slug = "soundcloud"
    name = "SoundCloud"
    hosts = frozenset(
        {
            "soundcloud.com",
            "www.soundcloud.com",
            "m.soundcloud.com",
            _API_HOST,
            *_PLAYERS,
            _SHORT_HOST,
        }
    )
    short_hosts = frozenset({_SHORT_HOST})
    frame_origins = (f"https://{_FRAME_HOST}",)
    loaders = frozenset({f"{_FRAME_HOST}/player/api.js", "connect.soundcloud.com/sdk.js"})
    hooks = (
        Hook("amp-soundcloud", ("data-trackid",), template=f"https://{_API_HOST}/tracks/{{}}"),
        Hook(
            "amp-soundcloud", ("data-playlistid",), template=f"https://{_API_HOST}/playlists/{{}}"
        ),
    )
    shortcodes = ("soundcloud",)
    id_url = f"https://{_API_HOST}/tracks/{{}}"
    oembed = OEmbed(endpoint="https://soundcloud.com/oembed", hosts=frozenset({"soundcloud.com"}))

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """`USER/TRACK`, `USER/sets/SET`, numbers of the API; a player is judged by what it plays."""
        path = url.path
        if url.host in _PLAYERS:
            target = (
                read_url(url.param("url")) if path[:1] in {("player",), ("player.swf",)} else None
            )
            own = target is not None and self.owns(target.host) and target.host not in _PLAYERS
            return self.match(target) if own and target is not None else None
        if url.host == _SHORT_HOST:
            return _short(path)
        if url.host == _API_HOST:
            return _by_number(path, url.param("secret_token"))
        return _by_name(path, url.param("secret_token"))

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        """`ref.url` and not the canonical address: it has the secret of a private track."""
        if ref.canonical_url is None:
            return None
        query = urlencode({"url": ref.url, "show_teaser": "false", "visual": "false"})
        return Frame(
            src=f"https://{_FRAME_HOST}/player/?{query}",
            title="SoundCloud player",
            allow=PLAYER_ALLOW,
            box="tracks" if ref.kind == "set" else "audio",
        )


def _by_name(path: tuple[str, ...], secret_field: str) -> EmbedRef | None:
    secret = path[-1:] if len(path) > 2 and _SECRET.fullmatch(path[-1]) else ()
    names = path[: len(path) - len(secret)]
    if len(names) < 2 or not all(_NAME.fullmatch(name) for name in names):
        return None
    kind = "set" if len(names) == 3 and names[1] == "sets" else "track"
    is_track = len(names) == 2 and names[1] not in _NO_TRACKS.split()
    if names[0] in _NO_USERS.split() or not (kind == "set" or is_track):
        return None
    canonical = f"https://soundcloud.com/{'/'.join(names + secret)}"
    private = "" if secret else _private(secret_field)
    return EmbedRef("soundcloud", None, canonical, url=canonical + private, kind=kind)


def _by_number(path: tuple[str, ...], secret: str) -> EmbedRef | None:
    found = _NUMBER.fullmatch(path[1]) if len(path) == 2 and path[0] in _KINDS else None
    if found is None:
        return None
    canonical = f"https://{_API_HOST}/{path[0]}/{found[1]}"
    return EmbedRef(
        "soundcloud", found[1], canonical, url=canonical + _private(secret), kind=_KINDS[path[0]]
    )


def _private(secret: str) -> str:
    return f"?secret_token={secret}" if _SECRET.fullmatch(secret) else ""


def _short(path: tuple[str, ...]) -> EmbedRef | None:
    if len(path) != 1 or not _CODE.fullmatch(path[0]):
        return None
    return EmbedRef("soundcloud", None, None, url=f"https://{_SHORT_HOST}/{path[0]}", kind="track")
