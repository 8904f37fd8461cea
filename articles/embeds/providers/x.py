"""X, formerly Twitter: single posts. The author's name in an address is display, not identity."""

import re

from articles.embeds.provider import POST_ALLOW, EmbedRef, Frame, Hook, OEmbed, Provider
from articles.embeds.url import SafeUrl, read_url

_ID = re.compile(r"[0-9]{1,20}")
_USER = re.compile(r"@?([A-Za-z0-9_]{1,20})")
_STATUS = frozenset({"status", "statuses"})
# Forms without an author, by what stands before the id.
_ID_AFTER = frozenset(
    {
        ("status",),
        ("statuses",),
        ("i", "web", "status"),
        ("i", "videos"),
        ("i", "videos", "tweet"),
        ("i", "topics", "tweet"),
    }
)
_WIDGETS = frozenset({("embed", "Tweet.html"), ("embed", "index.html")})
_WIDGET_HOST = "platform.twitter.com"


class X(Provider):
    slug = "x"
    name = "X"
    hosts = frozenset(
        {
            "x.com",
            "www.x.com",
            "mobile.x.com",
            "twitter.com",
            "www.twitter.com",
            "mobile.twitter.com",
            "m.twitter.com",
            _WIDGET_HOST,
            "platform.x.com",
        }
    )
    frame_origins = ("https://platform.twitter.com",)
    loaders = frozenset({"platform.twitter.com/widgets.js", "platform.x.com/widgets.js"})
    hooks = (
        Hook("amp-twitter", ("data-tweetid",), template="https://x.com/i/status/{}"),
        Hook("twitter-widget", ("data-tweet-id",), template="https://x.com/i/status/{}"),
        Hook("blockquote", css_class="twitter-tweet", link="last"),
        Hook("blockquote", css_class="twitter-video", link="last"),
    )
    shortcodes = ("tweet", "twitter")
    id_url = "https://x.com/i/status/{}"
    oembed = OEmbed(
        endpoint="https://publish.x.com/oembed", hosts=frozenset({"publish.x.com"}), text="html"
    )

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """`USER/status/N` with anything after it, other forms with the id alone, `#!/USER/status/N`, widgets."""
        if url.host.startswith("platform."):
            return _post("i", url.param("id")) if url.path in _WIDGETS else None
        path = url.path
        if not path and url.fragment.startswith("!/"):
            target = read_url(f"https://x.com{url.fragment[1:]}")
            path = target.path if target else ()
        for before in range(1, min(len(path), 4)):
            if path[:before] in _ID_AFTER and _ID.fullmatch(path[before]):
                return _post("i", path[before])
        if len(path) < 3 or path[1] not in _STATUS:
            return None
        return _post(path[0], path[2])

    def discards(self, url: SafeUrl) -> bool:
        """Buttons to tweet and to follow."""
        return url.host.startswith("platform.") and url.path[:1] == ("widgets",)

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        if ref.media_id is None:
            return None
        return Frame(
            src=f"https://{_WIDGET_HOST}/embed/Tweet.html?id={ref.media_id}&dnt=true",
            title="Post on X",
            allow=POST_ALLOW,
            box="post",
        )


def _post(user: str, post: str) -> EmbedRef | None:
    name = _USER.fullmatch(user)
    if name is None or not _ID.fullmatch(post):
        return None
    canonical = f"https://x.com/{name[1]}/status/{post}"
    return EmbedRef("x", post, canonical, url=canonical, kind="post")
