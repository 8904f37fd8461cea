"""The article page."""

from itertools import groupby

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.caching import public_page
from articles.metadata import article_meta
from articles.models import Article, Byline, Correction, TaggedArticle
from articles.page_body import page_body
from articles.photos.figure import figure_view
from articles.views.old_address import redirect_or_404
from newsroom.lib.text import reading_minutes


def load(slug: str) -> Article | None:
    """The published article with all its page needs.

    Queries: 1 the article with section and lead photo; 2 bylines; 3 tags; 4 embeds, 5 photos
    and 6 corrections only where the article has some.
    """
    return (
        Article.objects.published()
        .filter(slug=slug)
        .select_related(
            "section", "lead__photo__agency", "lead__photo__via", "lead__photo__photographer"
        )
        .prefetch_related(
            Prefetch("bylines", Byline.objects.select_related("contributor")),
            Prefetch("tag_uses", TaggedArticle.objects.select_related("tag")),
        )
        .first()
    )


@public_page
def article(request: HttpRequest, slug: str) -> HttpResponse:
    story = load(slug)
    if story is None:
        return redirect_or_404(request)
    bylines = list(story.bylines.all())
    tags = [use.tag for use in story.tag_uses.all()]
    corrections = list(story.corrections.filter(public=True)) if story.has_corrections else []
    context = {
        "article": story,
        "body": page_body(story),
        "hero": figure_view(story.lead, hero=True),
        "bylines": grouped(bylines),
        "tags": tags,
        "corrections_top": [c for c in corrections if c.position == Correction.Position.TOP],
        "corrections_bottom": [c for c in corrections if c.position == Correction.Position.BOTTOM],
        "reading_minutes": reading_minutes(story.word_count),
        "meta": article_meta(story, bylines=bylines, tags=tags, corrections=corrections),
    }
    return render(request, "articles/article.html", context)


def grouped(bylines: list[Byline]) -> list[tuple[str, list[Byline]]]:
    """Bylines by role in the order of the roles: [("By", […]), ("Photographs by", […])]."""
    order = [role.value for role in Byline.Role]
    ranked = sorted(bylines, key=lambda byline: order.index(byline.role))
    return [
        (str(Byline.Role(role).label), list(group))
        for role, group in groupby(ranked, key=lambda byline: byline.role)
    ]
