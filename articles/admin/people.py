from django import forms
from django.contrib import admin
from django.forms import BaseModelForm
from django.http import HttpRequest

from articles.actions.naming import name_changed
from articles.admin.base import PagesAdmin
from articles.admin.form_fields import AddressesField
from articles.admin.taxonomy import SLUG_HELP
from articles.models import Contributor


class ContributorForm(forms.ModelForm):
    same_as = AddressesField(
        label="Elsewhere",
        help_text="Pages of the same person elsewhere, one address a line. Readers and search "
        "engines get them.",
    )

    class Meta:
        model = Contributor
        fields = "__all__"  # noqa: DJ007  (the desk sees all of a contributor)
        labels = {"user": "Login", "title": "What they do", "email_public": "E-mail for readers"}
        help_texts = {
            "slug": SLUG_HELP,
            "beats": "Tags that this person writes about; the page names them.",
            "active": "Offered when a byline is chosen. Old bylines stay.",
        }


@admin.register(Contributor)
class ContributorAdmin(PagesAdmin):
    form = ContributorForm
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
