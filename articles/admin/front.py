from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import HttpRequest

from articles.admin.base import DeskAdmin, RowsMixin
from articles.models import Banner, Front, Slot, SlotEntry
from articles.navigation import forget_banners


class SlotInline(RowsMixin, admin.TabularInline):
    model = Slot
    named_by = ["front__section"]
    extra = 0
    autocomplete_fields = ["backfill_section", "backfill_tag"]


@admin.register(Front)
class FrontAdmin(DeskAdmin):
    list_display = ["__str__"]
    search_fields = ["section__name"]
    autocomplete_fields = ["section"]
    inlines = [SlotInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Front]:
        return super().get_queryset(request).select_related("section")


class SlotEntryInline(RowsMixin, admin.TabularInline):
    model = SlotEntry
    named_by = ["article", "slot__front__section"]
    extra = 0
    autocomplete_fields = ["article"]


@admin.register(Slot)
class SlotAdmin(DeskAdmin):
    list_display = ["__str__", "max", "order"]
    list_select_related = ["front__section"]
    autocomplete_fields = ["front", "backfill_section", "backfill_tag"]
    inlines = [SlotEntryInline]


@admin.register(Banner)
class BannerAdmin(DeskAdmin):
    list_display = ["text", "level", "starts", "ends"]
    list_filter = ["level"]

    def save_model(
        self, request: HttpRequest, obj: Banner, form: BaseModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        forget_banners()

    def delete_model(self, request: HttpRequest, obj: Banner) -> None:
        super().delete_model(request, obj)
        forget_banners()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Banner]) -> None:
        super().delete_queryset(request, queryset)
        forget_banners()
