"""The article's own pages on the desk beside its form: autosave, preview, one page for each verb."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles.actions import drafting
from articles.actions.editing import Conflict, EditConflict
from articles.actions.publishing import MAY_BE_WAIVED, all_problems, is_public, publish_advice
from articles.admin import article_verbs, photo_views
from articles.admin.base import person
from articles.admin.form_values import form_values
from articles.admin.story_posts import story_posts
from articles.draft_overlay import overlay
from articles.drafts import Draft, draft_from, draft_of, live_draft, snapshot_of
from articles.models import Article, Revision
from articles.views.article import render_article

if TYPE_CHECKING:
    from articles.admin.article import ArticleAdmin
    from articles.admin.forms import ArticleForm


def article_urls(admin: "ArticleAdmin") -> list[URLPattern]:
    """The addresses, for `ArticleAdmin.get_urls`."""

    def page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return view(admin, request, **kwargs)

        return wrapped

    saving, inside = require_POST(page(autosave)), admin.admin_site.admin_view
    return [
        path("autosave/", saving, name="articles_article_autosave_new"),
        path("<int:pk>/autosave/", saving, name="articles_article_autosave"),
        path(
            "<int:pk>/preview/",
            inside(require_GET(page(preview))),
            name="articles_article_preview",
        ),
        path(
            "<int:pk>/do/<slug:verb>/",
            inside(require_http_methods(["GET", "POST"])(page(verb_page))),
            name="articles_article_verb",
        ),
        path("<int:article_id>/use/", inside(photo_views.use), name="articles_article_use"),
    ]


def article_or_404(admin: "ArticleAdmin", request: HttpRequest, pk: int | str) -> Article:
    """The article, where this login may read it. Raises Http404."""
    found: Article = admin.get_object(request, str(pk))
    if not admin.has_view_or_change_permission(request, found):
        raise Http404("There is no such article, or you may not see it.")
    return found


def may_read_draft(request: HttpRequest, article: Article) -> bool:
    """Whoever published or wrote it; others read of a public story what every reader does."""
    own = article.created_by_id == request.user.pk
    return own or request.user.has_perm("articles.publish_article")


def revision_or_404(article: Article, number: str) -> Revision:
    """The save of this number. Raises Http404 where the article has none."""
    number = number if number.isascii() and number.isdigit() and len(number) < 10 else "0"
    found = article.revisions.filter(number=int(number)).first()
    if found is None:
        raise Http404("This article was never saved under this number.")
    return found


# --- Autosave --------------------------------------------------------------------------------------
def autosave(admin: "ArticleAdmin", request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Save what can be saved of the form as it was sent. Answers in JSON, also when nobody is
    logged in any more: the text is in the browser, and a redirect would lose it.
    """
    if not admin.admin_site.has_permission(request):
        return _answer({"login_url": reverse(settings.LOGIN_URL)}, 401)
    article = article_or_404(admin, request, pk) if pk else None
    allowed = (
        admin.has_change_permission(request, article)
        if article
        else admin.has_add_permission(request)
    )
    if not allowed:
        return _answer({"message": "You may not change this article."}, 403)
    form = admin.get_form(request, article, change=bool(article))(
        request.POST, request.FILES, instance=article
    )
    form.is_valid()
    conflict = form.conflict
    if conflict and article:
        drafting.keep_losing(article, conflict.mine, by=person(request))
        return _answer(conflict_json(form, conflict), 409)
    try:
        saved = _save(request, form, pk)
    except EditConflict as refused:
        # Between this form's look and its save.
        if refused.conflict is None:
            raise
        form.show_conflict(refused.conflict)
        return _answer(conflict_json(form, refused.conflict), 409)
    return _answer(saved_json(saved, form), 400 if form.errors else 200)


def _save(request: HttpRequest, form: "ArticleForm", pk: int | None) -> drafting.Saved:
    stored = Article.objects.get(pk=pk) if pk else Article()
    saved = drafting.save_draft(
        stored,
        form.draft(),
        by=person(request),
        expected_version=form.cleaned_data.get("loaded_version") or 0 if pk else None,
        # Ctrl+S and the button: what a person saves, the next autosave must not replace.
        kind=Revision.Kind.SAVE if "_save" in request.POST else Revision.Kind.AUTOSAVE,
        marks=form.marks,
    )
    if "assigned_to" in form.changed_data and "assigned_to" in form.cleaned_data:
        drafting.assign(saved.article, form.cleaned_data["assigned_to"])
    return saved


