"""The rows of an article's form that are lists of a draft: bylines and photos. Nothing is saved here."""

from functools import cached_property
from typing import Any

from django import forms
from django.core.files.storage import default_storage
from django.db.models import Q

from articles.drafts import LEAD, Draft, DraftByline, DraftUse
from articles.models import Byline, Contributor, Photo, PhotoUse
from articles.photos.figure import credit_line

TEXT_ROWS = forms.Textarea(attrs={"rows": 2})


def length_of(model: type[Byline | PhotoUse], name: str) -> int:
    limit: int = getattr(model._meta.get_field(name), "max_length")  # noqa: B009  (a relation has none)
    return limit


class BylineRow(forms.Form):
    contributor = forms.TypedChoiceField(coerce=int)
    role = forms.ChoiceField(choices=Byline.Role, initial=Byline.Role.AUTHOR)
    text_override = forms.CharField(
        required=False,
        max_length=length_of(Byline, "text_override"),
        label="Printed as",
        widget=forms.TextInput(attrs={"placeholder": "Printed as"}),
    )

    def __init__(self, *args: Any, people: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contributor"].choices = people  # type: ignore[attr-defined]

    def byline(self) -> DraftByline:
        return DraftByline(
            contributor_id=self.cleaned_data["contributor"],
            role=self.cleaned_data["role"],
            text_override=self.cleaned_data["text_override"],
        )


class PhotoRow(forms.Form):
    use = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    photo = forms.IntegerField(min_value=1, label="Photo number")
    slot = forms.ChoiceField(choices=PhotoUse.Slot, initial=PhotoUse.Slot.BODY)
    caption = forms.CharField(required=False, widget=TEXT_ROWS)
    alt = forms.CharField(required=False, widget=TEXT_ROWS, label="Alternative text")
    decorative = forms.BooleanField(required=False)
    credit_override = forms.CharField(
        required=False, max_length=length_of(PhotoUse, "credit_override")
    )

    def __init__(self, *args: Any, photos: "PhotosInForm", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.photos = photos
        if found := self.photo_row:
            # What stands where nothing is written.
            self.fields["caption"].widget.attrs["placeholder"] = found.caption_default
            self.fields["alt"].widget.attrs["placeholder"] = found.alt_default

    @cached_property
    def photo_row(self) -> Photo | None:
        return self.photos.get(self["photo"].value())

    @cached_property
    def use_row(self) -> PhotoUse | None:
        """The placement as it stands here, for its picture and its credit."""
        photo = self.photo_row
        if photo is None:
            return None
        number = str(self["use"].value() or "")
        pk = int(number) if number.isdecimal() else None
        return PhotoUse(pk=pk, photo=photo, credit_override=self["credit_override"].value() or "")

    @property
    def thumb_url(self) -> str:
        files = self.photo_row.manifest if self.photo_row else []
        small = min(
            (file for file in files if file["format"] == "jpeg"),
            key=lambda file: int(file["width"]),
            default=None,
        )
        return default_storage.url(small["path"]) if small else ""

    @property
    def credit_line(self) -> str:
        return credit_line(self.use_row) if self.use_row else ""

    def clean_photo(self) -> int:
        number: int = self.cleaned_data["photo"]
        if self.photos.get(number) is None:
            raise forms.ValidationError("There is no photo of this number.")
        return number


class PhotosInForm:
    """The photos that a form's rows name, read once."""

    def __init__(self, numbers: list[Any]) -> None:
        wanted = {int(n) for n in map(str, numbers) if n.isdecimal() and len(n) < 10}
        rows = Photo.objects.select_related("photographer", "agency", "via")
        self._rows = rows.in_bulk(wanted) if wanted else {}

    def get(self, number: Any) -> Photo | None:
        return self._rows.get(int(number)) if str(number or "").isdecimal() else None


class BasePhotoRows(forms.BaseFormSet):
    def clean(self) -> None:
        rows = [getattr(form, "cleaned_data", {}) for form in self.forms]
        leads = [row for row in rows if row.get("slot") == LEAD and not row.get("DELETE")]
        if len(leads) > 1:
            raise forms.ValidationError(
                "An article has one lead photo: give the others another slot."
            )


BylineRows = forms.formset_factory(
    BylineRow, extra=1, can_order=True, can_delete=True, max_num=50, absolute_max=60
)
PhotoRows = forms.formset_factory(
    PhotoRow, formset=BasePhotoRows, extra=1, can_order=True, can_delete=True, max_num=500,
    absolute_max=510,
)  # fmt: skip


def byline_rows(draft: Draft, data: Any = None) -> forms.BaseFormSet:
    used = [byline.contributor_id for byline in draft.bylines]
    people = Contributor.objects.filter(Q(active=True) | Q(pk__in=used)).values_list("pk", "name")
    return BylineRows(
        data,
        prefix="bylines",
        # Not beside what was sent: a row that is the same as before would count as an empty one.
        initial=None
        if data
        else [
            {
                "contributor": byline.contributor_id,
                "role": byline.role,
                "text_override": byline.text_override,
            }
            for byline in draft.bylines
        ],
        form_kwargs={"people": [("", "Choose a name"), *people]},
    )


def photo_rows(draft: Draft, data: Any = None) -> forms.BaseFormSet:
    named = [value for key, value in data.items() if key.endswith("-photo")] if data else []
    photos = PhotosInForm([*(use.photo_id for use in draft.photo_uses), *named])
    return PhotoRows(
        data,
        prefix="photos",
        initial=None
        if data
        else [
            {
                "use": use.id or None,
                "photo": use.photo_id,
                "slot": use.slot,
                "caption": use.caption,
                "alt": use.alt,
                "decorative": use.decorative,
                "credit_override": use.credit_override,
            }
            for use in draft.photo_uses
        ],
        form_kwargs={"photos": photos},
    )


def bylines_in(rows: forms.BaseFormSet) -> tuple[DraftByline, ...]:
    return tuple(row.byline() for row in rows.ordered_forms if row.cleaned_data)


def uses_in(rows: forms.BaseFormSet, *, stored: Draft) -> tuple[DraftUse, ...]:
    """The rows as uses; what the form does not show of one (its crop) stays as it is."""
    crops = {use.id: use.crop for use in stored.photo_uses}
    kept = [row.cleaned_data for row in rows.ordered_forms if row.cleaned_data]
    return tuple(
        DraftUse(
            id=row["use"] or 0,
            photo_id=row["photo"],
            slot=row["slot"],
            caption=row["caption"],
            alt=row["alt"],
            decorative=row["decorative"],
            credit_override=row["credit_override"],
            crop=crops.get(row["use"] or 0, {}),
        )
        for row in kept
    )


def is_sent(data: Any, prefix: str) -> bool:
    """Whether a request has these rows at all; what was not sent is not changed."""
    return f"{prefix}-TOTAL_FORMS" in data
