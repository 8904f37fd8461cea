"""Facebook: posts, photos, videos and reels. Its terms forbid keeping what its oEmbed answers."""

import re
from urllib.parse import quote, urlencode

from articles.embeds.provider import POST_ALLOW, Box, EmbedRef, Frame, Hook, OEmbed, Provider
from articles.embeds.url import SafeUrl, read_url

_ID = re.compile(r"[0-9]{1,25}|pfbid[A-Za-z0-9]{2,120}")
_NUMBER = re.compile(r"[0-9]{1,25}")
_PAGE = re.compile(r"[\w.-]{1,100}")
_CODE = re.compile(r"[A-Za-z0-9_-]{2,64}")
_API_VERSION = re.compile(r"v[0-9]+\.[0-9]+")
_WATCH_HOSTS = frozenset({"fb.watch", "www.fb.watch"})
_SCRIPT_HOST = "connect.facebook.net"
_PLAYERS = frozenset({"post.php", "video.php"})
_BOXES: dict[str, Box] = {"video": "16x9", "reel": "9x16"}
# Language hosts of the same site, as they stand in addresses copied in other countries.
_LANGUAGE_HOST = re.compile(r"[a-z]{2}-[a-z]{2}\.facebook\.com")
_ORIGIN = "https://www.facebook.com"


class Facebook(Provider):
    slug = "facebook"
    name = "Facebook"
    hosts = frozenset(
        {
            "facebook.com",
            "fb.com",
            "www.fb.com",
            "m.fb.com",
            *(
                f"{name}.facebook.com"
                for name in ("www", "m", "mobile", "touch", "mbasic", "web", "business")
            ),
            *_WATCH_HOSTS,
            _SCRIPT_HOST,
        }
    )
    open_hosts = (_LANGUAGE_HOST,)
    frame_origins = (_ORIGIN,)
    hooks = (
        Hook("amp-facebook", ("data-href",)),
        Hook("div", ("data-href",), css_class="fb-post"),
        Hook("div", ("data-href",), css_class="fb-video"),
        Hook("fb:post", ("href",)),
        Hook("fb:video", ("href",)),
        Hook("blockquote", ("cite",), css_class="fb-xfbml-parse-ignore"),
    )
    shortcodes = ("facebook", "fb")
    short_hosts = frozenset({"www.facebook.com", "m.facebook.com", "facebook.com", *_WATCH_HOSTS})
    oembed = OEmbed(
        endpoint="https://graph.facebook.com/v26.0/oembed_post",
        hosts=frozenset({"graph.facebook.com"}),
        keeps=False,
        # Without a token Meta answers so when its hourly limit or a log-in is in the way.
        says_nothing=frozenset({401, 403}),
    )

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """A post in any of its addresses; a plugin frame is judged by what it frames."""
        path = url.path
        if url.host in _WATCH_HOSTS:
            return _unresolved(url, path[1:] if path[:1] == ("v",) else path)
        if url.host == _SCRIPT_HOST:
            return None
        plugin = _plugin(url)
        if plugin:
            target = read_url(url.param("href")) if plugin in _PLAYERS else None
            if target is None or not self.owns(target.host) or _plugin(target):
                return None
            return self.match(target)
        if path[:1] == ("pg",):
            path = path[1:]
        if len(path) == 3 and path[0] == "share" and path[1] in {"p", "v", "r"}:
            return _unresolved(url, path[2:])
        return _by_query(url, path) or _by_path(path)

    def discards(self, url: SafeUrl) -> bool:
        """Like buttons, page boxes, comment boxes and the rest of the plugins, and their script."""
        plugin = _plugin(url)
        return url.host == _SCRIPT_HOST or (bool(plugin) and plugin not in _PLAYERS)

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        if ref.canonical_url is None:
            return None
        video = ref.kind in _BOXES
        query = urlencode({"href": ref.canonical_url, "show_text": str(not video).lower()})
        return Frame(
            src=f"{_ORIGIN}/plugins/{'video' if video else 'post'}.php?{query}",
            title="Facebook video" if video else "Facebook post",
            allow=POST_ALLOW,
            box=_BOXES.get(ref.kind, "post"),
        )

    def oembed_url(self, ref: EmbedRef) -> str | None:
        address = super().oembed_url(ref)
        if address is not None and ref.kind in _BOXES:
            return address.replace("oembed_post", "oembed_video", 1)
        return address


def _plugin(url: SafeUrl) -> str:
    """The plugin's file name, where this is a plugin's address (with or without API version)."""
    path = url.path[1:] if url.path and _API_VERSION.fullmatch(url.path[0]) else url.path
    return path[1] if len(path) == 2 and path[0] == "plugins" else ""


def _unresolved(url: SafeUrl, code: tuple[str, ...]) -> EmbedRef | None:
    """A short or share link: only Facebook knows what it leads to."""
    if len(code) != 1 or not _CODE.fullmatch(code[0]):
        return None
    host = "fb.watch" if url.host in _WATCH_HOSTS else "www.facebook.com"
    kind = "post" if url.path[:2] == ("share", "p") else "video"
    return EmbedRef("facebook", None, None, url=f"https://{host}/{'/'.join(url.path)}/", kind=kind)


def _by_query(url: SafeUrl, path: tuple[str, ...]) -> EmbedRef | None:
    """Addresses that name the post in their query."""
    page = "/".join(path)
    if page in {"watch", "watch/live", "video.php", "video/video.php"}:
        return _ref(url.param("v"), "video", "/watch/?v={}")
    if page == "video/embed":
        return _ref(url.param("video_id"), "video", "/watch/?v={}")
    if page in {"photo.php", "photo"} and url.param("v"):
        return _ref(url.param("v"), "video", "/watch/?v={}")
    if len(path) == 2 and path[0] == "groups":
        post = url.param("multi_permalinks")
        return _of_page(path[1], post, kind="post", form="/groups/{page}/posts/{{}}")
    if page in {"photo.php", "photo"}:
        return _ref(url.param("fbid"), "photo", "/photo.php?fbid={}")
    if page in {"permalink.php", "story.php"} and _NUMBER.fullmatch(url.param("id")):
        form = f"/permalink.php?story_fbid={{}}&id={url.param('id')}"
        return _ref(url.param("story_fbid"), "post", form)
    return None


def _by_path(path: tuple[str, ...]) -> EmbedRef | None:
    """Addresses that name page, sort of post and id; a title or album may stand before the id."""
    if len(path) in {2, 3} and path[-2] in {"reel", "reels"}:
        return _ref(path[-1], "reel", "/reel/{}")
    if len(path) == 4 and path[0] == "groups" and path[2] in {"posts", "permalink"}:
        return _of_page(path[1], path[3], kind="post", form="/groups/{page}/posts/{{}}")
    if len(path) not in {3, 4}:
        return None
    page, section, last = path[0], path[1], path[-1]
    if section == "posts":
        return _of_page(page, last, kind="post", form="/{page}/posts/{{}}")
    if section == "videos":
        return _of_page(page, last, kind="video", form="/{page}/videos/{{}}/")
    if section == "photos":
        return _of_page(page, last, kind="photo", form="/photo.php?fbid={{}}")
    return None


def _of_page(page: str, post: str, *, kind: str, form: str) -> EmbedRef | None:
    if not _PAGE.fullmatch(page):
        return None
    return _ref(post, kind, form.format(page=quote(page)))


def _ref(post: str, kind: str, form: str) -> EmbedRef | None:
    if not _ID.fullmatch(post):
        return None
    canonical = _ORIGIN + form.format(post)
    return EmbedRef("facebook", post, canonical, url=canonical, kind=kind)
