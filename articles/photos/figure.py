"""From a PhotoUse row to what the one figure partial needs, wherever a photo stands."""

from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage

from articles.models import Photo, PhotoUse
from articles.photos.credits import PhotoCredit, format_credit
from articles.photos.srcset import MIME_TYPES, RenditionRow, picture_sources

# The house form says "Photo:" and names people and agencies; what these say it can't.
KINDS_AS_WRITTEN = frozenset({"social", "screenshot", "courtesy", "handout", "archive", "file"})
HERO_SIZES = "(min-width: 75rem) 70rem, 100vw"
CARD_SIZES = "(min-width: 64rem) 22rem, 100vw"


@dataclass(frozen=True, slots=True)
class FigureView:
    """One photo as a reader gets it. `missing`: there is no file to show, only what is known.
    `withdrawn`: there may be a file, and nobody is to see it any more. `focal_x`, `focal_y`: what a
    crop must keep, in tenths from the left and the top (static/css/components/focal.css).
    """

    caption: str
    credit: str
    alt: str
    src: str
    width: int
    height: int
    sources: tuple[tuple[str, str], ...]
    sizes: str
    hero: bool
    missing: bool
    withdrawn: bool = False
    focal_x: int = 5
    focal_y: int = 5


def credit_line(use: PhotoUse) -> str:
    """The credit as printed: this use's override, the photo's, or the house form of its parts."""
    photo = use.photo
    if use.credit_override or photo.credit_override:
        return use.credit_override or photo.credit_override
    if photo.credit_raw and photo.credit_kind in KINDS_AS_WRITTEN:
        return photo.credit_raw
    return format_credit(
        PhotoCredit.of(
            photographers=photographers(photo),
            agency=photo.agency_text or (photo.agency.name if photo.agency else None),
            via=photo.via.name if photo.via_id and photo.via else None,
            for_client=photo.client or None,
            kind=photo.credit_kind,
            raw=photo.credit_raw or None,
        )
    )


def photographers(photo: Photo) -> tuple[str, ...]:
    """The names of who took it: the contributor's, or those of the credit line."""
    if photo.photographer:
        return (photo.photographer.name,)
    return tuple(name.strip() for name in photo.photographer_text.split(";") if name.strip())


def figure_view(use: PhotoUse | None, *, hero: bool = False, sizes: str = "") -> FigureView | None:
    """The figure of a use; None where there is no photo. `hero` loads first, all others lazily."""
    if use is None:
        return None
    withdrawn = is_withdrawn(use.photo)
    manifest = () if withdrawn else use.photo.manifest
    files = [entry for entry in manifest if entry["format"] in MIME_TYPES]
    fallback = [entry for entry in files if entry["format"] == "jpeg"] or files
    largest = max(fallback, key=lambda entry: int(entry["width"]), default=None)
    middle = min(fallback, key=lambda entry: abs(int(entry["width"]) - 960), default=None)
    return FigureView(
        caption=use.caption_text,
        credit=credit_line(use),
        alt=use.alt_text,
        src=default_storage.url(middle["path"]) if middle else "",
        width=int(largest["width"]) if largest else use.photo.width,
        height=int(largest["height"]) if largest else use.photo.height,
        sources=tuple((source.type, source.srcset) for source in picture_sources(_rows(files))),
        sizes=sizes or (HERO_SIZES if hero else CARD_SIZES),
        hero=hero,
        missing=middle is None,
        withdrawn=withdrawn,
        focal_x=round(use.photo.focal_x * 10),
        focal_y=round(use.photo.focal_y * 10),
    )


@dataclass(frozen=True, slots=True)
class Face:
    """A portrait beside a byline: small, with its credit."""

    src: str
    width: int
    height: int
    credit: str


def face_of(photo: Photo | None) -> Face | None:
    """The smallest public file of a portrait; None where there is none to show."""
    if photo is None or is_withdrawn(photo):
        return None
    small = min(
        (entry for entry in photo.manifest if entry["format"] == "jpeg"),
        key=lambda entry: int(entry["width"]),
        default=None,
    )
    if small is None:
        return None
    url = default_storage.url(small["path"])
    return Face(url, int(small["width"]), int(small["height"]), credit_line(PhotoUse(photo=photo)))


def is_withdrawn(photo: Photo) -> bool:
    """Whether its rights have ended: then no page and no machine gets its address."""
    return photo.status in {Photo.Status.EXPIRED, Photo.Status.REMOVED}


def _rows(files: list[dict[str, Any]]) -> list[RenditionRow]:
    return [
        RenditionRow(f["format"], int(f["width"]), int(f["height"]), default_storage.url(f["path"]))
        for f in files
    ]
