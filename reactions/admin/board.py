from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from articles.admin.base import ChangesPages
from reactions import moderation
from reactions.models import Board


class ReasonForm(ActionForm):
    reason = forms.CharField(required=False, max_length=300, label="Reason")


@admin.register(Board)
class BoardAdmin(ChangesPages):
    """Which set an article shows, and the moderators' verbs. The reason stands beside the verb."""

    action_form = ReasonForm
    actions = ["freeze", "thaw", "hide", "show"]
    list_display = ["article", "state", "set", "frozen_by", "frozen_at", "frozen_reason"]
    list_filter = ["state", "set"]
    list_select_related = ["article", "set", "frozen_by"]
    search_fields = ["article__headline", "article__slug"]
    show_full_result_count = False
    autocomplete_fields = ["article", "set"]
    readonly_fields = ["state", "frozen_by", "frozen_at", "frozen_reason"]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # Boards are made by the first vote; a moderator may want to freeze before it.
        Board.objects.make_missing()
        return super().changelist_view(request, extra_context)

    def get_readonly_fields(self, request: HttpRequest, obj: Board | None = None) -> list[str]:
        return [*self.readonly_fields, *(["article"] if obj else [])]

    def has_delete_permission(self, request: HttpRequest, obj: Board | None = None) -> bool:
        return False  # without its row a frozen bar would be open again

    def has_freeze_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reactions.freeze_board")

    def has_hide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reactions.hide_board")

    @admin.action(description="Freeze: no more votes", permissions=["freeze"])
    def freeze(self, request: HttpRequest, queryset: QuerySet[Board]) -> None:
        self._moderate(request, queryset, moderation.freeze)

    @admin.action(description="Thaw: votes again", permissions=["freeze"])
    def thaw(self, request: HttpRequest, queryset: QuerySet[Board]) -> None:
        self._moderate(request, queryset, moderation.thaw)

    @admin.action(description="Hide from the page", permissions=["hide"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Board]) -> None:
        self._moderate(request, queryset, moderation.hide)

    @admin.action(description="Show on the page again", permissions=["hide"])
    def show(self, request: HttpRequest, queryset: QuerySet[Board]) -> None:
        self._moderate(request, queryset, moderation.show)

    def _moderate(
        self, request: HttpRequest, boards: QuerySet[Board], verb: Callable[..., int]
    ) -> None:
        try:
            changed = verb(boards, request.user, reason=request.POST.get("reason", ""))
        except moderation.ReasonMissing as missing:
            self.message_user(request, str(missing), messages.ERROR)
        else:
            self.message_user(request, f"Reactions changed on {changed} of {len(boards)} stories.")
