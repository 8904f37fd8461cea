"""Bluesky: single posts, by the author's handle or by the DID that stays when the handle changes."""

import re

from articles.embeds.provider import POST_ALLOW, EmbedRef, Frame, Hook, OEmbed, Provider
from articles.embeds.url import SafeUrl

# https://atproto.com/specs/handle, https://atproto.com/specs/did: only these two methods exist.
_HANDLE = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}"
_ACTOR = rf"{_HANDLE}|did:plc:[a-z2-7]{{10,32}}|did:web:{_HANDLE}"
_AUTHOR = re.compile(_ACTOR)
_POST = re.compile(r"[A-Za-z0-9_-]{1,64}")
_COLLECTION = "app.bsky.feed.post"
_FRAME_HOST = "embed.bsky.app"


class Bluesky(Provider):
    slug = "bluesky"
    name = "Bluesky"
    hosts = frozenset({"bsky.app", "www.bsky.app", "staging.bsky.app", _FRAME_HOST})
    frame_origins = (f"https://{_FRAME_HOST}",)
    loaders = frozenset({f"{_FRAME_HOST}/static/embed.js"})
    hooks = (
        Hook(
            "blockquote",
            ("data-bluesky-uri",),
            css_class="bluesky-embed",
            pattern=rf"at://({_ACTOR})/{re.escape(_COLLECTION)}/([A-Za-z0-9_-]{{1,64}})",
            template="https://bsky.app/profile/{}/post/{}",
        ),
        Hook("blockquote", css_class="bluesky-embed", link="last", unless="data-bluesky-uri"),
    )
    shortcodes = ("bluesky",)
    oembed = OEmbed(
        endpoint="https://embed.bsky.app/oembed", hosts=frozenset({_FRAME_HOST}), text="html"
    )

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """`profile/AUTHOR/post/R`, and the frame that the official script builds."""
        path = url.path
        if len(path) != 4:
            return None
        if url.host == _FRAME_HOST:
            head, author, collection, post = path
            return _post(author, post) if (head, collection) == ("embed", _COLLECTION) else None
        head, author, section, post = path
        return _post(author, post) if (head, section) == ("profile", "post") else None

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        """The address is an at:// URI, whose authority may be a handle or a DID."""
        if ref.canonical_url is None:
            return None
        author = ref.canonical_url.split("/")[4]
        return Frame(
            src=f"https://{_FRAME_HOST}/embed/{author}/{_COLLECTION}/{ref.media_id}",
            title="Bluesky post",
            allow=POST_ALLOW,
            box="post",
        )


def _post(author: str, post: str) -> EmbedRef | None:
    if not _AUTHOR.fullmatch(author) or not _POST.fullmatch(post):
        return None
    canonical = f"https://bsky.app/profile/{author}/post/{post}"
    return EmbedRef("bluesky", post, canonical, url=canonical, kind="post")
