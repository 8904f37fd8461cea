"""What a person writes of a photo, and what follows from it."""

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from articles.actions.nudge import nudge_on_commit
from articles.actions.photo_agencies import find_agency
from articles.actions.photo_log import PERSONS, decided, log_edit
from articles.models import Article, Photo, PhotoUse, Tag, public_changed
from articles.photos.figure import KINDS_AS_WRITTEN

RENDITIONS_TASK = "articles.make_renditions"
# What the public files are made by: the credit in each, the crops (articles.photos.work).
FILE_FIELDS = frozenset(
    {
        "photographer", "photographer_text", "agency_text", "credit_override", "copyright",
        "license_url", "licensor_url", "digital_source_type", "focal_x", "focal_y",
    }
)  # fmt: skip
FACT_FIELDS = frozenset(
    {
        "photographer_text", "agency_text", "agency", "via", "client", "copyright",
        "caption_default", "alt_default", "instructions", "usage_terms", "license_url", "licensor",
        "licensor_url", "place", "taken_at", "supplier_ref",
        "digital_source_type",
    }
)  # fmt: skip
# What a reader's page takes from a photo, of what its forms can change.
SEEN_FIELDS = frozenset(
    {
        "photographer", "photographer_text", "agency", "agency_text", "credit_override",
        "alt_default", "decorative_default",
    }
)  # fmt: skip
WHO_FIELDS = frozenset(
    {"photographer", "photographer_text", "agency", "agency_text", "via", "client"}
)
SHOWN = "A published story shows this photo:"
WHEN_SHOWN = ("status", "rights_from", "rights_until")
# Our field → the name that provenance knows it by (articles.photos.metadata).
READ_AS = {
    "photographer_text": "photographer",
    "agency_text": "agency",
    "caption_default": "caption",
    "alt_default": "alt",
    "copyright": "copyright",
    "photographer": "photographer",
    "agency": "agency",
    "via": "via",
    "client": "client",
    "instructions": "instructions",
    "usage_terms": "usage_terms",
    "license_url": "web_statement",
    "licensor_url": "licensor_url",
    "licensor": "licensor",
    "place": "place",
    "taken_at": "taken_at",
    "supplier_ref": "supplier_ref",
    "digital_source_type": "digital_source_type",
}
CREDIT_FIELDS = WHO_FIELDS | {"credit_override"}


def put_back(photo: Photo, written: Mapping[str, object]) -> None:
    """Write a person's words over those of the file (not saved here)."""
    for field, value in written.items():
        setattr(photo, field, value)
    _known_by_hand(photo, written)


def _known_by_hand(photo: Photo, fields: Collection[str]) -> None:
    """What a person wrote is theirs, and no longer what the line said as it was written."""
    photo.provenance = {**photo.provenance, **written_by_hand(fields)}
    if WHO_FIELDS & set(fields) and photo.credit_kind in KINDS_AS_WRITTEN:
        photo.credit_kind = ""
    if CREDIT_FIELDS & set(fields):
        photo.credit_unclear = False


def known_from_line(photo: Photo, fields: Collection[str]) -> None:
    """Say in provenance that a credit line wrote these fields (not saved here)."""
    said = {READ_AS[name]: "line" for name in READ_AS.keys() & set(fields)}
    photo.provenance = {**photo.provenance, **said}


@transaction.atomic
def save_facts(
    photo: Photo,
    changed: Collection[str],
    *,
    by: AbstractBaseUser | None = None,
    persons: Sequence[Tag] | None = None,
    from_line: Collection[str] = (),
) -> None:
    """Write the fields that a person changed and no others: the worker writes into the row, too.
    After a changed credit, licence or focal point the public files are made anew; pages show the old
    ones meanwhile. The name of an agency finds its row. `persons`: who is shown, where that changed.
    `from_line`: fields that a credit line wrote. What is other now stands in the history.
    """
    if write_decided(photo, changed, by=by, persons=persons, from_line=from_line):
        public_changed()


def write_decided(
    photo: Photo,
    changed: Collection[str],
    *,
    by: AbstractBaseUser | None = None,
    persons: Sequence[Tag] | None = None,
    from_line: Collection[str] = (),
) -> bool:
    """As save_facts(), for a caller that says once for many photos that readers' copies end;
    whether anything changed. Must run inside a transaction.
    """
    fields = {field.name for field in Photo._meta.concrete_fields} & set(changed)
    kind = photo.credit_kind
    _follow(photo, fields)
    before = decided(photo, [*fields, *([PERSONS] if persons is not None else [])])
    _known_by_hand(photo, fields)
    if from_line:
        known_from_line(photo, from_line)
    if "credit_kind" in from_line:
        photo.credit_kind = kind
    if fields & (CREDIT_FIELDS | READ_AS.keys()):
        fields |= {"provenance", "credit_kind", "credit_unclear"}
    if photo.original and fields & FILE_FIELDS:
        fields |= ask_for_renditions(photo)
    if fields:
        photo.save(update_fields=fields)
    if persons is not None:
        photo.persons.set(persons)
    return log_edit(photo, before, by=by) is not None


