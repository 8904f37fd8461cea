from django.contrib import admin

from articles.admin.base import DeskAdmin
from articles.models import Redirect


@admin.register(Redirect)
class RedirectAdmin(DeskAdmin):
    list_display = ["old_path", "target_path", "target_article", "status", "source", "hits"]
    list_filter = ["status", "source"]
    list_select_related = ["target_article"]
    search_fields = ["old_path", "target_path"]
    autocomplete_fields = ["target_article"]
    readonly_fields = ["hits", "last_hit"]
