"""What a photo file says of itself: size, people, agency, terms. Pure: a file in, facts out.

Field order XMP → IIM → EXIF, the first that isn't empty wins: the order that works at the Guardian
(the `ImageMetadataConverter` of its Grid). The position of the camera is never read.
"""

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from PIL import Image

from articles.photos.animation import each_frame
from articles.photos.dhash import dhash
from articles.photos.metadata_exif import read_exif
from articles.photos.metadata_iim import iim_of, read_iim
from articles.photos.metadata_xmp import read_xmp
from articles.photos.opening import PhotoRefused, load_pixels, open_photo
from articles.photos.orientation import display_size, found_orientation, upright

__all__ = ["PhotoFacts", "PhotoRefused", "inspect_photo"]

MAX_LINE_CHARACTERS = 500
MAX_TEXT_CHARACTERS = 5_000
MAX_PERSONS = 50
_TEXTS = frozenset({"caption", "instructions", "usage_terms", "alt"})
_URLS = frozenset({"web_statement", "licensor_url"})
# The fields of PhotoFacts that are one string.
_LINES = (
    "photographer", "agency", "source", "copyright", "caption", "headline", "instructions",
    "usage_terms", "web_statement", "licensor_url", "licensor", "alt", "place",
    "digital_source_type", "supplier_ref",
)  # fmt: skip
_PNG_KEYWORDS = {
    "Author": "photographer", "Copyright": "copyright", "Description": "caption", "Title": "headline",
}  # fmt: skip
# What cameras and programs write where nobody wrote anything.
_FILLER = {
    "photographer": re.compile(
        r"(?:unknown|none|n/?a|default|photographer|artist|author|owner|user|admin|picasa|camera"
        r"|(?:your|my|owner'?s?) name|not set|undefined|null|\W*)", re.IGNORECASE
    ),
    "caption": re.compile(
        r"(?:[A-Z ]*DIGITAL CAMERA\W*|[A-Z]+ (?:DSC|CAMERA PICTURES)|exif_jpeg_(?:picture|t\w*)"
        r"|default|untitled|unknown|none|null|picasa|screenshot|dcim\S*|(?:cof|rbt|hdr|sdr|vhdr|hrhdr|oznor|edf|mde|ptr|dav|fbt|btf|tpl)(?:_\w+)*"
        r"|[a-z]{2,4}_?\d{3,}(?:\.\w{3,4})?|\W*)", re.IGNORECASE
    ),
    "copyright": re.compile(r"(?:unknown|none|copyright|picasa|default|\W*)", re.IGNORECASE),
}  # fmt: skip
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

    width, height: upright, in pixels. format: JPEG, PNG, WEBP, AVIF, GIF or HEIC. orientation: the EXIF
    number as found, 1 where there is none; an invalid one counts as 1 for width and height.
    dhash: articles.photos.dhash. photographer: several joined by ", "; creators: each as the file has
    it. agency: the credit (XMP photoshop:Credit, IIM 2:110). licensor: who sells a licence. taken_at:
    naive where the file names no time zone. alt: IPTC's alt text. persons: shown. What a camera writes
    for want of anything ("SONY DSC") is nothing. provenance: field → "xmp", "iim", "exif" or "png".
    Text has no control characters, a line at most 500 characters, caption, instructions, terms and
    alt at most 5,000.
    """

    width: int
    height: int
    format: str
    orientation: int
    frames: int
    sha256: str
    size_bytes: int
    dhash: str
    photographer: str | None
    creators: tuple[str, ...]
    agency: str | None
    source: str | None
    copyright: str | None
    caption: str | None
    headline: str | None
    instructions: str | None
    usage_terms: str | None
    web_statement: str | None
    licensor_url: str | None
    licensor: str | None
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
    looks = dhash(upright(image, orientation))
    width, height = display_size(photo.width, photo.height, orientation=orientation)
    values, provenance = _merge(
        {
            "xmp": _clean(_xmp(image)),
            "iim": _clean(_iim(image)),
            "exif": _clean(read_exif(image)),
            "png": _clean(_png(image)),
        }
    )
    if photo.is_animated:
        deque(each_frame(photo), maxlen=0)  # each of them has to be whole
    return PhotoFacts(
        width=width,
        height=height,
        format=photo.format,
        orientation=orientation,
        frames=photo.frames,
        sha256=photo.sha256,
        size_bytes=photo.size_bytes,
        dhash=looks,
        creators=tuple(values.get("photographer", [])),
        persons=tuple(dict.fromkeys(values.get("persons", [])))[:MAX_PERSONS],
        taken_at=_date_time("".join(values.get("taken_at", [])[:1])),
        provenance=provenance,
        **{field: ", ".join(values.get(field, []))[: _limit(field)] or None for field in _LINES},
    )


def _xmp(image: Image.Image) -> Fields:
    packet = image.info.get("xmp", b"")
    return read_xmp(packet.encode() if isinstance(packet, str) else packet)


def _png(image: Image.Image) -> Fields:
    """The words of a PNG's own text chunks (PNG specification, keywords)."""
    said = image.info if image.format == "PNG" else {}
    found = {name: said.get(keyword) for keyword, name in _PNG_KEYWORDS.items()}
    return {name: [text] for name, text in found.items() if isinstance(text, str)}


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
        if filler := _FILLER.get(field):
            kept = [text for text in kept if not filler.fullmatch(text)]
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
