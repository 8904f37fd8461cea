"""What could be written into a photo's rights: from the words of its file, else its agency's defaults.

A proposal only: a person applies it (articles.actions.photo_rights.apply_offers).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from articles.models import Agency, Photo, RightsClass
from articles.photos.instructions import Proposal, read_instructions


@dataclass(frozen=True, slots=True)
class Offer:
    """A `value` for an empty `column`, and why; `said`: these are words of the file."""

    column: str
    value: datetime | str
    why: str
    said: bool = True

    @property
    def label(self) -> str:
        if not isinstance(self.value, datetime):
            return f"Rights class: {dict(RightsClass.choices).get(self.value, self.value)}"
        day = f"{timezone.localtime(self.value):%-d %B %Y, %H:%M}"
        return f"Rights end {day}" if self.column == "rights_until" else f"Rights begin {day}"


def proposal_of(photo: Photo) -> Proposal:
    """What its instructions and terms ask for."""
    return read_instructions(photo.instructions, photo.usage_terms)


def offers(photo: Photo) -> list[Offer]:
    """What is proposed for the columns of its rights that are empty. 1 query where the agency's
    rows aren't read yet.
    """
    return [offer for offer in _offers(photo) if not getattr(photo, offer.column)]


def _offers(photo: Photo) -> Iterator[Offer]:
    said, arrived = proposal_of(photo), timezone.localtime(photo.uploaded_at)
    agencies = [each for each in _house(photo.agency) if each]
    if until := said.until(arrived):
        by_days = said.days and until == arrived + timedelta(days=said.days)
        yield Offer("rights_until", until, said.days_words if by_days else said.last_day_words)
    elif agency := next((each for each in agencies if each.default_days), None):
        end = arrived + timedelta(days=agency.default_days or 0)
        why = f"{agency}: {agency.default_days} days, and the file says nothing"
        yield Offer("rights_until", end, why, said=False)
    if said.start:
        yield Offer("rights_from", said.start.at(timezone.get_current_timezone()), said.start_words)
    if agency := next((each for each in agencies if each.default_rights_class), None):
        why = f"{agency}: what its pictures are by default"
        yield Offer("rights_class", agency.default_rights_class, why, said=False)


def _house(agency: Agency | None) -> list[Agency | None]:
    """The agency, and the one it is a collection of."""
    return [agency, agency.parent] if agency else []
