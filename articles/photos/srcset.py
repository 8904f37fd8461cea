"""The `<source>`s of a `<picture>`, from the rows of a photo's renditions."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

MIME_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}


class RenditionRow(NamedTuple):
    """A public file: format (a key of MIME_TYPES), size in pixels, where a reader gets it."""

    format: str
    width: int
    height: int
    url: str


@dataclass(frozen=True, slots=True)
class PictureSource:
    """One `<source>`: media type and srcset."""

    type: str
    srcset: str


def srcset(rows: Iterable[RenditionRow]) -> str:
    """ "a.webp 320w, b.webp 640w", the narrowest first; spaces and commas of a URL are escaped."""
    ordered = sorted(rows, key=attrgetter("width"))
    return ", ".join(f"{_escaped(row.url)} {row.width}w" for row in ordered)


def picture_sources(rows: Iterable[RenditionRow]) -> tuple[PictureSource, ...]:
    """One source per format, the best compressed first; formats we don't know are left out."""
    kept = list(rows)
    by_format = {name: [row for row in kept if row.format == name] for name in MIME_TYPES}
    return tuple(
        PictureSource(MIME_TYPES[name], srcset(found)) for name, found in by_format.items() if found
    )


def _escaped(url: str) -> str:
    """The HTML standard splits a srcset at spaces, and at commas that end a URL."""
    return url.replace(" ", "%20").replace(",", "%2C")
