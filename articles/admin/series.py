from django import forms
from django.contrib import admin

from articles.admin.base import PagesAdmin, RowsMixin
from articles.admin.taxonomy import SLUG_HELP
from articles.models import Series, SeriesItem


class SeriesItemInline(RowsMixin, admin.TabularInline):
    model = SeriesItem
    named_by = ["article", "series"]
    fields = ["order", "article"]
    extra = 3
    autocomplete_fields = ["article"]
    verbose_name, verbose_name_plural = "part", "parts, in reading order"


class SeriesForm(forms.ModelForm):
    class Meta:
        model = Series
        fields = "__all__"  # noqa: DJ007  (the desk sees all of a series)
        help_texts = {"slug": SLUG_HELP, "hero": "The picture at the head of its page."}


@admin.register(Series)
class SeriesAdmin(PagesAdmin):
    form = SeriesForm
    list_display = ["title", "dek"]
    search_fields = ["title", "slug"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["hero"]
    inlines = [SeriesItemInline]
