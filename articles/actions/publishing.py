"""Publish, schedule, withdraw: each one transaction that checks, snapshots and moves the live row."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles.actions.drafting import apply_working_draft, write_live
from articles.actions.editing import (
    claim_version,
    keep_revision,
    record_revision,
    refuse_unseen,
    show_readers,
)
from articles.actions.moving import is_taken, own_path_again
from articles.drafts import Draft, draft_from, draft_of, live_draft
from articles.gate import Problem, publish_advice, publish_problems
from articles.models import Article, Revision

__all__ = ["Problem", "publish_advice", "publish_problems"]

# What an editor may publish without, giving a reason; and what pages of an old site come without.
MAY_BE_WAIVED = frozenset({"section", "credit", "alt", "terms"})
IMPORT_MAY_LACK = frozenset({"section", "alt", "terms"})
# The screen offers ten; a slow line gets the rest.
UNDO_FOR = timedelta(seconds=30)
# The columns that publishing moves and a draft does not have.
MOVED = ("status", "publish_at", "first_published_at", "updated_at_public")


class NotPublishable(Exception):
    """The publish gate refused; `problems` says why, for a person."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = list(problems)


class NothingToUndo(Exception):
    """The moment for taking a publication back is over, or somebody saved since."""


@transaction.atomic
def publish(
    article: Article,
    *,
    by: AbstractBaseUser | None = None,
    at: datetime | None = None,
    tell_readers: bool = False,
    waive: Collection[str] = (),
    reason: str = "",
    expected_version: int | None = None,
) -> Article:
    """Make what is being written public, now or `at` a time (the past for a demo or an import, the
    future for a schedule). An embargo moves an earlier time to its end. Of a story that is
    published already, this is the update: its time stays unless the draft has another.

    `tell_readers` moves the date of the last change that they see. Problems whose code is in
    `waive` don't block where there is a `reason`; it is kept in the revision's note, and what they
    were in its snapshot ("waived"). Raises NotPublishable, or EditConflict where its version is no
    longer `expected_version`; then nothing has changed.
    """
    lock(article)
    refuse_unseen(article, expected_version, nothing_was="published")
    waived = refuse_problems(article, draft_of(article), waive=waive if reason.strip() else ())
    before = _before(article)
    claim_version(article, None, by=by)
    apply_working_draft(article, by=by)
    article.publish_at = _moment(article, at)
    if never_public(article) or article.first_published_at is None:
        article.first_published_at = article.publish_at
    if tell_readers:
        article.updated_at_public = timezone.now()
    article.status = Article.Status.PUBLISHED
    told = {"before": before, "waived": [each.message for each in waived]}
    article.live = _published(article, told, by=by, note=reason)
    article.save(update_fields=[*MOVED, "live"])
    own_path_again(article)
    show_readers(article)
    return article


def _published(
    article: Article, told: dict[str, Any], *, by: AbstractBaseUser | None, note: str
) -> Revision:
    """The revision of what is published, with what else is to be known of the moment."""
    kind = Revision.Kind.PUBLISH
    revision = keep_revision(article, live_draft(article), kind=kind, by=by, note=note)
    revision.snapshot |= told
    revision.save(update_fields=["snapshot"])
    return revision


def refuse_problems(
    article: Article, draft: Draft, *, waive: Collection[str] = ()
) -> list[Problem]:
    """Raise NotPublishable for all that blocks and is not waived; what is waived."""
    problems = all_problems(article, draft)
    blocking = [each for each in problems if each.code not in set(waive) & MAY_BE_WAIVED]
    if blocking:
        raise NotPublishable(blocking)
    return problems


def all_problems(article: Article, draft: Draft) -> list[Problem]:
    """What the gate says of the draft, and what only the article itself can tell."""
    problems = publish_problems(draft, is_public=is_public(article))
    if draft.fields["slug"] and is_taken(draft.fields["slug"], article):
        problems.append(Problem("slug", "Another article has this address by now.", "slug"))
    return problems


def is_public(article: Article) -> bool:
    return Article.objects.published().filter(pk=article.pk).exists()


def _moment(article: Article, at: datetime | None) -> datetime:
    moment = at or article.publish_at or timezone.now()
    embargo = article.embargo_until
    return embargo if embargo and embargo > moment else moment


