"""An article's stored body as a reader gets it: in a page, with cards for embeds and figures for
photos; in a feed, of plain elements alone.

Rows in memory only: nothing here waits for anything. A card the worker has not drawn yet is drawn
here from the row, so a page is complete with the worker stopped.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.body.render import render_body
from articles.embeds.render import RENDER_VERSION, Poster
from articles.embeds.rows import card_html_of, plain_html_of
from articles.models import Article, Embed, EmbedUse, Photo, PhotoUse, providers_off
from articles.photos.figure import FigureView, credit_with_notice, figure_view
from newsroom.lib.html import trusted

BODY_SIZES = "(min-width: 46rem) 44rem, 100vw"
# A path of ours in an attribute: house HTML has these two with addresses, between double quotes.
_OWN_ADDRESS = re.compile(r'(<[^>]* (?:href|src)=")/(?!/)')
SLIDE_SIZES = "(min-width: 64rem) 60rem, 100vw"
# Whose pictures take the room beside the rail (static/css/components/prose.css).
WIDE_KINDS = frozenset({Article.Kind.GALLERY, Article.Kind.FEATURE})


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


def page_body(article: Article) -> SafeString:
    """The body as safe HTML, of rows that are in memory (articles.story_rows)."""
    return _body(article, _card, figure=_figure)


def feed_body(article: Article) -> SafeString:
    """The story for a feed's or a letter's reader, from its lead photo to its gallery: no script, no
    frame, nothing that only a style sheet makes sense of, every address with its host.
    """
    body = _body(article, _plain, figure=figure_plain)
    gallery = (use for use in article.photo_uses.all() if use.slot == PhotoUse.Slot.GALLERY)
    figures = [figure_plain(figure_view(use)) for use in (article.lead, *gallery)]
    return _with_hosts("".join([figures[0], body, *figures[1:]]))


def figure_plain(view: FigureView | None) -> SafeString:
    """A photo for a feed or a letter: plain elements, absolute addresses, its caption and credit."""
    if view is None:
        return trusted("")
    return _with_hosts(render_to_string("components/_figure_plain.html", {"figure": view}))


def _with_hosts(html: str) -> SafeString:
    return trusted(_OWN_ADDRESS.sub(rf"\1{settings.SITE_URL.rstrip('/')}/", html))


def _figure(view: FigureView) -> str:
    return render_to_string("components/_figure.html", {"figure": view})


def _body(
    article: Article,
    card: Callable[[EmbedUse], str],
    *,
    figure: Callable[[FigureView], str],
) -> SafeString:
    embeds = {use.url: use for use in article.embed_uses.all()}
    photos = {use.pk: use for use in article.photo_uses.all()}
    sizes = SLIDE_SIZES if article.kind in WIDE_KINDS else BODY_SIZES

    def embed_card(url: str) -> str:
        use = embeds.get(url)
        return card(use) if use else ""

    def photo_figure(use_id: int) -> str:
        view = figure_view(photos.get(use_id), sizes=sizes)
        return figure(view) if view else ""

    return render_body(article.body_html, embed_card=embed_card, photo_figure=photo_figure)


def slides(photos: Iterable[PhotoUse]) -> list[Slide]:
    """The gallery of a story: its placements in the gallery, in order."""
    uses = [use for use in photos if use.slot == PhotoUse.Slot.GALLERY]
    figures = [view for use in uses if (view := figure_view(use, sizes=SLIDE_SIZES))]
    return [Slide(number, len(figures), figure) for number, figure in enumerate(figures, start=1)]


def card_now(embed: Embed, *, url: str = "") -> str:
    """A post as readers get it, drawn from its row as it is in memory."""
    if embed.provider in providers_off():
        return plain_html_of(embed, url=url)
    return card_html_of(embed, url=url, poster=poster_of(embed.poster))


def _card(use: EmbedUse) -> str:
    embed = use.embed
    # The stored card knows no start time, and no picture, whose files and rights are not its own:
    # the few uses with one are drawn for themselves.
    stored = embed.render_version == RENDER_VERSION and not use.start and embed.poster_id is None
    if stored and embed.provider not in providers_off():
        return trusted(embed.card_html)
    return card_now(embed, url=use.url)


def _plain(use: EmbedUse) -> str:
    return plain_html_of(use.embed, url=use.url)


def poster_of(photo: Photo | None) -> Poster | None:
    """The picture of a card; None without one that readers may see."""
    use = PhotoUse(photo=photo)
    view = figure_view(use, sizes=BODY_SIZES) if photo else None
    if view is None or view.missing:
        return None
    credit = credit_with_notice(use)
    return Poster(view.src, view.width, view.height, view.alt, credit, view.stills or view.sources)
