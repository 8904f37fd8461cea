"""Writes an ImportedArticle: once, again without doubling, and never over a writer's change."""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from articles.actions.editing import free_slug, record_revision, save_article
from articles.actions.moving import add_redirect
from articles.actions.photo_reading import apply_credit, photo_from_line
from articles.actions.photos import set_lead
from articles.actions.publishing import IMPORT_MAY_LACK, NotPublishable, publish
from articles.body.legacy import OldSite
from articles.importers.base import ImportedArticle
from articles.models import Article, ImportRecord, Redirect, Revision, public_changed


@dataclass(frozen=True, slots=True)
class Written:
    """`status`: created, updated, unchanged or kept-local (a writer's change stood in the way)."""

    article: Article
    status: str
    warnings: tuple[str, ...]


def digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


def our_path(old_path: str) -> str:
    """Where an old path leads here now: to its article if that is imported, else it stays as it is,
    and the redirect of a later import will answer it.
    """
    row = Redirect.objects.select_related("target_article").filter(old_path=old_path).first()
    if row and row.target_article:
        return row.target_article.get_absolute_url()
    return (row.target_path if row else "") or old_path


@transaction.atomic
def write(source: ImportedArticle, *, hosts: frozenset[str], publish_it: bool = False) -> Written:
    """Create or update the article of this source; with `publish_it` make it public if it may be."""
    old_site = OldSite(hosts=hosts, path_for=our_path)
    record = (
        ImportRecord.objects.select_related("article")
        .filter(host=source.host, kind="post", external_id=source.external_id)
        .first()
    )
    if record and record.article:
        article, status, kept = _update(record, source, old_site=old_site)
    else:
        article, status, kept = _create(source, old_site=old_site), "created", ()
    warnings = [*source.warnings, *kept]
    if publish_it and article.status == Article.Status.DRAFT:
        warnings += _publish(article, source)
    if status != "unchanged":
        public_changed()  # its old addresses lead here, whether it is public or not
    return Written(article=article, status=status, warnings=tuple(warnings))


def _create(source: ImportedArticle, *, old_site: OldSite) -> Article:
    article = Article(
        headline=source.headline,
        headline_is_working=source.headline_is_working,
        body_html=source.body_html,
    )
    article.slug = free_slug(article, source.slug)
    save_article(article, by=None, old_site=old_site)
    _write_photo(article, source)
    for old_path in source.old_paths:
        add_redirect(old_path, article, source=Redirect.Source.IMPORT)
    record_revision(article, kind=Revision.Kind.IMPORT)
    ImportRecord.objects.update_or_create(
        host=source.host,
        kind="post",
        external_id=source.external_id,
        defaults={
            "article": article,
            "source_url": source.source_url,
            "raw_sha": source.raw_sha,
            "written": _fingerprint(article, source),
        },
    )
    return article


def _update(
    record: ImportRecord, source: ImportedArticle, *, old_site: OldSite
) -> tuple[Article, str, tuple[str, ...]]:
    """Take over what changed on the old page, field by field, where nobody changed it here."""
    # Held to the end: a writer who saves now waits, and what is compared is what is stored.
    article = Article.objects.select_for_update().get(import_records=record)
    if record.raw_sha == source.raw_sha:
        return article, "unchanged", ()
    now, then = _fingerprint(article, source), record.written
    kept = tuple(
        f"{name} was changed here and stays" for name in now if now[name] != then.get(name)
    )
    if now["headline"] == then.get("headline"):
        article.headline = source.headline
        article.headline_is_working = source.headline_is_working
    if now["body"] == then.get("body"):
        article.body_html = source.body_html
    save_article(article, by=None, old_site=old_site)
    if now["photo"] == then.get("photo"):
        _write_photo(article, source)
    for old_path in source.old_paths:
        add_redirect(old_path, article, source=Redirect.Source.IMPORT)
    record_revision(article, kind=Revision.Kind.IMPORT)
    fresh = _fingerprint(article, source)
    # A field that a writer owns keeps its old mark: the next import must not take it for ours.
    record.written = {n: fresh[n] if now[n] == then.get(n) else then.get(n) for n in fresh}
    record.raw_sha, record.source_url = source.raw_sha, source.source_url
    record.save()
    return article, "kept-local" if kept else "updated", kept


# All that a photo line writes, and what the desk puts in its place.
LINE_FIELDS = (
    "caption_default", "photographer_text", "photographer_id", "agency_text", "agency_id", "via_id",
    "client", "credit_kind", "credit_raw", "credit_override", "license_url",
)  # fmt: skip


def _fingerprint(article: Article, source: ImportedArticle) -> dict[str, str]:
    use = article.lead
    photo = ""
    if use:
        values = [use.caption, use.credit_override, use.photo_id]
        photo = "|".join(map(str, values + [getattr(use.photo, f) for f in LINE_FIELDS]))
    return {
        "headline": digest(article.headline),
        "body": digest(article.body_html),
        "photo": digest(photo),
    }


def _write_photo(article: Article, source: ImportedArticle) -> None:
    """The photo of the page's first line. Its file is not on a saved page: the credit is kept."""
    if not source.photo_line:
        return
    photo, credit = photo_from_line(source.photo_line)
    if article.lead:
        stored = article.lead.photo
        apply_credit(stored, credit)
        stored.caption_default = credit.caption
        photo = stored
    photo.save()
    set_lead(article, photo, caption=credit.caption, alt=article.lead.alt if article.lead else "")


def _publish(article: Article, source: ImportedArticle) -> list[str]:
    """Make it public. A page whose address is not known stays a draft: its headline is a guess."""
    if not source.slug:
        return ["stays a draft: the page does not say its address"]
    try:
        published = publish(
            article,
            at=source.published_at,
            waive=IMPORT_MAY_LACK,
            reason="An old page: it came without a section and alternative texts.",
        )
    except NotPublishable as refusal:
        return [f"stays a draft: {refusal}"]
    article.status, article.publish_at = published.status, published.publish_at
    return []
