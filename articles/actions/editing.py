"""Saving an article: the one way a body, its embeds and its old addresses reach the database."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from articles.actions.embedding import sync_embeds
from articles.actions.moving import is_taken, remember_old_slug
from articles.body.clean import clean
from articles.body.legacy import OldSite
from articles.body.outline import outline
from articles.draft_merge import Merge, differences, label_of
from articles.drafts import Draft, live_draft, snapshot_of
from articles.models import Article, Revision, public_changed
from articles.search import index_article
from newsroom.lib.html import plain_text
from newsroom.lib.text import slugify, unique_slug

# More than anyone would save under one headline in one moment.
SLUG_TRIES = 20
AUTOSAVES_REPLACED_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the loser of two saves needs: both drafts, what they began with if it is kept, and the
    merge of what can be merged; `version` and `marks` (of what is stored) are those to save on.
    """

    mine: Draft
    stored: Draft
    base: Draft | None
    merge: Merge
    version: int
    by: AbstractBaseUser | None
    at: datetime

    @property
    def is_over_nothing(self) -> bool:
        """Whether what is stored says just what was to be saved."""
        merge = self.merge
        return not (merge.clashes or merge.taken or differences(merge.draft, self.stored))

    @property
    def taken_labels(self) -> list[str]:
        """The parts that only the other side changed, in words."""
        return [label_of(part) for part in self.merge.taken]


class EditConflict(Exception):
    """Somebody else saved this article since it was loaded; nothing was written. `conflict` has
    both texts where a draft was to be saved.
    """

    def __init__(self, message: str = "", conflict: Conflict | None = None) -> None:
        super().__init__(message or "The article was saved by someone else in the meantime.")
        self.conflict = conflict


@transaction.atomic
def save_article(
    article: Article,
    *,
    by: AbstractBaseUser | None,
    old_site: OldSite | None = None,
    expected_version: int | None = None,
) -> Article:
    """Write the row as it stands in memory: for what is no draft of a person (imports, the demo).

    `expected_version` is the version that was loaded: if the row has another one by now,
    EditConflict is raised and nothing is written.
    """
    if article.pk and not claim_version(article, expected_version, by=by):
        raise EditConflict(f"“{article}” was saved by someone else in the meantime.")
    write_row(article, by=by, old_site=old_site)
    if article.is_released:
        show_readers(article)
    return article


def write_row(
    article: Article, *, by: AbstractBaseUser | None, old_site: OldSite | None = None
) -> None:
    """Clean the body, write the row, keep old addresses alive, replace the embed uses. Must run
    inside the save's transaction, after its claim.
    """
    body = clean(article.body_html, old_site=old_site)
    article.body_html = body.html
    article.body_text = plain_text(body.html)
    article.word_count = outline(body.html).words
    article.modified_by = login(by)  # type: ignore[assignment]
    slug_is_ours = not article.slug
    if slug_is_ours:
        article.slug = free_slug(article)
    if article.pk:
        remember_old_slug(article)
    else:
        article.created_by = article.modified_by
    if slug_is_ours:
        _save_with_free_slug(article)
    else:
        article.save()
    # Without a person it is an import or the demo: thousands of posts that nobody waits for.
    sync_embeds(article, body.embeds, urgent=by is not None)


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


def refuse_unseen(article: Article, expected_version: int | None, *, nothing_was: str) -> None:
    """Raise EditConflict where the article, whose row is held, is no longer what a person saw."""
    if expected_version not in {None, article.version}:
        words = f"{article}: somebody saved it since you looked. Nothing was {nothing_was}."
        raise EditConflict(words)


def claim_version(
    article: Article, expected: int | None, *, by: AbstractBaseUser | None = None
) -> bool:
    """Take the article's next version; False if it has another one than `expected` by now.

    The check is in the UPDATE itself, which also locks the row to the transaction's end: two saves
    at the same moment can't both pass.
    """
    row = Article.objects.filter(pk=article.pk)
    if expected is not None:
        row = row.filter(version=expected)
    claimed = row.update(
        version=F("version") + 1, modified_at=timezone.now(), modified_by=login(by)
    )
    if claimed:
        article.refresh_from_db(fields=["version", "modified_at", "modified_by"])
    return bool(claimed)


def show_readers(article: Article) -> None:
    """What every verb ends in that changes what readers see of an article: inside its transaction,
    after its rows were written.
    """
    index_article(article)
    public_changed()


def login(by: AbstractBaseUser | None) -> AbstractBaseUser | None:
    return by if by and by.pk else None


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
    return keep_revision(article, live_draft(article), kind=kind, by=by, note=note)


def keep_revision(
    article: Article,
    draft: Draft,
    *,
    kind: Revision.Kind,
    by: AbstractBaseUser | None = None,
    note: str = "",
    label: str = "",
) -> Revision:
    """The draft as a revision of its own, or in place of this user's last autosave.

    Must run while the caller holds the row. What lost a conflict (a label) made no version.
    """
    last = article.revisions.defer("snapshot").first()
    revision = last if last and _may_replace(last, kind, by=by) else None
    if revision is None:
        revision = Revision(
            article=article,
            number=last.number + 1 if last else 1,
            parent_id=article.current_draft_id or article.live_id,
            kind=kind,
            note=note[:300],
            label=label,
            by=login(by),  # type: ignore[misc]
        )
    revision.snapshot = snapshot_of(draft)
    revision.body_sha = hashlib.sha256(draft.fields["body_html"].encode()).hexdigest()
    revision.version = 0 if label else article.version
    revision.save()
    return revision


def _may_replace(last: Revision, kind: Revision.Kind, *, by: AbstractBaseUser | None) -> bool:
    """An autosave of the same person, of these minutes. It is the newest revision, so that no
    other has it as its parent; `at` stays, so that long writing leaves one every ten minutes.
    """
    autosaves = kind == last.kind == Revision.Kind.AUTOSAVE and not last.label
    mine = by is not None and last.by_id == by.pk
    return autosaves and mine and timezone.now() - last.at < AUTOSAVES_REPLACED_FOR


def note_corrections(article: Article) -> None:
    """Keep the flag that saves a page without corrections from asking for them."""
    article.has_corrections = article.corrections.filter(public=True).exists()
    Article.objects.filter(pk=article.pk).update(has_corrections=article.has_corrections)
    public_changed()
