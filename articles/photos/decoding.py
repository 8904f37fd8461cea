"""From an opened file to its pixels: upright, in sRGB, no larger than asked for. Pure."""

import math
from io import BytesIO

from PIL import Image, ImageCms

from articles.photos.opening import OpenedPhoto, load_pixels
from articles.photos.orientation import display_size, found_orientation, upright

# A picture is decoded at no less than this times what is made of it (docs/performance.md, Photos).
DRAFT_MARGIN = 1.15
STRIP_LINES = 512


def size_of(photo: OpenedPhoto) -> tuple[int, int]:
    """Width and height of the picture when it stands upright, in pixels."""
    return display_size(photo.width, photo.height, orientation=found_orientation(photo.image))


def upright_picture(photo: OpenedPhoto, scale: float) -> Image.Image:
    """The first frame upright, in sRGB (RGB, or RGBA where it is transparent), at no less than
    `scale` (0 to 1) of its size and without any metadata.

    Raises articles.photos.opening.PhotoRefused.
    """
    image = photo.image
    orientation = found_orientation(image)
    share = min(1.0, DRAFT_MARGIN * scale)
    wanted = (math.ceil(photo.width * share), math.ceil(photo.height * share))
    # Both sides in the photo's own ratio: Pillow ignores a draft that fits one of them only.
    image.draft(None, wanted)
    load_pixels(image)
    profile = image.info.get("icc_profile")
    image = in_srgb(_reduced(plain_mode(image), wanted), profile)
    image = upright(image, orientation)
    image.info.clear()
    return image


def flat(image: Image.Image) -> Image.Image:
    """RGB, with what is transparent on white."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    ground = Image.new("RGB", image.size, (255, 255, 255))
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def plain_mode(image: Image.Image) -> Image.Image:
    """L, RGB, CMYK or RGBA: what can be made smaller and converted by a profile."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image if image.mode in {"RGB", "L", "CMYK"} else image.convert("RGB")


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB or, with transparency, RGBA in sRGB; a profile that can't be used is left out."""
    if not profile:
        return image if image.mode in {"RGB", "RGBA"} else image.convert("RGB")
    converted = _by_profile(image.convert("RGB") if image.mode == "RGBA" else image, profile)
    if image.mode == "RGBA":
        converted.putalpha(image.getchannel("A"))
    return converted


def _reduced(image: Image.Image, wanted: tuple[int, int]) -> Image.Image:
    """Shrunk by a whole number, to no less than `wanted`: what follows works on fewer pixels.

    In strips, because Pillow copies all of a picture with transparency before it shrinks it.
    """
    factor = min(image.width // wanted[0], image.height // wanted[1])
    if factor < 2:
        return image
    small = Image.new(image.mode, (-(-image.width // factor), -(-image.height // factor)))
    lines = STRIP_LINES // factor * factor or factor
    for top in range(0, image.height, lines):
        strip = image.crop((0, top, image.width, min(top + lines, image.height)))
        small.paste(strip.reduce(factor), (0, top // factor))
    return small


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if source.profile.xcolor_space.strip() == "GRAY":
            image = image.convert("L")
        srgb = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        converted = None
    return converted or image.convert("RGB")
