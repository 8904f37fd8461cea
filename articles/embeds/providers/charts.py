"""Charts and maps: still, so that a frame of them may fill the screen and nothing else."""

from articles.embeds.provider import Hook, OEmbed
from articles.embeds.table import TableProvider

DATAWRAPPER = TableProvider(
    slug="datawrapper",
    name="Datawrapper",
    kind="chart",
    sites=("datawrapper.dwcdn.net", "charts.datawrapper.de", "cf.datawrapper.de"),
    parts={"id": "[A-Za-z0-9]{5}"},
    # The version that may follow is dropped: readers see the newest.
    addresses=("/{id}/*", "www.datawrapper.de/_/{id}/*", "datawrapper.de/_/{id}/*"),
    canonical=("https://datawrapper.dwcdn.net/{id}/",),
    frames=(("https://datawrapper.dwcdn.net/{id}/", "4x3"),),
    hooks=(
        Hook(
            "div",
            ("id",),
            pattern="datawrapper-(?:vis|chart)-([A-Za-z0-9]{5})",
            template="https://datawrapper.dwcdn.net/{}/",
        ),
        Hook("script", ("src",)),
    ),
    shortcodes=("datawrapper",),
    id_url="https://datawrapper.dwcdn.net/{}/",
    oembed=OEmbed(
        endpoint="https://api.datawrapper.de/v3/oembed/", hosts=frozenset({"api.datawrapper.de"})
    ),
)

FLOURISH = TableProvider(
    slug="flourish",
    name="Flourish",
    kind="chart",
    sites=("public.flourish.studio", "flo.uri.sh"),
    parts={"id": "[0-9]{1,12}", "story": "[0-9]{1,12}", "file": ".+"},
    addresses=("/visualisation/{id}/*", "/story/{story}/*"),
    canonical=(
        "https://public.flourish.studio/visualisation/{id}/",
        "https://public.flourish.studio/story/{story}/",
    ),
    media_id=("{id}", "{story}"),
    frames=(
        ("https://flo.uri.sh/visualisation/{id}/embed", "4x3"),
        ("https://flo.uri.sh/story/{story}/embed", "4x3"),
    ),
    furniture=("/resources/{file}",),
    hooks=(
        Hook(
            "div",
            ("data-src",),
            css_class="flourish-embed",
            pattern=r"/?((?:visualisation|story)/[0-9]+)(?:[/?#].*)?",
            template="https://public.flourish.studio/{}/",
        ),
        Hook("div", ("data-src",), css_class="flourish-embed"),
        Hook("div", ("data-url",), css_class="flourish-embed"),
    ),
    shortcodes=("flourish",),
    id_url="https://public.flourish.studio/visualisation/{}/",
    oembed=OEmbed(
        endpoint="https://app.flourish.studio/api/v1/oembed",
        hosts=frozenset({"app.flourish.studio"}),
    ),
)

_GOOGLE_COUNTRIES = (
    "com ad ae at be bg ca ch cl co.id co.il co.in co.jp co.kr co.nz co.th co.uk co.za com.ar "
    "com.au com.br com.co com.eg com.hk com.mx com.my com.pe com.ph com.sg com.tr com.tw com.ua "
    "com.vn cz de dk ee es fi fr gr hr hu ie is it lt lu lv nl no pl pt ro rs ru se si sk"
)

# Pages of a place and short links of the app can't be framed: they stay links.
GOOGLE_MAPS = TableProvider(
    slug="google_maps",
    name="Google Maps",
    kind="map",
    sites=tuple(
        f"{site}google.{country}"
        for country in _GOOGLE_COUNTRIES.split()
        for site in ("", "www.", "maps.")
    ),
    parts={
        # The whole view of a map; most name the middle of it.
        "view": r"![!-~]*?!2d(?P<east>-?[\d.]+)!3d(?P<north>-?[\d.]+)[!-~]*|![!-~]+",
        "id": r"[\w.-]{10,80}",
        "place": "[!-~]+",
        "mine": "(?:u/[0-9]/)?(?:embed|viewer|edit|view)",
        "mode": "place|search",
        "page": "(?:maps)?",
    },
    addresses=(
        "/maps/embed?pb={view}",
        "/maps/d/{mine}?mid={id}",
        "mapsengine.google.com/map/{mine}?mid={id}",
        "/maps/embed/v1/{mode}?q={place}",
        "/{page}?output=embed&q={place}",
        "/{page}?output=embed&ll={place}",
    ),
    canonical=(
        "https://www.google.com/maps/embed?pb={view}",
        "https://www.google.com/maps/d/embed?mid={id}",
        "https://www.google.com/maps?q={place}&output=embed",
    ),
    frames=(
        ("https://www.google.com/maps/embed?pb={view}", "4x3"),
        ("https://www.google.com/maps/d/embed?mid={id}", "4x3"),
        ("https://www.google.com/maps?q={place}&output=embed", "4x3"),
    ),
    # Outside a frame the view is an error.
    pages=(
        "https://www.google.com/maps/search/?api=1&query={north},{east}",
        "https://www.google.com/maps/search/?api=1&query={place}",
        "https://www.google.com/maps/d/viewer?mid={id}",
    ),
    shortcodes=("googlemaps",),
)

ROWS = (DATAWRAPPER, FLOURISH, GOOGLE_MAPS)
