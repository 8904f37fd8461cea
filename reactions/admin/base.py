from django.contrib import admin
from django.http import HttpRequest

from articles.admin.base import ChangesPages
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
    readonly_fields = ["article", "kind", "n", "source", "imported_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Base | None = None) -> bool:
        return False
