"""The sitemap: published pages only, with the time of their last real change."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from articles.models import Article, Section


class OurSitemap(Sitemap):  # type: ignore[type-arg]
    """Addresses under SITE_URL, whatever host name the request came by."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class ArticleSitemap(OurSitemap):
    limit = 5_000

    def items(self) -> QuerySet[Article]:
        return (
            Article.objects.published()
            .filter(noindex=False)
            .newest()
            .only("slug", "publish_at", "updated_at_public")
        )

    def lastmod(self, item: Article) -> datetime | None:
        return item.updated_at_public or item.publish_at


class SectionSitemap(OurSitemap):
    def items(self) -> QuerySet[Section]:
        return Section.objects.all()


SITEMAPS = {"articles": ArticleSitemap, "sections": SectionSitemap}
