"""The photo's form: an upload is looked at before anything is stored, and refused in words."""

from typing import Any

from django import forms

from articles.models import Photo
from articles.photos.metadata import PhotoRefused, inspect_photo


class PhotoForm(forms.ModelForm):
    upload = forms.FileField(
        required=False,
        label="File",
        max_length=1_000,  # of its name, which is not kept
        help_text="JPEG, PNG, WebP, AVIF or GIF. Empty fields below are filled from the file.",
    )

    class Meta:
        model = Photo
        exclude = ["original"]  # noqa: DJ006  (only ever written by the upload action)

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload:
            try:
                inspect_photo(upload.file, name=upload.name)
            except PhotoRefused as refusal:
                raise forms.ValidationError(str(refusal), code="photo_refused") from refusal
            upload.seek(0)
        return upload
