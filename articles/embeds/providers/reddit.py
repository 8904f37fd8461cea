"""Reddit: posts and comments. A post's page is named by its community and a title, its id alone
leads there by a redirect."""

import re
from urllib.parse import quote

from articles.embeds.provider import POST_ALLOW, EmbedRef, Frame, Hook, OEmbed, Provider
from articles.embeds.url import SafeUrl, read_url

_ID = re.compile(r"[a-z0-9]{2,12}", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9_-]{2,30}")
_CODE = re.compile(r"[A-Za-z0-9]{4,40}")
_SHORT_HOSTS = frozenset({"redd.it", "www.redd.it"})
_FRAME_HOST = "embed.reddit.com"
# Old interfaces of the same site, and its languages.
_SITES = "www old new np amp sh ssl pay"
_LANGUAGE_HOST = re.compile(r"[a-z]{1,2}(?:-[a-z]{2})?\.reddit\.com")
# Members' own pages, by the word in the address.
_SECTIONS = {"r": "r", "u": "user", "user": "user"}
MAX_SEGMENTS = 6


class Reddit(Provider):
    slug = "reddit"
    name = "Reddit"
    hosts = frozenset(
        {
            "reddit.com",
            *(f"{site}.reddit.com" for site in _SITES.split()),
            _FRAME_HOST,
            "publish.reddit.com",
            "redditmedia.com",
            "www.redditmedia.com",
            "embed.redditmedia.com",
            *_SHORT_HOSTS,
        }
    )
    open_hosts = (_LANGUAGE_HOST,)
    short_hosts = frozenset({"www.reddit.com", "reddit.com", *_SHORT_HOSTS})
    frame_origins = (f"https://{_FRAME_HOST}",)
    loaders = frozenset(
        {
            f"{_FRAME_HOST}/widgets.js",
            "embed.redditmedia.com/widgets/platform.js",
            "www.redditstatic.com/comment-embed.js",
        }
    )
    hooks = (
        Hook("blockquote", css_class="reddit-embed-bq", link="first"),
        Hook("blockquote", css_class="reddit-card", link="first"),
        Hook("div", css_class="reddit-embed", link="first"),
        Hook("amp-reddit", ("data-src",)),
    )
    shortcodes = ("reddit",)
    oembed = OEmbed(
        endpoint="https://www.reddit.com/oembed",
        hosts=frozenset({"www.reddit.com"}),
        text="title",
        # It answers so to programs it takes for unwelcome, whatever they ask for.
        says_nothing=frozenset({401, 403}),
    )

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """`r/NAME/comments/ID(/TITLE(/COMMENT))` and the same of members; ids and share links,
        unresolved."""
        # ".json" and ".compact" are other views of the same page.
        path = tuple(part for part in url.path if not part.startswith("."))
        if url.host in _SHORT_HOSTS:
            return _by_id(path)
        if url.host == "publish.reddit.com":
            target = read_url(url.param("url")) if path == ("embed",) else None
            known = target is not None and target.host != url.host and self.owns(target.host)
            return self.match(target) if target is not None and known else None
        if path[:1] == ("comments",):
            return _by_id(path[1:2])
        if len(path) < 4 or path[0] not in _SECTIONS or not _NAME.fullmatch(path[1]):
            return None
        place = f"{_SECTIONS[path[0]]}/{path[1]}"
        if path[2] == "s" and len(path) == 4 and _CODE.fullmatch(path[3]):
            share = f"https://www.reddit.com/{place}/s/{path[3]}"
            return EmbedRef(self.slug, None, None, url=share, kind="post")
        if path[2] != "comments" or len(path) > MAX_SEGMENTS or not _ID.fullmatch(path[3]):
            return None
        rest = "/".join(quote(part) for part in path[2:])
        canonical = f"https://www.reddit.com/{place}/{rest}/"
        return EmbedRef(self.slug, path[3].lower(), canonical, url=canonical, kind="post")

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        if ref.canonical_url is None:
            return None
        page = ref.canonical_url.removeprefix("https://www.reddit.com/")
        return Frame(
            src=f"https://{_FRAME_HOST}/{page}?embed=true&ref_source=embed&ref=share&showmedia=true",
            title="Reddit post",
            allow=POST_ALLOW,
            box="post",
        )


def _by_id(path: tuple[str, ...]) -> EmbedRef | None:
    if len(path) != 1 or not _ID.fullmatch(path[0]):
        return None
    post = path[0].lower()
    return EmbedRef("reddit", post, None, url=f"https://redd.it/{post}", kind="post")
