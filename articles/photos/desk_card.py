"""A photo as the desk's own pages show it: picker, upload, admin list. Plain data of one row."""

from typing import Any

from django.core.files.storage import default_storage

from articles.models import Photo, PhotoUse
from articles.photos.figure import credit_line
from newsroom.lib.text import excerpt

THUMB_PIXELS = 320
PREVIEW_PIXELS = 960
READ_CHARS = 200
STANDARDS = {"xmp": "XMP", "iim": "IPTC-IIM", "exif": "EXIF", "human": "written here"}
# What provenance calls a fact → (what a writer calls it, the column that holds it).
FACTS = {
    "photographer": ("Photographer", "photographer_text"),
    "agency": ("Agency", "agency_text"),
    "copyright": ("Copyright", "copyright"),
    "caption": ("Caption", "caption_default"),
    "alt": ("Alt text", "alt_default"),
    "instructions": ("Instructions", "instructions"),
    "usage_terms": ("Terms", "usage_terms"),
    "web_statement": ("Terms on the web", "license_url"),
    "place": ("Place", "place"),
}


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
        "photographer": photo.photographer_text,
        "agency": photo.agency_text,
        "has_credit": photo.has_credit,
        "state": photo.rendition_state,
        "uploaded_at": photo.uploaded_at.isoformat(),
        "read": read_from_file(photo),
    }


def read_from_file(photo: Photo) -> list[dict[str, str]]:
    """What is known of the photo, each with the standard that said so."""
    return [
        {
            "fact": label,
            "value": excerpt(str(getattr(photo, column)), max_chars=READ_CHARS),
            "standard": STANDARDS.get(photo.provenance[name], ""),
        }
        for name, (label, column) in FACTS.items()
        if name in photo.provenance and getattr(photo, column)
    ]


def picture_of(photo: Photo, width: int) -> tuple[str, int, int]:
    """The address, width and height of the public JPEG nearest to a width; "" where there is none."""
    files = [entry for entry in photo.manifest if entry["format"] == "jpeg"]
    nearest = min(files, key=lambda entry: abs(int(entry["width"]) - width), default=None)
    if nearest is None:
        return "", 0, 0
    return default_storage.url(nearest["path"]), int(nearest["width"]), int(nearest["height"])
