"""A credit while it is being read, and what it becomes."""

import re
from dataclasses import dataclass, field
from typing import Literal

from articles.photos.agencies import AgencyRow, AgencyTable
from articles.photos.credits_names import is_lower, is_organisation, is_person, read_social

# Where the credit stood: within a bracket, after a full stop or bar, or after a comma.
Place = Literal["bracket", "line", "comma"]

SLASHES = re.compile(r"\s*[/|]\s*")
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])(?=\s|$)")
_TRADE_LAST = re.compile(r"(.+)\s(?:photos?|fotos?)", re.IGNORECASE)
_ARCHIVE = re.compile(r"\barchi(?:ves?|v)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CreditPart:
    """One credit of a line; the fields mean what they mean on `credits.PhotoCredit`."""

    photographers: tuple[str, ...] = ()
    agency: str | None = None
    via: str | None = None
    for_client: str | None = None
    kind: str = "photographer"
    courtesy: str | None = None
    platform: str | None = None
    handle: str | None = None
    raw: str = ""


@dataclass(slots=True)
class Draft:
    """A credit being read: `rest` is what no step has understood yet."""

    rest: str
    place: Place
    table: AgencyTable
    labelled: bool = False
    weak: bool = False
    before_person: bool = False
    rights: bool = False
    dated: bool = False
    labelled_of: bool = False
    known: bool = False
    known_agency: bool = False
    people: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    via: str | None = None
    client: str | None = None
    courtesy: str | None = None
    platform: str | None = None
    handle: str | None = None

    @property
    def lower(self) -> bool:
        return is_lower(self.rest)

    @property
    def marked(self) -> bool:
        """Label or bracket: the words are set apart from the caption."""
        return self.labelled or self.weak or self.place == "bracket"

    def add_agency(self, written: str) -> bool:
        row = self.table.find(written)
        if row:
            self.known = self.known_agency = True
            trade = _TRADE_LAST.fullmatch(written)
            if trade and self.table.find(trade.group(1)) and not _is_spelling(row, written):
                written = trade.group(1)
            if row.archive:
                self.kinds.add("archive")
        if _ARCHIVE.search(written):
            self.kinds.add("archive")
        if self.agencies[-1:] != [written]:  # "FIFA/FIFA via …"
            self.agencies.append(written)
        return True

    def add_social(self, text: str, *, alone: bool = True) -> bool:
        """Take a platform and handle; alone: only if they are all that `text` says."""
        found = read_social(text)
        if found is None:
            return False
        alone = alone and "screenshot" not in self.kinds  # "Screenshot from Nola Vale's Instagram"
        house = bool(found.rest) and is_organisation(found.rest, self.table)
        person = not self.people and is_person(found.rest, lower=self.labelled)
        if found.rest and (alone or not (house or person)):
            return False
        if house:
            self.add_agency(found.rest)
        elif found.rest:
            self.people = [POSSESSIVE.sub("", found.rest)]
        self.platform = self.platform or found.platform
        self.handle = self.handle or found.handle
        self.known = True
        self.kinds.add("social")
        return True


def _is_spelling(row: AgencyRow, written: str) -> bool:
    return written.casefold() in {spelling.casefold() for spelling in (row.name, *row.aliases)}
