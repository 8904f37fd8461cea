"""Photos on the desk. Readers get renditions only; the original stays private."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from articles.actions.photo_facts import known_from_line, save_facts
from articles.actions.photos import delete_photo, replace_file, try_again
from articles.admin import (
    photo_alike,
    photo_bulk,
    photo_gallery,
    photo_history,
    photo_list,
    photo_many,
    photo_original,
    photo_report,
    photo_rights,
    photo_table,
    photo_views,
)
from articles.admin.base import DeskAdmin, person
from articles.admin.photo_form import PhotoForm, names_offered
from articles.models import Photo
from articles.models.photo_finding import photos_with
from articles.photos.desk_card import PREVIEW_PIXELS, all_read, picture_of, read_from_file
from articles.photos.metadata import PhotoRefused

PICTURE = (("focal_x", "focal_y"), "persons", "names", "place", "taken_at", "digital_source_type")


@admin.register(Photo)
class PhotoAdmin(DeskAdmin):
    form = PhotoForm
    change_form_template = "admin/articles/photo/change_form.html"
    change_list_template = "admin/articles/photo/change_list.html"
    list_display = ["card"]
    list_per_page = 48
    sortable_by = ()
    list_filter = [
        photo_list.ByRights,
        photo_list.ByMissing,
        photo_list.ByUse,
        photo_list.ByWhom,
        ("agency", photo_list.RecentAgencies),
        ("uploaded_at", admin.DateFieldListFilter),
        photo_list.ByFiles,
    ]
    search_fields = ["caption_default"]  # that there is a search; see get_search_results
    autocomplete_fields = ["photographer", "agency", "via", "persons"]
    readonly_fields = [
        "sha256",
        "width",
        "height",
        "rendition_state",
        "rendition_error",
        "uploaded_by",
        "uploaded_at",
        "as_read",
        "credit_raw",
    ]
    actions = ["table_of_selected", "edit_selected", "gallery_of_selected", "try_again_selected"]
    fieldsets = [
        (None, {"fields": ["upload", "caption_default", ("alt_default", "decorative_default")]}),
        ("Credit", {"fields": ["credit_line", ("photographer_text", "photographer"), ("agency_text", "agency", "via"), "client", "credit_override", "credit_raw", "copyright"]}),
        ("Picture", {"fields": PICTURE}),
        ("Rights", {"fields": [("status", "rights_class"), ("rights_from", "rights_until"), "usage_terms", "instructions", "license_url", ("licensor", "licensor_url"), "supplier_ref"]}),
        ("As read from the file", {"classes": ["collapse"], "fields": [("width", "height"), "sha256", ("uploaded_by", "uploaded_at"), "rendition_state", "rendition_error", "as_read"]}),
    ]  # fmt: skip

    class Media:
        css = {
            "all": [
                "css/desk/photos.css",
                "css/desk/photo-list.css",
                "css/desk/focal.css",
                "css/desk/photo-rights.css",
            ]
        }

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("upload/", view(photo_views.upload), name="articles_photo_upload"),
            path("picker/", view(photo_views.picker), name="articles_photo_picker"),
            path("add-many/", view(photo_many.add_many), name="articles_photo_add_many"),
            path(
                "<int:photo_id>/take-down/",
                self._with_self(photo_rights.take_down),
                name="articles_photo_take_down",
            ),
            path(
                "<int:photo_id>/restore/",
                self._with_self(photo_rights.restore),
                name="articles_photo_restore",
            ),
            path("<int:photo_id>/alike/", view(photo_alike.decide), name="articles_photo_alike"),
            path("table/", view(photo_table.table), name="articles_photo_table"),
            path(
                "<int:photo_id>/apply-rights/",
                self._with_self(photo_rights.apply),
                name="articles_photo_apply_rights",
            ),
            path("usage/", self._with_self(photo_report.report), name="articles_photo_report"),
            path("<int:photo_id>/facts/", view(photo_views.facts), name="articles_photo_facts"),
            path(
                "<int:photo_id>/original/",
                view(photo_original.request_original),
                name="articles_photo_original",
            ),
            path(
                "original/<str:token>/",
                view(photo_original.send_original),
                name="articles_photo_original_file",
            ),
        ]
        return own + super().get_urls()

    def _with_self(self, view: Any) -> Any:
        return self.admin_site.admin_view(partial(view, admin_=self))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[photo_list.PhotoList]:
        return photo_list.PhotoList

    def get_paginator(
        self, request: HttpRequest, queryset: QuerySet[Photo], per_page: int, *args: Any, **kw: Any
    ) -> Any:
        searched = bool(request.GET.get("q", "").strip())
        pages = photo_list.FoundPaginator if searched else self.paginator
        return pages(queryset, per_page, *args, **kw)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Photo], search_term: str
    ) -> tuple[QuerySet[Photo], bool]:
        return queryset.filter(photos_with(search_term)), False

    @admin.display(description="photo")
    def card(self, photo: Photo) -> SafeString:
        return photo_list.card_of(photo)

    @admin.display(description="what the file says")
    def as_read(self, photo: Photo) -> SafeString:
        return render_to_string("admin/articles/photo/_as_read.html", {"said": all_read(photo)})

    def get_fieldsets(self, request: HttpRequest, obj: Photo | None = None) -> Any:
        if obj and names_offered(obj, request.user):
            return self.fieldsets
        rest = tuple(name for name in PICTURE if name != "names")
        return [
            (title, {**options, "fields": rest} if title == "Picture" else options)
            for title, options in self.fieldsets
        ]

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
            context |= {"known": read_from_file(photo)}
            context |= photo_rights.shown_places(request, photo)
            context |= photo_rights.said_of_rights(photo)
            context |= photo_rights.takedown_of(request, photo)
            context |= {"past": photo_history.past(photo)}
            context |= {"original_words": photo_original.words_of(photo)}
            context |= {"alike": photo_alike.looks_like([photo]).get(photo.pk, [])}
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
            replace_file(obj, upload, name=upload.name, keep=written, by=person(request))
            # The form writes its own list afterwards: with whom the file names.
            chosen = form.persons() or form.cleaned_data.get("persons", ())  # type: ignore[attr-defined]
            form.cleaned_data["persons"] = list(dict.fromkeys([*chosen, *obj.persons.all()]))
        elif change:
            persons = form.persons()  # type: ignore[attr-defined]
            if persons is not None:
                form.cleaned_data["persons"] = persons
            changed, filled = {*form.changed_data, *form.filled}, form.filled  # type: ignore[attr-defined]
            save_facts(obj, changed, by=person(request), persons=persons, from_line=filled)
        else:
            known_from_line(obj, form.filled)  # type: ignore[attr-defined]
            super().save_model(request, obj, form, change)
        if form.understood:  # type: ignore[attr-defined]
            messages.info(request, f"Read from the line: {form.understood}")  # type: ignore[attr-defined]

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

    @admin.action(description="Edit as a table", permissions=["add"])
    def table_of_selected(self, request: HttpRequest, photos: QuerySet[Photo]) -> HttpResponse:
        return photo_table.open_table(request, photos)

    @admin.action(description="Edit credit and rights …", permissions=["change"])
    def edit_selected(self, request: HttpRequest, photos: QuerySet[Photo]) -> HttpResponse | None:
        return photo_bulk.edit_selected(request, photos)

    @admin.action(description="Make a gallery of them", permissions=["view"])
    def gallery_of_selected(
        self, request: HttpRequest, photos: QuerySet[Photo]
    ) -> HttpResponse | None:
        return photo_gallery.of_selected(request, photos)

    @admin.action(description="Try again to make the public files", permissions=["change"])
    def try_again_selected(self, request: HttpRequest, photos: QuerySet[Photo]) -> None:
        asked = sum(map(try_again, photos))
        if asked:
            messages.success(request, f"Trying again with {asked} of these photos.")
        else:
            messages.warning(request, "Nothing failed there: nothing to try again.")
