"""Rows for tests: plain functions with the defaults of an ordinary published story."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from articles.models import (
    Article,
    Byline,
    Contributor,
    Embed,
    EmbedUse,
    Photo,
    PhotoUse,
    Section,
    Tag,
    TaggedArticle,
)
from reactions.models import Hour, ReactionKind, Tally

_numbers = count(1)


def make_section(**fields: Any) -> Section:
    number = next(_numbers)
    return Section.objects.create(
        **{"name": f"Section {number}", "slug": f"section-{number}", **fields}
    )


def make_contributor(**fields: Any) -> Contributor:
    number = next(_numbers)
    values = {"name": f"Ada Quill {number}", "slug": f"ada-quill-{number}", **fields}
    return Contributor.objects.create(**values)


def make_tag(name: str = "", **fields: Any) -> Tag:
    number = next(_numbers)
    name = name or f"Topic {number}"
    return Tag.objects.create(**{"name": name, "slug": f"topic-{number}", **fields})


def make_article(**fields: Any) -> Article:
    """A published article of an hour ago. Says `body_html` as it is stored: nothing is cleaned
    but by the field.
    """
    number = next(_numbers)
    published = timezone.now() - timedelta(hours=1)
    values = {
        "headline": f"Story {number}",
        "slug": f"story-{number}",
        "dek": "What happened, in a sentence.",
        "body_html": "<p>It happened on a Tuesday.</p>",
        "body_text": "It happened on a Tuesday.",
        "status": Article.Status.PUBLISHED,
        "publish_at": published,
        "first_published_at": published,
        **fields,
    }
    return Article.objects.create(**values)


def make_draft(**fields: Any) -> Article:
    return make_article(
        **{"status": Article.Status.DRAFT, "publish_at": None, "first_published_at": None, **fields}
    )


def make_story(**fields: Any) -> Article:
    """A draft that lacks nothing the publish gate asks for."""
    return make_draft(**{"section": fields.pop("section", None) or make_section(), **fields})


def make_photo(**fields: Any) -> Photo:
    values = {"photographer_text": "Ines Lark", "agency_text": "Harbour Pictures", **fields}
    return Photo.objects.create(**values)


def make_lead(article: Article, **fields: Any) -> PhotoUse:
    use = PhotoUse.objects.create(
        article=article,
        photo=fields.pop("photo", None) or make_photo(),
        **{"slot": PhotoUse.Slot.LEAD, "caption": "The pier", "alt": "A pier at dusk", **fields},
    )
    Article.objects.filter(pk=article.pk).update(lead=use)
    article.lead = use
    return use


def make_embed(**fields: Any) -> Embed:
    media_id = fields.pop("media_id", f"Abc-{next(_numbers)}")
    url = f"https://www.instagram.com/p/{media_id}/"
    values = {
        "provider": "instagram", "key": media_id, "media_id": media_id, "url": url,
        "canonical_url": url, "kind": "post", **fields,
    }  # fmt: skip
    return Embed.objects.create(**values)


def use_embed(article: Article, embed: Embed, *, position: int = 0, **fields: Any) -> EmbedUse:
    values = {"url": embed.url, **fields}
    return EmbedUse.objects.create(article=article, embed=embed, position=position, **values)


def add_byline(article: Article, contributor: Contributor | None = None, **fields: Any) -> Byline:
    return Byline.objects.create(
        article=article, contributor=contributor or make_contributor(), **fields
    )


def add_tag(article: Article, tag: Tag | None = None, **fields: Any) -> TaggedArticle:
    return TaggedArticle.objects.create(content_object=article, tag=tag or make_tag(), **fields)


def make_reactions(article: Article, n: int, slug: str = "thumbs-up") -> None:
    """So many of one kind, cast in the hour that is running."""
    kind = ReactionKind.objects.get(slug=slug)
    Tally.objects.create(article=article, kind=kind, n=n)
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    Hour.objects.create(article=article, kind=kind, hour=hour, n=n, fresh=0)
