"""The paper's nouns: one file each, its QuerySet above it."""

from articles.models.agency import Agency
from articles.models.article import Article, ArticleQuerySet
from articles.models.correction import Correction
from articles.models.embed import Embed, EmbedUse
from articles.models.front import Banner, Front, Slot, SlotEntry
from articles.models.imports import ImportRecord
from articles.models.people import Byline, Contributor
from articles.models.photo import Photo
from articles.models.photo_use import PhotoUse
from articles.models.redirect import Redirect
from articles.models.revision import Revision
from articles.models.series import Related, Series, SeriesItem
from articles.models.site_state import (
    SiteState,
    forget_generation,
    generation,
    known_generation,
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
    "EmbedUse",
    "Front",
    "ImportRecord",
    "Photo",
    "PhotoUse",
    "Redirect",
    "Related",
    "Revision",
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
    "public_changed",
]
