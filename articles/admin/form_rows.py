"""The rows of an article's form that are lists of a draft: bylines and photos. Nothing is saved here."""

from functools import cached_property
from typing import Any

from django import forms
from django.core.files.storage import default_storage
from django.db.models import Q

from articles.drafts import LEAD, Draft, DraftByline, DraftUse
from articles.models import Byline, Contributor, Photo, PhotoUse
from articles.photos.figure import credit_line
from articles.photos.manifest import smallest
from articles.photos.use_crop import RATIOS, crop_of, tidy_crop

TEXT_ROWS = forms.Textarea(attrs={"rows": 2})


def length_of(model: type[Byline | PhotoUse], name: str) -> int:
    limit: int = getattr(model._meta.get_field(name), "max_length")  # noqa: B009  (a relation has none)
    return limit


def focal_field(label: str) -> forms.FloatField:
    """How far in the picture, from 0 to 1; empty for the photo's own focal point."""
    return forms.FloatField(
        required=False,
        min_value=0,
        max_value=1,
        label=label,
        widget=forms.NumberInput(attrs={"step": 0.01}),
    )


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
    ratio = forms.ChoiceField(
        required=False, label="Shape", choices=[("", "As it is"), *((r, r) for r in RATIOS)]
    )
    focal_x = focal_field("From the left")
    focal_y = focal_field("From the top")

    def __init__(self, *args: Any, photos: "PhotosInForm", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.photos = photos
        if found := self.photo_row:
            # What stands where nothing is written.
            self.fields["caption"].widget.attrs["placeholder"] = found.caption_default
            self.fields["alt"].widget.attrs["placeholder"] = found.alt_default
            for name in ("focal_x", "focal_y"):
                self.fields[name].widget.attrs["placeholder"] = f"{getattr(found, name):.2f}"

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
    def focal_ids(self) -> str:
        """What the ids of its two fields begin with, for static/js/desk/focal.js."""
        return str(self["focal_x"].id_for_label).removesuffix("_x")

    @property
    def thumb_url(self) -> str:
        small = smallest(self.photo_row.manifest) if self.photo_row else None
        return default_storage.url(small["path"]) if small else ""

    @property
    def credit_line(self) -> str:
        return credit_line(self.use_row) if self.use_row else ""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        points = {name: data.get(name) for name in ("focal_x", "focal_y")}
        missing = [name for name, value in points.items() if value is None]
        if len(missing) == 1 and missing[0] not in self.errors:
            self.add_error(
                missing[0], "Say both how far from the left and from the top, or neither."
            )
        return data

    def draft_use(self) -> DraftUse:
        row = self.cleaned_data
        return DraftUse(
            id=row["use"] or 0,
            photo_id=row["photo"],
            slot=row["slot"],
            caption=row["caption"],
            alt=row["alt"],
            decorative=row["decorative"],
            credit_override=row["credit_override"],
            crop=tidy_crop({"ratio": row["ratio"], "x": row["focal_x"], "y": row["focal_y"]}),
        )

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
        initial=None if data else [_initial(use) for use in draft.photo_uses],
        form_kwargs={"photos": photos},
    )


def bylines_in(rows: forms.BaseFormSet) -> tuple[DraftByline, ...]:
    return tuple(row.byline() for row in rows.ordered_forms if row.cleaned_data)


def _initial(use: DraftUse) -> dict[str, Any]:
    crop = crop_of(use.crop)
    focal_x, focal_y = crop.point or (None, None)
    return {
        "use": use.id or None,
        "photo": use.photo_id,
        "slot": use.slot,
        "caption": use.caption,
        "alt": use.alt,
        "decorative": use.decorative,
        "credit_override": use.credit_override,
        "ratio": crop.ratio,
        "focal_x": focal_x,
        "focal_y": focal_y,
    }


def uses_in(rows: forms.BaseFormSet) -> tuple[DraftUse, ...]:
    return tuple(row.draft_use() for row in rows.ordered_forms if row.cleaned_data)


def is_sent(data: Any, prefix: str) -> bool:
    """Whether a request has these rows at all; what was not sent is not changed."""
    return f"{prefix}-TOTAL_FORMS" in data
