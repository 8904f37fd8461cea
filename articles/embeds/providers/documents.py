"""Documents to read: court papers, reports, code."""

from articles.embeds.provider import Hook, OEmbed
from articles.embeds.table import TableProvider

DOCUMENTCLOUD = TableProvider(
    slug="documentcloud",
    name="DocumentCloud",
    kind="document",
    sites=(
        "documentcloud.org",
        "www.documentcloud.org",
        "beta.documentcloud.org",
        "embed.documentcloud.org",
    ),
    parts={"id": "[0-9]{1,12}", "words": "[^/]+?", "ending": r"(?:\.html|\.js|\.json)?"},
    addresses=(
        "/documents/{id}-{words}{ending}",
        "/documents/{id}-{words}/*",
        "/documents/{id}{ending}",
        "/documents/{id}/*",
    ),
    canonical=(
        "https://www.documentcloud.org/documents/{id}-{words}",
        "https://www.documentcloud.org/documents/{id}",
    ),
    frames=(
        ("https://embed.documentcloud.org/documents/{id}-{words}/?embed=1", "tall"),
        ("https://embed.documentcloud.org/documents/{id}/?embed=1", "tall"),
    ),
    loaders=frozenset(
        {
            "assets.documentcloud.org/viewer/loader.js",
            "s3.documentcloud.org/viewer/loader.js",
            "www.documentcloud.org/embed/loader/enhance.js",
            "assets.documentcloud.org/embed/loader/enhance.js",
        }
    ),
    hooks=(
        Hook(
            "div",
            ("id",),
            css_class="DV-container",
            pattern=r"DV-viewer-([\w.-]+)",
            template="https://www.documentcloud.org/documents/{}",
        ),
    ),
    shortcodes=("documentcloud",),
    id_url="https://www.documentcloud.org/documents/{}",
    oembed=OEmbed(
        endpoint="https://api.www.documentcloud.org/api/oembed",
        hosts=frozenset({"api.www.documentcloud.org"}),
    ),
)

SCRIBD = TableProvider(
    slug="scribd",
    name="Scribd",
    kind="document",
    sites=("scribd.com", "www.scribd.com", "{language}.scribd.com"),
    parts={
        "id": "[0-9]{4,12}",
        "language": "[a-z]{2}",
        "sort": "(?:mobile/)?(?:doc|document|embeds|fullscreen|presentation)",
    },
    addresses=("/{sort}/{id}/*",),
    canonical=("https://www.scribd.com/document/{id}",),
    frames=(("https://www.scribd.com/embeds/{id}/content", "tall"),),
    loaders=frozenset({"www.scribd.com/javascripts/embed_code/inject.js"}),
    shortcodes=("scribd",),
    id_url="https://www.scribd.com/document/{}",
    oembed=OEmbed(
        endpoint="https://www.scribd.com/services/oembed", hosts=frozenset({"www.scribd.com"})
    ),
)

# Its embed is a script, which writes into the page around it: there is nothing to frame.
GIST = TableProvider(
    slug="gist",
    name="GitHub Gist",
    kind="code",
    sites=("gist.github.com",),
    parts={
        "id": "[0-9a-f]{20,40}|[0-9]{1,12}",
        "user": "[A-Za-z0-9][A-Za-z0-9-]{0,38}",
        "ending": r"(?:\.js|\.json|\.pibb)?",
    },
    addresses=("/{user}/{id}{ending}", "/{id}{ending}", "/{user}/{id}/*", "/{id}/*"),
    canonical=("https://gist.github.com/{user}/{id}", "https://gist.github.com/{id}"),
    hooks=(
        Hook("amp-gist", ("data-gistid",), template="https://gist.github.com/{}"),
        Hook("script", ("src",)),
        Hook("code", ("data-gist-id",), template="https://gist.github.com/{}"),
        Hook(
            "div",
            ("data-gist",),
            css_class="gist-oembed",
            pattern=r"([\w/-]+)\.json",
            template="https://gist.github.com/{}",
        ),
    ),
    shortcodes=("gist",),
    id_url="https://gist.github.com/{}",
)

ROWS = (DOCUMENTCLOUD, SCRIBD, GIST)
