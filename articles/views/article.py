"""The article page. `render_article` is what a draft's preview goes through; both show the same
pieces in the same template.
"""

from collections.abc import Sequence
from itertools import groupby

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.html import conditional_escape

from articles.caching import public_page
from articles.fragments import Pieces, kept
from articles.metadata import article_meta
from articles.models import Article, Byline, Correction, TaggedArticle
from articles.models.article import CARD_COLUMNS
from articles.models.photo import RIGHTS_COLUMNS, columns_of, with_credit
from articles.page_body import page_body, photo_uses, slides
from articles.photos.figure import figure_view
from articles.related import around
from articles.site_clock import current
from articles.views.old_address import redirect_or_404
from newsroom.lib.text import reading_minutes

STORY_COLUMNS = (
    *CARD_COLUMNS, "body_html", "body_text", "word_count", "dateline", "headline_seo",
    "headline_social", "canonical_url", "noindex", "no_related", "has_corrections",
    *columns_of("lead__photo", RIGHTS_COLUMNS),
)  # fmt: skip
BYLINE_COLUMNS = (
    "article", "role", "text_override", "contributor__kind", "contributor__name",
    "contributor__slug", *columns_of("contributor__portrait"),
)  # fmt: skip
TAG_COLUMNS = ("content_object", "tag__name", "tag__slug", "tag__kind", "tag__same_as")


@public_page
def article(request: HttpRequest, slug: str) -> HttpResponse:
    moment = current()  # before the story is read: a change in between makes its pieces stale
    columns = ("slug", "kind", "headline", "section")
    story = Article.objects.published().filter(slug=slug).only(*columns).order_by().first()
    if story is None:
        return redirect_or_404(request)
    # All but the reactions is kept from one reader to the next.
    pieces = kept(f"story:{story.pk}", lambda: pieces_of(load(story.pk)), moment=moment)
    return _page(request, story, pieces)


def render_article(
    request: HttpRequest, story: Article, *,
    chosen: Sequence[int] | None = None, preview: bool = False,
) -> HttpResponse:  # fmt: skip
    """The page of a story whose rows may be in memory only: bylines, tag_uses, photo_uses and
    embed_uses are read through their managers, prefetched or not. `chosen`: a draft's related
    stories, by id; `preview` says on the page that it is one.
    """
    return _page(request, story, pieces_of(story, chosen=chosen), preview=preview)


def _page(
    request: HttpRequest, story: Article, pieces: Pieces, *, preview: bool = False
) -> HttpResponse:
    context = {"article": story, "pieces": pieces, "preview": preview}
    return render(request, "articles/article.html", context)


def load(pk: int) -> Article:
    """The public article with the rows that its page shows. 3 queries: the article with section and lead
    photo, bylines, tags.
    """
    bylines = Byline.objects.select_related(*with_credit("contributor__portrait"))
    tags = TaggedArticle.objects.select_related("tag")
    stories = (
        Article.objects.published()
        .select_related("section", *with_credit("lead__photo"))
        .prefetch_related(
            Prefetch("bylines", bylines.only(*BYLINE_COLUMNS)),
            Prefetch("tag_uses", tags.only(*TAG_COLUMNS)),
        )
        .only(*STORY_COLUMNS)
    )
    return get_object_or_404(stories, pk=pk)  # withdrawn this very moment


def pieces_of(story: Article, *, chosen: Sequence[int] | None = None) -> Pieces:
    """The page of a story in pieces: what is the same for all readers until something changes.

    Queries: 1 corrections and 1 embeds where there are some, 1 photos, 5 for what stands around.
    """
    photos = photo_uses(story)
    bylines = list(story.bylines.all())
    tags = [use.tag for use in story.tag_uses.all()]
    corrections = [c for c in story.corrections.all() if c.public] if story.has_corrections else []
    meta = article_meta(story, bylines=bylines, tags=tags, corrections=corrections)
    context = {
        "article": story,
        "meta": meta,
        "body": page_body(story, photos),
        "slides": slides(photos),
        "around": around(story, tag_ids=[tag.pk for tag in tags], chosen=chosen),
        "hero": figure_view(story.lead, hero=True),
        "bylines": grouped(bylines),
        "portraits": [byline for byline in bylines if byline.role == Byline.Role.AUTHOR],
        "tags": tags,
        "corrections_top": [c for c in corrections if c.position == Correction.Position.TOP],
        "corrections_bottom": [c for c in corrections if c.position == Correction.Position.BOTTOM],
        "reading_minutes": reading_minutes(story.word_count),
    }
    names = ("meta", "opening", "text", "corrections", "ending", "after")
    pieces = {name: render_to_string(f"articles/_{name}.html", context) for name in names}
    return pieces | {
        "title": conditional_escape(meta.title),
        "json_ld": conditional_escape(meta.json_ld),
    }


def grouped(bylines: list[Byline]) -> list[tuple[str, list[Byline]]]:
    """Bylines by role in the order of the roles: [("By", […]), ("Photographs by", […])]."""
    order = [role.value for role in Byline.Role]
    ranked = sorted(bylines, key=lambda byline: order.index(byline.role))
    return [
        (str(Byline.Role(role).label), list(group))
        for role, group in groupby(ranked, key=lambda byline: byline.role)
    ]
