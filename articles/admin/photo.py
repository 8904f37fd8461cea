"""Photos and agencies on the desk. Readers get renditions only; the original stays private."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.actions.photo_facts import save_facts
from articles.actions.photos import delete_photo, replace_file, try_again
from articles.admin import photo_many, photo_views
from articles.admin.base import DeskAdmin, person
from articles.admin.photo_form import PhotoForm
from articles.models import Agency, Article, Photo, PhotoUse
from articles.photos.desk_card import PREVIEW_PIXELS, THUMB_PIXELS, picture_of, read_from_file
from articles.photos.metadata import PhotoRefused


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
    change_form_template = "admin/articles/photo/change_form.html"
    change_list_template = "admin/articles/photo/change_list.html"
    list_display = [
        "thumbnail",
        "__str__",
        "photographer_text",
        "agency_text",
        "status",
        "rendition_state",
        "uploaded_at",
    ]
    list_display_links = ["thumbnail", "__str__"]
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
        "uploaded_by",
        "uploaded_at",
        "provenance",
        "metadata",
        "credit_raw",
    ]
    inlines = [UsedInInline]
    actions = ["try_again_selected"]
    fieldsets = [
        (None, {"fields": ["upload", "caption_default", ("alt_default", "decorative_default")]}),
        ("Credit", {"fields": [("photographer_text", "photographer"), ("agency_text", "agency", "via"), "client", "credit_override", "credit_raw", "copyright"]}),
        ("Picture", {"fields": [("focal_x", "focal_y"), "persons", "place", "taken_at"]}),
        ("Rights", {"fields": ["status", ("rights_from", "rights_until"), "usage_terms", "instructions", "license_url", "licensor_url"]}),
        ("As read from the file", {"classes": ["collapse"], "fields": [("width", "height"), "sha256", ("uploaded_by", "uploaded_at"), "rendition_state", "rendition_error", "provenance", "metadata"]}),
    ]  # fmt: skip

    class Media:
        css = {"all": ["css/desk/photos.css"]}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("upload/", view(photo_views.upload), name="articles_photo_upload"),
            path("picker/", view(photo_views.picker), name="articles_photo_picker"),
            path("add-many/", view(photo_many.add_many), name="articles_photo_add_many"),
            path("<int:photo_id>/facts/", view(photo_views.facts), name="articles_photo_facts"),
        ]
        return own + super().get_urls()

    @admin.display(description="photo")
    def thumbnail(self, photo: Photo) -> SafeString | str:
        src, width, height = picture_of(photo, THUMB_PIXELS)
        if not src:
            return "No file"
        return format_html(
            '<img class="photo-thumb" src="{}" width="{}" height="{}" alt="Photo {}" loading="lazy">',
            src, width, height, photo.pk,
        )  # fmt: skip

    def get_form(
        self, request: HttpRequest, obj: Photo | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.not_stored = getattr(request, "not_stored", "")
        form.user = request.user
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except PhotoRefused as refusal:
            # Storing failed after the form was found good. It gives all back with this reason.
            request.not_stored = str(refusal)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        photo = context.get("original")
        if photo:
            src, width, height = picture_of(photo, PREVIEW_PIXELS)
            context |= {"preview": src, "preview_width": width, "preview_height": height}
            context |= {"known": read_from_file(photo), "uses": photo.uses.count()}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Photo, form: BaseModelForm, change: bool
    ) -> None:
        upload = form.cleaned_data.get("upload")
        if not change:
            obj.uploaded_by = person(request)  # type: ignore[assignment]
        if upload:
            # As the form says: what is filled in stays, what is empty comes from the file.
            written = {name for name, value in form.cleaned_data.items() if value}
            replace_file(obj, upload, name=upload.name, keep=written)
        elif change:
            save_facts(obj, form.changed_data)
        else:
            super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Photo) -> None:
        delete_photo(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> None:
        for photo in queryset:
            delete_photo(photo)

    def response_change(self, request: HttpRequest, obj: Photo) -> HttpResponse:
        if "_try_again" in request.POST:
            self.try_again_selected(request, Photo.objects.filter(pk=obj.pk))
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    @admin.action(description="Try again to make the public files", permissions=["change"])
    def try_again_selected(self, request: HttpRequest, photos: QuerySet[Photo]) -> None:
        asked = sum(map(try_again, photos))
        if asked:
            messages.success(request, f"Trying again with {asked} of these photos.")
        else:
            messages.warning(request, "Nothing failed there: nothing to try again.")


@admin.register(Agency)
class AgencyAdmin(DeskAdmin):
    list_display = ["name", "parent"]
    list_select_related = ["parent"]
    search_fields = ["name", "aliases"]
    autocomplete_fields = ["parent"]
