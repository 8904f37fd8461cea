"""What the lists and the inner rows of the desk have in common."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest


class DeskAdmin(admin.ModelAdmin):
    """No COUNT of the whole table beside a filtered list; 50 rows a page."""

    show_full_result_count = False
    list_per_page = 50

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The row. Raises Http404 where there is none for this login, in place of Django's
        redirect: what may not be read looks like what isn't there.
        """
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404("There is no such row, or you may not see it.")
        return found


class RowsMixin:
    """For an inline: what the rows' names are made of comes with them, in one query."""

    named_by: ClassVar[list[str]] = []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return rows.select_related(*self.named_by)
