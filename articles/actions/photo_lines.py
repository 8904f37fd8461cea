"""A credit line that a person pastes: what it says goes into the fields that say nothing yet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from articles.actions.photo_agencies import agency_table
from articles.actions.photo_facts import CREDIT_FIELDS
from articles.actions.photo_reading import apply_credit
from articles.models import Photo
from articles.photos.credits import PhotoCredit, parse_credit

COLUMNS = (
    "photographer_text", "agency_text", "agency", "via", "client", "credit_override", "caption_default",
    "credit_raw",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadLine:
    """credit: what the line says. values: column → what to write there; columns that say something
    already are not among them.
    """

    credit: PhotoCredit
    values: dict[str, Any]


def read_line(line: str, value_of: Callable[[str], Any]) -> ReadLine:
    """Read a pasted line for a photo. `value_of`: what a column of the photo says by now."""
    credit = parse_credit(line, agencies=agency_table())
    said = Photo(caption_default=credit.caption)
    apply_credit(said, credit)
    values = {
        column: value
        for column in COLUMNS
        if (value := getattr(said, column)) and not value_of(column)
    }
    written = str(value_of("agency_text") or "")
    if written and written.casefold() != said.agency_text.casefold():
        for of_another in ("agency", "via", "client"):
            values.pop(of_another, None)
    # The line's kind ("Courtesy of …") holds for a credit that is all of the line.
    if not any(map(value_of, CREDIT_FIELDS)):
        values["credit_kind"] = said.credit_kind
    return ReadLine(credit, values)
