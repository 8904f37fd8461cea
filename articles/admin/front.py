from django.contrib import admin

from articles.admin.base import DeskAdmin
from articles.models import Banner, Front, Slot, SlotEntry


class SlotInline(admin.TabularInline):
    model = Slot
    extra = 0
    autocomplete_fields = ["backfill_section", "backfill_tag"]


@admin.register(Front)
class FrontAdmin(DeskAdmin):
    list_display = ["__str__"]
    list_select_related = ["section"]
    autocomplete_fields = ["section"]
    inlines = [SlotInline]


class SlotEntryInline(admin.TabularInline):
    model = SlotEntry
    extra = 0
    autocomplete_fields = ["article"]


@admin.register(Slot)
class SlotAdmin(DeskAdmin):
    list_display = ["__str__", "max", "order"]
    list_select_related = ["front__section"]
    autocomplete_fields = ["backfill_section", "backfill_tag"]
    inlines = [SlotEntryInline]


@admin.register(Banner)
class BannerAdmin(DeskAdmin):
    list_display = ["text", "level", "starts", "ends"]
    list_filter = ["level"]
