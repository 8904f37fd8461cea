"""How an agency is found by any spelling of its name. Nothing here touches the database."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Self

from articles.photos.agency_rows import AGENCIES, AgencyRow

__all__ = [
    "AGENCIES",
    "DEFAULT_AGENCIES",
    "AgencyRow",
    "AgencyTable",
    "agency_key",
    "normalise_agency",
]

LONGEST_NAME_WORDS = 6
SHORT_NAME_LETTERS = 4

# What a line may add to an agency's name without naming another one: "AP Photo", "dpa-Bild".
TRADE_WORDS = frozenset({
    "agency", "bild", "com", "foto", "fotos", "image", "images", "inc", "llc", "ltd", "news",
    "online", "photo", "photos", "picture", "pictures", "pics", "service", "wire",
})  # fmt: skip

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\s\-\u2013\u2014#|,/]+")


def agency_key(name: str) -> str:
    """What two spellings of one name share: "Wire Image", "WIREIMAGE" → "wireimage"."""
    return _NOT_ALPHANUMERIC.sub("", unicodedata.normalize("NFKC", name).casefold())


@dataclass(frozen=True, slots=True)
class AgencyTable:
    """Agencies by every spelling; immutable, so that one table may serve every thread."""

    rows: tuple[AgencyRow, ...]
    by_key: dict[str, AgencyRow] = field(repr=False)
    written: frozenset[str] = field(repr=False)

    @classmethod
    def from_rows(cls, rows: Iterable[AgencyRow]) -> Self:
        """A table of `rows`; where two claim one spelling, the later row (the desk's) has it."""
        kept = tuple(rows)
        by_key: dict[str, AgencyRow] = {}
        for row in kept:
            by_key.update((agency_key(spelling), row) for spelling in (row.name, *row.aliases))
        by_key.pop("", None)
        written = frozenset(spelling for row in kept for spelling in (row.name, *row.aliases))
        return cls(rows=kept, by_key=by_key, written=written)

    def find(self, name: str) -> AgencyRow | None:
        """The row that `name` is a spelling of, with or without a trade word ("AFP Photo")."""
        words = [(m.start(), m.end()) for m in _WORD.finditer(name)]
        if not 0 < len(words) <= LONGEST_NAME_WORDS:
            return None
        key = agency_key(name)
        row = self.by_key.get(key) or self.by_key.get(key.removesuffix("com"))
        while row is None and len(words) > 1:
            start, end = words.pop()
            if agency_key(name[start:end]) not in TRADE_WORDS:
                break
            row = self.by_key.get(agency_key(name[: words[-1][1]]))
        return row or self._find_joined(name)

    def _find_joined(self, name: str) -> AgencyRow | None:
        """The first of several agencies written as one: "AFP-Yonhap"."""
        names = re.split(r"\s?[-\u2013\u2014]\s?", name)
        rows = [self.by_key.get(agency_key(part)) for part in names]
        return rows[0] if len(rows) > 1 and all(rows) else None

    def stands_alone(self, name: str) -> bool:
        """May `name` be a whole credit? A short name must be written as the agency writes it:
        "(MEGA)" is a credit, "(Mega)" may be anything."""
        row = self.find(name)
        if row is None:
            return False
        if not row.stands_alone:
            return " " in name.strip()
        return len(agency_key(name)) > SHORT_NAME_LETTERS or name in self.written

    def split_end(self, text: str) -> tuple[str, str] | None:
        """("Amos Mwangi-", "Imagn Images"): the longest agency name that `text` ends with."""
        starts = [m.start() for m in _WORD.finditer(text)][-LONGEST_NAME_WORDS:]
        return next(self._splits((text[:at], text[at:]) for at in starts), None)

    def split_start(self, text: str) -> tuple[str, str] | None:
        """("Hideo Tanaka", "AP Photo"): what follows the longest agency name `text` begins
        with, and that name."""
        ends = [m.end() for m in _WORD.finditer(text)][:LONGEST_NAME_WORDS]
        return next(self._splits((text[at:], text[:at]) for at in reversed(ends)), None)

    def _splits(self, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        return ((rest, name) for rest, name in pairs if rest.strip() and self.find(name))


DEFAULT_AGENCIES = AgencyTable.from_rows(AGENCIES)


def normalise_agency(name: str, *, agencies: AgencyTable = DEFAULT_AGENCIES) -> AgencyRow | None:
    """The row of the agency that a credit names ("getty images", "AP Photo"), None if unknown.

    Of several joined by a slash it is the first that is known ("EPA-EFE/Shutterstock" → EPA-EFE).
    """
    whole = agencies.find(name)
    return whole or next(filter(None, map(agencies.find, name.split("/"))), None)
