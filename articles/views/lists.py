"""Pages of articles: by section, tag, contributor."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.caching import public_page
from articles.metadata import list_meta
from articles.models import Article, ArticleQuerySet, Contributor, Section, Tag, TagAlias
from articles.views.old_address import permanent_redirect, redirect_or_404

PER_PAGE = 20
MAX_PAGE_DIGITS = 6  # "?page=10**9" is nobody's honest request


def page_of(request: HttpRequest, articles: ArticleQuerySet) -> "Page[Article]":
    """The page that ?page= asks for, 1 without it. Http404 out of range or for nonsense."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) <= MAX_PAGE_DIGITS):
        raise Http404("No such page.")
    try:
        return Paginator(articles.newest().for_cards(), PER_PAGE).page(int(number))
    except InvalidPage as error:
        raise Http404("No such page.") from error


def listing(
    request: HttpRequest, template: str, articles: ArticleQuerySet, *, subject: Any, title: str,
    description: str, robots: str = "",
) -> HttpResponse:  # fmt: skip
    page = page_of(request, articles)
    context = {
        subject._meta.model_name: subject,
        "page": page,
        "meta": list_meta(
            title, description, subject.get_absolute_url(), page=page.number, robots=robots
        ),
    }
    return render(request, template, context)


@public_page
def section(request: HttpRequest, slug: str) -> HttpResponse:
    found = Section.objects.filter(slug=slug).first()
    if found is None:
        return redirect_or_404(request)
    return listing(
        request, "articles/section.html", Article.objects.published().filter(section=found),
        subject=found, title=found.name, description=found.description,
    )  # fmt: skip


@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = Tag.objects.filter(slug=slug).first()
    if found is None:
        alias = TagAlias.objects.select_related("tag").filter(slug=slug).first()
        if alias:
            return permanent_redirect(alias.tag.get_absolute_url())
        return redirect_or_404(request)
    return listing(
        request, "articles/tag.html", Article.objects.published().filter(tags=found),
        subject=found, title=found.name, description=found.description,
        robots="" if found.indexable else "noindex",
    )  # fmt: skip


@public_page
def contributor(request: HttpRequest, slug: str) -> HttpResponse:
    found = Contributor.objects.select_related("portrait").filter(slug=slug).first()
    if found is None:
        return redirect_or_404(request)
    articles = Article.objects.published().filter(bylines__contributor=found).distinct()
    return listing(
        request, "articles/contributor.html", articles,
        subject=found, title=found.name, description=found.bio,
    )  # fmt: skip
