"""House HTML → what a reader's page shows: embeds and photos in their places.

Runs in every page that isn't cached, so it is one pass of one expression over HTML that is known
to be clean: every "<" and ">" in it belongs to a tag (newsroom.lib.html).
"""

import html as entities
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.utils.safestring import SafeString

from articles.body.outline import Heading, headings
from newsroom.lib.html import trusted

_PARTS = re.compile(
    r"<oembed>(?P<embed>[^<]*)</oembed>"
    r'|<figure data-photo="(?P<photo>\d+)"></figure>'
    r"|(?P<table><table(?: [^>]*)?>)|(?P<table_end></table>)"
    r"|<img(?P<img>(?: [^>]*)?)>"
    r"|<(?P<media>audio|video)(?P<player>(?: [^>]*)?)>[\s\S]*?</(?P=media)>"
    r"|<h(?P<level>[2-6])(?P<heading>(?: [^>]*)?)>"
    r"|(?P<link><a(?: [^>]*)?>)|(?P<link_end></a>)"
)
_ATTRIBUTE = re.compile(r' (src|alt)="([^"]*)"')
# A still has no credit beside it.
_POSTER = re.compile(r' poster="[^"]*"')
_SOURCE = re.compile(r' src="([^"]*)"')
SCROLL_START = '<div class="table-scroll" role="region" aria-label="Table" tabindex="0">'


def render_body(
    html: str, *, embed_card: Callable[[str], str], photo_figure: Callable[[int], str]
) -> SafeString:
    """The body as it stands in a page.

    In: house HTML; `embed_card` gives the HTML of an embed's address, `photo_figure` that of a
    photo's number ("" where it is gone); both return HTML that is safe. Out: pictures as links, ours
    too (no credit stands beside them: only a photo's figure has one), players of other hosts as
    links (the page's policy shows none), tables that scroll by themselves, headings with ids.
    """
    return trusted(_Rendering(html, embed_card, photo_figure=photo_figure).html())


class _Rendering:
    def __init__(
        self,
        source: str,
        embed_card: Callable[[str], str],
        *,
        photo_figure: Callable[[int], str],
    ) -> None:
        self.source = source
        self.embed_card = embed_card
        self.photo_figure = photo_figure
        self.headings: Iterator[Heading] = iter(headings(source) if "<h" in source else ())
        self.tables = 0
        self.in_link = False

    def html(self) -> str:
        return _PARTS.sub(self._part, self.source)

    def _part(self, part: re.Match[str]) -> str:
        shown: str = getattr(self, f"_{part.lastgroup}")(part)
        return shown

    def _embed(self, part: re.Match[str]) -> str:
        return self.embed_card(entities.unescape(part["embed"]))

    def _photo(self, part: re.Match[str]) -> str:
        return self.photo_figure(int(part["photo"]))

    def _table(self, part: re.Match[str]) -> str:
        self.tables += 1
        return SCROLL_START + part[0] if self.tables == 1 else part[0]

    def _table_end(self, part: re.Match[str]) -> str:
        self.tables -= 1
        return f"{part[0]}</div>" if self.tables == 0 else part[0]

    def _link(self, part: re.Match[str]) -> str:
        self.in_link = True
        return part[0]

    def _link_end(self, part: re.Match[str]) -> str:
        self.in_link = False
        return part[0]

    def _heading(self, part: re.Match[str]) -> str:
        name = entities.escape(next(self.headings).id)
        return part[0] if ' id="' in part[0] else f'{part[0][:-1]} id="{name}">'

    def _img(self, part: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(part["img"]))
        source: str = attributes.get("src", "")
        words: str = attributes.get("alt", "")
        if not source:
            return words
        host = _host(source)
        return self._to(source, words or (f"Picture at {host}" if host else "Picture"))

    def _player(self, part: re.Match[str]) -> str:
        source = next(iter(_SOURCE.findall(part[0])), "")
        host = _host(source)
        verb = {"audio": "Listen", "video": "Watch"}[part["media"]]
        return self._to(source, f"{verb} at {host}") if host else _POSTER.sub("", part[0], count=1)

    def _to(self, address: str, words: str) -> str:
        """A link, but for the words alone inside another link. Both arguments are escaped."""
        if self.in_link:
            return words
        return f'<a href="{address}" rel="noopener noreferrer">{words}</a>'


def _host(source: str) -> str:
    """The host of a picture that is not ours, escaped; "" for a path of ours."""
    try:
        return entities.escape(urlsplit(entities.unescape(source)).netloc)
    except ValueError:
        return "another site"
