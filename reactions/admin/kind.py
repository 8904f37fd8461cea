from django.contrib import admin
from django.http import HttpRequest

from articles.admin.base import ChangesPages
from reactions.models import ReactionKind


@admin.register(ReactionKind)
class ReactionKindAdmin(ChangesPages):
    list_display = ["label", "emoji", "slug", "legacy_wp_id", "retired_at"]
    list_filter = [("retired_at", admin.EmptyFieldListFilter)]
    search_fields = ["label", "slug"]
    prepopulated_fields = {"slug": ["label"]}

    def has_delete_permission(self, request: HttpRequest, obj: ReactionKind | None = None) -> bool:
        return False  # an old count must stay explainable: retire it
