"""What a photo's row lists: its public files, whole ones and crops. Pure: entries in, entries out.

An entry: format, width, height, path, bytes; "crop" (a name of articles.photos.crops) on a crop;
"animated" on a file that moves.
"""

from collections.abc import Iterable
from typing import Any

Entry = dict[str, Any]


def whole(manifest: Iterable[Entry]) -> list[Entry]:
    """The files that show the whole picture: what a page's `<picture>` is made of."""
    return [entry for entry in manifest if not entry.get("crop")]


def jpegs(manifest: Iterable[Entry]) -> list[Entry]:
    """The whole pictures that anything can show."""
    return [entry for entry in whole(manifest) if entry["format"] == "jpeg"]


def smallest(manifest: Iterable[Entry]) -> Entry | None:
    """The narrowest whole JPEG."""
    return min(jpegs(manifest), key=_width, default=None)


def largest(manifest: Iterable[Entry]) -> Entry | None:
    """The widest whole JPEG."""
    return max(jpegs(manifest), key=_width, default=None)


def nearest(manifest: Iterable[Entry], width: int) -> Entry | None:
    """The whole JPEG whose width is nearest to `width` (pixels)."""
    return min(jpegs(manifest), key=lambda entry: abs(_width(entry) - width), default=None)


def crop_in(manifest: Iterable[Entry], name: str) -> Entry | None:
    """The crop of this name; None where the photo is too small for it or it isn't made yet."""
    return next((entry for entry in manifest if entry.get("crop") == name), None)


def _width(entry: Entry) -> int:
    return int(entry["width"])
