"""The sitemap: published pages only, with the time of their last real change."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from articles.models import Article, Section


class ArticleSitemap(Sitemap):  # type: ignore[type-arg]
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


class SectionSitemap(Sitemap):  # type: ignore[type-arg]
    def items(self) -> QuerySet[Section]:
        return Section.objects.all()


SITEMAPS = {"articles": ArticleSitemap, "sections": SectionSitemap}
