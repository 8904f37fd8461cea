"""Publish, schedule, withdraw: each one transaction that checks, snapshots and moves the live row."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.actions.editing import record_revision
from articles.actions.moving import own_path_again
from articles.models import Article, Revision

# The status that each verb ends in.
RESULTS = {
    "publish": Article.Status.PUBLISHED,
    "withdraw": Article.Status.WITHDRAWN,
    "send_for_review": Article.Status.REVIEW,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands between an article and its readers; `field` names where to mend it."""

    field: str
    message: str


class NotPublishable(Exception):
    """The publish gate refused; `problems` says why, for a person."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


def publish_problems(article: Article) -> list[Problem]:
    """All that blocks publication, worst first; empty when nothing does."""
    problems = []
    if not article.headline:
        problems.append(Problem("headline", "The article has no headline."))
    if not article.body_html and not article.lead_id:
        problems.append(Problem("body_html", "The article has neither text nor photo."))
    problems.extend(
        Problem("photos", f"A photo has no credit: {use.photo}.")
        for use in article.photo_uses.select_related("photo")
        if not (use.credit_override or use.photo.has_credit)
    )
    return problems


@transaction.atomic
def publish(
    article: Article, *, by: AbstractBaseUser | None = None, at: datetime | None = None
) -> Article:
    """Make the article public now or `at` a time (the past for a demo or an import, the future
    for a schedule). An embargo moves an earlier time to its end.

    Raises NotPublishable, and then nothing has changed.
    """
    lock(article)
    problems = publish_problems(article)
    if problems:
        raise NotPublishable(problems)
    moment = at or article.publish_at or timezone.now()
    if article.embargo_until and article.embargo_until > moment:
        moment = article.embargo_until
    revision = record_revision(article, kind=Revision.Kind.PUBLISH, by=by)
    first = moment if never_public(article) else article.first_published_at
    Article.objects.filter(pk=article.pk).update(
        status=Article.Status.PUBLISHED,
        publish_at=moment,
        first_published_at=first,
        live=revision,
        current_draft=None,
        version=F("version") + 1,
        modified_at=timezone.now(),
    )
    own_path_again(article)
    article.refresh_from_db()
    return article


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
def withdraw(article: Article, *, by: AbstractBaseUser | None = None) -> Article:
    """Take a published article off the site; its address answers 410 until it is published again.

    A schedule whose time has not come ends with it: the story was never public and has no date.
    """
    lock(article)
    unseen = never_public(article)
    Article.objects.filter(pk=article.pk, status=Article.Status.PUBLISHED).update(
        status=Article.Status.WITHDRAWN,
        publish_at=None if unseen else article.publish_at,
        first_published_at=None if unseen else article.first_published_at,
        version=F("version") + 1,
        modified_at=timezone.now(),
        modified_by=by if by and by.pk else None,
    )
    article.refresh_from_db()
    return article


@transaction.atomic
def send_for_review(article: Article, *, by: AbstractBaseUser | None = None) -> Article:
    """Hand a draft to the editors; what is no draft stays as it is."""
    sent = Article.objects.filter(pk=article.pk, status=Article.Status.DRAFT).update(
        status=Article.Status.REVIEW, version=F("version") + 1, modified_at=timezone.now()
    )
    if sent:
        record_revision(article, kind=Revision.Kind.SUBMIT, by=by)
    article.refresh_from_db()
    return article
