"""Threads: single posts. Meta's terms forbid keeping what its oEmbed answers."""

import re

from articles.embeds.provider import POST_ALLOW, EmbedRef, Frame, Hook, OEmbed, Provider
from articles.embeds.url import SafeUrl

_CODE = re.compile(r"[A-Za-z0-9_-]{2,64}")
_USER = re.compile(r"@[A-Za-z0-9._]{1,30}")
_HOSTS = frozenset({"threads.net", "www.threads.net", "threads.com", "www.threads.com"})


class Threads(Provider):
    slug = "threads"
    name = "Threads"
    hosts = _HOSTS
    frame_origins = ("https://www.threads.com",)
    loaders = frozenset(f"{host}/embed.js" for host in _HOSTS)
    hooks = (
        Hook("blockquote", ("data-text-post-permalink",), css_class="text-post-media"),
        Hook(
            "blockquote",
            css_class="text-post-media",
            link="first",
            unless="data-text-post-permalink",
        ),
    )
    shortcodes = ("threads",)
    oembed = OEmbed(
        endpoint="https://graph.threads.com/oembed",
        hosts=frozenset({"graph.threads.com"}),
        keeps=False,
        # As Instagram's: its limit or a log-in may be in the way.
        says_nothing=frozenset({401, 403}),
    )

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """`@USER/post/CODE` or `t/CODE`, with anything after it."""
        path = url.path
        if path[:1] == ("t",) and len(path) > 1:
            return _post("t", path[1])
        if len(path) > 2 and path[1] == "post" and _USER.fullmatch(path[0]):
            return _post(f"{path[0]}/post", path[2])
        return None

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        if ref.canonical_url is None:
            return None
        return Frame(
            src=f"{ref.canonical_url}/embed/",
            title="Threads post",
            allow=POST_ALLOW,
            box="post",
        )


def _post(place: str, code: str) -> EmbedRef | None:
    if not _CODE.fullmatch(code):
        return None
    canonical = f"https://www.threads.com/{place}/{code}"
    return EmbedRef("threads", code, canonical, url=canonical, kind="post")
