from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Count, QuerySet
from django.forms import BaseModelForm
from django.http import HttpRequest
from taggit import admin as _taggits_own  # noqa: F401  (registered here, whoever comes first)
from taggit.models import Tag as TaggitTag

from articles.actions.naming import name_changed
from articles.admin.base import PagesAdmin
from articles.admin.form_fields import AddressesField
from articles.models import Section, Tag, TagAlias

admin.site.unregister(TaggitTag)  # an empty table of taggit's, and an admin that can't be used


SLUG_HELP = "The end of its address. When it changes, the old address leads to the new one."


class SectionForm(forms.ModelForm):
    class Meta:
        model = Section
        fields = "__all__"  # noqa: DJ007  (the desk sees all of a section)
        help_texts = {
            "slug": SLUG_HELP,
            "parent": "The section it is a part of, if it is one.",
            "description": "A sentence under its name, for readers and search engines.",
            "order": "Its place in the menu: the smallest number first.",
        }


@admin.register(Section)
class SectionAdmin(PagesAdmin):
    form = SectionForm
    list_display = ["name", "parent", "order", "nav"]
    list_filter = ["nav"]
    list_select_related = ["parent"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["parent"]


class TagAliasInline(admin.TabularInline):
    model = TagAlias
    extra = 0
    fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}


class TagForm(forms.ModelForm):
    same_as = AddressesField(
        label="Elsewhere",
        help_text="Pages about the same thing elsewhere, one address a line. Search engines get them.",
    )

    class Meta:
        model = Tag
        fields = "__all__"  # noqa: DJ007  (the desk sees all of a tag)
        labels = {"wikidata_id": "Wikidata number", "indexable": "For search engines"}
        help_texts = {
            "slug": SLUG_HELP,
            "description": "A few sentences at the head of its page.",
            "image": "At the head of its page: a portrait, a building. It needs a credit.",
            "wikidata_id": "Like Q42: says which of several people or works of this name it is.",
            "indexable": "Otherwise search engines leave its page out.",
        }


@admin.register(Tag)
class TagAdmin(PagesAdmin):
    """Ours, not taggit's: that one opens a tag on 5,000 articles in minutes."""

    form = TagForm
    list_display = ["name", "kind", "uses_count", "indexable"]
    ordering = ["name"]
    list_filter = ["kind", "indexable"]
    search_fields = ["name", "aliases__name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["image"]
    inlines = [TagAliasInline]

    def save_model(self, request: HttpRequest, obj: Tag, form: BaseModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "name" in form.changed_data:
            name_changed(obj)

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        name_changed(obj)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        for tag in queryset:
            name_changed(tag)
        super().delete_queryset(request, queryset)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        tags = super().get_queryset(request).annotate(number_of_uses=Count("uses"))
        return tags  # type: ignore[no-any-return]  # noqa: RET504

    @admin.display(description="articles", ordering="number_of_uses")
    def uses_count(self, tag: Any) -> int:
        return int(tag.number_of_uses)
