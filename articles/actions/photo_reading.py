"""What is read of a photo: from its file, or from the line of an old page."""

from dataclasses import asdict
from datetime import datetime

from django.utils import timezone

from articles.actions.photo_agencies import agency_table, find_agency
from articles.models import Photo
from articles.photos.credits import PhotoCredit, format_credit, parse_credit
from articles.photos.metadata import PhotoFacts
from articles.photos.passport import credit_of_file, seems_credited
from articles.photos.source_types import canonical

# Not a comma: "Sam Lee, Jr." is one person.
NAMES_BETWEEN = "; "


def apply_credit(photo: Photo, credit: PhotoCredit) -> None:
    """Write what a credit line says into the photo's fields (not saved here)."""
    photo.photographer_text = _cut("photographer_text", NAMES_BETWEEN.join(credit.photographers))
    photo.via = find_agency(credit.via)
    agency = credit.agency or credit.courtesy or ""
    if credit.via and photo.via is None:  # it has no row to stand in
        agency = f"{agency} via {credit.via}" if agency else credit.via
    photo.agency_text = _cut("agency_text", agency)
    photo.agency = find_agency(credit.agency)
    photo.client = _cut("client", credit.for_client or "")
    photo.credit_kind = credit.kind
    photo.credit_raw = credit.raw or ""
    photo.credit_unclear = False
    if len(credit.parts) > 1 and not photo.credit_override:
        # Who took which picture is in the parts only; the fields hold one agency for all.
        photo.credit_override = _cut("credit_override", format_credit(credit))


def photo_from_line(line: str) -> tuple[Photo, PhotoCredit]:
    """A photo of which only the caption and credit line are known (an old page without its file)."""
    credit = parse_credit(line, agencies=agency_table())
    url = credit.url or ""
    whole = url == _cut("license_url", url)  # half an address leads nowhere
    photo = Photo(caption_default=credit.caption, license_url=url if whole else "")
    apply_credit(photo, credit)
    photo.credit_unclear = not credit.understood and seems_credited(credit.caption)
    photo.provenance = dict.fromkeys(("photographer", "agency", "via", "client", "caption"), "line")
    return photo, credit


def apply_facts(photo: Photo, facts: PhotoFacts) -> None:
    """Write what the file says of itself into the photo's fields (not saved here)."""
    found = credit_of_file(facts, agency_table())
    apply_credit(photo, found.credit)
    photo.credit_unclear = found.unclear
    photo.copyright = facts.copyright or ""
    photo.caption_default = found.caption
    photo.alt_default = facts.alt or ""
    photo.instructions = facts.instructions or ""
    photo.usage_terms = facts.usage_terms or ""
    photo.license_url = facts.web_statement or ""
    photo.licensor_url = facts.licensor_url or ""
    photo.licensor = (facts.licensor or "")[:200]
    photo.place = (facts.place or "")[:200]
    photo.supplier_ref = (facts.supplier_ref or "")[:200]
    photo.digital_source_type = canonical(facts.digital_source_type or "")[:200]
    taken = facts.taken_at
    if isinstance(taken, datetime):
        photo.taken_at = taken if timezone.is_aware(taken) else timezone.make_aware(taken)
    photo.provenance = {**facts.provenance, **dict.fromkeys(found.from_line, "line")}
    photo.metadata = _as_read(facts)


def _as_read(facts: PhotoFacts) -> dict[str, object]:
    """All that the file says and what said it, for staff: what a person writes over stays here."""
    said = {name: value for name, value in asdict(facts).items() if value}
    if isinstance(facts.taken_at, datetime):
        said["taken_at"] = facts.taken_at.isoformat()
    return said


def _cut(field: str, value: str) -> str:
    """The value as its column holds it; credit_raw keeps the whole line."""
    limit: int = getattr(Photo._meta.get_field(field), "max_length")  # noqa: B009  (a relation has none)
    return value[:limit]
