from django.contrib import admin
from django.http import HttpRequest

from articles.admin.base import DeskAdmin
from articles.models import ImportRecord


@admin.register(ImportRecord)
class ImportRecordAdmin(DeskAdmin):
    """Read only: what came from where, for whoever asks."""

    list_display = ["__str__", "article", "source_url", "imported_at"]
    list_filter = ["host", "kind"]
    list_select_related = ["article"]
    search_fields = ["external_id", "source_url"]
    readonly_fields = [
        "host",
        "kind",
        "external_id",
        "article",
        "source_url",
        "raw_sha",
        "written",
        "extra",
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
