"""Fronts, their slots and the banner on the desk. Stories are arranged on a page of their own."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html

from articles.actions.curating import next_version, put_up_banner, remove_banners
from articles.admin.banner_views import banner_urls
from articles.admin.base import DeskAdmin, RowsMixin
from articles.admin.front_views import front_urls
from articles.models import Banner, Front, Slot, SlotEntry

BANNER_HOURS = 2


class ArrangedMixin:
    """Whoever has the page of the front open arranges what is no longer stored: its next save says
    so.
    """

    def save_related(
        self, request: HttpRequest, form: BaseModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        stored = form.instance
        next_version(stored if isinstance(stored, Front) else stored.front)


class SlotInline(RowsMixin, admin.StackedInline):
    model = Slot
    named_by = ["front__section"]
    extra = 0
    fields = [("key", "title"), ("max", "order"), "backfill", ("backfill_section", "backfill_tag")]
    autocomplete_fields = ["backfill_section", "backfill_tag"]


@admin.register(Front)
class FrontAdmin(ArrangedMixin, DeskAdmin):
    """Which slots there are. What stands in them, and where a front's name leads:
    articles.admin.front_views.
    """

    list_display = ["arrange", "slots"]
    list_display_links = ["slots"]
    search_fields = ["section__name"]
    autocomplete_fields = ["section"]
    inlines = [SlotInline]
    change_form_template = "admin/articles/front/change_form.html"
    change_list_template = "admin/articles/front/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Front]:
        return super().get_queryset(request).select_related("section")

    def get_urls(self) -> list[URLPattern]:
        return [*front_urls(), *super().get_urls()]

    @admin.display(description="front", ordering="section__name")
    def arrange(self, front: Front) -> str:
        address = reverse("admin:articles_front_arrange", args=[front.pk])
        return format_html('<a href="{}">Arrange {}</a>', address, front)

    @admin.display(description="set-up")
    def slots(self, front: Front) -> str:
        return "Slots"


class SlotEntryInline(RowsMixin, admin.TabularInline):
    model = SlotEntry
    named_by = ["article", "slot__front__section"]
    extra = 0
    autocomplete_fields = ["article"]


@admin.register(Slot)
class SlotAdmin(ArrangedMixin, DeskAdmin):
    list_display = ["__str__", "max", "order"]
    list_select_related = ["front__section"]
    autocomplete_fields = ["front", "backfill_section", "backfill_tag"]
    inlines = [SlotEntryInline]


@admin.register(Banner)
class BannerAdmin(DeskAdmin):
    list_display = ["text", "level", "starts", "ends"]
    list_filter = ["level"]
    fields = ["text", "url", "level", "starts", "ends"]
    change_form_template = "admin/articles/banner/change_form.html"
    # One field for a time, with a name of its own; the stock pair has one label for two.
    formfield_overrides = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
    }

    def get_urls(self) -> list[URLPattern]:
        return [*banner_urls(), *super().get_urls()]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        now = timezone.localtime().replace(second=0, microsecond=0)
        usual = {"starts": now, "ends": now + timedelta(hours=BANNER_HOURS)}
        return {**usual, **super().get_changeform_initial_data(request)}

    def save_model(
        self, request: HttpRequest, obj: Banner, form: BaseModelForm, change: bool
    ) -> None:
        put_up_banner(obj)

    def delete_model(self, request: HttpRequest, obj: Banner) -> None:
        remove_banners([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Banner]) -> None:
        remove_banners(queryset)
