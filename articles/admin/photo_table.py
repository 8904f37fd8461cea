"""Many photos as one table: a row each, saved each by itself. Works without a script."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from articles.actions.photo_facts import save_facts
from articles.actions.photo_intake import MAX_FILES
from articles.actions.photo_persons import names_in_file
from articles.actions.photo_reading import NAMES_BETWEEN
from articles.admin.base import person
from articles.admin.photo_alike import instead, keep, looks_like
from articles.admin.photo_fields import PhotoRowForm
from articles.admin.photo_gallery import drafts_of, into_gallery, into_story, may_start
from articles.admin.photo_views import keeps_public, may_describe
from articles.models import Photo
from articles.models.taxonomy import tag_key
from articles.photos.desk_card import THUMB_PIXELS, picture_of, read_from_file

MAX_DIGITS = 18  # of a number that a database can look for
SHARED = (
    "caption_default", "photographer_text", "agency_text", "rights_class", "rights_until",
    "persons_shown", "credit_line",
)  # fmt: skip


class TableRow(PhotoRowForm):
    """A row with its picture, what its file said of itself, and what else looks like it."""

    alike: Sequence[Any] = ()

    def thumb(self) -> tuple[str, int, int]:
        return picture_of(self.instance, THUMB_PIXELS)

    def known(self) -> list[dict[str, str]]:
        return read_from_file(self.instance)

    def named(self) -> str:
        """Who is shown, as its file says, but for those that the photo has."""
        shown = {tag_key(tag.name) for tag in self.instance.persons.all()}
        names = names_in_file(self.instance)
        return NAMES_BETWEEN.join(name for name in names if tag_key(name) not in shown)


class SharedForm(PhotoRowForm):
    """What is the same for all rows: filled into those that say nothing yet, or into all."""

    everywhere = forms.BooleanField(required=False, label="Also where something is written")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {*SHARED, "everywhere"}:
            del self.fields[name]
        self.fields["caption_default"].widget.attrs["rows"] = 1


RowFormSet = forms.modelformset_factory(Photo, form=TableRow, extra=0)


@permission_required("articles.add_photo", raise_exception=True)
def table(request: HttpRequest) -> HttpResponse:
    """`?ids=` and what is written about them. A row that is right is saved, whatever others say."""
    photos = described(request, request.GET.get("ids", ""))
    data = _filled(request) if "_fill" in request.POST else request.POST or None
    kwargs = {"may_add_tags": request.user.has_perm("articles.add_tag")}
    rows = RowFormSet(data, queryset=photos, form_kwargs=kwargs)
    shared = SharedForm(prefix="all", instance=Photo())
    if "_fill" in request.POST:
        rows.is_valid()
        messages.info(request, "Filled in. Look it through, then save.")
    elif request.method == "POST" and _save(request, rows):
        after = next((act for name, act in AFTER.items() if name in request.POST), _to_list)
        if done := after(request, list(photos)):
            return done
    looks = looks_like(list(photos))
    for row in rows.initial_forms:
        row.alike = looks.get(row.instance.pk, [])
    context = {
        **admin.site.each_context(request),
        "title": "Words for the photos",
        "rows": rows,
        "shared": shared,
        "drafts": drafts_of(request),
        "may_start": may_start(request),
    }
    return render(request, "admin/articles/photo/table.html", context)


def table_of(ids: Sequence[int]) -> str:
    """The address of the table of these photos."""
    return f"{reverse('admin:articles_photo_table')}?ids={','.join(map(str, ids))}"


def open_table(request: HttpRequest, photos: QuerySet[Photo]) -> HttpResponse:
    """The table of the selected photos, the oldest first."""
    ids = list(photos.order_by("pk").values_list("pk", flat=True)[: MAX_FILES + 1])
    if len(ids) > MAX_FILES:
        messages.warning(request, f"A table has {MAX_FILES} rows: these are the first of them.")
    return HttpResponseRedirect(table_of(ids[:MAX_FILES]))


def described(request: HttpRequest, text: str) -> QuerySet[Photo]:
    """The photos of these numbers that the login may describe, in the order of the numbers."""
    parts = text.split(",")[:MAX_FILES]
    ids = [int(part) for part in parts if part.isdecimal() and len(part) <= MAX_DIGITS]
    photos = Photo.objects.with_credit().filter(pk__in=ids)
    shown = [photo.pk for photo in photos if may_describe(request.user, photo)]
    places = [When(pk=pk, then=place) for place, pk in enumerate(ids)]
    found = photos.filter(pk__in=shown).prefetch_related("persons")
    return found.order_by(Case(*places)) if places else found


def _filled(request: HttpRequest) -> Any:
    """What was sent, with the shared values in the rows that say nothing, or in all."""
    data = request.POST.copy()
    everywhere = "all-everywhere" in data
    for number in range(MAX_FILES):
        for name in SHARED:
            value, key = data.get(f"all-{name}", ""), f"form-{number}-{name}"
            if value and key in data and (everywhere or not str(data[key]).strip()):
                data[key] = value
    return data


def _save(request: HttpRequest, rows: Any) -> bool:
    """Save each row that changed and is right; whether all were. Says what happened."""
    rows.is_valid()
    changed = [row for row in rows.initial_forms if row.has_changed()]
    stored = Photo.objects.with_credit().in_bulk([row.instance.pk for row in changed])
    saved = 0
    for row in changed:
        if row.is_valid() and keeps_public(request.user, stored[row.instance.pk], row):
            save_facts(
                row.instance,
                {*row.changed_data, *row.filled},
                by=person(request),
                persons=row.persons(),
                from_line=row.filled,
            )
            saved += 1
    said = f"{saved} of {len(rows.initial_forms)} photos changed."
    if saved == len(changed):
        if saved:
            messages.success(request, said)
        return True
    messages.warning(
        request, f"{said} {len(changed) - saved} need another look: see what is said in their rows."
    )
    return False


def _to_list(request: HttpRequest, photos: Sequence[Photo]) -> HttpResponse:
    messages.info(request, "All of it is saved.")
    return HttpResponseRedirect(reverse("admin:articles_photo_changelist"))


def _instead(request: HttpRequest, photos: Sequence[Photo]) -> HttpResponse:
    """The table again, with the photo that was there in place of the new one."""
    number, _, old_number = request.POST["_old"].partition("-")
    photo = next((each for each in photos if str(each.pk) == number), None)
    old = instead(request, photo, old_number) if photo else None
    ids = [old.pk if old and each == photo else each.pk for each in photos]
    return HttpResponseRedirect(table_of(list(dict.fromkeys(ids))))


def _keep(request: HttpRequest, photos: Sequence[Photo]) -> HttpResponse:
    for photo in photos:
        if str(photo.pk) == request.POST["_keep"]:
            keep(request, photo)
    return HttpResponseRedirect(table_of([photo.pk for photo in photos]))


# What a button of the table does once every row is saved; None stays with the table.
AFTER: dict[str, Callable[[HttpRequest, Sequence[Photo]], HttpResponse | None]] = {
    "_gallery": into_gallery,
    "_story": into_story,
    "_old": _instead,
    "_keep": _keep,
}
