"""Spotify: tracks, albums, artists, playlists, podcasts and their episodes."""

import re

from articles.embeds.provider import PLAYER_ALLOW, EmbedRef, Frame, OEmbed, Provider
from articles.embeds.url import SafeUrl, read_url

_ID = re.compile(r"[A-Za-z0-9]{10,40}")
_CODE = re.compile(r"[A-Za-z0-9_-]{3,40}")
_URI = re.compile(r"spotify(?::[^\s:/?#]{1,100}){2,4}")
_COUNTRY = re.compile(r"intl-[a-z]{2}(?:-[a-z]{2,4})?", re.IGNORECASE)
_TYPES = frozenset({"track", "album", "artist", "playlist", "episode", "show", "audiobook"})
# One sound has a small player.
_SINGLE = frozenset({"track", "episode"})
_SHORT_HOSTS = frozenset({"spotify.link", "spotify.app.link", "link.tospotify.com"})
_EMBEDS = frozenset({"embed", "embed-podcast", "embed-legacy"})
_ORIGIN = "https://open.spotify.com"


class Spotify(Provider):
    slug = "spotify"
    name = "Spotify"
    hosts = frozenset({"open.spotify.com", "play.spotify.com", "embed.spotify.com", *_SHORT_HOSTS})
    short_hosts = _SHORT_HOSTS
    frame_origins = (_ORIGIN,)
    loaders = frozenset({"open.spotify.com/embed/iframe-api/v1"})
    shortcodes = ("spotify",)
    oembed = OEmbed(
        endpoint="https://open.spotify.com/oembed", hosts=frozenset({"open.spotify.com"})
    )

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """`(intl-xx/)(embed/)(user/USER/)TYPE/ID`; the old players name a URI in their query."""
        path = url.path
        if url.host in _SHORT_HOSTS:
            return _short(path, url.host)
        if path[:1] and _COUNTRY.fullmatch(path[0]):
            path = path[1:]
        if path[:1] and path[0] in _EMBEDS:
            path = path[1:]
        if not path and url.param("uri"):
            return self.read_id(url.param("uri"))
        if path[:1] == ("user",) and path[2:3] == ("playlist",):
            path = path[2:]
        return _piece(path[0], path[1]) if len(path) == 2 or path[2:] == ("video",) else None

    def read_id(self, value: str) -> EmbedRef | None:
        """A `spotify:TYPE:ID`, or an address: the old player took both."""
        if _URI.fullmatch(value):
            *_, kind, piece = value.split(":")
            return _piece(kind, piece)
        url = read_url(value)
        # The address of a player within a player isn't anybody's share link.
        return self.match(url) if url and self.owns(url.host) and not url.param("uri") else None

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        if ref.media_id is None:
            return None
        return Frame(
            src=f"{_ORIGIN}/embed/{ref.kind}/{ref.media_id}",
            title="Spotify player",
            allow=PLAYER_ALLOW,
            box="audio" if ref.kind in _SINGLE else "tracks",
        )


def _piece(kind: str, piece: str) -> EmbedRef | None:
    if kind not in _TYPES or not _ID.fullmatch(piece):
        return None
    canonical = f"{_ORIGIN}/{kind}/{piece}"
    return EmbedRef("spotify", piece, canonical, url=canonical, kind=kind)


def _short(path: tuple[str, ...], host: str) -> EmbedRef | None:
    if len(path) != 1 or not _CODE.fullmatch(path[0]):
        return None
    return EmbedRef("spotify", None, None, url=f"https://{host}/{path[0]}", kind="track")
