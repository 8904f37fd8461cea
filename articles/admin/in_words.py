"""What two drafts tell differently, and what became of embeds, in words that a person reads: names in place of numbers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format

from articles.body.clean import Note
from articles.draft_merge import Difference
from articles.drafts import TIMES
from articles.models import Article, Byline, Contributor, Photo, PhotoUse, Section, Tag
from articles.photos.use_crop import crop_of

Words = Callable[[Any], str]
# More would push the form off the screen.
MAX_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class ClashInWords:
    part: str
    label: str
    mine: str
    theirs: str
    can_be_both: bool


def in_words(clashes: Iterable[Difference]) -> list[ClashInWords]:
    """One query for each clash over rows that have names."""
    told = []
    for clash in clashes:
        words = _words_for(clash)
        told.append(
            ClashInWords(
                clash.part, clash.label, words(clash.mine), words(clash.theirs), clash.can_be_both
            )
        )
    return told


def embeds_in_words(notes: Iterable[Note]) -> list[str]:
    """What became of frames and embeds that no provider knows, for the one who put them there."""
    sentences = [note.subject for note in notes if note.code == "embed"]
    more = len(sentences) - MAX_SENTENCES
    return sentences[:MAX_SENTENCES] + ([f"And {more} more like these."] if more > 0 else [])


def _words_for(clash: Difference) -> Words:
    listed = [clash.mine, clash.theirs]
    if clash.part == "section_id":
        section = _names(Section, listed)
        return lambda pk: section(pk) if pk else ""
    if clash.part in ROWS:
        model, number, line = ROWS[clash.part]
        rows: Sequence[Any] = [row for side in listed for row in side]
        name = _names(model, [number(row) for row in rows])
        return lambda side: "\n".join(line(row, name(number(row))) for row in side)
    if clash.part == "kind":
        return lambda kind: str(Article.Kind(kind).label)
    return _moment if clash.part in TIMES else _plain


def _names(model: type[Model], numbers: Iterable[int | None]) -> Words:
    rows = model._default_manager.in_bulk({number for number in numbers if number})
    kind = model._meta.verbose_name

    def name(number: int) -> str:
        row = rows.get(number)
        return (str(row) or f"{kind} {number}") if row else f"{kind} {number}, deleted since"

    return name


def _byline(row: dict[str, Any], name: str) -> str:
    printed = f", printed as “{row['text_override']}”" if row["text_override"] else ""
    return f"{Byline.Role(row['role']).label} {name}{printed}"


def _photo(row: dict[str, Any], name: str) -> str:
    told = [f"{PhotoUse.Slot(row['slot']).label}: {name}"]
    told += [
        f"{label}: {row[key]}"
        for key, label in (
            ("caption", "caption"),
            ("alt", "alt text"),
            ("credit_override", "credit"),
        )
        if row[key]
    ]
    crop = crop_of(row["crop"])
    told += [f"cropped to {crop.ratio}"] if crop.ratio else []
    told += (
        ["focal point {:.0%} from the left, {:.0%} from the top".format(*crop.point)]
        if crop.point
        else []
    )
    return " · ".join([*told, *(["decorative"] if row["decorative"] else [])])


def _same(number: int) -> int:
    return number


def _named(_: int, name: str) -> str:
    return name


# The lists of a draft: whose rows they name, by which number, and what a line of them says.
ROWS: dict[str, tuple[type[Model], Callable[[Any], int], Callable[[Any, str], str]]] = {
    "bylines": (Contributor, lambda row: int(row["contributor_id"]), _byline),
    "photo_uses": (Photo, lambda row: int(row["photo_id"]), _photo),
    "tags": (Tag, _same, _named),
    "related": (Article, _same, _named),
}


def _moment(value: str | None) -> str:
    if not value:
        return ""
    return date_format(timezone.localtime(datetime.fromisoformat(value)), "j F Y, H:i")


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
