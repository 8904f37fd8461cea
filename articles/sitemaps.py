"""Sitemaps: published pages only, with the time of their last real change.

Articles are listed by month: each map is one look into the index of the newest, however large the
archive. `news` is Google's: the last two days, worked out at each request.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles import archive
from articles.caching import public_page
from articles.models import (
    Article,
    ArticleQuerySet,
    Byline,
    Contributor,
    Series,
    Tag,
    TaggedArticle,
)
from articles.models.addresses import absolute
from articles.navigation import offered_sections

NEWEST = 1_000
NEWS_HOURS = 48
NEWS_MAX = 1_000
MAX_URLS = 50_000  # the protocol's
THIN_TAG = 3  # as on the tag's page: what asks not to be indexed is not offered

xml = partial(render, content_type="application/xml")


@dataclass(frozen=True, slots=True)
class Url:
    location: str
    lastmod: datetime | None = None


def _stories(articles: ArticleQuerySet) -> ArticleQuerySet:
    fields = ("slug", "publish_at", "updated_at_public")
    return articles.filter(noindex=False, canonical_url="").newest().only(*fields)


def _urls(articles: Iterable[Article]) -> list[Url]:
    return [
        Url(absolute(each.get_absolute_url()), each.updated_at_public or each.publish_at)
        for each in articles
    ]


def _articles() -> list[Url]:
    """The newest, for those who come often."""
    return _urls(_stories(Article.objects.published())[:NEWEST])


def _sections() -> list[Url]:
    return [Url(absolute(each.get_absolute_url())) for each in offered_sections()]


def _tags() -> list[Url]:
    # Whether there is a third story, not how many: a count would read them all. Of public stories:
    # what drafts are about is nobody's business yet.
    # Asked of each, for SQLite, which makes a list of the whole archive of `content_object__in`; in
    # the order of the index, for PostgreSQL, which reads the whole table else. (Exists() drops an order.)
    seen = Exists(Article.objects.published().filter(pk=OuterRef("content_object")))
    uses = TaggedArticle.objects.filter(seen, tag=OuterRef("pk"))
    third = uses.order_by("-content_object_id").values("pk")[THIN_TAG - 1 : THIN_TAG]
    tags = Tag.objects.alias(third=Subquery(third)).filter(third__isnull=False, indexable=True)
    return [Url(absolute(each.get_absolute_url())) for each in tags.order_by("slug")[:MAX_URLS]]


def _people() -> list[Url]:
    # As for tags.
    seen = Exists(Article.objects.published().filter(pk=OuterRef("article")))
    bylines = Byline.objects.filter(seen, contributor=OuterRef("pk"))
    newest = bylines.order_by("-article_id").values("pk")[:1]
    people = Contributor.objects.alias(story=Subquery(newest)).filter(story__isnull=False)
    return [Url(absolute(each.get_absolute_url())) for each in people.order_by("slug")[:MAX_URLS]]


def _series() -> list[Url]:
    parts = Article.objects.published().one_by_one().filter(series_items__series=OuterRef("pk"))
    series = Series.objects.filter(Exists(parts)).order_by("slug")[:MAX_URLS]
    return [Url(absolute(each.get_absolute_url())) for each in series]


PARTS = {
    "articles": _articles,
    "sections": _sections,
    "tags": _tags,
    "people": _people,
    "series": _series,
}


@public_page
def index(request: HttpRequest) -> HttpResponse:
    months = archive.months_of(archive.years())
    paths = [reverse("sitemap_part", args=[name]) for name in PARTS]
    paths += [reverse("sitemap_news")]
    paths += [reverse("sitemap_month", args=[day.year, day.month]) for day in months]
    maps = [Url(absolute(path)) for path in paths]
    return xml(request, "sitemap_index.xml", {"sitemaps": maps})


@public_page
def part(request: HttpRequest, part: str) -> HttpResponse:
    if part not in PARTS:
        raise Http404("No such sitemap.")
    return xml(request, "sitemap.xml", {"urlset": PARTS[part]()})


@public_page
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    articles = _stories(archive.Span.of_month(year, month).articles())[:MAX_URLS]
    return xml(request, "sitemap.xml", {"urlset": _urls(articles)})


@public_page
def news(request: HttpRequest) -> HttpResponse:
    since = timezone.now() - timedelta(hours=NEWS_HOURS)
    recent = Article.objects.published().filter(publish_at__gte=since, noindex=False)
    articles = recent.exclude(kind=Article.Kind.SPONSORED).newest()[:NEWS_MAX]
    context = {
        "articles": articles.only("slug", "headline", "publish_at", "first_published_at"),
        "language": settings.LANGUAGE_CODE.partition("-")[0],
    }
    return xml(request, "sitemaps/news.xml", context)
