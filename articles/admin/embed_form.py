"""What the newsroom keeps of a post, as a form: whatever nobody touched is not sent to the row."""

from typing import Any

from django import forms
from django.utils import timezone

from articles.actions.keeping import KEPT_FIELDS, offers
from articles.admin.photo_form import PhotoFileField
from articles.models import Embed, Photo

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EmbedForm(forms.ModelForm):
    upload = PhotoFileField(
        label="Or upload one",
        help_text="A screenshot, or a picture that we may show. It becomes a photo of ours.",
    )

    class Meta:
        model = Embed
        fields = KEPT_FIELDS
        labels = {
            "quote": "Its words",
            "quote_author": "Who wrote it",
            "quote_date": "When",
            "poster": "Picture",
            "rights_note": "By what right",
            "kept_on": "Seen on",
        }
        help_texts = {
            "quote": "As the post says them, and no more than a quotation may be long.",
            "poster": "The number of one of our photos.",
            "rights_note": "Readers see it below the card. A picture needs one.",
            "kept_on": "The day on which somebody here saw the post say so.",
        }
        widgets = {
            "quote": forms.Textarea(attrs={"rows": 5}),
            "quote_date": DAY,
            "kept_on": DAY,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in KEPT_FIELDS:
            if name in self.fields:
                # What the page showed comes back with it: two who keep one post together write
                # each what they changed.
                self.fields[name].show_hidden_initial = True
        self.seen_before = self.instance.kept_on is not None
        if "kept_on" in self.fields and not self.seen_before:
            self.initial["kept_on"] = timezone.localdate()

    def clean_poster(self) -> Photo | None:
        photo: Photo | None = self.cleaned_data["poster"]
        if photo and photo.pk != self.instance.poster_id and not _usable(photo):
            raise forms.ValidationError("This photo was taken back or its rights have ended.")
        return photo

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        wanted = {self.data.get("_take")}
        self.taken = {each.field: each.value for each in offers(self.instance)}
        self.taken = {name: value for name, value in self.taken.items() if name in wanted}
        data.update(self.taken)
        has_picture = data.get("upload") or data.get("poster")
        if has_picture and not data.get("rights_note") and "rights_note" not in self.errors:
            self.add_error("rights_note", "Say by what right we show this picture.")
        return data

    def kept(self) -> dict[str, Any]:
        """What is to be written: what was changed or taken over, and with the first of it the day."""
        data = self.cleaned_data
        names = [name for name in KEPT_FIELDS if name in self.changed_data or name in self.taken]
        something = any(data.get(name) for name in KEPT_FIELDS if name != "kept_on")
        if something and "kept_on" not in names and not self.seen_before:
            names.append("kept_on")
        return {name: data[name] for name in names}


def _usable(photo: Photo) -> bool:
    return Photo.objects.usable().filter(pk=photo.pk).exists()
