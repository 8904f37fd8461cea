"""An article's stored body as a reader's page shows it: cards for embeds, figures for photos.

Rows only: nothing here waits for anything but the database. A card the worker has not drawn yet
is drawn here from the row, so a page is complete with the worker stopped.
"""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.body.render import render_body
from articles.embeds.render import RENDER_VERSION
from articles.embeds.rows import card_html_of
from articles.models import Article, EmbedUse, PhotoUse
from articles.photos.figure import figure_view
from newsroom.lib.html import trusted

BODY_SIZES = "(min-width: 46rem) 44rem, 100vw"


def page_body(article: Article) -> SafeString:
    """The body as safe HTML. 0 queries for plain text, 1 for its embeds, 1 for its photos."""
    html = article.body_html
    uses = _embed_uses(article) if "<oembed>" in html else {}
    photos = _photo_uses(article) if "data-photo=" in html else {}

    def embed_card(url: str) -> str:
        use = uses.get(url)
        return _card(use) if use else ""

    def photo_figure(use_id: int) -> str:
        figure = figure_view(photos.get(use_id), sizes=BODY_SIZES)
        return render_to_string("components/_figure.html", {"figure": figure}) if figure else ""

    return render_body(html, embed_card=embed_card, photo_figure=photo_figure)


def _embed_uses(article: Article) -> dict[str, EmbedUse]:
    return {use.url: use for use in article.embed_uses.select_related("embed")}


def _photo_uses(article: Article) -> dict[int, PhotoUse]:
    uses = article.photo_uses.select_related("photo__agency", "photo__via", "photo__photographer")
    return {use.pk: use for use in uses}


def _card(use: EmbedUse) -> str:
    embed = use.embed
    # The stored card knows no start time: the few uses with one are drawn for themselves.
    if embed.render_version == RENDER_VERSION and not use.start:
        return trusted(embed.card_html)
    return card_html_of(embed, url=use.url)
