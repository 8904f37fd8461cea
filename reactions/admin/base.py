from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.admin.base import ChangesPages
from reactions.insight.stories import headline_of, seen_by_readers
from reactions.models import Base


@admin.register(Base)
class BaseAdmin(ChangesPages):
    """Old counts: imported, never edited; a moderator may take them off the page."""

    list_display = ["article", "kind", "n", "source", "imported_at", "shown"]
    list_editable = ["shown"]
    list_filter = ["shown", "source", "kind"]
    list_select_related = ["article", "kind"]
    search_fields = ["article__headline", "article__slug"]
    show_full_result_count = False
    readonly_fields = ["story", "kind", "n", "source", "imported_at"]

    @admin.display(description="Story")
    def story(self, count: Base) -> str:
        """Not the admin's own link, which leads to a form that is closed to moderators."""
        return headline_of(count.article)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Base]:
        """No headline of a story that readers never saw."""
        counts: QuerySet[Base] = super().get_queryset(request)
        return counts.filter(seen_by_readers("article__"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Base | None = None) -> bool:
        return False
