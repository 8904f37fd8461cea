from django.contrib import admin

from articles.admin.base import ChangesPages
from reactions.models import ReactionSet, SetKind


class SetKindInline(admin.TabularInline):
    model = SetKind
    extra = 0
    autocomplete_fields = ["kind"]


@admin.register(ReactionSet)
class ReactionSetAdmin(ChangesPages):
    list_display = ["question", "section", "is_default"]
    list_select_related = ["section"]
    list_filter = ["is_default"]
    search_fields = ["question", "slug"]
    prepopulated_fields = {"slug": ["question"]}
    autocomplete_fields = ["section"]
    inlines = [SetKindInline]
