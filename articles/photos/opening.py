"""The door that every picture file comes through: limits and format first, a parser second.

The limits follow Pillow's own advice on untrusted files (its handbook, "Security"): a list of
formats instead of all 43 parsers, a cap on pixels from the header, one on frames, a full decode.
"""

import hashlib
import re
import struct
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

from PIL import Image

from articles.photos.costly import ODDLY_BUILT, TooCostly, check_cost
from articles.photos.gif import GifBlocks, gif_blocks

MAX_FILE_BYTES = 40 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_FRAMES = 300
MAX_ANIMATION_PIXELS = 30_000_000  # of all frames together: they are decoded at once

# Format → the Pillow plugins that may read it. A phone's JPEG with a second picture is an MPO; HEIC
# comes in by articles.photos.heic.
PLUGINS: dict[str, tuple[str, ...]] = {
    "JPEG": ("JPEG", "MPO"),
    "PNG": ("PNG",),
    "WEBP": ("WEBP",),
    "AVIF": ("AVIF",),
    "GIF": ("GIF",),
}
_HEIC = re.compile(rb"....ftyp(?:hei[cfmsx]|mif1|hevc)", re.DOTALL)
_SIGNATURES = (
    (re.compile(rb"\xff\xd8\xff"), "JPEG"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "PNG"),
    (re.compile(rb"GIF8[79]a"), "GIF"),
    (re.compile(rb"RIFF....WEBPVP8", re.DOTALL), "WEBP"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "AVIF"),
    (_HEIC, "HEIC"),
)
_OTHERS = (
    (
        re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<(?=[\s\S]*<?svg)", re.IGNORECASE),
        "an SVG drawing",
    ),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<"), "a page or XML file"),
    (re.compile(rb"%PDF"), "a PDF"),
    (re.compile(rb"PK\x03\x04"), "a ZIP archive"),
    (re.compile(rb"MZ|\x7fELF"), "a program"),
    (_HEIC, "a HEIC photo"),
    (re.compile(rb"....ftyp", re.DOTALL), "a video"),
    (re.compile(rb"II\*\0|MM\0\*"), "a TIFF or raw file"),
    (re.compile(rb"BM"), "a BMP"),
    (re.compile(rb"8BPS"), "a Photoshop file"),
)
_SUFFIXES = {
    ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".avif": "AVIF", ".gif": "GIF",
}  # fmt: skip
# What Pillow's parsers raise on a broken file.
PARSE_ERRORS = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, OverflowError, RuntimeError,
    struct.error, zlib.error,
)  # fmt: skip


SAVE_AGAIN = "Save the photo again as a plain JPEG and send that."


class PhotoRefused(ValueError):
    """An upload that is not taken. str() says why and what to do, for a person; `code` is one of
    empty, too_large, not_a_photo, too_many_pixels, too_many_frames, too_costly, damaged."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class OpenedPhoto:
    """A file within the limits, its header read and its pixels not yet.

    width, height: as stored, in pixels. format: a key of PLUGINS. image: of the first frame.
    """

    image: Image.Image
    format: str
    width: int
    height: int
    frames: int
    sha256: str
    size_bytes: int

    @property
    def is_animated(self) -> bool:
        """A JPEG (MPO) or HEIC with further pictures is not: its first is the photo."""
        return self.frames > 1 and self.format not in {"JPEG", "HEIC"}


def open_photo(file: BinaryIO, *, name: str = "") -> OpenedPhoto:
    """Read a file's header. `name` is what the upload was called; it is never believed.

    Raises PhotoRefused.
    """
    data = _read(file)
    format_name = sniff(data, name)
    try:
        check_cost(data, format_name, max_pixels=MAX_PIXELS)
        gif = _gif_within_limits(data) if format_name == "GIF" else None
        image = Image.open(BytesIO(data), formats=PLUGINS[format_name])
        width, height = image.size
        _check_pixels(width, height)
        frames = gif.frames if gif else int(getattr(image, "n_frames", 1))
    except PhotoRefused:
        raise
    except TooCostly as error:
        raise PhotoRefused("too_costly", f"{error} {SAVE_AGAIN}") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except PARSE_ERRORS as error:
        raise damaged() from error
    opened = OpenedPhoto(
        image=image,
        format=format_name,
        width=width,
        height=height,
        frames=frames,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
    )
    _check_frames(opened)
    return opened


def load_pixels(image: Image.Image) -> None:
    """Decode the whole picture (`Image.verify` lets truncated files pass).

    Raises PhotoRefused for a damaged one.
    """
    try:
        image.load()
    except PARSE_ERRORS as error:
        raise damaged() from error


def damaged() -> PhotoRefused:
    return PhotoRefused(
        "damaged",
        f"This file is damaged or incomplete. {SAVE_AGAIN}",
    )


def _read(file: BinaryIO) -> bytes:
    file.seek(0)
    data = file.read(MAX_FILE_BYTES + 1)
    if not data:
        raise PhotoRefused("empty", "This file is empty. Choose the photo again.")
    if len(data) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1024 // 1024
        raise PhotoRefused(
            "too_large",
            f"This file is larger than {limit} MB. Save the photo smaller and send that.",
        )
    return data


def sniff(
    data: bytes,
    name: str = "",
    *,
    formats: Collection[str] | None = None,
    wanted: str = "a JPEG, PNG, WebP, AVIF or GIF picture",
) -> str:
    """The format that a file's first bytes are of, before any decoder sees them.

    Raises PhotoRefused (not_a_photo) for one that isn't among `formats` (None: those of photos);
    `wanted` says what is.
    """
    formats = PLUGINS.keys() if formats is None else formats
    head = data[:1024]
    known = next((kind for signature, kind in _SIGNATURES if signature.match(head)), "")
    if known in formats:
        return known
    found = next((what for signature, what in _OTHERS if signature.match(head)), None)
    other = f"of the kind {known}" if known else "not a photo that we know"
    what = f"is {found or other}"
    suffix = PurePath(name).suffix.lower()
    if _SUFFIXES.get(suffix) in formats:
        what += f", though its name ends in {suffix}"
    raise PhotoRefused("not_a_photo", f"This file {what}. Send {wanted}.")


def _gif_within_limits(data: bytes) -> GifBlocks:
    """Its frames may be larger than the canvas that its header names."""
    gif = gif_blocks(data, max_frames=MAX_FRAMES)
    if gif.too_many:
        raise TooCostly(ODDLY_BUILT)
    _check_pixels(gif.width, gif.height)
    return gif


def _check_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()


def _check_frames(photo: OpenedPhoto) -> None:
    if photo.frames > MAX_FRAMES:
        raise PhotoRefused(
            "too_many_frames", f"This file has more than {MAX_FRAMES} frames. Send a still picture."
        )
    if photo.is_animated and photo.frames * photo.width * photo.height > MAX_ANIMATION_PIXELS:
        megapixels = MAX_ANIMATION_PIXELS // 1_000_000
        raise PhotoRefused(
            "too_many_frames",
            f"This animation has {photo.frames} frames with more than {megapixels} megapixels in all. "
            "Save it smaller or as a video, or send a still picture.",
        )


def _too_many_pixels() -> PhotoRefused:
    megapixels = MAX_PIXELS // 1_000_000
    return PhotoRefused(
        "too_many_pixels",
        f"This picture has more than {megapixels} megapixels. Save it smaller and send that.",
    )
