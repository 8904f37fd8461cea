"""Films: talks, clips, and the players that newsrooms and companies keep their own films in."""

from articles.embeds.provider import Hook, OEmbed
from articles.embeds.table import TableProvider

TED = TableProvider(
    slug="ted",
    name="TED",
    kind="video",
    sites=("ted.com", "www.ted.com", "embed.ted.com", "embed-ssl.ted.com"),
    # A talk's name has its speaker and its title, or it is the talk's number.
    parts={"id": r"[A-Za-z0-9-]+(?:_+[A-Za-z0-9-]+)+|[0-9]{1,7}", "language": "[A-Za-z-]{2,8}"},
    addresses=(
        "/talks/{id}.html",
        "/talks/{id}/*",
        "/talks/lang/{language}/{id}.html",
        "/talks/lang/{language}/{id}/*",
        "/talks/view/id/{id}",
    ),
    canonical=("https://www.ted.com/talks/{id}",),
    frames=(("https://embed.ted.com/talks/{id}", "16x9"),),
    shortcodes=("ted",),
    id_url="https://www.ted.com/talks/{}",
    oembed=OEmbed(
        endpoint="https://www.ted.com/services/v1/oembed.json", hosts=frozenset({"www.ted.com"})
    ),
)

STREAMABLE = TableProvider(
    slug="streamable",
    name="Streamable",
    kind="video",
    sites=("streamable.com", "www.streamable.com"),
    parts={
        "id": (
            "(?!(?:about|api|apps|blog|careers|contact|dmca|faq|features|help|home|jobs|login|"
            "logout|plans|press|pricing|privacy|recover|reset|search|settings|signin|signup|"
            "support|teams|terms|tools|upload|videos)$)[a-z0-9]{3,8}"
        ),
        "way": "[egost]",
    },
    addresses=("/{id}", "/{way}/{id}/*"),
    canonical=("https://streamable.com/{id}",),
    frames=(("https://streamable.com/e/{id}", "16x9"),),
    shortcodes=("streamable",),
    id_url="https://streamable.com/{}",
    oembed=OEmbed(
        endpoint="https://api.streamable.com/oembed.json", hosts=frozenset({"api.streamable.com"})
    ),
)

# The player in Brightcove's own markup, of which authors leave out the defaults; fullest form first.
_PLAYERS = (
    (("data-player-id", "data-embed"), "{1}_{2}"),
    (("data-player-id",), "{1}_default"),
    (("data-player", "data-embed"), "{1}_{2}"),
    (("data-player",), "{1}_default"),
    ((), "default_default"),
)

BRIGHTCOVE = TableProvider(
    slug="brightcove",
    name="Brightcove",
    kind="video",
    sites=("players.brightcove.net",),
    parts={
        "account": "[0-9]{4,20}",
        "player": "[A-Za-z0-9-]+_[A-Za-z0-9-]+",
        "id": "[0-9]{4,20}",
        "list": "[0-9]{4,20}",
        # A newsroom's own name for a film, which is unique in its account only.
        "own": "[A-Za-z0-9._-]{1,100}",
        "min": r"(?:\.min)?",
    },
    addresses=(
        "/{account}/{player}/index{min}.html?videoId={id}",
        "/{account}/{player}/index{min}.html?videoId=ref:{own}",
        "/{account}/{player}/index{min}.html?videoId=ref%3A{own}",
        "/{account}/{player}/index{min}.html?playlistId={list}",
    ),
    canonical=(
        "https://players.brightcove.net/{account}/{player}/index.html?videoId={id}",
        "https://players.brightcove.net/{account}/{player}/index.html?videoId=ref:{own}",
        "https://players.brightcove.net/{account}/{player}/index.html?playlistId={list}",
    ),
    media_id=("{id}", "{account}/{own}", "{list}"),
    frames=(
        ("https://players.brightcove.net/{account}/{player}/index.html?videoId={id}", "16x9"),
        ("https://players.brightcove.net/{account}/{player}/index.html?videoId=ref:{own}", "16x9"),
        ("https://players.brightcove.net/{account}/{player}/index.html?playlistId={list}", "16x9"),
    ),
    furniture=("/{account}/{player}/index{min}.js",),
    hooks=tuple(
        Hook(
            tag,
            ("data-account", *attributes, post),
            pattern=" ".join([r"([\w:.-]+)"] * (len(attributes) + 2)),
            template="https://players.brightcove.net/{0}/"
            f"{player}/index.html?{field}={{{len(attributes) + 1}}}",
        )
        for tag in ("amp-brightcove", "video-js", "video")
        for post, field in (("data-video-id", "videoId"), ("data-playlist-id", "playlistId"))
        for attributes, player in _PLAYERS
    ),
    shortcodes=("brightcove", "bc_video", "bc_playlist"),
    attribute_urls=tuple(
        f"https://players.brightcove.net/{{account_id}}/{player}_default/index.html?{field}"
        for player in ("{player_id}", "default")
        for field in ("videoId={video_id}", "playlistId={playlist_id}")
    ),
    oembed=OEmbed(
        endpoint="https://oembed.brightcove.com/", hosts=frozenset({"oembed.brightcove.com"})
    ),
)

