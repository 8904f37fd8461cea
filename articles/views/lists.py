"""Pages of articles: by section, tag, contributor, series."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.caching import permanent_redirect, public_page
from articles.cards import CardList
from articles.fronts import FrontPage, section_front
from articles.listing import ListPage, of_contributor, of_section, of_tag, page_of
from articles.metadata import contributor_meta, list_meta, series_meta, tag_meta
from articles.models import (
    Article,
    ArticleQuerySet,
    Contributor,
    Section,
    Series,
    Tag,
    TagAlias,
)
from articles.models.prepared import Given
from articles.photos.figure import photo_figure
from articles.views.old_address import redirect_or_404

THIN_TAG = 3  # a tag with fewer stories is no page for a search engine
PORTRAIT_SIZES = "(min-width: 64rem) 20rem, 40vw"
PORTRAIT = ("portrait__agency", "portrait__photographer", "portrait__via")
IMAGE = ("image__agency", "image__photographer", "image__via")


def _of_series() -> ArticleQuerySet:
    # From the series to its stories: SQLite would go through all that was ever published.
    parts = Article.objects.published().one_by_one().filter(series_items__series=Given("series"))
    return parts.order_by("series_items__order", "series_items__pk")


IN_SECTION, WITH_TAG = CardList(of_section), CardList(of_tag)
BY_CONTRIBUTOR, IN_SERIES = CardList(of_contributor), CardList(_of_series)


@public_page
def section(request: HttpRequest, slug: str) -> HttpResponse:
    found = Section.objects.select_related("parent").filter(slug=slug).first()
    if found is None:
        return redirect_or_404(request)
    page = page_of(request, IN_SECTION, section=found.pk)
    front = section_front(found) if page.number == 1 else FrontPage(())
    return _render(
        request, "articles/section.html", found,
        page=page.without(front.placed), front=front, children=found.children.all(),
        meta=list_meta(found.name, found.description, found.get_absolute_url(), page=page.number),
    )  # fmt: skip


@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = Tag.objects.select_related(*IMAGE).filter(slug=slug).first()
    if found is None:
        alias = TagAlias.objects.select_related("tag").filter(slug=slug).first()
        if alias:
            return permanent_redirect(alias.tag.get_absolute_url())
        return redirect_or_404(request)
    page = page_of(request, WITH_TAG, tag=found.pk)
    if not (len(page) or found.is_curated):  # what drafts are about is nobody's business yet
        return redirect_or_404(request)
    return _render(
        request, "articles/tag.html", found, page=page, portrait=_portrait(found.image),
        is_work=found.kind == Tag.Kind.WORK,
        meta=tag_meta(
            found, page=page.number,
            robots="" if found.indexable and not is_thin(page) else "noindex",
        ),
    )  # fmt: skip


def is_thin(page: ListPage) -> bool:
    return page.number == 1 and len(page) < THIN_TAG


@public_page
def contributor(request: HttpRequest, slug: str) -> HttpResponse:
    found = Contributor.objects.select_related(*PORTRAIT).filter(slug=slug).first()
    if found is None:
        return redirect_or_404(request)
    page = page_of(request, BY_CONTRIBUTOR, contributor=found.pk)
    if not len(page):  # a profile without work is nobody's page yet
        return redirect_or_404(request)
    return _render(
        request, "articles/contributor.html", found, page=page,
        portrait=_portrait(found.portrait), beats=found.beats.all(),
        meta=contributor_meta(found, page=page.number),
    )  # fmt: skip


@public_page
def series(request: HttpRequest, slug: str) -> HttpResponse:
    found = Series.objects.select_related(
        "hero__agency", "hero__photographer", "hero__via"
    ).filter(slug=slug).first()  # fmt: skip
    if found is None:
        return redirect_or_404(request)
    page = page_of(request, IN_SERIES, series=found.pk)
    if not len(page):
        return redirect_or_404(request)
    return _render(
        request, "articles/series.html", found, page=page,
        hero=photo_figure(found.hero, hero=True),
        meta=series_meta(found, page=page.number),
    )  # fmt: skip


def _portrait(photo: Any) -> Any:
    return photo_figure(photo, sizes=PORTRAIT_SIZES)


def _render(request: HttpRequest, template: str, subject: Any, **context: Any) -> HttpResponse:
    name = subject._meta.model_name
    feed = f"{subject.get_absolute_url()}feed/" if name != "series" else ""
    return render(request, template, {name: subject, "feed": feed, **context})
