"""What a photo file says of itself: size, people, agency, terms. Pure: a file in, facts out.

Field order XMP → IIM → EXIF, the first that isn't empty wins: the order that works at the Guardian
(the `ImageMetadataConverter` of its Grid). The position of the camera is never read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from PIL import Image

from articles.photos.metadata_exif import read_exif
from articles.photos.metadata_iim import iim_of, read_iim
from articles.photos.metadata_xmp import read_xmp
from articles.photos.opening import PhotoRefused, load_pixels, open_photo
from articles.photos.orientation import display_size, found_orientation

__all__ = ["PhotoFacts", "PhotoRefused", "inspect_photo"]

MAX_LINE_CHARACTERS = 500
MAX_TEXT_CHARACTERS = 5_000
MAX_PERSONS = 50
_TEXTS = frozenset({"caption", "instructions", "usage_terms", "alt"})
_URLS = frozenset({"web_statement", "licensor_url"})
# The fields of PhotoFacts that are one string.
_LINES = (
    "photographer", "agency", "source", "copyright", "caption", "headline", "instructions",
    "usage_terms", "web_statement", "licensor_url", "alt", "place", "digital_source_type",
    "supplier_ref",
)  # fmt: skip
_PLACE = ("location", "city", "state", "country")

# Control characters, line separators and the marks that turn the reading direction.
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+"
)
_SPACE = re.compile(r"\s+")
_DATE_TIME = re.compile(
    r"(\d{4})[:-]?(\d\d)[:-]?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?"
)

Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What is known of a photo from its file.

    width, height: upright, in pixels. format: JPEG, PNG, WEBP, AVIF or GIF. orientation: the EXIF
    number as found, 1 where there is none; an invalid one counts as 1 for width and height.
    photographer: several joined by ", ". agency: the credit (XMP photoshop:Credit, IIM 2:110).
    taken_at: naive where the file names no time zone. alt: IPTC's alt text. persons: shown.
    provenance: field → "xmp", "iim" or "exif". Text has no control characters, a line at most 500
    characters, caption, instructions, terms and alt at most 5,000.
    """

    width: int
    height: int
    format: str
    orientation: int
    frames: int
    sha256: str
    photographer: str | None
    agency: str | None
    source: str | None
    copyright: str | None
    caption: str | None
    headline: str | None
    instructions: str | None
    usage_terms: str | None
    web_statement: str | None
    licensor_url: str | None
    alt: str | None
    persons: tuple[str, ...]
    place: str | None
    taken_at: datetime | None
    digital_source_type: str | None
    supplier_ref: str | None
    provenance: Mapping[str, str]


def inspect_photo(file: BinaryIO, *, name: str = "") -> PhotoFacts:
    """Check an upload and read what it says. `name`: what the upload was called.

    Raises PhotoRefused, with a reason for a person, for anything that is no whole JPEG, PNG, WebP,
    AVIF or GIF within the limits of `articles.photos.opening`.
    """
    photo = open_photo(file, name=name)
    image = photo.image
    # An eighth of the size is enough to see that a JPEG is whole, and takes a fraction of the memory.
    image.draft(None, (max(1, photo.width // 8), max(1, photo.height // 8)))
    load_pixels(image)
    orientation = found_orientation(image)
    width, height = display_size(photo.width, photo.height, orientation=orientation)
    values, provenance = _merge(
        {"xmp": _clean(_xmp(image)), "iim": _clean(_iim(image)), "exif": _clean(read_exif(image))}
    )
    return PhotoFacts(
        width=width,
        height=height,
        format=photo.format,
        orientation=orientation,
        frames=photo.frames,
        sha256=photo.sha256,
        persons=tuple(values.get("persons", [])[:MAX_PERSONS]),
        taken_at=_date_time("".join(values.get("taken_at", [])[:1])),
        provenance=provenance,
        **{field: ", ".join(values.get(field, []))[: _limit(field)] or None for field in _LINES},
    )


def _xmp(image: Image.Image) -> Fields:
    packet = image.info.get("xmp", b"")
    return read_xmp(packet.encode() if isinstance(packet, str) else packet)


def _iim(image: Image.Image) -> Fields:
    return read_iim(iim_of(image.info.get("photoshop")))


def _merge(sources: dict[str, Fields]) -> tuple[Fields, dict[str, str]]:
    values: Fields = {}
    provenance: dict[str, str] = {}
    for source, fields in sources.items():
        for field, found in fields.items():
            if field not in values:
                values[field] = found
                provenance[field] = source
    return values, provenance


def _clean(fields: Fields) -> Fields:
    """The fields with clean, short values; the parts of a place made one."""
    cleaned: Fields = {}
    for field, values in fields.items():
        kept = [text for value in values if (text := _clean_text(value)[: _limit(field)].strip())]
        if field in _URLS:
            kept = [url for url in kept if url.startswith(("http://", "https://"))]
        if field == "taken_at":
            kept = [text for text in kept if _date_time(text)]
        if kept:
            cleaned[field] = kept
    parts = [text for field in _PLACE for text in cleaned.pop(field, [])[:1]]
    if parts:
        cleaned["place"] = [", ".join(parts)[:MAX_LINE_CHARACTERS]]
    return cleaned


def _clean_text(value: str) -> str:
    return _SPACE.sub(" ", _CONTROL.sub(" ", value)).strip()


def _limit(field: str) -> int:
    return MAX_TEXT_CHARACTERS if field in _TEXTS else MAX_LINE_CHARACTERS


def _date_time(text: str) -> datetime | None:
    """XMP's and IIM's ISO 8601, EXIF's "2022:09:08 21:30:00+02:00"."""
    found = _DATE_TIME.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    clock = f"{hour or '00'}:{minute or '00'}:{second or '00'}{zone or ''}"
    try:
        return datetime.fromisoformat(f"{year}-{month}-{day}T{clock}")
    except ValueError:
        return None
