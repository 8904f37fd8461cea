"""A photo as the desk's own pages show it: picker, upload, admin list. Plain data of one row."""

from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Photo, PhotoUse
from articles.photos.figure import credit_line
from articles.photos.manifest import nearest
from articles.photos.source_types import source_type_of
from newsroom.lib.text import excerpt

THUMB_PIXELS = 320
PREVIEW_PIXELS = 960
READ_CHARS = 200
STANDARDS = {
    "xmp": "XMP", "iim": "IPTC-IIM", "exif": "EXIF", "png": "PNG", "line": "credit line",
    "human": "written here",
}  # fmt: skip
# What provenance calls a fact → (what a writer calls it, the column that holds it).
FACTS = {
    "photographer": ("Photographer", "photographer_text"),
    "agency": ("Agency", "agency_text"),
    "via": ("Via", "via"),
    "client": ("Client", "client"),
    "copyright": ("Copyright", "copyright"),
    "caption": ("Caption", "caption_default"),
    "alt": ("Alt text", "alt_default"),
    "instructions": ("Instructions", "instructions"),
    "usage_terms": ("Terms", "usage_terms"),
    "web_statement": ("Terms on the web", "license_url"),
    "licensor": ("Licensor", "licensor"),
    "licensor_url": ("Licensor on the web", "licensor_url"),
    "place": ("Place", "place"),
    "taken_at": ("Taken", "taken_at"),
    "supplier_ref": ("Supplier’s number", "supplier_ref"),
    "digital_source_type": ("How it was made", "digital_source_type"),
}
# What a file says that has no column of its own.
ONLY_READ = {
    "source": "Source", "headline": "Headline", "persons": "Persons", "creators": "Creators",
    "width": "Width", "height": "Height", "format": "Format", "orientation": "Orientation",
    "frames": "Frames",
}  # fmt: skip


def desk_card(photo: Photo) -> dict[str, Any]:
    """The photo for a script of the desk, as JSON. `read`: what is known from where."""
    return {
        "id": photo.pk,
        "thumb": picture_of(photo, THUMB_PIXELS)[0],
        "width": photo.width,
        "height": photo.height,
        "caption": photo.caption_default,
        "credit": credit_line(PhotoUse(photo=photo)),
        "alt": photo.alt_default,
        "decorative": photo.decorative_default,
        "focal_x": photo.focal_x,
        "focal_y": photo.focal_y,
        "photographer": photo.photographer_text,
        "agency": photo.agency_text,
        "has_credit": photo.has_credit,
        "state": photo.rendition_state,
        "uploaded_at": photo.uploaded_at.isoformat(),
        "read": read_from_file(photo),
    }


def read_from_file(photo: Photo) -> list[dict[str, str]]:
    """What is known of the photo, each with the standard that said so. `file`: what the file said,
    where somebody or a credit line says something else by now.
    """
    return [
        {
            "fact": label,
            "value": _short(_value(photo, column)),
            "standard": STANDARDS.get(photo.provenance[name], ""),
            "file": _of_file(photo, name, column),
        }
        for name, (label, column) in FACTS.items()
        if name in photo.provenance and getattr(photo, column)
    ]


def all_read(photo: Photo) -> list[dict[str, str]]:
    """Everything that the photo's file says, as it says it, for staff alone."""
    labels = {name: label for name, (label, _column) in FACTS.items()} | ONLY_READ
    by = photo.metadata.get("provenance", {})
    return [
        {
            "fact": label,
            "value": "; ".join(map(str, said)) if isinstance(said, list) else str(said),
            "standard": STANDARDS.get(by.get(name, ""), ""),
        }
        for name, label in labels.items()
        if (said := photo.metadata.get(name))
    ]


def _of_file(photo: Photo, name: str, column: str) -> str:
    said = str(photo.metadata.get(name, "")) if photo.provenance[name] in {"human", "line"} else ""
    return "" if said == str(getattr(photo, column)) else _short(said)


def _value(photo: Photo, column: str) -> str:
    value = getattr(photo, column)
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j M Y, H:i")
    term = source_type_of(value) if column == "digital_source_type" else None
    return term.label if term else str(value)


def _short(text: str) -> str:
    return excerpt(text, max_chars=READ_CHARS)


def picture_of(photo: Photo, width: int) -> tuple[str, int, int]:
    """The address, width and height of the public JPEG nearest to a width; "" where there is none."""
    entry = nearest(photo.manifest, width)
    if entry is None:
        return "", 0, 0
    return default_storage.url(entry["path"]), int(entry["width"]), int(entry["height"])
