from django.contrib import admin

from articles.admin.base import DeskAdmin
from articles.models import Contributor


@admin.register(Contributor)
class ContributorAdmin(DeskAdmin):
    list_display = ["name", "title", "kind", "user", "active"]
    list_filter = ["kind", "active"]
    list_select_related = ["user"]
    search_fields = ["name", "slug", "title"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["user", "portrait", "beats"]
