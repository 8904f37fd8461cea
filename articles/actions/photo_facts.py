"""What is known of a photo: read from its file or a credit line, or written by a person."""

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from articles.actions.nudge import nudge_on_commit
from articles.models import Agency, Article, Photo, PhotoUse, public_changed
from articles.photos.credits import PhotoCredit, format_credit, normalise_agency, parse_credit
from articles.photos.metadata import PhotoFacts
from newsroom.lib.text import normalise_key

RENDITIONS_TASK = "articles.make_renditions"
# Not a comma: "Sam Lee, Jr." is one person.
NAMES_BETWEEN = "; "
# What every public file carries (articles.photos.work.rights_of).
RIGHTS_FIELDS = frozenset(
    {
        "photographer", "photographer_text", "agency_text", "credit_override", "copyright",
        "license_url", "licensor_url",
    }
)  # fmt: skip
FACT_FIELDS = frozenset(
    {
        "photographer_text", "agency_text", "agency", "copyright", "caption_default", "alt_default",
        "instructions", "usage_terms", "license_url", "licensor_url", "place", "taken_at",
    }
)  # fmt: skip
# What a reader's page takes from a photo, of what its forms can change.
SEEN_FIELDS = frozenset(
    {
        "photographer", "photographer_text", "agency", "agency_text", "credit_override",
        "alt_default", "decorative_default",
    }
)  # fmt: skip
SHOWN = "A published story shows this photo:"
# Our field → the name that provenance knows it by (articles.photos.metadata).
READ_AS = {
    "photographer_text": "photographer",
    "agency_text": "agency",
    "caption_default": "caption",
    "alt_default": "alt",
    "copyright": "copyright",
}


def find_agency(name: str | None) -> Agency | None:
    """The agency row a credit line means, by name or alias (the table's or the desk's own); None
    where nobody knows it.
    """
    if not name:
        return None
    row = normalise_agency(name)
    keys = [normalise_key(name), *([normalise_key(row.name)] if row else [])]
    by_name = {agency.norm_key: agency for agency in Agency.objects.filter(norm_key__in=keys)}
    if named := next((by_name[key] for key in keys if key in by_name), None):
        return named
    # A hundred rows; JSON can't be searched on SQLite.
    by_alias = {
        normalise_key(str(alias)): agency
        for agency in Agency.objects.exclude(aliases=[])
        for alias in agency.aliases
    }
    return next((by_alias[key] for key in keys if key in by_alias), None)


def apply_credit(photo: Photo, credit: PhotoCredit) -> None:
    """Write what a credit line says into the photo's fields (not saved here)."""
    photo.photographer_text = _cut("photographer_text", NAMES_BETWEEN.join(credit.photographers))
    photo.agency_text = _cut("agency_text", credit.agency or credit.courtesy or "")
    photo.agency = find_agency(credit.agency)
    photo.via = find_agency(credit.via)
    photo.client = _cut("client", credit.for_client or "")
    photo.credit_kind = credit.kind
    photo.credit_raw = credit.raw or ""
    if len(credit.parts) > 1 and not photo.credit_override:
        # Who took which picture is in the parts only; the fields hold one agency for all.
        photo.credit_override = _cut("credit_override", format_credit(credit))


def photo_from_line(line: str) -> tuple[Photo, PhotoCredit]:
    """A photo of which only the caption and credit line are known (an old page without its file)."""
    credit = parse_credit(line)
    url = credit.url or ""
    whole = url == _cut("license_url", url)  # half an address leads nowhere
    photo = Photo(caption_default=credit.caption, license_url=url if whole else "")
    apply_credit(photo, credit)
    return photo, credit


def apply_facts(photo: Photo, facts: PhotoFacts) -> None:
    """Write what the file says of itself into the photo's fields (not saved here)."""
    photo.photographer_text = facts.photographer or ""
    photo.agency_text = facts.agency or ""
    photo.agency = find_agency(facts.agency)
    photo.credit_raw = "/".join(part for part in (facts.photographer, facts.agency) if part)
    photo.copyright = facts.copyright or ""
    photo.caption_default = facts.caption or ""
    photo.alt_default = facts.alt or ""
    photo.instructions = facts.instructions or ""
    photo.usage_terms = facts.usage_terms or ""
    photo.license_url = facts.web_statement or ""
    photo.licensor_url = facts.licensor_url or ""
    photo.place = (facts.place or "")[:200]
    photo.supplier_ref = (facts.supplier_ref or "")[:200]
    photo.digital_source_type = (facts.digital_source_type or "")[:200]
    taken = facts.taken_at
    if isinstance(taken, datetime):
        photo.taken_at = taken if timezone.is_aware(taken) else timezone.make_aware(taken)
    photo.provenance = dict(facts.provenance)
    photo.metadata = {
        key: value for key, value in asdict(facts).items() if isinstance(value, str | int) and value
    }


@transaction.atomic
def save_facts(photo: Photo, changed: Collection[str]) -> None:
    """Write the fields that a person changed and no others: the worker writes into the row, too.
    A changed credit or licence is written into the public files again; the name of an agency finds
    its row.
    """
    fields = {field.name for field in Photo._meta.concrete_fields} & set(changed)
    if "agency_text" in fields and "agency" not in fields:
        photo.agency = find_agency(photo.agency_text)
        fields |= {"agency"}
    if by_hand := {READ_AS[name]: "human" for name in fields & set(READ_AS)}:
        photo.provenance = {**photo.provenance, **by_hand}
        fields |= {"provenance"}
    if photo.original and fields & RIGHTS_FIELDS:
        fields |= ask_for_renditions(photo)
    photo.save(update_fields=fields)
    public_changed()


def write_facts(photo: Photo, values: Mapping[str, object]) -> None:
    """Write the values that differ from the photo's, as a person gave them."""
    changed = {name for name, value in values.items() if getattr(photo, name) != value}
    for name in changed:
        setattr(photo, name, values[name])
    if changed:
        save_facts(photo, changed)


def public_losses(stored: Photo, values: Mapping[str, object]) -> dict[str, str]:
    """What a published story that shows the photo would stand without if these values were
    written: column → why not, for a person who may not decide that.
    """
    after = copy(stored)
    changed = {name for name in SEEN_FIELDS & set(values) if getattr(stored, name) != values[name]}
    for name in changed:
        setattr(after, name, values[name])
    if "agency_text" in changed and "agency" not in changed and not after.agency_text:
        after.agency = None  # as save_facts() does
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


def ask_for_renditions(photo: Photo) -> set[str]:
    """Mark the row as waiting for its public files and nudge the worker after the commit; the
    fields that the caller has to save.
    """
    photo.rendition_state = Photo.RenditionState.PENDING
    photo.rendition_attempts, photo.rendition_lease_until = 0, None
    nudge_on_commit(RENDITIONS_TASK, [photo.pk])
    return {"rendition_state", "rendition_attempts", "rendition_lease_until"}


def _cut(field: str, value: str) -> str:
    """The value as its column holds it; credit_raw keeps the whole line."""
    limit: int = getattr(Photo._meta.get_field(field), "max_length")  # noqa: B009  (a relation has none)
    return value[:limit]
