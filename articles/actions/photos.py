"""Photos come in here: looked at, credited from the file or the line, never published as they came."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from articles.actions.nudge import nudge_on_commit
from articles.models import Agency, Article, Photo, PhotoUse
from articles.photos.credits import PhotoCredit, format_credit, normalise_agency, parse_credit
from articles.photos.metadata import PhotoFacts, inspect_photo
from newsroom.lib.text import normalise_key

RENDITIONS_TASK = "articles.make_renditions"
# Not a comma: "Sam Lee, Jr." is one person.
NAMES_BETWEEN = "; "
EXTENSIONS = {
    "JPEG": "jpg",
    "MPO": "jpg",
    "PNG": "png",
    "WEBP": "webp",
    "AVIF": "avif",
    "GIF": "gif",
}


def find_agency(name: str | None) -> Agency | None:
    """The agency row a credit line means, by name or alias (the table's or the desk's own); None
    where nobody knows it.
    """
    if not name:
        return None
    row = normalise_agency(name)
    keys = [normalise_key(name), *([normalise_key(row.name)] if row else [])]
    agencies = list(Agency.objects.all())  # a hundred rows; JSON can't be searched on SQLite
    by_name = {agency.norm_key: agency for agency in agencies}
    by_alias = {
        normalise_key(str(alias)): agency for agency in agencies for alias in agency.aliases
    }
    return next((known[key] for known in (by_name, by_alias) for key in keys if key in known), None)


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


def _cut(field: str, value: str) -> str:
    """The value as its column holds it; credit_raw keeps the whole line."""
    limit: int = getattr(Photo._meta.get_field(field), "max_length")  # noqa: B009  (a relation has none)
    return value[:limit]


def add_photo(file: BinaryIO, *, name: str = "") -> Photo:
    """Take in an upload: check it, read its passport, keep the original private, ask for renditions.

    Raises articles.photos.metadata.PhotoRefused with a reason for a person.
    """
    return replace_file(Photo(), file, name=name)


@transaction.atomic
def replace_file(
    photo: Photo, file: BinaryIO, *, name: str = "", keep: Collection[str] = ()
) -> Photo:
    """Give the photo a (new) file. Fields named in `keep`, which a person just wrote, stay as they are."""
    facts = inspect_photo(file, name=name)
    written = {field: getattr(photo, field) for field in keep if field in FACT_FIELDS}
    apply_facts(photo, facts)
    for field, value in written.items():
        setattr(photo, field, value)
    photo.sha256, photo.width, photo.height = facts.sha256, facts.width, facts.height
    photo.rendition_state = Photo.RenditionState.PENDING
    photo.rendition_attempts, photo.rendition_lease_until = 0, None
    # The row first: what the database refuses must not leave a file behind.
    photo.save()
    file.seek(0)
    # The stored name is ours: the hash and the real format, nothing of what the upload was called.
    stored_name = f"{facts.sha256[:32]}.{EXTENSIONS[facts.format]}"
    photo.original.save(stored_name, ContentFile(file.read()))
    nudge_on_commit(RENDITIONS_TASK, [photo.pk])
    return photo


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


@transaction.atomic
def save_facts(photo: Photo, changed: Collection[str]) -> None:
    """Write the fields that a person changed and no others: the worker writes into the row, too.
    A changed credit or licence is written into the public files again.
    """
    fields = {field.name for field in Photo._meta.concrete_fields} & set(changed)
    if photo.original and fields & RIGHTS_FIELDS:
        photo.rendition_state = Photo.RenditionState.PENDING
        photo.rendition_attempts, photo.rendition_lease_until = 0, None
        fields |= {"rendition_state", "rendition_attempts", "rendition_lease_until"}
        nudge_on_commit(RENDITIONS_TASK, [photo.pk])
    photo.save(update_fields=fields)


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
def set_lead(article: Article, photo: Photo, *, caption: str = "", alt: str = "") -> PhotoUse:
    """Make `photo` the article's lead photo; the one before it, if any, leaves the article."""
    article.photo_uses.filter(slot=PhotoUse.Slot.LEAD).exclude(photo=photo).delete()
    use = article.photo_uses.filter(slot=PhotoUse.Slot.LEAD).first() or PhotoUse(
        article=article, slot=PhotoUse.Slot.LEAD, photo=photo
    )
    use.caption, use.alt = caption, alt
    use.save()
    article.lead = use
    Article.objects.filter(pk=article.pk).update(lead=use)
    return use


def follow_lead(article: Article) -> None:
    """Point the article at its lead photo after its uses were edited one by one."""
    lead = article.photo_uses.filter(slot=PhotoUse.Slot.LEAD).first()
    if article.lead_id != (lead.pk if lead else None):
        article.lead = lead
        Article.objects.filter(pk=article.pk).update(lead=lead)


def photo_from_line(line: str) -> tuple[Photo, PhotoCredit]:
    """A photo of which only the caption and credit line are known (an old page without its file)."""
    credit = parse_credit(line)
    url = credit.url or ""
    whole = url == _cut("license_url", url)  # half an address leads nowhere
    photo = Photo(caption_default=credit.caption, license_url=url if whole else "")
    apply_credit(photo, credit)
    return photo, credit
