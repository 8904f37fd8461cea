"""The photo's form: an upload is looked at before anything is stored, and refused in words."""

from typing import Any

from django import forms

from articles.admin.photo_views import keeps_public
from articles.models import Photo
from articles.photos.metadata import PhotoRefused, inspect_photo

WHO = ("photographer_text", "photographer", "agency_text", "agency", "credit_override")


class PhotoForm(forms.ModelForm):
    upload = forms.FileField(
        required=False,
        label="File",
        max_length=1_000,  # of its name, which is not kept
        help_text="JPEG, PNG, WebP, AVIF or GIF. Empty fields below are filled from the file.",
    )
    # Why the file of this very request could not be stored; PhotoAdmin asks the form once more.
    not_stored = ""
    user: Any = None  # whose request it is

    class Meta:
        model = Photo
        exclude = ["original"]  # noqa: DJ006  (only ever written by the upload action)

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload and self.not_stored:
            raise forms.ValidationError(self.not_stored, code="not_stored")
        if upload:
            try:
                inspect_photo(upload.file, name=upload.name)
            except PhotoRefused as refusal:
                raise forms.ValidationError(str(refusal), code="photo_refused") from refusal
            upload.seek(0)
        return upload

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        said = bool(data.get("upload")) or any(data.get(name) for name in WHO)
        if self.instance.pk is None and not said and "upload" not in self.errors:
            self.add_error("upload", "Choose a file, or write below whose photo this is.")
        if self.instance.pk and not data.get("upload"):
            keeps_public(self.user, self.instance, self)
        return data