JWPLAYER = TableProvider(
    slug="jwplayer",
    name="JW Player",
    kind="video",
    sites=("cdn.jwplayer.com", "content.jwplatform.com", "content.jwplayer.com"),
    # A film, or a list of films, in one of its owner's players.
    parts={"id": "[A-Za-z0-9]{8}", "player": "[A-Za-z0-9]{8}", "library": "[^/]+"},
    addresses=(
        "/players/{id}-{player}.html",
        "/players/{id}-{player}.js",
        "/previews/{id}-{player}",
        "/previews/{id}",
    ),
    canonical=(
        "https://cdn.jwplayer.com/players/{id}-{player}.html",
        "https://cdn.jwplayer.com/previews/{id}",
    ),
    frames=(
        ("https://cdn.jwplayer.com/players/{id}-{player}.html", "16x9"),
        ("https://cdn.jwplayer.com/previews/{id}", "16x9"),
    ),
    furniture=("/libraries/{library}",),
    hooks=(
        *(
            Hook(
                "amp-jwplayer",
                (post, "data-player-id"),
                pattern="([A-Za-z0-9]+) ([A-Za-z0-9]+)",
                template="https://cdn.jwplayer.com/players/{}-{}.html",
            )
            for post in ("data-media-id", "data-playlist-id")
        ),
        # In a page of its own, the player is a script.
        Hook("script", ("src",)),
    ),
    shortcodes=("jwplayer", "jwplatform"),
    id_url="https://cdn.jwplayer.com/previews/{}",
)

WISTIA = TableProvider(
    slug="wistia",
    name="Wistia",
    kind="video",
    sites=("fast.wistia.net", "fast.wistia.com", "{account}.wistia.com", "{account}.wi.st"),
    parts={
        "account": "[a-z0-9-]{1,63}",
        "id": "[a-z0-9]{10}",
        "script": r"(?:embed|assets|player)\b.*\.jsonp?|(?:embed|assets|player)\b.*\.js",
    },
    addresses=("/embed/iframe/{id}", "/medias/{id}/*"),
    canonical=("https://fast.wistia.net/embed/iframe/{id}",),
    frames=(("https://fast.wistia.net/embed/iframe/{id}", "16x9"),),
    furniture=("/{script}",),
    hooks=(
        Hook(
            "amp-wistia-player",
            ("data-media-hashed-id",),
            template="https://fast.wistia.net/embed/iframe/{}",
        ),
        Hook("wistia-player", ("media-id",), template="https://fast.wistia.net/embed/iframe/{}"),
        *(
            Hook(
                tag,
                (attribute,),
                css_class="wistia_embed",
                pattern=pattern,
                template="https://fast.wistia.net/embed/iframe/{}",
            )
            for tag in ("div", "span")
            for attribute, pattern in (
                ("class", r"(?:.*\s)?wistia_async_([a-z0-9]{10})(?:\s.*)?"),
                ("id", "wistia_([a-z0-9]{10})"),
            )
        ),
    ),
    shortcodes=("wistia",),
    id_url="https://fast.wistia.net/embed/iframe/{}",
    oembed=OEmbed(
        endpoint="https://fast.wistia.com/oembed.json", hosts=frozenset({"fast.wistia.com"})
    ),
)

ROWS = (TED, STREAMABLE, BRIGHTCOVE, JWPLAYER, WISTIA)
