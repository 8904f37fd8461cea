"""Saving what a person writes: into the row while nobody reads it, beside it once it is released.

No text is lost here: of two saves on one version the first one wins, and the other's draft is kept
as a revision and handed back with all that is needed to put the two together.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles.actions.editing import (
    Conflict,
    EditConflict,
    claim_version,
    keep_revision,
    refuse_unseen,
    write_row,
)
from articles.actions.embedding import ask_for, upsert_embed
from articles.actions.moving import is_taken
from articles.actions.writing import give_rows, tidy, write_relations
from articles.body.clean import clean
from articles.draft_merge import marks_of, merge
from articles.drafts import Draft, draft_from, draft_of, live_draft, snapshot_of
from articles.models import Article, Revision, Section
from newsroom.lib.text import slugify

CONFLICT = "conflict"
_MADE_UNIQUE = re.compile(r"(?:-\d{1,2}|-[0-9a-f]{6})?")


@dataclass(frozen=True, slots=True)
class Saved:
    """`draft` is what was stored: cleaned, each photo with its row."""

    article: Article
    revision: Revision
    version: int
    draft: Draft


def save_draft(
    article: Article,
    draft: Draft,
    *,
    by: AbstractBaseUser | None,
    expected_version: int | None = None,
    kind: Revision.Kind = Revision.Kind.SAVE,
    marks: Mapping[str, str] | None = None,
) -> Saved:
    """Save the draft of a new or stored article; readers see nothing of it until it is published.

    Raises EditConflict if the article has another version than `expected_version` by now. The
    draft is kept as a revision even then; `marks` are those of the draft that was loaded.
    """
    try:
        with transaction.atomic():
            return _save(article, draft, by=by, expected=expected_version, kind=kind, marks=marks)
    except EditConflict as refused:
        # After the roll-back, not before it.
        if refused.conflict:
            keep_losing(article, refused.conflict.mine, by=by)
        raise


def _save(
    article: Article,
    draft: Draft,
    *,
    by: AbstractBaseUser | None,
    expected: int | None,
    kind: Revision.Kind,
    marks: Mapping[str, str] | None,
) -> Saved:
    if article.pk:
        claimed = claim_version(article, expected, by=by)
        article.refresh_from_db()
        if not claimed:
            return _saved_already(article, tidy(article, draft), expected=expected, marks=marks)
    draft = tidy(article, draft)
    if article.is_released:
        draft = give_rows(article, draft)
        _ask_for_posts(draft)
        revision = keep_revision(article, draft, kind=kind, by=by)
        Article.objects.filter(pk=article.pk).update(current_draft=revision)
        article.current_draft = revision
    else:
        draft = write_live(article, draft, by=by)
        revision = keep_revision(article, draft, kind=kind, by=by)
    return Saved(article, revision, article.version, draft)


def _saved_already(
    article: Article, mine: Draft, *, expected: int | None, marks: Mapping[str, str] | None
) -> Saved:
    """What is stored, where it says just what was to be saved: a browser that was left while it
    saved sends its text a second time when it is back. Raises EditConflict where it says more.
    """
    conflict = conflict_over(article, mine, expected=expected, marks=marks)
    kept = article.revisions.filter(version=article.version).first()
    if kept is None or not conflict.is_over_nothing:
        raise EditConflict(f"“{article}” was saved by someone else.", conflict)
    return Saved(article, kept, article.version, conflict.stored)


def write_live(article: Article, draft: Draft, *, by: AbstractBaseUser | None) -> Draft:
    """Make the rows say what the draft says; the draft as they say it then. Must run inside a
    transaction that holds the row.
    """
    is_new = article.pk is None
    if not is_new:
        draft = give_rows(article, draft)
    fields = dict(draft.fields)
    if not is_new and slug_is_made(article) and fields["slug"] == article.slug:
        # Nobody chose this address: it follows the headline until readers know it.
        fields["slug"] = "" if fields["headline"] != article.headline else article.slug
    if fields["headline"] != article.headline:
        article.headline_is_working = False
    for name, value in fields.items():
        if name != "lead_id":
            setattr(article, name, value)
    write_row(article, by=by)
    if is_new:
        draft = give_rows(article, draft)
    write_relations(article, draft)
    return live_draft(article)


def slug_is_made(article: Article) -> bool:
    """Whether the address was made from the headline, of a story that readers never saw."""
    if article.first_published_at is not None:
        return False
    made = slugify(article.headline or "untitled", max_length=180)
    return article.slug.startswith(made) and bool(
        _MADE_UNIQUE.fullmatch(article.slug.removeprefix(made))
    )


def _ask_for_posts(draft: Draft) -> None:
    """The posts of a draft that isn't live yet: known before it is, so that its preview has them."""
    ask_for([upsert_embed(ref) for ref in clean(draft.fields["body_html"]).embeds])


