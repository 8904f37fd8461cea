"""“Edit credit and rights”: one change for the selected photos, looked at before it is made."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles.actions.photo_agencies import find_agency
from articles.actions.photo_bulk import MAX_PHOTOS, Planned, plan, write_plan
from articles.admin.base import person
from articles.admin.photo_fields import MomentField, RightsClassField
from articles.admin.photo_history import changes_in_words, names_in
from articles.admin.photo_words import credit_of
from articles.models import Photo
from articles.photos.desk_card import THUMB_PIXELS, picture_of

SHOWN = 48
CREDIT = ("photographer_text", "agency_text", "via", "client", "credit_override", "copyright")
RIGHTS = ("rights_class", "rights_from", "rights_until", "usage_terms", "instructions")
LABELS = {
    "photographer_text": "Photographer", "agency_text": "Agency", "credit_override": "Credit as written",
    "usage_terms": "Terms",
}  # fmt: skip


class BulkForm(forms.ModelForm):
    """An empty field leaves each photo as it is, unless it is said to empty it."""

    rights_class = RightsClassField(empty="Leave as it is")
    rights_from, rights_until = MomentField(), MomentField()

    class Meta:
        model = Photo
        fields = (*CREDIT, *RIGHTS)
        labels = LABELS
        widgets = {
            "usage_terms": forms.Textarea(attrs={"rows": 2}),
            "instructions": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, instance=Photo())
        for name in (*CREDIT, *RIGHTS):
            field: Any = self.fields[name]
            field.help_text = ""
            if name == "via":
                field.empty_label = "Leave as it is"
            else:
                field.widget.attrs["placeholder"] = "Leave as it is"
            self.fields[f"empty_{name}"] = forms.BooleanField(
                required=False, label=f"Empty: {field.label}"
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in (*CREDIT, *RIGHTS):
            if data.get(name) and data.get(f"empty_{name}"):
                self.add_error(name, "Either write something, or empty it.")
        begins, ends = data.get("rights_from"), data.get("rights_until")
        if begins and ends and ends <= begins:
            self.add_error("rights_until", "The rights would end before they begin.")
        if not self.errors and not self.values():
            raise forms.ValidationError("Say what to change: every field is left as it is.")
        return data

    def values(self) -> dict[str, Any]:
        """Column → what to write into each photo."""
        values: dict[str, Any] = {}
        for name in (*CREDIT, *RIGHTS):
            if self.cleaned_data.get(name) or self.cleaned_data.get(f"empty_{name}"):
                values[name] = self.cleaned_data[name]
        if "agency_text" in values:
            values["agency"] = find_agency(values["agency_text"])
        return values

    def credit_rows(self) -> list[Any]:
        return self._rows(CREDIT)

    def rights_rows(self) -> list[Any]:
        return self._rows(RIGHTS)

    def _rows(self, names: Sequence[str]) -> list[Any]:
        return [(self[name], self[f"empty_{name}"]) for name in names]


def edit_selected(request: HttpRequest, selected: QuerySet[Photo]) -> HttpResponse | None:
    """The form; sent once, what it would change; sent again as it was, the change."""
    rows: Any = changeable(request, selected).defer(None).defer("metadata")
    photos = list(rows.with_credit()[: MAX_PHOTOS + 1])
    if not photos or len(photos) > MAX_PHOTOS:
        words = f"Choose at most {MAX_PHOTOS}." if photos else "Change your own uploads only."
        messages.error(request, f"No photo was changed. {words}")
        return None
    sent = "plan" in request.POST or "apply" in request.POST
    form = BulkForm(request.POST) if sent else BulkForm()
    planned: list[Planned] = []
    if sent and form.is_valid():
        planned = plan(photos, form.values())
        refused = _refused(request, planned)
        same = request.POST.get("planned") == _mark(form)
        if "apply" in request.POST and same and not refused:
            write_plan(planned, by=person(request))
            messages.success(request, f"{len(planned)} of {len(photos)} photos changed.")
            return None
    return _page(request, photos=photos, form=form, planned=planned)


def changeable(request: HttpRequest, photos: QuerySet[Photo]) -> QuerySet[Photo]:
    """Those of the photos that this login may change by the dozen: all for the desk, else one's own."""
    desk = ("articles.publish_article", "articles.delete_photo")  # an editor, the photo desk
    if any(map(request.user.has_perm, desk)):
        return photos
    return photos.filter(uploaded_by=request.user.pk)


def _refused(request: HttpRequest, planned: list[Planned]) -> bool:
    return any(each.losses for each in planned) and not request.user.has_perm(
        "articles.publish_article"
    )


def _mark(form: BulkForm) -> str:
    """What was looked at: a form that says something else by now is looked at again."""
    said = sorted((name, str(value)) for name, value in form.values().items())
    return sha256(repr(said).encode()).hexdigest()[:16]


def _page(
    request: HttpRequest, *, photos: list[Photo], form: BulkForm, planned: list[Planned]
) -> HttpResponse:
    looked = form.is_bound and form.is_valid()
    names = names_in(each.event.data for each in planned)
    context = {
        **admin.site.each_context(request),
        "title": f"Credit and rights of {len(photos)} photo{'' if len(photos) == 1 else 's'}",
        "opts": Photo._meta,
        "form": form,
        "photos": [(photo, *picture_of(photo, THUMB_PIXELS)) for photo in photos[:SHOWN]],
        "more": max(len(photos) - SHOWN, 0),
        "many": len(photos),
        "looked": looked,
        "planned": [_row(each, names) for each in planned[:SHOWN]],
        "changing": len(planned),
        "refused": _refused(request, planned),
        "mark": _mark(form) if looked else "",
        "checkbox": ACTION_CHECKBOX_NAME,
        "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "across": request.POST.get("select_across", "0"),
        "where": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/articles/photo/bulk.html", context)


def _row(each: Planned, names: dict[tuple[str, Any], str]) -> dict[str, Any]:
    return {
        "photo": each.stored,
        "was": credit_of(each.stored),
        "will": credit_of(each.photo),
        "changes": changes_in_words(each.event.data, names),
        "losses": each.losses,
    }
