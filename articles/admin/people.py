from django.contrib import admin
from django.forms import BaseModelForm
from django.http import HttpRequest

from articles.actions.naming import name_changed
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

    def save_model(
        self, request: HttpRequest, obj: Contributor, form: BaseModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if "name" in form.changed_data:
            name_changed(obj)
