"""The public files of a photo, made from its private original. Pure: a file in, bytes out.

Every rendition is encoded anew: upright, in sRGB, and without any metadata but a small XMP packet
that names creator, credit, rights and licence (IPTC Photo Metadata 2025.1), so that position,
serial numbers and thumbnails never leave the house and the credit always does.

Another format is a row of ENCODERS, another crop one of articles.photos.crops. After a change of
formats, widths or settings RENDITION_VERSION grows: the sweep makes all photos' files anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image

from articles.photos import animation
from articles.photos.crops import CROPS, Crop, Cut, cuts_of
from articles.photos.decoding import flat, size_of, upright_picture
from articles.photos.opening import open_photo
from articles.photos.rights_xmp import RightsInfo, rights_packet

__all__ = [
    "RENDITION_VERSION",
    "RenditionFile",
    "RightsInfo",
    "dominant_colour",
    "quick_rendition",
    "render_renditions",
    "swatch_of",
]

RENDITION_VERSION = 4
WIDTHS = (320, 640, 960, 1280, 1920, 2560)
QUICK_WIDTH = 960
FORMATS = ("jpeg", "webp", "avif")
MAX_SIDE_PIXELS = 16_383  # WebP's limit, the smallest of the formats
SWATCH_PIXELS = 64
SWATCH_COLOURS = 8
MIDDLE = (0.5, 0.5)
MOVING = "webp"  # the format that animations are kept in


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
    # Measured (docs/performance.md, Photos): a seventh smaller than the WebP, and better.
    "avif": Encoder("AVIF", "avif", alpha=True, options={"quality": 50, "speed": 8}),
}


@dataclass(frozen=True, slots=True)
class RenditionFile:
    """One public file. format: a key of ENCODERS; width, height: in pixels; crop: its name (a row
    of articles.photos.crops), "" for the whole picture. animated: it moves (a WebP).
    """

    format: str
    width: int
    height: int
    data: bytes
    crop: str = ""
    animated: bool = False

    @property
    def extension(self) -> str:
        return ENCODERS[self.format].extension


def render_renditions(
    file: BinaryIO,
    *,
    credit: RightsInfo,
    focal: tuple[float, float] = MIDDLE,
    widths: Sequence[int] = WIDTHS,
    formats: Sequence[str] = FORMATS,
    crops: Sequence[Crop] = CROPS,
) -> Iterator[RenditionFile]:
    """The crops round the focal point as JPEG, then each width in each format, the widest first;
    the photo's own width where it is narrower.

    An animation moves in its WebP files, the narrower widths alone; all others show its first frame.
    Raises articles.photos.opening.PhotoRefused.
    """
    photo = open_photo(file)
    full = size_of(photo)
    cuts = cuts_of(full, focal, crops)
    image = upright_picture(photo, _scale(full, widths, cuts))
    xmp = rights_packet(credit)
    for cut in cuts:
        data = _encode(_cut_out(image, full, cut), ENCODERS["jpeg"], xmp)
        yield RenditionFile("jpeg", *cut.size, data=data, crop=cut.name)
    for size in _sizes(full, widths):
        # From the last larger one: a fifth of the work of resizing the original each time.
        image = image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)
        for name in formats:
            if name != MOVING or not photo.is_animated:
                yield RenditionFile(name, *size, data=_encode(image, ENCODERS[name], xmp))
    if photo.is_animated and MOVING in formats:
        yield from _moving(file, _sizes(full, [min(w, animation.MAX_WIDTH) for w in widths]), xmp)


def _moving(
    file: BinaryIO, sizes: Sequence[tuple[int, int]], xmp: bytes
) -> Iterator[RenditionFile]:
    moving = animation.read_animation(open_photo(file), sizes[0])
    for size in sizes:
        moving = moving.resized(size)
        yield RenditionFile(MOVING, *size, data=moving.webp(xmp), animated=True)


def quick_rendition(file: BinaryIO, *, credit: RightsInfo) -> RenditionFile:
    """One JPEG that a page can show at once, until the worker has made the rest.

    Raises articles.photos.opening.PhotoRefused.
    """
    return next(
        render_renditions(file, credit=credit, widths=(QUICK_WIDTH,), formats=("jpeg",), crops=())
    )


def swatch_of(file: BinaryIO) -> Image.Image:
    """The photo small, upright and in sRGB: for what is told of all of it at once.

    Raises articles.photos.opening.PhotoRefused.
    """
    photo = open_photo(file)
    return upright_picture(photo, min(1.0, SWATCH_PIXELS / min(photo.width, photo.height)))


def dominant_colour(swatch: Image.Image) -> str:
    """The commonest colour of a picture as "#rrggbb", to hold its place while it loads; "" for one
    with transparency, through which it would show.
    """
    if swatch.mode == "RGBA" and swatch.getchannel("A").getextrema() != (255, 255):
        return ""
    small = flat(swatch.resize((SWATCH_PIXELS, SWATCH_PIXELS), Image.Resampling.BOX))
    few = small.quantize(SWATCH_COLOURS)
    index = few.histogram().index(max(few.histogram()))
    red, green, blue = (few.getpalette() or [])[index * 3 : index * 3 + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _sizes(full: tuple[int, int], widths: Sequence[int]) -> list[tuple[int, int]]:
    """The sizes to make, the widest first: none over the photo's own or a format's limit."""
    width, height = full
    most = max(1, min(width, int(width * MAX_SIDE_PIXELS / height)))
    return [
        (each, min(max(1, round(height * each / width)), MAX_SIDE_PIXELS))
        for each in sorted({min(asked, most) for asked in widths}, reverse=True)
    ]


def _scale(full: tuple[int, int], widths: Sequence[int], cuts: Sequence[Cut]) -> float:
    """The share of the original's size that the largest of the files needs."""
    shares = [cut.size[0] / (cut.box[2] - cut.box[0]) for cut in cuts]
    return min(1.0, max([max(widths) / full[0], *shares]))


def _cut_out(image: Image.Image, full: tuple[int, int], cut: Cut) -> Image.Image:
    """The crop, from a picture that may have been decoded smaller than the `full` its box is of."""
    across, down = image.width / full[0], image.height / full[1]
    left, top, right, bottom = cut.box
    box = (left * across, top * down, right * across, bottom * down)
    return image.resize(cut.size, Image.Resampling.LANCZOS, box=box)


def _encode(image: Image.Image, encoder: Encoder, xmp: bytes) -> bytes:
    out = BytesIO()
    picture = image if encoder.alpha else flat(image)
    picture.save(out, encoder.pillow_format, xmp=xmp, **encoder.options)
    return out.getvalue()
