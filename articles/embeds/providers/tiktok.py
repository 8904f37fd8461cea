"""TikTok: videos and photo posts. Its player needs the id alone, its canonical page the author."""

import re

from articles.embeds.provider import PLAYER_ALLOW, EmbedRef, Frame, Hook, OEmbed, Provider
from articles.embeds.url import SafeUrl

_ID = re.compile(r"[0-9]{5,25}")
_USER = re.compile(r"@[A-Za-z0-9._-]{1,64}")
_CODE = re.compile(r"[A-Za-z0-9_-]{4,40}")
_SHORT_HOSTS = frozenset({"vm.tiktok.com", "vt.tiktok.com"})
# Forms without an author, by what stands before the id.
_ID_AFTER = frozenset(
    {
        ("v",),
        ("embed",),
        ("embed", "v2"),
        ("embed", "v3"),
        ("player", "v1"),
        ("share", "video"),
        ("i18n", "share", "video"),
        ("@", "video"),
        ("@", "photo"),
    }
)


class TikTok(Provider):
    slug = "tiktok"
    name = "TikTok"
    hosts = frozenset(
        {
            "tiktok.com",
            *(f"{name}.tiktok.com" for name in ("www", "m", "us", "lite")),
            *_SHORT_HOSTS,
        }
    )
    frame_origins = ("https://www.tiktok.com",)
    loaders = frozenset({"www.tiktok.com/embed.js", "tiktok.com/embed.js"})
    hooks = (
        Hook("amp-tiktok", ("data-src",)),
        Hook(
            "amp-tiktok",
            ("data-src",),
            pattern=r"([0-9]+)",
            template="https://www.tiktok.com/player/v1/{}",
        ),
        Hook("blockquote", ("cite",), css_class="tiktok-embed"),
        Hook(
            "blockquote",
            ("data-video-id",),
            css_class="tiktok-embed",
            template="https://www.tiktok.com/player/v1/{}",
            unless="cite",
        ),
    )
    shortcodes = ("tiktok",)
    id_url = "https://www.tiktok.com/player/v1/{}"
    short_hosts = frozenset({"www.tiktok.com", "m.tiktok.com", *_SHORT_HOSTS})
    oembed = OEmbed(
        endpoint="https://www.tiktok.com/oembed",
        hosts=frozenset({"www.tiktok.com"}),
        text="title",
        # Its wall against programs answers so for every post.
        says_nothing=frozenset({401, 403}),
    )

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """`@USER/video|photo/N`, players and old forms with the id alone, unresolved short links."""
        path = url.path
        if url.host in _SHORT_HOSTS:
            return _short(path, url.host)
        if path[:1] == ("t",):
            return _short(path[1:], "www.tiktok.com/t")
        if len(path) < 2:
            return None
        *before, last = path
        post = last.removesuffix(".html")
        if not _ID.fullmatch(post):
            return None
        if tuple(before) in _ID_AFTER:
            kind = "photo" if before[-1] == "photo" else "video"
            # Without a name TikTok's own page knows the author, and leads there.
            page = f"https://www.tiktok.com/@/{kind}/{post}"
            return EmbedRef(self.slug, post, None, url=page, kind=kind)
        if len(before) == 2 and _USER.fullmatch(before[0]) and before[1] in {"video", "photo"}:
            canonical = f"https://www.tiktok.com/{before[0]}/{before[1]}/{post}"
            return EmbedRef(self.slug, post, canonical, url=canonical, kind=before[1])
        return None

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        if ref.media_id is None:
            return None
        return Frame(
            src=f"https://www.tiktok.com/player/v1/{ref.media_id}",
            title="TikTok video",
            allow=PLAYER_ALLOW,
            box="9x16",
        )


def _short(path: tuple[str, ...], prefix: str) -> EmbedRef | None:
    if len(path) != 1 or not _CODE.fullmatch(path[0]):
        return None
    return EmbedRef("tiktok", None, None, url=f"https://{prefix}/{path[0]}/", kind="video")
