"""An article's stored body as a reader's page shows it: cards for embeds, figures for photos.

Rows only: nothing here waits for anything but the database. A card the worker has not drawn yet
is drawn here from the row, so a page is complete with the worker stopped. Rows that a draft has in
memory (prefetched) are taken as they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.body.render import render_body
from articles.embeds.render import RENDER_VERSION
from articles.embeds.rows import card_html_of
from articles.models import Article, EmbedUse, PhotoUse
from articles.models.photo import USE_COLUMNS, columns_of, with_credit
from articles.photos.figure import FigureView, figure_view
from newsroom.lib.html import trusted

BODY_SIZES = "(min-width: 46rem) 44rem, 100vw"
SLIDE_SIZES = "(min-width: 64rem) 60rem, 100vw"


@dataclass(frozen=True, slots=True)
class Slide:
    """One picture of a gallery, with its neighbours' numbers (0: there is none)."""

    number: int
    count: int
    figure: FigureView

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1 if self.number < self.count else 0


def photo_uses(article: Article) -> list[PhotoUse]:
    """All its placements that readers see. 1 query, none where they are in memory."""
    uses = article.photo_uses
    if not _in_memory(article, "photo_uses"):
        shown = uses.filter(live=True).select_related(*with_credit("photo"))
        return list(shown.only("article", *USE_COLUMNS, *columns_of("photo")))
    return list(uses.all())


def page_body(article: Article, photos: Iterable[PhotoUse] | None = None) -> SafeString:
    """The body as safe HTML. 0 queries for plain text, 1 for its embeds, 1 for its photos."""
    html = article.body_html
    embeds = {use.url: use for use in _embed_uses(article)} if "<oembed>" in html else {}
    if photos is None:
        photos = photo_uses(article) if "data-photo=" in html else ()
    by_id = {use.pk: use for use in photos}

    def embed_card(url: str) -> str:
        use = embeds.get(url)
        return _card(use) if use else ""

    def photo_figure(use_id: int) -> str:
        figure = figure_view(by_id.get(use_id), sizes=BODY_SIZES)
        return render_to_string("components/_figure.html", {"figure": figure}) if figure else ""

    return render_body(html, embed_card=embed_card, photo_figure=photo_figure)


def slides(photos: Sequence[PhotoUse]) -> list[Slide]:
    """The gallery of a story: its placements in the gallery, in order."""
    uses = [use for use in photos if use.slot == PhotoUse.Slot.GALLERY]
    figures = [view for use in uses if (view := figure_view(use, sizes=SLIDE_SIZES))]
    return [Slide(number, len(figures), figure) for number, figure in enumerate(figures, start=1)]


def _in_memory(article: Article, relation: str) -> bool:
    prefetched: dict[str, Any] = getattr(article, "_prefetched_objects_cache", {})
    return relation in prefetched


def _embed_uses(article: Article) -> Iterable[EmbedUse]:
    if _in_memory(article, "embed_uses"):
        return article.embed_uses.all()
    return article.embed_uses.select_related("embed").defer("embed__snapshot")


def _card(use: EmbedUse) -> str:
    embed = use.embed
    # The stored card knows no start time: the few uses with one are drawn for themselves.
    if embed.render_version == RENDER_VERSION and not use.start:
        return trusted(embed.card_html)
    return card_html_of(embed, url=use.url)
