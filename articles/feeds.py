"""Feeds: the newest stories with their standfirst and the credit of their picture; with their whole
text, too, where the newsroom says so (FEED_FULL_TEXT).
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Model, Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.xmlutils import SimplerXMLGenerator

from articles.caching import permanent_redirect, public_page
from articles.cards import CardList
from articles.image_data import image_file
from articles.listing import newest, of_contributor, of_section, of_tag
from articles.models import (
    Article,
    ArticleQuerySet,
    Contributor,
    EmbedUse,
    PhotoUse,
    Redirect,
    Section,
    Tag,
    TagAlias,
)
from articles.models.addresses import absolute
from articles.models.photo import with_credit
from articles.page_body import feed_body
from articles.photos.figure import credit_with_notice

ITEMS = 30
# What an item says beside what a card does.
ITEM_COLUMNS = ("uid", "first_published_at", "updated_at_public")


class MediaRssFeed(Rss201rev2Feed):
    """RSS 2.0 with Media RSS, so that a picture never travels without its credit."""

    def rss_attributes(self) -> dict[str, str]:
        spaces = {
            "xmlns:media": "http://search.yahoo.com/mrss/",
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        }
        return {**super().rss_attributes(), **spaces}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if image := item["image"]:
            attributes = {
                "url": image.url, "medium": "image", "type": "image/jpeg", "width": str(image.width),
                "height": str(image.height), "fileSize": str(image.size),
            }  # fmt: skip
            handler.startElement("media:content", AttributesImpl(attributes))
            handler.addQuickElement("media:credit", item["image_credit"])
            if item["image_caption"]:
                handler.addQuickElement("media:description", item["image_caption"])
            handler.endElement("media:content")
        if item["text"]:
            handler.addQuickElement("content:encoded", item["text"])


@cache
def _list_of(stories: Callable[[], ArticleQuerySet], columns: tuple[str, ...]) -> CardList:
    return CardList(stories, *columns)


def _hold_posts_and_photos(stories: list[Article]) -> None:
    """Those in the texts. 2 queries."""
    live = PhotoUse.objects.filter(live=True)
    photos = live.select_related("photo", *with_credit("photo"))
    posts = EmbedUse.objects.select_related("embed").defer("embed__snapshot", "embed__card_html")
    prefetch_related_objects(stories, Prefetch("photo_uses", photos), Prefetch("embed_uses", posts))


class StoryFeed(Feed):  # type: ignore[type-arg]
    """What every feed of stories says of its items; `stories` says which."""

    feed_type = MediaRssFeed
    stories = staticmethod(newest)

    @method_decorator(public_page)  # type: ignore[arg-type]  # an overloaded function
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        # The time of the newest story says nothing of one that was withdrawn or mended: the ETag does.
        del response["Last-Modified"]
        return response

    def items(self, subject: Any) -> list[Article]:
        whole = settings.FEED_FULL_TEXT
        found = self.found(subject, (*ITEM_COLUMNS, *(["body_html"] if whole else [])))
        if whole:
            _hold_posts_and_photos(found)
        return found

    def found(self, subject: Any, columns: tuple[str, ...]) -> list[Article]:
        """The stories with these columns beside those of a card."""
        return _list_of(self.stories, columns).part(0, ITEMS, **self.given(subject))

    def given(self, subject: Any) -> dict[str, Any]:
        """What tells this subject's stories from others'."""
        return {}

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
            "image": image_file(item.lead),
            "image_credit": credit_with_notice(item.lead) if item.lead else "",
            "image_caption": item.lead.caption_text if item.lead else "",
            "text": feed_body(item) if settings.FEED_FULL_TEXT else "",
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

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().__call__(request, *args, **kwargs)
        except Http404:
            if page := self.moved_to(request, **kwargs):
                return permanent_redirect(f"{page}feed/")
            raise

    def moved_to(self, request: HttpRequest, slug: str) -> str:
        """The path of the page that this feed's page became, or "": articles.actions.moving."""
        rows = Redirect.objects.filter(old_path=request.path.removesuffix("feed/"), status=301)
        page = rows.values_list("target_path", flat=True).first() or ""
        return page if _has_feed(page) else ""

    def given(self, subject: Any) -> dict[str, Any]:
        return {str(subject._meta.model_name): subject.pk}

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


def _has_feed(page: str) -> bool:
    """Whether it is such a page: a row that was written by hand or imported may lead anywhere."""
    try:
        return str(resolve(f"{page}feed/").url_name).endswith("_feed")
    except Resolver404:
        return False


class SectionFeed(SubjectFeed):
    subjects, text = Section, "description"
    stories = staticmethod(of_section)


class TagFeed(SubjectFeed):
    subjects, text = Tag, "description"
    stories = staticmethod(of_tag)

    def moved_to(self, request: HttpRequest, slug: str) -> str:
        alias = TagAlias.objects.select_related("tag").filter(slug=slug).first()
        return alias.tag.get_absolute_url() if alias else super().moved_to(request, slug)

    def items(self, subject: Tag) -> list[Article]:
        found = super().items(subject)
        if not (found or subject.is_curated):
            raise Http404("No such feed.")
        return found


class ContributorFeed(SubjectFeed):
    subjects, text = Contributor, "bio"
    stories = staticmethod(of_contributor)

    def items(self, subject: Contributor) -> list[Article]:
        found = super().items(subject)
        if not found:  # a profile without work is nobody's page yet
            raise Http404("No such feed.")
        return found
