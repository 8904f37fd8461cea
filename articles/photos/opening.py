"""The door that every picture file comes through: limits and format first, a parser second.

The limits follow Pillow's own advice on untrusted files (its handbook, "Security"): a list of
formats instead of all 43 parsers, a cap on pixels from the header, one on frames, a full decode.
"""

import hashlib
import re
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

from PIL import Image

MAX_FILE_BYTES = 40 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_FRAMES = 300

# Format → the Pillow plugins that may read it. A phone's JPEG with a second picture is an MPO.
PLUGINS = {
    "JPEG": ("JPEG", "MPO"),
    "PNG": ("PNG",),
    "WEBP": ("WEBP",),
    "AVIF": ("AVIF",),
    "GIF": ("GIF",),
}
_SIGNATURES = (
    (re.compile(rb"\xff\xd8\xff"), "JPEG"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "PNG"),
    (re.compile(rb"GIF8[79]a"), "GIF"),
    (re.compile(rb"RIFF....WEBPVP8", re.DOTALL), "WEBP"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "AVIF"),
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
    (re.compile(rb"....ftyp(?:hei[cfmsx]|mif1|hevc)", re.DOTALL), "a HEIC photo"),
    (re.compile(rb"....ftyp", re.DOTALL), "a video"),
    (re.compile(rb"II\*\0|MM\0\*"), "a TIFF or raw file"),
    (re.compile(rb"BM"), "a BMP"),
    (re.compile(rb"8BPS"), "a Photoshop file"),
)
_PHOTO_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"})
# What Pillow's parsers raise on a broken file.
PARSE_ERRORS = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, OverflowError, RuntimeError,
    struct.error, zlib.error,
)  # fmt: skip


class PhotoRefused(ValueError):
    """An upload that is not taken. str() says why and what to do, for a person; `code` is one of
    empty, too_large, not_a_photo, too_many_pixels, too_many_frames, damaged."""

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


def open_photo(file: BinaryIO, *, name: str = "") -> OpenedPhoto:
    """Read a file's header. `name` is what the upload was called; it is never believed.

    Raises PhotoRefused.
    """
    data = _read(file)
    format_name = _sniff(data, name)
    try:
        image = Image.open(BytesIO(data), formats=PLUGINS[format_name])
        width, height = image.size
        _check_pixels(width, height)
        frames = _gif_frames(data) if format_name == "GIF" else int(getattr(image, "n_frames", 1))
    except PhotoRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except PARSE_ERRORS as error:
        raise damaged() from error
    if frames > MAX_FRAMES:
        raise PhotoRefused(
            "too_many_frames", f"This file has more than {MAX_FRAMES} frames. Send a still picture."
        )
    return OpenedPhoto(
        image=image,
        format=format_name,
        width=width,
        height=height,
        frames=frames,
        sha256=hashlib.sha256(data).hexdigest(),
    )


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
        "This file is damaged or incomplete. Save the photo again as a JPEG and send that.",
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


def _sniff(data: bytes, name: str) -> str:
    head = data[:1024]
    for signature, format_name in _SIGNATURES:
        if signature.match(head):
            return format_name
    found = next((what for signature, what in _OTHERS if signature.match(head)), None)
    what = f"is {found}" if found else "is not a photo that we know"
    suffix = PurePath(name).suffix.lower()
    if suffix in _PHOTO_SUFFIXES:
        what += f", though its name ends in {suffix}"
    raise PhotoRefused(
        "not_a_photo", f"This file {what}. Send a JPEG, PNG, WebP, AVIF or GIF picture."
    )


def _check_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> PhotoRefused:
    megapixels = MAX_PIXELS // 1_000_000
    return PhotoRefused(
        "too_many_pixels",
        f"This picture has more than {megapixels} megapixels. Save it smaller and send that.",
    )


def _gif_frames(data: bytes) -> int:
    """Frames of a GIF, counted by its blocks up to one more than we take (GIF89a, section 20 ff.).

    Pillow's `n_frames` would walk through all of them.
    """
    at = 13 + _gif_colours(data[10])
    frames = 0
    while at < len(data) and frames <= MAX_FRAMES:
        block = data[at]
        if block == 0x2C and at + 9 < len(data):
            frames += 1
            at += 11 + _gif_colours(data[at + 9])
        elif block == 0x21:
            at += 2
        else:
            break
        while at < len(data) and data[at]:
            at += 1 + data[at]
        at += 1
    return max(frames, 1)


def _gif_colours(flags: int) -> int:
    """Bytes of the colour table that a flags byte announces."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0
