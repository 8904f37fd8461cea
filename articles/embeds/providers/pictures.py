"""Pictures, moving ones among them. Where the picture itself is an agency's, the card only links."""

from articles.embeds.provider import Hook, OEmbed
from articles.embeds.table import TableProvider

_IMGUR_PAGES = (
    "about|account|advertise|apps|arcade|beta|blog|emerald|help|hot|jobs|login|memegen|meme|new|"
    "popular|press|privacy|random|register|removal|removalrequest|rising|rules|search|signin|"
    "store|tos|top|topics|trending|upload|user|vidgif|viral"
)

IMGUR = TableProvider(
    slug="imgur",
    name="Imgur",
    kind="picture",
    sites=("imgur.com", "www.imgur.com", "m.imgur.com", "i.imgur.com"),
    parts={
        "image": f"(?!(?:{_IMGUR_PAGES})$)[A-Za-z0-9]{{5,8}}",
        "album": "[A-Za-z0-9]{5,8}",
        # Of a post in the gallery the address does not say whether it is an album.
        "post": "[A-Za-z0-9]{5,8}",
        "words": "(?:[^/]*-)?",
        "ending": "[A-Za-z0-9]{3,5}",
        "topic": "[^/]+",
    },
    addresses=(
        "/a/{words}{album}/*",
        "/gallery/{words}{post}/*",
        "/t/{topic}/{words}{post}/*",
        "/topic/{topic}/{words}{post}/*",
        "/r/{topic}/{image}/*",
        "/{image}.{ending}",
        "/{image}",
        "/{image}/embed",
    ),
    canonical=(
        "https://imgur.com/a/{album}",
        "https://imgur.com/gallery/{post}",
        "https://imgur.com/{image}",
    ),
    media_id=("{album}", "{post}", "{image}"),
    frames=(
        ("https://imgur.com/a/{album}/embed?pub=true", "post"),
        ("https://imgur.com/{image}/embed?pub=true", "post"),
    ),
    loaders=frozenset({"s.imgur.com/min/embed.js"}),
    hooks=(
        Hook(
            "amp-imgur",
            ("data-imgur-id",),
            pattern="((?:a/|gallery/)?[A-Za-z0-9]+)",
            template="https://imgur.com/{}",
        ),
        Hook(
            "blockquote",
            ("data-id",),
            css_class="imgur-embed-pub",
            pattern="((?:a/|gallery/)?[A-Za-z0-9]+)",
            template="https://imgur.com/{}",
        ),
    ),
    shortcodes=("imgur",),
    id_url="https://imgur.com/{}",
    oembed=OEmbed(endpoint="https://api.imgur.com/oembed.json", hosts=frozenset({"api.imgur.com"})),
)

GIPHY = TableProvider(
    slug="giphy",
    name="Giphy",
    kind="picture",
    sites=("giphy.com", "www.giphy.com"),
    parts={
        "id": "[A-Za-z0-9]{10,32}",
        "sort": "gifs|stickers|clips|embed|videos",
        "words": "(?:[^/]*-)?",
        "version": r"(?:v1\.[^/]+/)?",
        "media": r"(?:media[0-9]?|i)\.giphy\.com",
        "ending": "gif|mp4|webp",
        "code": "[A-Za-z0-9]{3,16}",
    },
    addresses=(
        "/{sort}/{words}{id}/*",
        "{media}/media/{version}{id}/*",
        "i.giphy.com/{id}.{ending}",
        "gph.is/{code}",
        "gph.is/g/{code}",
    ),
    canonical=("https://giphy.com/gifs/{id}",),
    short_hosts=frozenset({"gph.is"}),
    frames=(("https://giphy.com/embed/{id}", "1x1"),),
    shortcodes=("giphy",),
    id_url="https://giphy.com/gifs/{}",
    oembed=OEmbed(endpoint="https://giphy.com/services/oembed", hosts=frozenset({"giphy.com"})),
)

FLICKR = TableProvider(
    slug="flickr",
    name="Flickr",
    kind="picture",
    sites=("flickr.com", "www.flickr.com", "m.flickr.com", "secure.flickr.com"),
    parts={
        "user": r"(?!(?:tags|search|friends|upload)/)[\w@.-]{1,64}",
        "id": "[0-9]{4,15}",
        "album": "[0-9]{4,20}",
        "sort": "albums|sets",
        "code": "[A-Za-z0-9]{4,16}",
        "short": "p|s",
    },
    addresses=(
        "/photos/{user}/{id}/*",
        "/photos/{user}/{sort}/{album}/*",
        "flic.kr/{short}/{code}",
    ),
    canonical=(
        "https://www.flickr.com/photos/{user}/{id}/",
        "https://www.flickr.com/photos/{user}/albums/{album}/",
    ),
    media_id=("{id}", "{album}"),
    short_hosts=frozenset({"flic.kr"}),
    hooks=(Hook("a", ("href", "data-flickr-embed")),),
    loaders=frozenset({"embedr.flickr.com/assets/client-code.js"}),
    shortcodes=("flickr",),
    oembed=OEmbed(
        endpoint="https://www.flickr.com/services/oembed/", hosts=frozenset({"www.flickr.com"})
    ),
)

_GETTY_COUNTRIES = (
    "com ae at be ca ch co.jp co.nz co.uk co.za com.au com.br com.mx com.tr de dk es fi fr hk ie "
    "in it nl no pt se"
)

# A frame needs a signature that only Getty gives; its oEmbed answers without encryption only.
GETTY = TableProvider(
    slug="getty",
    name="Getty Images",
    kind="picture",
    sites=tuple(
        f"{www}gettyimages.{country}"
        for country in _GETTY_COUNTRIES.split()
        for www in ("", "www.")
    ),
    parts={"id": "[0-9]{5,12}", "words": "(?:[^/]+/){0,3}"},
    addresses=(
        "/detail/{words}{id}",
        "/license/{id}",
        "embed.gettyimages.com/embed/{id}",
        "gty.im/{id}",
    ),
    canonical=("https://www.gettyimages.com/detail/{id}",),
    hooks=(
        Hook("div", css_class="getty", link="first"),
        Hook("a", ("href",), css_class="gie-single"),
        Hook("a", ("href",), css_class="gie-slideshow"),
    ),
    loaders=frozenset({"embed-cdn.gettyimages.com/widgets.js"}),
    shortcodes=("getty", "gettyimages"),
    id_url="https://www.gettyimages.com/detail/{}",
)

ROWS = (IMGUR, GIPHY, FLICKR, GETTY)
