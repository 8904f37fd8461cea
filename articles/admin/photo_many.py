"""“Add photos”: many files in one go, then their words as one table. Works without a script."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from articles.actions.photo_facts import save_facts
from articles.actions.photo_intake import MAX_FILES, take_in
from articles.admin.base import person
from articles.admin.photo_views import keeps_public, may_describe
from articles.models import Photo
from articles.photos.desk_card import THUMB_PIXELS, picture_of, read_from_file

MAX_DIGITS = 18  # of a number that a database can look for


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Each file is judged by itself later: an empty one must not stop the others."""
        if not data:
            raise forms.ValidationError("Choose at least one photo.", code="required")
        return list(data)


class ManyPhotosForm(forms.Form):
    """The files, and what is true of all of them where they don't say it themselves."""

    uploads = ManyFilesField(
        label="Photos",
        help_text=f"Up to {MAX_FILES} files: JPEG, PNG, WebP, AVIF or GIF, 40 MB each.",
        widget=ManyFilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
    )  # fmt: skip
    photographer_text = forms.CharField(label="Photographer", max_length=500, required=False)
    agency_text = forms.CharField(label="Agency", max_length=500, required=False)
    caption_default = forms.CharField(
        label="Caption", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    shared = ("photographer_text", "agency_text", "caption_default")


class PhotoRowForm(forms.ModelForm):
    class Meta:
        model = Photo
        fields = (
            "caption_default",
            "alt_default",
            "decorative_default",
            "photographer_text",
            "agency_text",
        )
        labels = {
            "caption_default": "Caption",
            "alt_default": "Alt text",
            "decorative_default": "Decorative",
            "photographer_text": "Photographer",
            "agency_text": "Agency",
        }
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in fields[:2]}

    def thumb(self) -> tuple[str, int, int]:
        return picture_of(self.instance, THUMB_PIXELS)

    def known(self) -> list[dict[str, str]]:
        return read_from_file(self.instance)


RowFormSet = forms.modelformset_factory(Photo, form=PhotoRowForm, extra=0)


@permission_required("articles.add_photo", raise_exception=True)
def add_many(request: HttpRequest) -> HttpResponse:
    """Files first; they come back as `?ids=` with a table to fill in."""
    if "ids" in request.GET:
        return _table(request)
    sent = request.method == "POST"
    form = ManyPhotosForm(request.POST, request.FILES) if sent else ManyPhotosForm()
    if sent and form.is_valid():
        return _take_in(request, form)
    return _page(request, form=form)


def _take_in(request: HttpRequest, form: ManyPhotosForm) -> HttpResponse:
    shared = {name: form.cleaned_data[name] for name in form.shared}
    intake = take_in(form.cleaned_data["uploads"], by=person(request), shared=shared)
    for name, reason in intake.refused:
        messages.error(request, f"“{name}”: {reason}")
    if intake.known:
        messages.info(request, f"{len(intake.known)} of these were here already.")
    if not intake.photos:
        return _page(request, form=form)
    ids = ",".join(str(photo.pk) for photo in intake.photos)
    return HttpResponseRedirect(f"{reverse('admin:articles_photo_add_many')}?ids={ids}")


def _table(request: HttpRequest) -> HttpResponse:
    parts = request.GET["ids"].split(",")[:MAX_FILES]
    ids = [int(part) for part in parts if part.isdecimal() and len(part) <= MAX_DIGITS]
    photos = Photo.objects.filter(pk__in=ids)
    shown = [photo.pk for photo in photos if may_describe(request.user, photo)]
    # The oldest first: in the order in which they were chosen.
    rows = RowFormSet(request.POST or None, queryset=photos.filter(pk__in=shown).order_by("pk"))
    changed = [form for form in rows.initial_forms if form.has_changed()]
    if request.method == "POST" and rows.is_valid() and _keep_public(request, changed):
        for form in changed:
            save_facts(form.instance, form.changed_data)
        messages.success(request, f"{len(changed)} of {len(rows.initial_forms)} photos changed.")
        return HttpResponseRedirect(reverse("admin:articles_photo_changelist"))
    return _page(request, rows=rows)


def _keep_public(request: HttpRequest, forms: list[PhotoRowForm]) -> bool:
    stored = Photo.objects.in_bulk([form.instance.pk for form in forms])
    kept = [keeps_public(request.user, stored[form.instance.pk], form) for form in forms]
    return all(kept)


def _page(request: HttpRequest, **context: Any) -> HttpResponse:
    title = "Add photos" if "form" in context else "Words for the new photos"
    site = admin.site.each_context(request)
    return render(
        request, "admin/articles/photo/add_many.html", {**site, "title": title, **context}
    )