def _before(article: Article) -> dict[str, Any]:
    """What undo_publish() goes back to, as JSON."""
    live = article.live
    # An import or a new schedule writes the rows of a released story without publishing it.
    stale = live is None or draft_from(live.snapshot) != live_draft(article)
    if article.is_released and stale:
        article.live = record_revision(article, kind=Revision.Kind.SAVE, note="As readers had it")
    moved = {name: getattr(article, name) for name in MOVED}
    times = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in moved.items()
    }
    return {**times, "live": article.live_id}


@transaction.atomic
def undo_publish(
    article: Article, *, by: AbstractBaseUser | None = None, expected_version: int | None = None
) -> Article:
    """Take the publication of a moment ago back: readers get what they had before, what was
    published is the working draft again. Raises NothingToUndo, and EditConflict as publish() does.
    """
    lock(article)
    refuse_unseen(article, expected_version, nothing_was="taken back")
    published = article.live
    before = published.snapshot.get("before") if published else None
    late = published is None or timezone.now() - published.at > UNDO_FOR
    if not before or late or published is None or article.version != published.version:
        raise NothingToUndo("This can't be taken back any more: withdraw it, or publish again.")
    claim_version(article, None, by=by)
    written = draft_from(published.snapshot)
    was = Revision.objects.filter(pk=before["live"]).first()
    released = before["status"] == Article.Status.PUBLISHED
    if released and was:
        write_live(article, draft_from(was.snapshot), by=by)
    for name in MOVED:
        value = before[name]
        setattr(article, name, datetime.fromisoformat(value) if _is_time(name, value) else value)
    article.live = was
    kept = keep_revision(article, written, kind=Revision.Kind.RESTORE, by=by, note="Undone")
    article.current_draft = kept if released else None
    article.save(update_fields=[*MOVED, "live", "current_draft"])
    show_readers(article)
    return article


def _is_time(name: str, value: Any) -> bool:
    return bool(value) and name != "status"


def lock(article: Article) -> None:
    """Hold the row to the transaction's end, and judge it as it is: another save may have come
    between the caller's look at it and now.
    """
    article.refresh_from_db(from_queryset=Article.objects.select_for_update())


def never_public(article: Article) -> bool:
    """Whether no reader can have seen it: never published, or its time has not come."""
    first = article.first_published_at
    return first is None or first > timezone.now()


@transaction.atomic
def withdraw(
    article: Article, *, by: AbstractBaseUser | None = None, expected_version: int | None = None
) -> Article:
    """Take a published article off the site; its address answers 410 until it is published again.

    A schedule whose time has not come ends with it: the story was never public and has no date.
    What was being written of it is the article from now on. Raises EditConflict as publish() does.
    """
    lock(article)
    refuse_unseen(article, expected_version, nothing_was="withdrawn")
    if not article.is_released:
        return article
    unseen = never_public(article)
    claim_version(article, None, by=by)
    # Off the site first: from here on the rows are a draft like any other.
    article.status = Article.Status.WITHDRAWN
    apply_working_draft(article, by=by)
    if unseen:
        article.publish_at = article.first_published_at = None
    article.save(update_fields=MOVED)
    show_readers(article)
    return article


@transaction.atomic
def send_for_review(article: Article, *, by: AbstractBaseUser | None = None) -> Article:
    """Hand a draft to the editors; what is no draft stays as it is."""
    return _hand_on(article, {Article.Status.DRAFT}, to=Article.Status.REVIEW, by=by)


@transaction.atomic
def approve(article: Article, *, by: AbstractBaseUser | None = None) -> Article:
    """Say that a draft may be published as it stands; what is no draft stays as it is."""
    unready = {Article.Status.DRAFT, Article.Status.REVIEW}
    return _hand_on(article, unready, to=Article.Status.READY, by=by)


def _hand_on(
    article: Article,
    of: Collection[str],
    *,
    to: Article.Status,
    by: AbstractBaseUser | None,
) -> Article:
    lock(article)
    if article.status in of:
        claim_version(article, None, by=by)
        article.status = to
        article.save(update_fields=["status"])
        keep_revision(article, live_draft(article), kind=Revision.Kind.SUBMIT, by=by)
    return article
