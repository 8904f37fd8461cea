"""“Add photos”: many files in one go; the table of their words follows. Works without a script."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from articles.actions.photo_intake import MAX_FILES, take_in
from articles.admin.base import person
from articles.admin.photo_table import table_of
from articles.admin.photo_views import SHARED


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


@permission_required("articles.add_photo", raise_exception=True)
def add_many(request: HttpRequest) -> HttpResponse:
    """Files, and what is true of all of them; then their table (photo_table)."""
    sent = request.method == "POST"
    form = ManyPhotosForm(request.POST, request.FILES) if sent else ManyPhotosForm()
    if sent and form.is_valid():
        return _take_in(request, form)
    return _page(request, form=form)


def _take_in(request: HttpRequest, form: ManyPhotosForm) -> HttpResponse:
    shared = {name: form.cleaned_data[name] for name in SHARED}
    intake = take_in(form.cleaned_data["uploads"], by=person(request), shared=shared)
    for name, reason in intake.refused:
        messages.error(request, f"“{name}”: {reason}")
    if intake.known:
        messages.info(request, f"{len(intake.known)} of these were here already.")
    if not intake.photos:
        return _page(request, form=form)
    return HttpResponseRedirect(table_of([photo.pk for photo in intake.photos]))


def _page(request: HttpRequest, *, form: ManyPhotosForm) -> HttpResponse:
    site = admin.site.each_context(request)
    context = {**site, "title": "Add photos", "form": form, "max_files": MAX_FILES}
    return render(request, "admin/articles/photo/add_many.html", context)