def saved_json(saved: drafting.Saved, form: "ArticleForm") -> dict[str, Any]:
    article, draft = saved.article, saved.draft
    return {
        "id": article.pk,
        "version": saved.version,
        "marks": json.dumps(form.marks_after(draft)),
        "saved_at": timezone.now().isoformat(),
        "status": article.status,
        "is_public": is_public(article),
        "has_draft": article.current_draft_id is not None,
        "slug": draft.fields["slug"],
        "url": article.get_absolute_url(),
        "problems": [article_verbs.problem_row(each) for each in all_problems(article, draft)],
        "advice": [article_verbs.problem_row(each) for each in publish_advice(draft)],
        "word_count": article_verbs.words_of(draft),
        "change_url": reverse("admin:articles_article_change", args=[article.pk]),
        "autosave_url": article_verbs.autosave_url(article),
        "preview_url": reverse("admin:articles_article_preview", args=[article.pk]),
        "verb_urls": {verb: article_verbs.address(article, verb) for verb in article_verbs.VERBS},
        "photos": [{"use": use.id, "photo": use.photo_id} for use in draft.photo_uses],
        "posts": story_posts(draft),
        "errors": form.errors,
    }


def conflict_json(form: "ArticleForm", conflict: Conflict) -> dict[str, Any]:
    merge = conflict.merge
    return {
        "by": conflict.by.get_username() if conflict.by else "",
        "at": conflict.at.isoformat(),
        "version": conflict.version,
        "marks": json.dumps(form.marks_in_browser),
        "form": form_values(form),
        "stored": snapshot_of(conflict.stored),
        "mine": snapshot_of(conflict.mine),
        "base": snapshot_of(conflict.base) if conflict.base else None,
        "merged": snapshot_of(merge.draft),
        "taken": merge.taken,
        "clashes": [asdict(clash) for clash in form.clashes],
        "kept": True,
    }


def _answer(data: dict[str, Any], status: int) -> JsonResponse:
    response = JsonResponse(data, status=status)
    add_never_cache_headers(response)
    return response


# --- Preview ---------------------------------------------------------------------------------------
def preview(admin: "ArticleAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """The page that readers would get, made by the code that makes theirs, with their policy."""
    article = article_or_404(admin, request, pk)
    draft = _draft_to_show(request, article)
    story = overlay(article, draft)
    response = render_article(request, story, chosen=draft.related, preview=True)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    response._csp_replace = {  # type: ignore[attr-defined]
        name: policy.get(name) for name in settings.STAFF_CSP_CHANGES
    }
    return response


def _draft_to_show(request: HttpRequest, article: Article) -> Draft:
    """What is being written, or what an earlier save of this number said; for others what is live."""
    if not may_read_draft(request, article):
        return live_draft(article)
    if number := request.GET.get("save", ""):
        return draft_from(revision_or_404(article, number).snapshot)
    return draft_of(article)


# --- Verbs -----------------------------------------------------------------------------------------
def verb_page(admin: "ArticleAdmin", request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """GET asks once more; POST does it, and answers a script in JSON."""
    if verb not in article_verbs.VERBS:
        raise Http404("There is no such verb.")
    article = article_or_404(admin, request, pk)
    change = reverse("admin:articles_article_change", args=[pk])
    if request.method == "GET":
        if refused := article_verbs.refusal_of(admin, request, article, verb):
            raise PermissionDenied(refused)
        return render(request, TEMPLATE, verb_context(admin, request, article, verb=verb))
    if "application/json" in request.headers.get("Accept", ""):
        outcome = article_verbs.perform(admin, request, article, verb)
        return _answer(article_verbs.as_json(outcome, verb), outcome.code)
    outcome = article_verbs.do_and_say(admin, request, article, verb)
    again = outcome.problems and verb == "publish"
    return HttpResponseRedirect(request.path if again else change)


TEMPLATE = "admin/articles/article/verb.html"


def verb_context(
    admin: "ArticleAdmin", request: HttpRequest, article: Article, *, verb: str
) -> dict[str, Any]:
    draft = draft_of(article)
    problems = all_problems(article, draft) if verb == "publish" else []
    at = draft.fields["publish_at"]
    return {
        **admin.admin_site.each_context(request),
        "title": article_verbs.VERBS[verb].title,
        "opts": Article._meta,
        "article": article,
        "verb": verb,
        "headline": draft.fields["headline"] or "Untitled",
        "path": article.get_absolute_url(),
        "is_public": is_public(article),
        "later": at if at and at > timezone.now() else None,
        "problems": problems,
        "may_give_reason": problems and all(each.code in MAY_BE_WAIVED for each in problems),
        "advice": publish_advice(draft) if verb == "publish" else [],
    }
