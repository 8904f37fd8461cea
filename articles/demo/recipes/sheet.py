"""What a sheet of paper is made of: its grain, its shadow."""

from random import Random

from PIL import Image, ImageChops

from articles.demo.paint import (
    SOFT_SCALE,
    cloud,
    moved,
    soften,
)
from articles.demo.palettes import Colour

BLACK: Colour = (0, 0, 0)


WHITE: Colour = (255, 255, 255)


Point = tuple[float, float]


def shadowed(
    picture: Image.Image, mask: Image.Image, *, shift: tuple[int, int], blur: float, level: float
) -> Image.Image:
    """The picture with the mask's soft shadow on it; blurred small, for speed."""
    small = soften(mask.reduce(SOFT_SCALE), blur / SOFT_SCALE).resize(
        mask.size, Image.Resampling.BICUBIC
    )
    shade = moved(small, *shift).point(lambda value: 255 - value * level)
    return ImageChops.multiply(picture, Image.merge("RGB", [shade] * 3))


def tooth(size: tuple[int, int], random: Random) -> Image.Image:
    """The grain of a sheet (mode RGB, near white): slow stains."""
    slow = cloud(size, random, cells=4, octaves=5).point(lambda value: 228 + value * 0.1)
    return Image.merge("RGB", [slow] * 3)


def fibres(paper: Image.Image, colour: Colour) -> Image.Image:
    """A sheet of that colour, with the grain of `tooth`."""
    return ImageChops.multiply(Image.new("RGB", paper.size, colour), paper)
