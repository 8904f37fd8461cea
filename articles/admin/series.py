from django.contrib import admin

from articles.admin.base import DeskAdmin, RowsMixin
from articles.models import Series, SeriesItem


class SeriesItemInline(RowsMixin, admin.TabularInline):
    model = SeriesItem
    named_by = ["article", "series"]
    fields = ["order", "article"]
    extra = 3
    autocomplete_fields = ["article"]
    verbose_name, verbose_name_plural = "part", "parts, in reading order"


@admin.register(Series)
class SeriesAdmin(DeskAdmin):
    list_display = ["title", "dek"]
    search_fields = ["title", "slug"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["hero"]
    inlines = [SeriesItemInline]
