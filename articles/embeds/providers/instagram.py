"""Instagram: posts and reels. Its terms forbid keeping what its oEmbed answers."""

import re

from articles.embeds.provider import POST_ALLOW, EmbedRef, Frame, Hook, OEmbed, Provider
from articles.embeds.url import SafeUrl

_CODE = re.compile(r"[A-Za-z0-9_-]{2,64}")
_USER = re.compile(r"[A-Za-z0-9._]{1,30}")
# "reels/audio/N" is a page about a sound.
_NO_CODES = frozenset({"audio", "videos"})
_KINDS = {"p": "post", "tv": "post", "reel": "reel", "reels": "reel"}


class Instagram(Provider):
    slug = "instagram"
    name = "Instagram"
    hosts = frozenset(
        {
            "instagram.com",
            "www.instagram.com",
            "m.instagram.com",
            "instagr.am",
            "www.instagr.am",
        }
    )
    frame_origins = ("https://www.instagram.com",)
    loaders = frozenset(
        f"{host}/{path}"
        for host in ("www.instagram.com", "instagram.com", "platform.instagram.com")
        for path in ("embed.js", "en_us/embeds.js")
    )
    hooks = (
        Hook("amp-instagram", ("data-shortcode",), template="https://www.instagram.com/p/{}/"),
        Hook("amp-instagram", ("shortcode",), template="https://www.instagram.com/p/{}/"),
        Hook("blockquote", ("data-instgrm-permalink",), css_class="instagram-media"),
        # The markup of 2014 named the post in its links only.
        Hook(
            "blockquote",
            css_class="instagram-media",
            link="first",
            unless="data-instgrm-permalink",
        ),
    )
    shortcodes = ("instagram",)
    id_url = "https://www.instagram.com/p/{}/"
    short_hosts = frozenset({"www.instagram.com"})
    oembed = OEmbed(
        endpoint="https://graph.facebook.com/v26.0/instagram_oembed",
        hosts=frozenset({"graph.facebook.com"}),
        keeps=False,
        # Without a token Meta answers so when its hourly limit or a log-in is in the way.
        says_nothing=frozenset({401, 403}),
    )

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """`(USER/)p|tv|reel|reels/CODE` in any length, and share links, unresolved."""
        path = url.path
        if path[:1] == ("share",):
            return _share(url)
        if len(path) > 2 and path[0] not in _KINDS and _USER.fullmatch(path[0]):
            path = path[1:]
        if len(path) < 2 or path[0] not in _KINDS or path[1] in _NO_CODES:
            return None
        kind, code = _KINDS[path[0]], path[1]
        if not _CODE.fullmatch(code):
            return None
        canonical = f"https://www.instagram.com/{'reel' if kind == 'reel' else 'p'}/{code}/"
        return EmbedRef(self.slug, code, canonical, url=canonical, kind=kind)

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        if ref.canonical_url is None:
            return None
        return Frame(
            src=f"{ref.canonical_url}embed/captioned/",
            title="Instagram post",
            allow=POST_ALLOW,
            box="captioned",
        )


def _share(url: SafeUrl) -> EmbedRef | None:
    """`share/CODE` and `share/p|reel/CODE`: only Instagram knows what they lead to."""
    path = url.path[1:]
    if len(path) == 2 and path[0] in _KINDS:
        path = path[1:]
    if len(path) != 1 or path[0] in _KINDS or not _CODE.fullmatch(path[0]):
        return None
    return EmbedRef(
        "instagram",
        None,
        None,
        url=f"https://www.instagram.com/{'/'.join(url.path)}/",
        kind="post",
    )
