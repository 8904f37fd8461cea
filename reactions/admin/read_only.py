"""Rows that the desk looks at and never writes by hand: they come of votes, alarms and verbs."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from articles.admin.base import QuietAdmin


class ReadOnly(QuietAdmin):
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ListOnly(ReadOnly):
    """A row has no page of its own: the list says all of it."""

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        """The list. Raises PermissionDenied, and Http404 where there is no such row."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        self.get_object(request, object_id)
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        )
