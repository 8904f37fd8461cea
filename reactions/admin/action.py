"""What was done, by whom, and why: only ever added to, and taken back by one click."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from reactions import moderation
from reactions.admin.read_only import ListOnly
from reactions.insight import history
from reactions.models import Action, ReactionKind
from reactions.views.answers import is_id

LIST = "admin:reactions_action_changelist"


class ByPerson(admin.SimpleListFilter):
    title, parameter_name = "person", "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        who = Action.objects.exclude(by=None).order_by().values("by").distinct()
        people = User.objects.filter(pk__in=who).order_by("username")
        return [*((str(each.pk), each.get_username()) for each in people), ("0", "The system")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Action]) -> QuerySet[Action]:
        value = self.value() or ""
        if not is_id(value):
            return queryset
        return queryset.filter(by=int(value)) if value != "0" else queryset.filter(by_name="")


class ByStory(admin.SimpleListFilter):
    """Given by a link from a story; offers nothing itself but to let go of it."""

    title, parameter_name = "story", "story"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, "This story")] if (value := request.GET.get("story")) else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Action]) -> QuerySet[Action]:
        value = self.value() or ""
        return queryset.filter(history.about(int(value))) if is_id(value) else queryset


@admin.register(Action)
class ActionAdmin(ListOnly):
    list_display = ["at", "verb", "by", "reason"]
    list_filter = ["verb", ByPerson, ByStory]
    search_fields = ["reason", "case__article__headline", "case__article__slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Action]:
        return history.rows(super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        undo = path(
            "<int:pk>/undo/",
            self.admin_site.admin_view(self.undo_view),
            name="reactions_action_undo",
        )
        return [undo, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        answer = super().changelist_view(request, extra_context)
        found = getattr(answer, "context_data", None) or {}
        if "cl" in found:
            kinds = ReactionKind.objects.in_bulk()
            found["history"] = history.lines(found["cl"].result_list, kinds)
            found["may_undo"] = request.user.has_perm("reactions.undo_action")
        return answer

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST: take it back, and return to where the button was."""
        if not request.user.has_perm("reactions.undo_action"):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        action: Action = self.get_object(request, str(pk))
        try:
            done = moderation.undo(action, request.user, reason=request.POST.get("reason", ""))  # type: ignore[arg-type]
        except (moderation.CannotUndo, moderation.ReasonMissing) as problem:
            messages.error(request, f"Nothing was taken back. {problem}")
        else:
            messages.success(request, f"Taken back.{_votes(done)}")
        return HttpResponseRedirect(_next(request))


def _votes(done: Action) -> str:
    if "total" not in done.effect:
        return ""
    total = done.effect["total"]
    return f" {total:,} vote{' is as it was' if total == 1 else 's are as they were'}."


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return reverse(LIST)
