"""The paper's nouns: one file each, its QuerySet above it."""

from articles.models.agency import Agency
from articles.models.article import Article, ArticleQuerySet
from articles.models.correction import Correction
from articles.models.embed import Embed, EmbedEvent, EmbedUse
from articles.models.embed_host import EmbedHost, EmbedHostDay
from articles.models.front import Banner, Front, Slot, SlotEntry
from articles.models.imports import ImportRecord
from articles.models.people import Byline, Contributor
from articles.models.photo import Photo
from articles.models.photo_event import PhotoEvent
from articles.models.photo_use import PhotoUse
from articles.models.redirect import Redirect
from articles.models.revision import Revision
from articles.models.rights_class import RightsClass
from articles.models.search_stale import SearchStale
from articles.models.series import Related, Series, SeriesItem
from articles.models.site_state import (
    SiteState,
    forget_generation,
    generation,
    known_generation,
    providers_off,
    public_changed,
)
from articles.models.taxonomy import Section, Tag, TagAlias, TaggedArticle

__all__ = [
    "Agency",
    "Article",
    "ArticleQuerySet",
    "Banner",
    "Byline",
    "Contributor",
    "Correction",
    "Embed",
    "EmbedEvent",
    "EmbedHost",
    "EmbedHostDay",
    "EmbedUse",
    "Front",
    "ImportRecord",
    "Photo",
    "PhotoEvent",
    "PhotoUse",
    "Redirect",
    "Related",
    "Revision",
    "RightsClass",
    "SearchStale",
    "Section",
    "Series",
    "SeriesItem",
    "SiteState",
    "Slot",
    "SlotEntry",
    "Tag",
    "TagAlias",
    "TaggedArticle",
    "forget_generation",
    "generation",
    "known_generation",
    "providers_off",
    "public_changed",
]
