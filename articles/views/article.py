"""The article page. `render_article` is what a draft's preview goes through; both show the same
pieces in the same template.
"""

from collections.abc import Sequence
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import conditional_escape

from articles.caching import public_page
from articles.fragments import Pieces, kept
from articles.metadata import article_meta
from articles.models import Article, Byline, Correction
from articles.models.prepared import Given, PreparedInstances
from articles.page_body import page_body, slides
from articles.photos.figure import figure_view
from articles.related import around
from articles.site_clock import current
from articles.story_rows import hold_rows
from articles.views.old_address import redirect_or_404
from newsroom.lib.text import reading_minutes

STORY_COLUMNS = (
    "uid", "slug", "kind", "headline", "kicker", "dek", "publish_at", "first_published_at",
    "updated_at_public", "section__name", "section__slug", "lead", "body_html", "body_text",
    "word_count", "dateline", "headline_seo", "headline_social", "canonical_url", "noindex",
    "no_related", "has_corrections",
)  # fmt: skip
_at_address = PreparedInstances(
    lambda: Article.objects.published().filter(slug=Given("slug")).order_by(),
    Article,
    ("slug", "kind", "headline", "section"),
)
_whole = PreparedInstances(
    lambda: Article.objects.published().filter(pk=Given("pk")).order_by(), Article, STORY_COLUMNS
)


@public_page
def article(request: HttpRequest, slug: str) -> HttpResponse:
    moment = current()  # before the story is read: a change in between makes its pieces stale
    story = next(iter(_at_address(slug=slug)), None)
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
    """The public article with its section. 1 query."""
    for story in _whole(pk=pk):
        return story
    raise Http404("It was withdrawn this very moment.")


def pieces_of(story: Article, *, chosen: Sequence[int] | None = None) -> Pieces:
    """The page of a story in pieces: what is the same for all readers until something changes.

    3 queries: its rows, what is near, the cards of that.
    """
    hold_rows(story)
    bylines = list(story.bylines.all())
    tags = [use.tag for use in story.tag_uses.all()]
    corrections = list(story.corrections.all()) if story.has_corrections else []
    meta = article_meta(story, bylines=bylines, tags=tags, corrections=corrections)
    context = {
        "article": story,
        "meta": meta,
        "body": page_body(story),
        "slides": slides(story.photo_uses.all()),
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
