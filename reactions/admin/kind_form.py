"""A kind's form: an uploaded picture is looked at before anything is stored, refused in words."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reactions.kind_pictures import KindPicture, PhotoRefused, read_picture
from reactions.models import ReactionKind
from reactions.pictures import drawn_emoji, picture_of

DAMAGED = "This file is damaged or incomplete. Save the picture again as PNG or WebP and send that."
NEEDS_A_PICTURE = "Choose an emoji or upload a picture: a button needs something to see."


class KindPictureField(forms.FileField):
    """An upload → KindPicture, or None."""

    def __init__(self, **kwargs: Any) -> None:
        # The length of a name that is not kept.
        super().__init__(**{"required": False, "max_length": 1_000, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> KindPicture | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return read_picture(upload.file, name=upload.name)
        except PhotoRefused as refusal:
            words = DAMAGED if refusal.code == "damaged" else str(refusal)  # photos may be JPEG
            raise forms.ValidationError(words, code="picture_refused") from refusal


class KindForm(forms.ModelForm):
    upload = KindPictureField(
        label="Own picture",
        widget=forms.FileInput(attrs={"accept": "image/png,image/webp"}),
        help_text="PNG or WebP, best square with a transparent ground; shown in place of the emoji. "
        "A moving one may play for five seconds and stands still for readers who want no motion.",
    )
    drop_picture = forms.BooleanField(
        label="Take the picture off", required=False, help_text="The emoji is shown again."
    )

    class Meta:
        model = ReactionKind
        exclude: tuple[str, ...] = ()  # the admin says which

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "emoji" in self.fields:
            self.fields["emoji"].help_text = _our_drawings()
        if "retired_at" in self.fields:
            for part, words in zip(
                self.fields["retired_at"].widget.widgets, ("date", "time"), strict=True
            ):
                part.attrs["aria-label"] = f"Retired at: {words}"
        if "drop_picture" in self.fields and not self.instance.image:
            del self.fields["drop_picture"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("upload") and cleaned.get("drop_picture"):
            self.add_error("drop_picture", "Take the picture off, or upload another one: not both.")
        keeps = self.instance.image and not cleaned.get("drop_picture")
        has_picture = cleaned.get("upload") or keeps or "upload" in self.errors
        if "emoji" in cleaned and not cleaned["emoji"] and not has_picture:
            self.add_error("emoji", NEEDS_A_PICTURE)
        return cleaned

    @property
    def changes_picture(self) -> bool:
        return bool(self.cleaned_data.get("upload") or self.cleaned_data.get("drop_picture"))


def looks_different_everywhere(kind: ReactionKind) -> bool:
    """Whether each reader sees their own device's drawing of it."""
    return not kind.image and not picture_of(kind.emoji)


def _our_drawings() -> SafeString:
    each = ((picture_of(emoji), emoji) for emoji in drawn_emoji())
    drawings = format_html_join(" ", '<img src="{}" alt="{}" width="20" height="20">', each)
    return format_html(
        "Drawn by us, the same for every reader: {}. Any other looks as each reader’s device draws it, "
        "so upload a picture where that matters.",
        drawings,
    )
