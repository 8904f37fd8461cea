"""Feeds: the newest articles in full, with nothing that a feed reader would have to run."""

from datetime import datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.xmlutils import SimplerXMLGenerator

from articles.caching import PUBLIC_PAGE
from articles.metadata import absolute, image_url
from articles.models import Article
from articles.photos.figure import credit_line

ITEMS = 30


class MediaRssFeed(Rss201rev2Feed):
    """RSS 2.0 with Media RSS, so that a picture never travels without its credit."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:media": "http://search.yahoo.com/mrss/"}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["image"]:
            attributes = {"url": item["image"], "medium": "image", "type": "image/jpeg"}
            handler.startElement("media:content", AttributesImpl(attributes))
            handler.addQuickElement("media:credit", item["image_credit"])
            handler.endElement("media:content")


class SiteFeed(Feed):  # type: ignore[type-arg]
    feed_type = MediaRssFeed
    link = "/"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = PUBLIC_PAGE
        return response

    def title(self) -> str:
        return str(settings.SITE_NAME)

    def description(self) -> str:
        return str(settings.SITE_TAGLINE)

    def feed_url(self) -> str:
        return absolute("/feed/")

    def items(self) -> list[Article]:
        return list(Article.objects.published().newest().for_cards()[:ITEMS])

    def item_title(self, item: Article) -> str:
        return item.headline

    def item_description(self, item: Article) -> str:
        return item.dek

    def item_link(self, item: Article) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Article) -> str:
        return f"urn:uuid:{item.uid}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Article) -> datetime | None:
        return item.first_published_at or item.publish_at

    def item_updateddate(self, item: Article) -> datetime | None:
        return item.updated_at_public

    def item_author_name(self, item: Article) -> str:
        return ", ".join(byline.contributor.name for byline in item.bylines.all())

    def item_categories(self, item: Article) -> list[str]:
        return [item.section.name] if item.section else []

    def item_extra_kwargs(self, item: Article) -> dict[str, Any]:
        return {
            "image": image_url(item.lead),
            "image_credit": credit_line(item.lead) if item.lead else "",
        }
