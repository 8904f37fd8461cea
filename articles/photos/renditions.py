"""The public files of a photo, made from its private original. Pure: a file in, bytes out.

Every rendition is encoded anew: upright, in sRGB, and without any metadata but a small XMP packet
that names creator, credit, rights and licence (IPTC Photo Metadata 2025.1), so that position,
serial numbers and thumbnails never leave the house and the credit always does.

Another format is a row of ENCODERS; a crop is a box taken from the upright picture. After a change
of formats, widths or settings RENDITION_VERSION grows: the sweep makes all photos' files anew.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image, ImageCms

from articles.photos.opening import load_pixels, open_photo
from articles.photos.orientation import display_size, found_orientation, upright
from articles.photos.rights_xmp import RightsInfo, rights_packet

__all__ = [
    "RENDITION_VERSION",
    "RenditionFile",
    "RightsInfo",
    "dominant_colour",
    "quick_rendition",
    "render_renditions",
]

RENDITION_VERSION = 1
WIDTHS = (320, 640, 960, 1280, 1920)
QUICK_WIDTH = 960
FORMATS = ("jpeg", "webp", "avif")
MAX_SIDE_PIXELS = 16_383  # WebP's limit, the smallest of the formats
# A JPEG is decoded at no less than this times the widest rendition; less would show.
DRAFT_MARGIN = 1.5
SWATCH_PIXELS = 64
SWATCH_COLOURS = 8


@dataclass(frozen=True, slots=True)
class Encoder:
    """How a format is written: Pillow's name and options for it, its file extension."""

    pillow_format: str
    extension: str
    alpha: bool
    options: dict[str, Any]


ENCODERS = {
    "jpeg": Encoder("JPEG", "jpg", alpha=False, options={"quality": 76, "progressive": True}),
    "webp": Encoder("WEBP", "webp", alpha=True, options={"quality": 75, "method": 4}),
    # Measured in the design (editorial.md): speed 8 is six times as quick and a fifth larger.
    "avif": Encoder("AVIF", "avif", alpha=True, options={"quality": 60, "speed": 6}),
}


@dataclass(frozen=True, slots=True)
class RenditionFile:
    """One public file. format: a key of ENCODERS; width, height: in pixels."""

    format: str
    width: int
    height: int
    data: bytes

    @property
    def extension(self) -> str:
        return ENCODERS[self.format].extension


def render_renditions(
    file: BinaryIO,
    *,
    credit: RightsInfo,
    widths: Sequence[int] = WIDTHS,
    formats: Sequence[str] = FORMATS,
) -> Iterator[RenditionFile]:
    """Each width in each format, the widest first; the photo's own width where it is narrower.

    Of an animation the first frame. Raises articles.photos.opening.PhotoRefused.
    """
    image, width, height = _upright_picture(file, max(widths))
    most = max(1, min(width, int(width * MAX_SIDE_PIXELS / height)))
    xmp = rights_packet(credit)
    for each in sorted({min(asked, most) for asked in widths}, reverse=True):
        size = (each, min(max(1, round(height * each / width)), MAX_SIDE_PIXELS))
        # From the last larger one: a fifth of the work of resizing the original each time.
        image = image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)
        for name in formats:
            yield RenditionFile(name, *size, data=_encode(image, ENCODERS[name], xmp))


def quick_rendition(file: BinaryIO, *, credit: RightsInfo) -> RenditionFile:
    """One JPEG that a page can show at once, until the worker has made the rest.

    Raises articles.photos.opening.PhotoRefused.
    """
    return next(render_renditions(file, credit=credit, widths=(QUICK_WIDTH,), formats=("jpeg",)))


def dominant_colour(file: BinaryIO) -> str:
    """The commonest colour of a photo as "#rrggbb", to hold its place while it loads.

    Raises articles.photos.opening.PhotoRefused.
    """
    image, _, _ = _upright_picture(file, SWATCH_PIXELS)
    swatch = _flat(image.resize((SWATCH_PIXELS, SWATCH_PIXELS), Image.Resampling.BOX))
    few = swatch.quantize(SWATCH_COLOURS)
    index = few.histogram().index(max(few.histogram()))
    red, green, blue = (few.getpalette() or [])[index * 3 : index * 3 + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _upright_picture(file: BinaryIO, widest: int) -> tuple[Image.Image, int, int]:
    """The picture upright, in sRGB and no smaller than `widest` asks for; its full width, height."""
    photo = open_photo(file)
    image = photo.image
    orientation = found_orientation(image)
    width, height = display_size(photo.width, photo.height, orientation=orientation)
    scale = min(1.0, DRAFT_MARGIN * widest / width)
    # Both sides in the photo's own ratio: Pillow ignores a draft that fits one of them only.
    image.draft(None, (math.ceil(photo.width * scale), math.ceil(photo.height * scale)))
    load_pixels(image)
    image = upright(_in_srgb(image), orientation)
    image.info.clear()
    return image, width, height


def _in_srgb(image: Image.Image) -> Image.Image:
    """RGB or, with transparency, RGBA in sRGB; a profile that can't be used is left out."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    plain = image if image.mode in {"RGB", "L", "CMYK"} else image.convert("RGB")
    converted = _by_profile(plain, profile) if profile else plain.convert("RGB")
    if alpha is not None:
        converted.putalpha(alpha)
    return converted


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        converted = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        converted = None
    return converted or image.convert("RGB")


def _flat(image: Image.Image) -> Image.Image:
    """Without transparency, on white."""
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, (255, 255, 255))
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _encode(image: Image.Image, encoder: Encoder, xmp: bytes) -> bytes:
    out = BytesIO()
    picture = image if encoder.alpha else _flat(image)
    picture.save(out, encoder.pillow_format, xmp=xmp, **encoder.options)
    return out.getvalue()
