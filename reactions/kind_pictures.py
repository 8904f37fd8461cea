"""The picture of a kind, made from an upload: PNG or WebP in, a small square WebP out. Pure.

What is stored is never the upload but its pixels encoded anew, so that nothing else of it stays. No
SVG: it is a document with scripts, not a picture. What moves stops after five seconds (WCAG 2.2.2)
and has a still for readers who want no motion.
"""

import struct
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO

from PIL import Image

from articles.photos.animation import Animation, read_animation
from articles.photos.decoding import size_of, upright_picture
from articles.photos.opening import OpenedPhoto, PhotoRefused, open_photo, sniff

__all__ = ["KindPicture", "PhotoRefused", "read_picture"]

FORMATS = ("PNG", "WEBP")
WANTED = "a PNG or WebP picture"
SIDE = 96  # pixels: 32 on a page, three times as dense on a good screen
MIN_SIDE = 24
MAX_BYTES = 1_000_000
MAX_PIXELS = 4_000_000
MAX_FRAMES = 60
MAX_MILLISECONDS = 5_000
MIN_FRAME_MILLISECONDS = 20  # browsers take less for a tenth of a second
MAX_MADE_BYTES = 60_000  # every reader of a story loads it


@dataclass(frozen=True, slots=True)
class KindPicture:
    """WebP files. moving: empty for a picture that stands still anyway."""

    still: bytes
    moving: bytes = b""


def read_picture(file: BinaryIO, *, name: str = "") -> KindPicture:
    """The files for a kind. `name` is what the upload was called; it is never believed.

    Raises PhotoRefused, in words for a person.
    """
    photo = _open(file, name)
    size = _fitting(size_of(photo))
    if not photo.is_animated:
        upright = upright_picture(photo, min(1.0, max(size) / max(photo.width, photo.height)))
        return KindPicture(_still(_squared(upright.resize(size, Image.Resampling.LANCZOS))))
    animation = read_animation(photo, size)
    frames = [_squared(frame) for frame in animation.frames]
    moving = _in_time(replace(animation, frames=frames)).webp(b"")
    if len(moving) > MAX_MADE_BYTES:
        raise PhotoRefused(
            "too_large",
            f"At {SIDE} pixels this animation still has {len(moving) // 1_000} KB, and every reader "
            f"would load it: {MAX_MADE_BYTES // 1_000} KB at most. Leave out frames.",
        )
    return KindPicture(_still(frames[0]), moving)


def _open(file: BinaryIO, name: str) -> OpenedPhoto:
    """The upload within our limits: kind, bytes and size are read before a decoder starts."""
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if not data:
        raise PhotoRefused("empty", "This file is empty. Choose the picture again.")
    format_name = sniff(data, name, formats=FORMATS, wanted=WANTED)
    if len(data) > MAX_BYTES:
        raise PhotoRefused(
            "too_large",
            f"This file is larger than 1 MB. It is shown at {SIDE // 3} pixels: save it smaller.",
        )
    _check_size(*_size_in_header(data, format_name))
    photo = open_photo(BytesIO(data), name=name)
    _check_size(photo.width, photo.height)
    if photo.is_animated and photo.frames > MAX_FRAMES:
        raise PhotoRefused(
            "too_many_frames",
            f"This animation has {photo.frames} frames, and {MAX_FRAMES} is the most.",
        )
    return photo


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise PhotoRefused(
            "too_many_pixels",
            f"This picture has more than {MAX_PIXELS // 1_000_000} megapixels. Save it smaller.",
        )
    if max(width, height) < MIN_SIDE:
        raise PhotoRefused("too_small", f"This picture is too small: {MIN_SIDE} pixels at least.")


def _size_in_header(data: bytes, format_name: str) -> tuple[int, int]:
    """Width and height as the first bytes say (PNG: IHDR; WebP: RFC 9649, 2.5 to 2.7). A header that
    is none is the decoder's to refuse: then the least that passes.
    """
    head = data[:30].ljust(30, b"\0")
    if format_name == "PNG":
        width, height = struct.unpack(">II", head[16:24])
    elif head[12:16] == b"VP8X":
        width, height = (1 + int.from_bytes(head[at : at + 3], "little") for at in (24, 27))
    elif head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    else:
        width, height = (each & 0x3FFF for each in struct.unpack("<HH", head[26:30]))
    return (width, height) if width and height else (MIN_SIDE, MIN_SIDE)


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The size within the square; nothing is made larger."""
    share = min(1.0, SIDE / max(size))
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def _squared(image: Image.Image) -> Image.Image:
    side = max(image.size)
    square = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    square.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
    return square


def _still(square: Image.Image) -> bytes:
    """Drawings are smaller without loss, photographs with it."""
    return min((_webp(square, lossless=each) for each in (True, False)), key=len)


def _webp(square: Image.Image, *, lossless: bool) -> bytes:
    out = BytesIO()
    square.save(out, "WEBP", lossless=lossless, quality=88, method=6)
    return out.getvalue()


def _in_time(animation: Animation) -> Animation:
    """As often as it fits into five seconds."""
    milliseconds = [max(each, MIN_FRAME_MILLISECONDS) for each in animation.milliseconds]
    total = sum(milliseconds)
    if total > MAX_MILLISECONDS:
        raise PhotoRefused(
            "too_long",
            f"This animation plays for {total / 1_000:.1f} seconds. What moves beside a text has to "
            "stop after five (WCAG 2.2.2): make it shorter.",
        )
    times = MAX_MILLISECONDS // total
    loop = min(animation.loop or times, times)
    return Animation(animation.frames, milliseconds, loop)
