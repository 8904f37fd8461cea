"""The desk's verbs on one article or on several: who may, what it says, where it leads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from articles.actions import drafting, publishing
from articles.actions.editing import EditConflict
from articles.actions.publishing import MAY_BE_WAIVED, NothingToUndo, NotPublishable
from articles.admin.base import person
from articles.body.outline import outline
from articles.drafts import Draft
from articles.models import Article

if TYPE_CHECKING:
    from articles.admin.article import ArticleAdmin

Do = Callable[[HttpRequest, Article], Article]


@dataclass(frozen=True, slots=True)
class Verb:
    """`ends_in` is the status it leads to (none: judged by `do` alone); `asks`: not without a word
    of confirmation.
    """

    do: Do
    done: str
    title: str
    ends_in: str = ""
    for_editors: bool = True
    asks: bool = False


def _publish(request: HttpRequest, article: Article) -> Article:
    reason = request.POST.get("reason", "").strip()[:300]
    return publishing.publish(
        article,
        by=person(request),
        tell_readers=bool(request.POST.get("tell_readers")),
        waive=MAY_BE_WAIVED if reason else (),
        reason=reason,
        expected_version=_version_seen(request),
    )


def _version_seen(request: HttpRequest) -> int | None:
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() else None


def _by(action: Callable[..., Article]) -> Do:
    return lambda request, article: action(article, by=person(request))


def _as_seen(action: Callable[..., Article]) -> Do:
    return lambda request, article: action(
        article, by=person(request), expected_version=_version_seen(request)
    )


STATUS = Article.Status
VERBS: dict[str, Verb] = {
    "publish": Verb(_publish, "live at", "Publish", STATUS.PUBLISHED, asks=True),
    "withdraw": Verb(
        _as_seen(publishing.withdraw), "withdrawn from", "Withdraw", STATUS.WITHDRAWN, asks=True
    ),
    "review": Verb(
        _by(publishing.send_for_review), "in review,", "Send for review", STATUS.REVIEW,
        for_editors=False,
    ),
    "approve": Verb(_by(publishing.approve), "ready,", "Mark as ready", STATUS.READY),
    "discard": Verb(
        _as_seen(drafting.discard_draft), "the changes are put away; readers still see",
        "Discard the changes", asks=True,
    ),
    "undo": Verb(_as_seen(publishing.undo_publish), "taken back from", "Undo"),
}  # fmt: skip


def pressed(request: HttpRequest) -> str:
    """The verb of the button that was pressed, "preview", or "" for a plain save."""
    return next((verb for verb in (*VERBS, "preview") if f"_{verb}" in request.POST), "")


def needs_a_word(admin: "ArticleAdmin", request: HttpRequest, article: Article, verb: str) -> bool:
    asks = VERBS[verb].asks and "confirm" not in request.POST
    return asks and not refusal_of(admin, request, article, verb)


def refusal_of(admin: "ArticleAdmin", request: HttpRequest, article: Article, name: str) -> str:
    """Why this login may not do it, or nothing."""
    if VERBS[name].for_editors and not admin.has_publish_permission(request):
        return "You may not publish or withdraw."
    if not admin.has_change_permission(request, article):
        return f"{article}: you may not change this article."
    return ""


def address(article: Article, verb: str) -> str:
    return reverse("admin:articles_article_verb", args=[article.pk, verb])


def page_of(request: HttpRequest, article: Article, verb: str) -> str:
    """Where the verb asks once more, with what was ticked in the form."""
    ticked = "?tell_readers=1" if request.POST.get("tell_readers") else ""
    return address(article, verb) + ticked


def autosave_url(article: Article | None) -> str:
    if article is None:
        return reverse("admin:articles_article_autosave_new")
    return reverse("admin:articles_article_autosave", args=[article.pk])


def words_of(draft: Draft) -> int:
    return outline(draft.fields["body_html"]).words


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a verb, in words; `code` is an HTTP status."""

    article: Article
    message: str
    code: int = 200
    problems: tuple[publishing.Problem, ...] = ()

    @property
    def done(self) -> bool:
        return self.code == 200


def perform(admin: "ArticleAdmin", request: HttpRequest, article: Article, name: str) -> Outcome:
    """The verb, if this login may; never raises for what a person can mend."""
    verb = VERBS[name]
    if refused := refusal_of(admin, request, article, name):
        return Outcome(article, refused, 403)
    try:
        verb.do(request, article)
    except NotPublishable as refusal:
        words = f"{article}: not published. {refusal}"
        return Outcome(article, words, 409, tuple(refusal.problems))
    except (NothingToUndo, EditConflict) as refusal:
        return Outcome(article, str(refusal), 409)
    if verb.ends_in and article.status != verb.ends_in:
        status = article.get_status_display().lower()
        return Outcome(article, f"{article}: nothing changed, it is “{status}”.", 409)
    return Outcome(article, f"{article}: {verb.done} {article.get_absolute_url()}")


def do_and_say(admin: "ArticleAdmin", request: HttpRequest, article: Article, name: str) -> Outcome:
    stored = Article.objects.get(pk=article.pk)
    outcome = perform(admin, request, stored, name)
    level = messages.SUCCESS if outcome.done else messages.WARNING
    if outcome.code == 403 or outcome.problems:
        level = messages.ERROR
    messages.add_message(request, level, outcome.message)
    return outcome


def do_each(
    admin: "ArticleAdmin", request: HttpRequest, articles: Iterable[Article], name: str
) -> None:
    """One verb on each article; a refusal names its article and stops no other."""
    for article in articles:
        do_and_say(admin, request, article, name)


def as_json(outcome: Outcome, name: str) -> dict[str, Any]:
    article = outcome.article
    undo = name == "publish" and outcome.done
    return {
        "done": outcome.done,
        "message": outcome.message,
        "status": article.status,
        "version": article.version,
        "live_url": article.get_absolute_url(),
        "change_url": reverse("admin:articles_article_change", args=[article.pk]),
        "undo_url": address(article, "undo") if undo else "",
        "undo_seconds": UNDO_OFFERED_SECONDS if undo else 0,
        "problems": [problem_row(problem) for problem in outcome.problems],
    }


# The server grants some more: a slow line must not eat them.
UNDO_OFFERED_SECONDS = 10


def problem_row(problem: publishing.Problem) -> dict[str, Any]:
    return {
        "field": problem.field,
        "message": problem.message,
        "code": problem.code,
        "may_be_waived": problem.code in MAY_BE_WAIVED,
    }
