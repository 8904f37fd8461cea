"""The one place that writes down what was done to a photo, and by whom."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Field, Model

from articles.models import Photo, PhotoEvent

# What people decide about a photo. What its file and the machine say of it is not among them.
DECIDED = (
    "sha256", "photographer", "photographer_text", "agency", "agency_text", "via", "client",
    "credit_kind", "credit_override", "copyright", "caption_default", "alt_default", "decorative_default",
    "focal_x", "focal_y", "rights_class", "rights_from", "rights_until", "usage_terms",
    "instructions", "license_url", "licensor_url", "supplier_ref", "taken_at", "place",
    "digital_source_type", "status",
)  # fmt: skip
PERSONS = "persons"


def log_photo(
    photo: Photo,
    verb: PhotoEvent.Verb,
    *,
    by: AbstractBaseUser | None = None,
    reason: str = "",
    **data: tuple[Any, Any],
) -> PhotoEvent:
    """Write an event into the running transaction. `data`: column=(before, after); a row stands
    there by its number.
    """
    changes = {column: [_stored(value) for value in pair] for column, pair in data.items()}
    by = by if by and by.pk else None
    return PhotoEvent.objects.create(photo=photo, verb=verb, by=by, reason=reason, data=changes)  # type: ignore[misc]


def _stored(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def decided(photo: Photo, columns: Collection[str] = DECIDED) -> dict[str, Any]:
    """What is stored of a photo, of the columns that people decide; who is shown by name. {} for a
    photo that isn't stored yet.
    """
    if photo._state.adding:
        return {}
    wanted = [column for column in DECIDED if column in columns]
    stored = Photo.objects.filter(pk=photo.pk).values(*wanted).get() if wanted else {}
    shown = {PERSONS: names_shown(photo)} if PERSONS in columns else {}
    return {**stored, **shown}


def names_shown(photo: Photo) -> list[str]:
    return list(photo.persons.order_by("name").values_list("name", flat=True))


def log_edit(
    photo: Photo, before: Mapping[str, Any], *, by: AbstractBaseUser | None
) -> PhotoEvent | None:
    """One event for all that is other by now than `before` (of `decided`); None for nothing."""
    event = edit_event(photo, before, decided(photo, list(before)))
    if event:
        event.by = by if by and by.pk else None  # type: ignore[assignment]
        event.save()
    return event


def edit_event(
    photo: Photo, before: Mapping[str, Any], after: Mapping[str, Any]
) -> PhotoEvent | None:
    """The event of an edit, not saved: column → [before, after] of all that differs; None for
    nothing.
    """
    data = {name: [was, after[name]] for name, was in before.items() if was != after[name]}
    return PhotoEvent(photo=photo, verb=PhotoEvent.Verb.EDITED, data=data) if data else None


def decided_of(photo: Photo, columns: Collection[str]) -> dict[str, Any]:
    """As `decided`, of the columns of a row in memory, in the form that the database would hold."""
    fields = (Photo._meta.get_field(column) for column in DECIDED if column in columns)
    return {
        field.name: field.get_prep_value(getattr(photo, field.attname))
        for field in fields
        if isinstance(field, Field)
    }
