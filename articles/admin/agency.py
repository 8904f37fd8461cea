"""Picture agencies on the desk: the names they go by in credit lines, and whose house they are of."""

from typing import Any

from django import forms
from django.contrib import admin

from articles.admin.base import DeskAdmin
from articles.admin.form_fields import LinesField
from articles.admin.photo_fields import RightsClassField
from articles.models import Agency


class AgencyForm(forms.ModelForm):
    default_rights_class = RightsClassField(label="Rights class of its photos")
    default_days = forms.IntegerField(
        label="Days of use", required=False, min_value=1, max_value=3_650,
        help_text="Proposed as the end of a photo’s rights where its file says nothing.",
    )  # fmt: skip
    aliases = LinesField(
        label="Other names",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="One a line, as credit lines write them. Case, accents and spaces make no difference.",
    )

    class Meta:
        model = Agency
        fields = "__all__"  # noqa: DJ007  (the desk sees all of an agency)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "default_rights_class" in self.fields:
            self.fields["default_rights_class"].keep(self.instance.default_rights_class)  # type: ignore[attr-defined]


@admin.register(Agency)
class AgencyAdmin(DeskAdmin):
    form = AgencyForm
    list_display = ["name", "parent"]
    list_select_related = ["parent"]
    search_fields = ["name", "aliases"]
    autocomplete_fields = ["parent"]
