"""Photos and agencies on the desk. Readers get renditions only; the original stays private."""

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import HttpRequest

from articles.actions.photos import replace_file, save_facts
from articles.admin.base import DeskAdmin
from articles.admin.photo_form import PhotoForm
from articles.models import Agency, Article, Photo, PhotoUse


class UsedInInline(admin.TabularInline):
    """Where the photo stands. Read only: a use is edited on its article."""

    model = PhotoUse
    readonly_fields = ["article", "slot", "caption"]
    fields = ["article", "slot", "caption"]
    extra = 0
    can_delete = False
    verbose_name_plural = "used in"

    def has_add_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[PhotoUse]:
        uses = super().get_queryset(request).select_related("article", "photo")
        return uses.filter(article__in=Article.objects.readable_by(request.user))


@admin.register(Photo)
class PhotoAdmin(DeskAdmin):
    form = PhotoForm
    list_display = [
        "__str__",
        "photographer_text",
        "agency_text",
        "status",
        "rendition_state",
        "uploaded_at",
    ]
    list_filter = ["status", "rendition_state", "agency"]
    list_select_related = ["agency"]
    search_fields = [
        "caption_default",
        "photographer_text",
        "agency_text",
        "credit_raw",
        "persons__name",
    ]
    autocomplete_fields = ["photographer", "agency", "via", "persons"]
    readonly_fields = [
        "sha256",
        "width",
        "height",
        "rendition_state",
        "rendition_error",
        "provenance",
        "metadata",
        "credit_raw",
    ]
    inlines = [UsedInInline]
    fieldsets = [
        (None, {"fields": ["upload", "caption_default", ("alt_default", "decorative_default")]}),
        ("Credit", {"fields": [("photographer_text", "photographer"), ("agency_text", "agency", "via"), "client", "credit_override", "credit_raw", "copyright"]}),
        ("Rights", {"fields": ["status", ("rights_from", "rights_until"), "usage_terms", "instructions", "license_url", "licensor_url"]}),
        ("Picture", {"fields": [("focal_x", "focal_y"), "persons", "place", "taken_at"]}),
        ("As read from the file", {"classes": ["collapse"], "fields": [("width", "height"), "sha256", "rendition_state", "rendition_error", "provenance", "metadata"]}),
    ]  # fmt: skip

    def save_model(
        self, request: HttpRequest, obj: Photo, form: BaseModelForm, change: bool
    ) -> None:
        upload = form.cleaned_data.get("upload")
        if upload:
            # As the form says: what is filled in stays, what is empty comes from the file.
            written = {name for name, value in form.cleaned_data.items() if value}
            replace_file(obj, upload, name=upload.name, keep=written)
        elif change:
            save_facts(obj, form.changed_data)
        else:
            super().save_model(request, obj, form, change)


@admin.register(Agency)
class AgencyAdmin(DeskAdmin):
    list_display = ["name", "parent"]
    list_select_related = ["parent"]
    search_fields = ["name", "aliases"]
    autocomplete_fields = ["parent"]
