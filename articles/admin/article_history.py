"""What an article was: its saves, newest first; each can be looked at as a page and put back."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from articles.actions.drafting import save_draft, with_fields
from articles.actions.editing import EditConflict
from articles.admin.article_verbs import words_of
from articles.admin.article_views import article_or_404, may_read_draft, revision_or_404
from articles.admin.base import person
from articles.draft_merge import Difference, differences
from articles.drafts import Draft, draft_from, draft_of
from articles.models import Article, Revision, Section

if TYPE_CHECKING:
    from articles.admin.article import ArticleAdmin

SHOWN = 50
# Where, when and how it may be shown is not what was written: an old text must not take back that a
# story is to be kept from search engines or handled with care.
STAYS = (
    "slug", "publish_at", "expire_at", "embargo_until", "embargo_note", "sensitive",
    "legally_sensitive", "no_ads", "no_related", "noindex",
)  # fmt: skip


def page(admin: "ArticleAdmin", request: HttpRequest, pk: str) -> HttpResponse:
    """The newest saves of the article; POST puts the one of this number back. Raises Http404, and
    PermissionDenied for who may not read what is being written of it.
    """
    if not admin.has_view_or_change_permission(request):
        raise PermissionDenied("You may not see articles.")
    article = article_or_404(admin, request, pk)
    if not may_read_draft(request, article):
        raise PermissionDenied("You may not read what is being written of this article.")
    if request.method == "POST":
        return _put_back(admin, request, article)
    found = list(article.revisions.select_related("by")[: SHOWN + 1])
    older = [*found[1:], None][: len(found)]  # an import may have left no save at all
    now = draft_of(article)
    return render(
        request,
        "admin/articles/article/history.html",
        {
            **admin.admin_site.each_context(request),
            "title": "History",
            "opts": Article._meta,
            "article": article,
            "headline": now.fields["headline"] or "Untitled",
            "rows": [_row(*each, now=now) for each in zip(found, older, strict=True)][:SHOWN],
            "more": len(found) > SHOWN,
            "may_change": admin.has_change_permission(request, article),
        },
    )


def _row(revision: Revision, before: Revision | None, *, now: Draft) -> dict[str, Any]:
    draft = draft_from(revision.snapshot)
    return {
        "revision": revision,
        "headline": draft.fields["headline"] or "Untitled",
        "words": words_of(draft),
        "changed": _changed(draft, draft_from(before.snapshot)) if before else "",
        # Not the newest save: that is what was put away, or lost to another's, and is wanted again.
        "is_other": _as_draft(draft, now) != now,
    }


def _as_draft(draft: Draft, now: Draft) -> Draft:
    return with_fields(draft, **{name: now.fields[name] for name in STAYS})


def _changed(draft: Draft, before: Draft) -> str:
    """In words, what this save changed of the one before it."""
    return ", ".join(_told(each) for each in differences(draft, before))


def _told(changed: Difference) -> str:
    if changed.part != "body_html":
        return changed.label
    new, old = Counter(changed.mine.split()), Counter(changed.theirs.split())
    return f"text (+{(new - old).total()} −{(old - new).total()} words)"


def _put_back(admin: "ArticleAdmin", request: HttpRequest, article: Article) -> HttpResponse:
    if not admin.has_change_permission(request, article):
        raise PermissionDenied("You may not change this article.")
    revision = revision_or_404(article, request.POST.get("number", ""))
    now = draft_of(article)
    draft = _as_draft(draft_from(revision.snapshot), now)
    section = draft.fields["section_id"]
    if section and not Section.objects.filter(pk=section).exists():
        draft = with_fields(draft, section_id=now.fields["section_id"])
    version = request.POST.get("version", "")
    expected = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    try:
        save_draft(
            article, draft, by=person(request), expected_version=expected,
            kind=Revision.Kind.RESTORE,
        )  # fmt: skip
    except EditConflict:
        words = "It was saved meanwhile. Nothing is put back; look at what is new first."
        messages.error(request, words)
        return HttpResponseRedirect(request.path)
    words = f"Save {revision.number} is the draft now; what was there before is in the history."
    messages.success(request, words)
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
