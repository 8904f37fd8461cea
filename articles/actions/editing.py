"""Saving an article: the one way a body, its embeds and its old addresses reach the database."""

import hashlib
import json
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import F, Max

from articles.actions.embedding import sync_embeds
from articles.actions.moving import is_taken, remember_old_slug
from articles.body.clean import clean
from articles.body.legacy import OldSite
from articles.body.outline import outline
from articles.models import Article, Revision
from newsroom.lib.html import plain_text
from newsroom.lib.text import slugify, unique_slug

SNAPSHOT_FIELDS = (
    "kind", "headline", "headline_home", "headline_seo", "headline_social", "kicker", "dek",
    "slug", "section_id", "body_html", "dateline", "canonical_url", "sensitive",
    "legally_sensitive", "no_ads", "no_related", "noindex",
)  # fmt: skip


# More than anyone would save under one headline in one moment.
SLUG_TRIES = 20


class EditConflict(Exception):
    """Somebody else saved this article since it was loaded; nothing was written."""


@transaction.atomic
def save_article(
    article: Article,
    *,
    by: AbstractBaseUser | None,
    old_site: OldSite | None = None,
    expected_version: int | None = None,
) -> Article:
    """Clean the body, write the row, keep old addresses alive, replace the embed uses.

    `expected_version` is the version the writer loaded: if the row has another one by now,
    EditConflict is raised and nothing is written. The check is in the UPDATE itself, so two
    saves at the same moment can't both pass.
    """
    body = clean(article.body_html, old_site=old_site)
    article.body_html = body.html
    article.body_text = plain_text(body.html)
    article.word_count = outline(body.html).words
    article.modified_by = by if by and by.pk else None  # type: ignore[assignment]
    slug_is_ours = not article.slug
    if slug_is_ours:
        article.slug = free_slug(article)
    if article.pk:
        _claim_version(article, expected_version)
        remember_old_slug(article)
    else:
        article.created_by = article.modified_by
    if slug_is_ours:
        _save_with_free_slug(article)
    else:
        article.save()
    sync_embeds(article, body.embeds)
    return article


def _save_with_free_slug(article: Article) -> None:
    """Save; where another article took the slug in the same moment, draw the next free one."""
    for tries_left in reversed(range(SLUG_TRIES)):
        try:
            with transaction.atomic():
                article.save()
        except IntegrityError:
            if not tries_left:
                raise
            article.slug = free_slug(article)
        else:
            return


def _claim_version(article: Article, expected: int | None) -> None:
    row = Article.objects.filter(pk=article.pk)
    if expected is not None:
        row = row.filter(version=expected)
    if not row.update(version=F("version") + 1):
        raise EditConflict(f"“{article}” was saved by someone else in the meantime.")
    article.version = row.model.objects.values_list("version", flat=True).get(pk=article.pk)


def free_slug(article: Article, wanted: str = "") -> str:
    """A slug that no other article has or had, from `wanted` or the headline."""
    base = slugify(wanted or article.headline or "untitled", max_length=180)
    return unique_slug(base, lambda slug: is_taken(slug, article), max_length=180)


@transaction.atomic
def record_revision(
    article: Article, *, kind: Revision.Kind, by: AbstractBaseUser | None = None, note: str = ""
) -> Revision:
    """Keep the article as it stands in the database now: fields, bylines, tags and photo uses."""
    # Two saves at once must not draw the same number: the row lock (or SQLite's one writer) queues
    # them. And what is kept must be what the row holds, not what the caller loaded some time ago.
    article = Article.objects.select_for_update().get(pk=article.pk)
    last = article.revisions.aggregate(last=Max("number"))["last"] or 0
    return Revision.objects.create(
        article=article,
        number=last + 1,
        parent=article.live,
        snapshot=snapshot_of(article),
        body_sha=hashlib.sha256(article.body_html.encode()).hexdigest(),
        kind=kind,
        note=note,
        by=by if by and by.pk else None,  # type: ignore[misc]
    )


def note_corrections(article: Article) -> None:
    """Keep the flag that saves a page without corrections from asking for them."""
    article.has_corrections = article.corrections.filter(public=True).exists()
    Article.objects.filter(pk=article.pk).update(has_corrections=article.has_corrections)


def snapshot_of(article: Article) -> dict[str, Any]:
    """All that makes the article, as JSON: its fields and the rows that hang on it."""
    fields = {name: getattr(article, name) for name in SNAPSHOT_FIELDS}
    fields["bylines"] = list(
        article.bylines.values("contributor_id", "role", "order", "text_override")
    )
    fields["tags"] = list(article.tag_uses.values("tag_id", "is_primary", "order"))
    fields["photo_uses"] = list(
        article.photo_uses.values(
            "id",
            "photo_id",
            "slot",
            "order",
            "caption",
            "alt",
            "decorative",
            "credit_override",
            "crop",
        )
    )
    snapshot: dict[str, Any] = json.loads(json.dumps(fields, default=str))
    return snapshot
