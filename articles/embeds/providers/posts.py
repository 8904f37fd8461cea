"""Posts of blogs, channels and professional networks."""

from articles.embeds.provider import Hook, OEmbed
from articles.embeds.table import TableProvider

TUMBLR = TableProvider(
    slug="tumblr",
    name="Tumblr",
    kind="post",
    sites=("tumblr.com", "www.tumblr.com"),
    parts={
        "blog": (
            "(?!(?:api|assets|blog|dashboard|docs|embed|explore|help|image|likes|login|policy|"
            "post|privacy|register|search|secure|settings|static|support|tagged|tips|www)(?:[/.]|$))"
            "[A-Za-z0-9][A-Za-z0-9-]{0,62}"
        ),
        "id": "[0-9]{5,20}",
        "view": "(?:blog/view/|dashboard/blog/|blog/)?",
        "sort": "post|image",
        # In place of the blog's name, which only Tumblr knows then.
        "key": r"[\w:-]{10,64}",
        "version": "v[0-9]",
        "code": r"[\w-]{4,32}",
    },
    addresses=(
        "{blog}.tumblr.com/{sort}/{id}/*",
        "/{view}{blog}/{id}/*",
        "at.tumblr.com/{blog}/{id}/*",
        "embed.tumblr.com/embed/post/{key}/{id}/{version}",
        "embed.tumblr.com/embed/post/{key}/{id}",
        "tmblr.co/{code}",
    ),
    canonical=("https://www.tumblr.com/{blog}/{id}",),
    short_hosts=frozenset({"tmblr.co"}),
    frames=(
        ("https://embed.tumblr.com/embed/post/{key}/{id}/{version}", "post"),
        ("https://embed.tumblr.com/embed/post/{key}/{id}", "post"),
    ),
    hooks=(
        Hook("div", css_class="tumblr-post", link="first"),
        Hook("div", ("data-href",), css_class="tumblr-post"),
    ),
    loaders=frozenset(
        {
            "assets.tumblr.com/post.js",
            "assets.tumblr.com/embed/post.js",
            "secure.assets.tumblr.com/post.js",
        }
    ),
    shortcodes=("tumblr",),
    oembed=OEmbed(
        endpoint="https://www.tumblr.com/oembed/1.0", hosts=frozenset({"www.tumblr.com"})
    ),
)

TELEGRAM = TableProvider(
    slug="telegram",
    name="Telegram",
    kind="post",
    sites=("t.me", "www.t.me", "telegram.me", "telegram.dog"),
    parts={
        "channel": (
            "(?!(?:addemoji|addlist|addstickers|addtheme|boost|contact|giftcode|invoice|joinchat|"
            "login|proxy|setlanguage|share|socks)/)[A-Za-z][A-Za-z0-9_]{3,31}"
        ),
        "id": "[0-9]{1,12}",
        "topic": "[0-9]{1,12}",
    },
    addresses=(
        "/{channel}/{id}",
        "/s/{channel}/{id}",
        "/{channel}/{topic}/{id}",
        "{channel}.t.me/{id}",
    ),
    canonical=("https://t.me/{channel}/{id}",),
    # Each channel counts its own posts.
    media_id=("{channel}/{id}",),
    frames=(("https://t.me/{channel}/{id}?embed=1", "post"),),
    hooks=(
        Hook(
            "script",
            ("data-telegram-post",),
            pattern="([A-Za-z0-9_]+/[0-9]+(?:/[0-9]+)?)",
            template="https://t.me/{}",
        ),
    ),
    loaders=frozenset({"telegram.org/js/telegram-widget.js"}),
    shortcodes=("telegram",),
)

LINKEDIN = TableProvider(
    slug="linkedin",
    name="LinkedIn",
    kind="post",
    sites=("linkedin.com", "www.linkedin.com", "{country}.linkedin.com"),
    parts={
        "country": "[a-z]{2}",
        "sort": "activity|share|ugcPost",
        "id": "[0-9]{10,25}",
        "words": "[^/]*[_-]",
        "mark": "(?:-[^/]*)?",
        "page": "(?:embed/)?feed/update|video/embed/live",
    },
    addresses=("/{page}/urn:li:{sort}:{id}/*", "/posts/{words}{sort}-{id}{mark}"),
    canonical=("https://www.linkedin.com/feed/update/urn:li:{sort}:{id}",),
    frames=(("https://www.linkedin.com/embed/feed/update/urn:li:{sort}:{id}", "post"),),
    shortcodes=("linkedin",),
)

ROWS = (TUMBLR, TELEGRAM, LINKEDIN)