def conflict_over(
    article: Article,
    mine: Draft,
    *,
    expected: int | None,
    marks: Mapping[str, str] | None = None,
) -> Conflict:
    """What stands against saving `mine` over what is stored by now."""
    stored = Article.objects.select_related("modified_by", "current_draft").get(pk=article.pk)
    theirs, base = draft_of(stored), _base(article, expected)
    known = marks or (marks_of(base) if base else {})
    return Conflict(
        mine=mine,
        stored=theirs,
        base=base,
        merge=merge(known, mine, theirs),
        version=stored.version,
        by=stored.modified_by,
        at=stored.modified_at,
    )


def _base(article: Article, version: int | None) -> Draft | None:
    # Version 0 is that of what lost a conflict.
    revision = article.revisions.filter(version=version).first() if version else None
    return draft_from(revision.snapshot) if revision else None


@transaction.atomic
def keep_losing(article: Article, draft: Draft, *, by: AbstractBaseUser | None) -> Revision:
    """Keep what lost a conflict, where its author finds it again; the same text once."""
    locked = Article.objects.select_for_update().get(pk=article.pk)
    last = locked.revisions.filter(label=CONFLICT, by_id=by.pk if by else None).first()
    if last and last.snapshot == snapshot_of(draft):
        return last
    kind = Revision.Kind.SAVE
    return keep_revision(locked, draft, kind=kind, by=by, label=CONFLICT)


@transaction.atomic
def discard_draft(
    article: Article, *, by: AbstractBaseUser | None = None, expected_version: int | None = None
) -> Article:
    """Put the working draft of a released article away; its revisions stay in the history. Raises
    EditConflict as publish() does.
    """
    article.refresh_from_db(from_queryset=Article.objects.select_for_update())
    refuse_unseen(article, expected_version, nothing_was="put away")
    if article.current_draft_id is None:
        return article
    claim_version(article, None, by=by)
    article.photo_uses.filter(live=False).delete()
    Article.objects.filter(pk=article.pk).update(current_draft=None)
    article.refresh_from_db()
    return article


def apply_working_draft(article: Article, *, by: AbstractBaseUser | None) -> None:
    """Copy the working draft, where there is one, to the rows. The caller holds the row."""
    if article.current_draft is None:
        return
    draft = _that_fits(article, draft_from(article.current_draft.snapshot))
    write_live(article, draft, by=by)
    article.photo_uses.filter(live=False).delete()
    article.current_draft = None
    Article.objects.filter(pk=article.pk).update(current_draft=None)


def _that_fits(article: Article, draft: Draft) -> Draft:
    """The draft, but for what the row can't take any more since it was saved: an address that
    another story has by now, a section that is gone. Without a time the row's own stays, or it is
    now where that lies ahead.
    """
    told, kept = draft.fields, dict[str, object]()
    if told["slug"] != article.slug and is_taken(told["slug"], article):
        kept["slug"] = article.slug
    if told["section_id"] != article.section_id:
        there = Section.objects.filter(pk=told["section_id"] or 0).exists()
        kept |= {} if there or told["section_id"] is None else {"section_id": article.section_id}
    if told["publish_at"] is None and article.publish_at:
        kept["publish_at"] = min(article.publish_at, timezone.now())
    return with_fields(draft, **kept)


def with_fields(draft: Draft, **values: object) -> Draft:
    return replace(draft, fields={**draft.fields, **values})


def assign(article: Article, to: AbstractBaseUser | None) -> None:
    """Say who works on it: a matter of the desk, not of the draft."""
    article.assigned_to = to  # type: ignore[assignment]
    Article.objects.filter(pk=article.pk).update(assigned_to=to)
