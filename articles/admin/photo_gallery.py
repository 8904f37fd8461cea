"""From photos to a story: a gallery of their own, or more slides for a draft."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from articles.actions.editing import EditConflict
from articles.actions.photo_gallery import add_slides, start_gallery
from articles.admin.base import person
from articles.models import Article, Photo
from articles.photos.metadata import PhotoRefused

MOST_DRAFTS = 20
MOST_SLIDES = 100
OPEN = (Article.Status.DRAFT, Article.Status.REVIEW)


def may_start(request: HttpRequest) -> bool:
    return request.user.has_perm("articles.add_article")


def drafts_of(request: HttpRequest) -> QuerySet[Article]:
    """The newest drafts of this login, to be chosen from."""
    if not request.user.has_perm("articles.change_article"):
        return Article.objects.none()
    own = Article.objects.filter(created_by=request.user.pk, status__in=OPEN)
    return own.only("headline", "slug", "modified_at").order_by("-modified_at")[:MOST_DRAFTS]


def into_gallery(request: HttpRequest, photos: Sequence[Photo]) -> HttpResponse | None:
    """A new draft with the photos as its slides, opened; None, with a word why, where that can't be."""
    if not may_start(request):
        messages.error(request, "You may not start a story.")
        return None
    try:
        article = start_gallery(photos, by=person(request))
    except PhotoRefused as refusal:
        messages.error(request, str(refusal))
        return None
    many = "1 photo" if len(photos) == 1 else f"{len(photos)} photos"
    messages.success(request, f"A gallery of {many}. Give it a headline and a section.")
    return _opened(article)


def of_selected(request: HttpRequest, photos: QuerySet[Photo]) -> HttpResponse | None:
    """As into_gallery(), of what is selected in the list: the oldest first, as they were shot."""
    chosen = list(photos.order_by("pk")[: MOST_SLIDES + 1])
    if len(chosen) > MOST_SLIDES:
        messages.error(request, f"Choose at most {MOST_SLIDES} for a gallery.")
        return None
    return into_gallery(request, chosen)


def into_story(request: HttpRequest, photos: Sequence[Photo]) -> HttpResponse | None:
    """The chosen draft with the photos behind its slides, opened; None, with a word why, otherwise."""
    number = request.POST.get("story", "")
    article_admin: Any = admin.site.get_model_admin(Article)
    found = article_admin.get_queryset(request).filter(pk=number if number.isdecimal() else None)
    article = found.first()
    if article is None or not article_admin.has_change_permission(request, article):
        messages.error(request, "Choose a draft that you may change.")
        return None
    try:
        added = add_slides(article, photos, by=person(request))
    except (PhotoRefused, EditConflict) as refusal:
        messages.error(request, str(refusal))
        return None
    messages.success(request, f"{added} of {len(photos)} are new in its gallery.")
    return _opened(article)


def _opened(article: Article) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
