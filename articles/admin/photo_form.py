"""The photo's form: an upload is looked at before anything is stored, and refused in words."""

from typing import Any

from django import forms

from articles.actions.photo_persons import unlinked_names
from articles.admin.credit_line import ReadsCreditLine
from articles.admin.photo_fields import MomentField, RightsClassField, persons_of
from articles.admin.photo_views import keeps_public
from articles.models import Photo, Tag
from articles.photos.metadata import PhotoRefused, inspect_photo
from articles.photos.source_types import SOURCE_TYPES, canonical

WHO = ("photographer_text", "photographer", "agency_text", "agency", "credit_override")


class PhotoFileField(forms.FileField):
    """An upload that may be empty; what is no photo is refused in words, with nothing stored."""

    def __init__(self, **kwargs: Any) -> None:
        # The length of a name that is not kept.
        super().__init__(**{"required": False, "max_length": 1_000, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload:
            try:
                inspect_photo(upload.file, name=upload.name)
            except PhotoRefused as refusal:
                raise forms.ValidationError(str(refusal), code="photo_refused") from refusal
            upload.seek(0)
        return upload


class SourceTypeField(forms.ChoiceField):
    """IPTC's terms by what they mean; a term of another list that a file brought stays."""

    def __init__(self, **kwargs: Any) -> None:
        terms = [(term.uri, term.label) for term in SOURCE_TYPES]
        super().__init__(choices=[("", "Not said"), *terms], required=False, **kwargs)

    def keep(self, value: str) -> None:
        if value and value not in dict(self.choices):  # type: ignore[arg-type]
            self.choices = [*self.choices, (value, value)]  # type: ignore[misc]


def names_offered(photo: Photo, user: Any) -> list[tuple[str, str]]:
    """The names in the photo's file whose tag it doesn't have, and new ones for who may make a tag."""
    names = unlinked_names(photo) if photo.pk else []
    may_add = user is not None and user.has_perm("articles.add_tag")
    return [
        (name, tag.name if tag else f"{name} (new tag)") for name, tag in names if tag or may_add
    ]


class PhotoForm(ReadsCreditLine):
    rights_class = RightsClassField(label="Rights class")
    digital_source_type = SourceTypeField(
        label="How it was made",
        help_text="What AI made or changed is labelled for readers, wherever the photo stands.",
    )
    names = forms.MultipleChoiceField(
        label="Named in the file",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick who is shown. A name that has no tag yet gets one.",
    )
    upload = PhotoFileField(
        label="File",
        help_text="JPEG, PNG, WebP, AVIF or GIF. Empty fields below are filled from the file.",
    )
    taken_at = MomentField(label="Taken")
    rights_from, rights_until = MomentField(label="Rights from"), MomentField(label="Rights until")
    # Why the file of this very request could not be stored; PhotoAdmin asks the form once more.
    not_stored = ""
    user: Any = None  # whose request it is

    class Meta:
        model = Photo
        exclude = ["original"]
        labels = {
            "caption_default": "Caption", "alt_default": "Alt text", "decorative_default": "Decorative",
            "photographer_text": "Photographer", "photographer": "Profile here",
            "agency_text": "Agency", "agency": "Agency known here", "credit_override": "Credit as written",
            "credit_raw": "As it came", "persons": "Who is shown", "usage_terms": "Terms",
            "license_url": "Terms on the web", "licensor_url": "Licensor on the web",
            "focal_x": "Focal point: left", "focal_y": "top",
        }  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
            for name in ("caption_default", "alt_default", "usage_terms", "instructions")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "status" in self.fields:
            # Taking down asks for a reason and is undone on the photo's page.
            removed = self.instance.status == Photo.Status.REMOVED
            field = self.fields["status"]
            field.disabled = removed
            field.choices = [  # type: ignore[attr-defined]
                choice for choice in Photo.Status.choices if removed or choice[0] != "removed"
            ]
        if "rights_class" in self.fields:
            self.fields["rights_class"].keep(self.instance.rights_class)  # type: ignore[attr-defined]
        if "names" in self.fields:
            offered = names_offered(self.instance, self.user)
            self.fields["names"].choices = offered  # type: ignore[attr-defined]
        if "digital_source_type" in self.fields:  # not for who may only look
            stored = canonical(self.instance.digital_source_type)
            self.initial["digital_source_type"] = stored
            self.fields["digital_source_type"].keep(stored)  # type: ignore[attr-defined]

    def persons(self) -> list[Tag] | None:
        """Who is shown by now, the ticked names made tags; None where that was left as it is."""
        names = self.cleaned_data.get("names", [])
        if not names and "persons" not in self.changed_data:
            return None
        return list(dict.fromkeys([*self.cleaned_data.get("persons", ()), *persons_of(names)]))

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload and self.not_stored:
            raise forms.ValidationError(self.not_stored, code="not_stored")
        return upload

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        said = bool(data.get("upload") or data.get("credit_line"))
        said = said or any(data.get(name) for name in WHO)
        if self.instance.pk is None and not said and "upload" not in self.errors:
            self.add_error("upload", "Choose a file, or write below whose photo this is.")
        if self.instance.pk:
            keeps_public(self.user, self.instance, self)
        return data
