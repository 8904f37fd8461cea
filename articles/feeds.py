"""Feeds: the newest stories with their standfirst and the credit of their picture."""

from datetime import datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.xmlutils import SimplerXMLGenerator

from articles.caching import permanent_redirect, public_page
from articles.metadata import absolute, image_url
from articles.models import (
    Article,
    ArticleQuerySet,
    Byline,
    Contributor,
    Section,
    Tag,
    TagAlias,
    TaggedArticle,
)
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


class StoryFeed(Feed):  # type: ignore[type-arg]
    """What every feed of stories says of its items; `stories` says which."""

    feed_type = MediaRssFeed

    @method_decorator(public_page)  # type: ignore[arg-type]  # an overloaded function
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        # The time of the newest story says nothing of one that was withdrawn or mended: the ETag does.
        del response["Last-Modified"]
        return response

    def stories(self, subject: Any) -> ArticleQuerySet:
        return Article.objects.published()

    def items(self, subject: Any) -> list[Article]:
        return list(self.stories(subject).newest().for_cards()[:ITEMS])

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


class SiteFeed(StoryFeed):
    link = "/"

    def title(self) -> str:
        return str(settings.SITE_NAME)

    def description(self) -> str:
        return str(settings.SITE_TAGLINE)

    def feed_url(self) -> str:
        return absolute("/feed/")


class SubjectFeed(StoryFeed):
    """The feed of one section, tag or contributor, found by its slug. Feed raises 404 for it."""

    subjects: type[Model]
    text = ""  # the field that describes the subject

    def get_object(self, request: HttpRequest, slug: str) -> Any:
        return self.subjects._default_manager.get(slug=slug)

    def title(self, subject: Any) -> str:
        return f"{subject} – {settings.SITE_NAME}"

    def link(self, subject: Any) -> str:
        return absolute(subject.get_absolute_url())

    def feed_url(self, subject: Any) -> str:
        return absolute(f"{subject.get_absolute_url()}feed/")

    def description(self, subject: Any) -> str:
        return getattr(subject, self.text) or self.title(subject)


class SectionFeed(SubjectFeed):
    subjects, text = Section, "description"

    def stories(self, subject: Section) -> ArticleQuerySet:
        return Article.objects.published().filter(section=subject)


class TagFeed(SubjectFeed):
    subjects, text = Tag, "description"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().__call__(request, *args, **kwargs)
        except Http404:
            alias = TagAlias.objects.select_related("tag").filter(**kwargs).first()
            if alias is None:
                raise
            return permanent_redirect(f"{alias.tag.get_absolute_url()}feed/")

    def items(self, subject: Tag) -> list[Article]:
        found = super().items(subject)
        if not (found or subject.is_curated):
            raise Http404("No such feed.")
        return found

    def stories(self, subject: Tag) -> ArticleQuerySet:
        uses = TaggedArticle.objects.filter(tag=subject)
        return Article.objects.published().filter(pk__in=uses.values("content_object"))


class ContributorFeed(SubjectFeed):
    subjects, text = Contributor, "bio"

    def items(self, subject: Contributor) -> list[Article]:
        found = super().items(subject)
        if not found:  # a profile without work is nobody's page yet
            raise Http404("No such feed.")
        return found

    def stories(self, subject: Contributor) -> ArticleQuerySet:
        bylines = Byline.objects.filter(contributor=subject)
        return Article.objects.published().filter(pk__in=bylines.values("article"))