def written_by_hand(columns: Collection[str]) -> dict[str, str]:
    """What provenance says of these columns once a person wrote them."""
    return {READ_AS[name]: "human" for name in READ_AS.keys() & set(columns)}


def apply_values(photo: Photo, values: Mapping[str, Any]) -> set[str]:
    """Give the photo (not saved) these values as a person wrote them; the columns that differ."""
    columns = {name for name, value in values.items() if getattr(photo, name) != value}
    for name in columns:
        setattr(photo, name, values[name])
    columns |= {"agency"} & values.keys()  # looked for by the caller
    _follow(photo, columns)
    return columns


def _follow(photo: Photo, fields: set[str]) -> None:
    """The rows that a written name means, where the row itself was not chosen."""
    if "agency_text" in fields and "agency" not in fields:
        photo.agency = find_agency(photo.agency_text)
        fields.add("agency")
    if "photographer_text" in fields and "photographer" not in fields:
        _drop_other_photographer(photo)
        fields.add("photographer")
    if fields & WHO_FIELDS and photo.credit_kind in KINDS_AS_WRITTEN:
        # Of these kinds the line is printed as it came: it no longer says what a person has written.
        photo.credit_kind = ""
        fields.add("credit_kind")
    if fields & CREDIT_FIELDS and photo.credit_unclear:
        photo.credit_unclear = False
        fields.add("credit_unclear")


def _drop_other_photographer(photo: Photo) -> None:
    """A contributor stands before the written names, and would hide the new one."""
    if photo.photographer and photo.photographer.name != photo.photographer_text:
        photo.photographer = None


def write_facts(
    photo: Photo,
    values: Mapping[str, object],
    *,
    by: AbstractBaseUser | None = None,
    persons: Sequence[Tag] | None = None,
    from_line: Collection[str] = (),
) -> None:
    """Write the values that differ from the photo's, as a person gave them."""
    changed = apply_values(photo, values)
    if "credit_kind" in from_line:
        photo.credit_kind = str(values["credit_kind"])
    if changed or persons is not None:
        save_facts(photo, changed, by=by, persons=persons, from_line=from_line)


def public_losses(stored: Photo, values: Mapping[str, object]) -> dict[str, str]:
    """What a published story that shows the photo would stand without if these values were
    written: column → why not, for a person who may not decide that.
    """
    after = copy(stored)
    changed = {name for name in SEEN_FIELDS & set(values) if getattr(stored, name) != values[name]}
    for name in changed:
        setattr(after, name, values[name])
    # As save_facts() does.
    if "agency_text" in changed and "agency" not in changed and not after.agency_text:
        after.agency = None
    if "photographer_text" in changed and "photographer" not in changed:
        _drop_other_photographer(after)
    released = Article.objects.released()
    shown = PhotoUse.objects.filter(photo=stored.pk, live=True, article__in=released)
    losses = {}
    credit = next((name for name in ("photographer_text", "agency_text") if name in values), "")
    lost = stored.has_credit and not after.has_credit
    if credit and lost and shown.filter(credit_override="").exists():
        losses[credit] = f"{SHOWN} keep its credit, or ask an editor."
    lost = bool(stored.alt_default) and not (after.alt_default or after.decorative_default)
    if lost and shown.filter(alt="", decorative=False).exists():
        losses["alt_default"] = f"{SHOWN} keep its alt text, or ask an editor."
    return losses


def public_rights(stored: Photo, values: Mapping[str, object]) -> dict[str, str]:
    """What these values would change about when readers see a photo of a published story: column →
    why not, for a person who may not take a photo down.
    """
    changed = [
        name
        for name in WHEN_SHOWN
        if getattr(stored, name) != values.get(name, getattr(stored, name))
    ]
    if not changed:
        return {}
    released = Article.objects.released()
    if not PhotoUse.objects.filter(photo=stored.pk, live=True, article__in=released).exists():
        return {}
    return {changed[0]: f"{SHOWN} an editor or the photo desk decides how long."}


def ask_for_renditions(photo: Photo) -> set[str]:
    """Mark the row as waiting for its public files and nudge the worker after the commit; the
    fields that the caller has to save.
    """
    nudge_on_commit(RENDITIONS_TASK, [photo.pk])
    return mark_for_renditions(photo)


def mark_for_renditions(photo: Photo) -> set[str]:
    """As ask_for_renditions(), for a caller that nudges by itself."""
    photo.rendition_state = Photo.RenditionState.PENDING
    photo.rendition_attempts, photo.rendition_lease_until = 0, None
    return {"rendition_state", "rendition_attempts", "rendition_lease_until"}
