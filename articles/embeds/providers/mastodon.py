"""Mastodon: posts on the servers that the newsroom lists. Anyone may run a server, so an address
that merely looks like a post's is no embed.
"""

import re
from collections.abc import Iterable

from articles.embeds.provider import POST_ALLOW, EmbedRef, Frame, Hook, OEmbed, Provider
from articles.embeds.url import SafeUrl, read_url

_USER = re.compile(r"[A-Za-z0-9_]+(?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?")
_ID = re.compile(r"[0-9]{1,20}")
# What the web client once put before the address of a post.
_CLIENTS = frozenset({"web", "deck"})


class Mastodon(Provider):
    slug = "mastodon"
    name = "Mastodon"
    hooks = (
        Hook("blockquote", ("data-embed-url",), css_class="mastodon-embed"),
        Hook("blockquote", css_class="mastodon-embed", link="first", unless="data-embed-url"),
    )
    shortcodes = ("mastodon",)
    oembed: OEmbed

    def __init__(self, servers: Iterable[str]) -> None:
        """`servers` are host names. Raises ValueError for what is none: they go into a header."""
        self.hosts = frozenset(server.lower() for server in servers)
        for host in self.hosts:
            url = read_url(f"https://{host}/")
            if url is None or url.host != host:
                raise ValueError(f"{host!r} is no host name of a Mastodon server.")
        self.frame_origins = tuple(f"https://{host}" for host in sorted(self.hosts))
        self.loaders = frozenset(f"{host}/embed.js" for host in self.hosts)
        self.oembed = OEmbed(
            endpoint="/api/oembed",
            hosts=self.hosts,
            text="html",
            # A server may want a log-in for all it has.
            says_nothing=frozenset({401, 403}),
        )

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """`@USER/N` and `users/USER/statuses/N`, with or without `/embed`. A post of another server
        (`@USER@HOST/N`) is that server's."""
        path = url.path
        if path[:1] and path[0] in _CLIENTS:
            path = path[1:]
        if path[-1:] == ("embed",):
            path = path[:-1]
        if len(path) == 4 and (path[0], path[2]) == ("users", "statuses"):
            return _post(url.host, path[1], post=path[3])
        if len(path) == 2 and path[0].startswith("@"):
            return _post(url.host, path[0][1:], post=path[1])
        return None

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        if ref.canonical_url is None:
            return None
        return Frame(
            src=f"{ref.canonical_url}/embed",
            title="Mastodon post",
            allow=POST_ALLOW,
            box="post",
        )

    def oembed_url(self, ref: EmbedRef) -> str | None:
        """Each server answers for its own posts."""
        address = super().oembed_url(ref)
        post = read_url(ref.canonical_url or "")
        return f"https://{post.host}{address}" if post is not None and address else None


def _post(host: str, user: str, *, post: str) -> EmbedRef | None:
    if not _USER.fullmatch(user) or not _ID.fullmatch(post):
        return None
    canonical = f"https://{host}/@{user}/{post}"
    return EmbedRef("mastodon", post, canonical, url=canonical, kind="post")
