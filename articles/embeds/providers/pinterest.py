"""Pinterest: single pins. Boards and people's pages are no embeds."""

import re

from articles.embeds.provider import POST_ALLOW, EmbedRef, Frame, Hook, OEmbed, Provider
from articles.embeds.url import SafeUrl

_PIN = re.compile(r"(?:.*--)?([0-9]{6,25})", re.DOTALL)
_CODE = re.compile(r"[A-Za-z0-9_-]{3,40}")
_SHORT_HOSTS = frozenset({"pin.it", "www.pin.it"})
_FRAME_HOST = "assets.pinterest.com"
# A country's host below pinterest.com, or the mobile one; the endings Pinterest itself uses.
_COUNTRY_HOST = re.compile(r"[a-z]{1,2}\.pinterest\.com")
_ENDINGS = (
    "at be ca ch cl co co.at co.id co.il co.in co.kr co.nz co.uk com com.au com.bo com.br com.co "
    "com.ec com.mx com.pe com.py com.tr com.uy com.vn cz de dk ec es fi fr gr hu id ie in info it "
    "jp kr mx nl no nz pe ph pl pt ro ru se sg sk th tr tw uk uy vn"
)


class Pinterest(Provider):
    slug = "pinterest"
    name = "Pinterest"
    hosts = frozenset(
        {
            *(f"{start}pinterest.{end}" for end in _ENDINGS.split() for start in ("", "www.")),
            _FRAME_HOST,
            *_SHORT_HOSTS,
        }
    )
    open_hosts = (_COUNTRY_HOST,)
    short_hosts = frozenset({"api.pinterest.com", *_SHORT_HOSTS})
    frame_origins = (f"https://{_FRAME_HOST}",)
    loaders = frozenset(
        f"{_FRAME_HOST}/js/{script}.js" for script in ("pinit", "pinit_main", "pinit_v2")
    )
    hooks = (
        Hook("a", ("data-pin-do", "href"), pattern=r"embedPin (\S+)", template="{}"),
        Hook("amp-pinterest", ("data-do", "data-url"), pattern=r"embedPin (\S+)", template="{}"),
    )
    shortcodes = ("pinterest", "pin")
    id_url = "https://www.pinterest.com/pin/{}/"
    oembed = OEmbed(
        endpoint="https://www.pinterest.com/oembed.json",
        hosts=frozenset({"www.pinterest.com"}),
        # It answers so to programs it takes for unwelcome, whatever they ask for.
        says_nothing=frozenset({401, 403}),
    )

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """`pin/(TITLE--)N` with anything after it, the widget's frame, short links, unresolved."""
        path = url.path
        if url.host in _SHORT_HOSTS:
            return _short(path)
        if url.host == _FRAME_HOST:
            return _pin(url.param("id")) if path == ("ext", "embed.html") else None
        if path[:1] == ("amp",):
            path = path[1:]
        return _pin(path[1]) if len(path) > 1 and path[0] == "pin" else None

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        if ref.media_id is None:
            return None
        return Frame(
            src=f"https://{_FRAME_HOST}/ext/embed.html?id={ref.media_id}",
            title="Pinterest pin",
            allow=POST_ALLOW,
            box="tall",
        )


def _pin(value: str) -> EmbedRef | None:
    found = _PIN.fullmatch(value)
    if found is None:
        return None
    canonical = f"https://www.pinterest.com/pin/{found[1]}/"
    return EmbedRef("pinterest", found[1], canonical, url=canonical, kind="pin")


def _short(path: tuple[str, ...]) -> EmbedRef | None:
    if len(path) != 1 or not _CODE.fullmatch(path[0]):
        return None
    return EmbedRef("pinterest", None, None, url=f"https://pin.it/{path[0]}", kind="pin")
