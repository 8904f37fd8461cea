"""What a page says of itself to machines: title, canonical, OpenGraph, JSON-LD. Made from rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from articles.image_data import image_object, images_of, shared_image
from articles.models import Article, Byline, Contributor, Photo, PhotoUse, Series, Tag
from articles.models.addresses import absolute
from newsroom.lib.html import json_script
from newsroom.lib.text import excerpt

DESCRIPTION_CHARS = 200
# schema.org's NewsArticle subtypes by the kind of work; the rest are plain NewsArticle.
SCHEMA_TYPES = {
    Article.Kind.NEWS: "ReportageNewsArticle",
    Article.Kind.OPINION: "OpinionNewsArticle",
    Article.Kind.ANALYSIS: "AnalysisNewsArticle",
    Article.Kind.REVIEW: "ReviewNewsArticle",
    Article.Kind.SPONSORED: "AdvertiserContentArticle",
}
ABOUT_TYPES = {
    Tag.Kind.PERSON: "Person",
    Tag.Kind.PLACE: "Place",
    Tag.Kind.ORGANISATION: "Organization",
    Tag.Kind.EVENT: "Event",
    Tag.Kind.WORK: "CreativeWork",
}


@dataclass(frozen=True, slots=True)
class PageMeta:
    title: str
    description: str
    canonical: str
    og: tuple[tuple[str, str], ...] = ()
    robots: str = "max-image-preview:large"
    json_ld: SafeString | str = ""


def list_meta(
    title: str, description: str, path: str, *, page: int = 1, robots: str = ""
) -> PageMeta:
    """Metadata of a page of articles; page 2 and on name themselves as canonical."""
    canonical = absolute(path if page == 1 else f"{path}?page={page}")
    full_title = title if page == 1 else f"{title}, page {page}"
    return PageMeta(
        title=full_title,
        description=description,
        canonical=canonical,
        og=(("og:type", "website"), ("og:title", full_title), ("og:url", canonical)),
        robots=robots or "max-image-preview:large",
    )


def contributor_meta(contributor: Contributor, *, page: int = 1) -> PageMeta:
    """A profile page: who this is, and where else they are."""
    meta = list_meta(contributor.name, contributor.bio, contributor.get_absolute_url(), page=page)
    person = {
        **author_of(contributor),
        "jobTitle": contributor.title,
        "description": contributor.bio,
        "sameAs": contributor.same_as,
    }
    person = {key: value for key, value in person.items() if value}
    return _about(meta, "ProfilePage", person, photo=contributor.portrait)


def tag_meta(tag: Tag, *, page: int = 1, robots: str = "") -> PageMeta:
    """A tag's page: what all its stories are about, with its picture."""
    meta = list_meta(tag.name, tag.description, tag.get_absolute_url(), page=page, robots=robots)
    return _about(meta, "CollectionPage", about(tag), photo=tag.image)


def series_meta(series: Series, *, page: int = 1) -> PageMeta:
    """A series' page, with its picture."""
    address = series.get_absolute_url()
    meta = list_meta(series.title, series.dek, address, page=page)
    thing = {"@type": "CreativeWorkSeries", "name": series.title, "url": absolute(address)}
    return _about(meta, "CollectionPage", thing, photo=series.hero)


def _about(
    meta: PageMeta, page_type: str, entity: dict[str, Any], *, photo: Photo | None
) -> PageMeta:
    """The page of one thing, with its picture and whom that is owed to."""
    use = PhotoUse(photo=photo) if photo and photo.has_credit else None
    shared = shared_image(use)
    if use and shared:
        entity = {**entity, "image": image_object(use)}
    data = {"@context": "https://schema.org", "@type": page_type, "mainEntity": entity}
    og = (*meta.og, *((name, value) for name, value in shared if value))
    return replace(meta, og=og, json_ld=json_script(data))


def article_meta(
    article: Article,
    *,
    bylines: Sequence[Byline],
    tags: Sequence[Tag],
    corrections: Sequence[Any] = (),
) -> PageMeta:
    """OpenGraph and NewsArticle JSON-LD of one article, from rows that the page has loaded anyway."""
    description = article.dek or excerpt(article.body_text, max_chars=DESCRIPTION_CHARS)
    canonical = article.canonical_url or absolute(article.get_absolute_url())
    image = shared_image(_shared(article))
    og = [
        ("og:type", "article"),
        ("og:site_name", settings.SITE_NAME),
        ("og:title", article.headline_social or article.headline),
        ("og:description", description),
        ("og:url", canonical),
        *image,
        ("article:published_time", iso(article.first_published_at or article.publish_at)),
        ("article:modified_time", iso(article.updated_at_public or article.publish_at)),
        *([("article:section", article.section.name)] if article.section else []),
        *(("article:tag", tag.name) for tag in tags),
        ("twitter:card", "summary_large_image" if image else "summary"),
    ]
    return PageMeta(
        title=article.headline_seo or article.headline,
        description=description,
        canonical=canonical,
        og=tuple((name, value) for name, value in og if value),
        robots="noindex" if article.noindex else "max-image-preview:large",
        json_ld=json_script(
            news_article(
                article,
                bylines=bylines,
                tags=tags,
                corrections=corrections,
                description=description,
            )
        ),
    )


def _shared(article: Article) -> PhotoUse | None:
    """The picture of a shared link: the one chosen for it, else the lead."""
    social = (use for use in article.photo_uses.all() if use.slot == PhotoUse.Slot.SOCIAL)
    return next(social, article.lead)


def iso(moment: Any) -> str:
    return moment.isoformat() if moment else ""


def news_article(
    article: Article,
    *,
    bylines: Sequence[Byline],
    tags: Sequence[Tag],
    corrections: Sequence[Any],
    description: str,
) -> dict[str, Any]:
    """schema.org NewsArticle as Google's Article page asks for it: authors apart, dates with zone."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES.get(Article.Kind(article.kind), "NewsArticle"),
        "headline": article.headline,
        "description": description,
        "url": absolute(article.get_absolute_url()),
        "mainEntityOfPage": absolute(article.get_absolute_url()),
        "datePublished": iso(article.first_published_at or article.publish_at),
        "dateModified": iso(article.updated_at_public or article.publish_at),
        "isAccessibleForFree": True,
        "wordCount": article.word_count,
        "author": [
            author_of(byline.contributor) for byline in bylines if byline.role == Byline.Role.AUTHOR
        ],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": settings.SITE_NAME,
            "url": settings.SITE_URL,
        },
        "about": [about(tag) for tag in tags],
        "image": images_of(article),
    }
    if article.section:
        data["articleSection"] = article.section.name
    if corrections:
        data["correction"] = [
            {"@type": "CorrectionComment", "text": c.text, "datePublished": iso(c.published_at)}
            for c in corrections
        ]
    return {key: value for key, value in data.items() if value not in ("", [], None)}


def author_of(contributor: Contributor) -> dict[str, Any]:
    person = contributor.kind == contributor.Kind.PERSON
    return {
        "@type": "Person" if person else "Organization",
        "name": contributor.name,
        "url": absolute(contributor.get_absolute_url()),
    }


def about(tag: Tag) -> dict[str, Any]:
    thing: dict[str, Any] = {
        "@type": ABOUT_TYPES.get(Tag.Kind(tag.kind), "Thing"),
        "name": tag.name,
        "url": absolute(tag.get_absolute_url()),
    }
    if tag.same_as:
        thing["sameAs"] = tag.same_as
    return thing
