"""The live board: what readers do to published stories now. It fetches its own rows again and again
(static/js/desk/reactions-live.js); without a script a link reloads the page.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from articles.models import Article
from reactions import moderation
from reactions.insight.live import live_board
from reactions.models import Board
from reactions.moderation.log import REASON_MAX

SORT_WORDS = (("pace", "Pace"), ("change", "Change in mix"), ("waiting", "Votes waiting"))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=REASON_MAX,
        error_messages={"required": "Say why: readers of a frozen bar see it, and it is kept."},
    )


@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """?sort=pace, change or waiting."""
    return _page(request)


@require_GET
def live_rows(request: HttpRequest) -> HttpResponse:
    """The part of the page that changes, for its script."""
    return TemplateResponse(request, "admin/reactions/_live.html", _now(request))


@require_POST
def freeze(request: HttpRequest, article_id: int) -> HttpResponse:
    """Freeze a published story's bar, or thaw it (to=open). A reason that won't do comes back with
    what was typed.
    """
    _may(request, "freeze_board")
    article = Article.objects.published().among([article_id]).first()
    if article is None:
        raise Http404("No published story has this number.")
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, refused={"pk": article_id, "form": form})
    board = Board.objects.for_article(article_id)
    thaws = request.POST.get("to") == Board.State.OPEN
    verb = moderation.thaw if thaws else moderation.freeze
    changed = verb([board], request.user, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
    done = "are open again" if thaws else "are frozen"
    if changed:
        messages.success(request, f"Reactions to “{article}” {done}.")
    else:
        messages.info(request, f"Somebody was here before you: “{article}” is as it was.")
    return HttpResponseRedirect(f"{reverse('reactions_desk:live')}?sort={_sort(request)}")


def _page(request: HttpRequest, refused: dict[str, Any] | None = None) -> HttpResponse:
    context = {
        **_now(request, refused),
        **admin.site.each_context(request),
        "title": "Live board",
        "rows_url": reverse("reactions_desk:live_rows"),
    }
    status = 200 if refused is None else 422
    return TemplateResponse(request, "admin/reactions/live.html", context, status=status)


def _now(request: HttpRequest, refused: dict[str, Any] | None = None) -> dict[str, Any]:
    _may(request, "view_board")
    board = live_board(_sort(request))
    user = request.user
    return {
        "live": board,
        "sorts": [(key, label, key == board.sort) for key, label in SORT_WORDS],
        "refused": refused or {"pk": None, "form": None},
        "may_freeze": user.has_perm("reactions.freeze_board"),
        "may_see_cases": user.has_perm("reactions.view_case"),
        "reason_max": REASON_MAX,
    }


def _sort(request: HttpRequest) -> str:
    wanted = request.POST.get("sort") or request.GET.get("sort", "")
    return wanted if wanted in dict(SORT_WORDS) else "pace"


def _may(request: HttpRequest, right: str) -> None:
    if not request.user.has_perm(f"reactions.{right}"):
        raise PermissionDenied
