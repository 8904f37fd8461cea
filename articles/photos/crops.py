"""The boxes that crops are cut from: a focal point and a ratio in, pixels out. Pure.

Pages crop by CSS and load the whole picture. These files are for whoever can't: search engines, which
ask for 16:9, 4:3 and 1:1 with 50,000 pixels at least (Google, "Article structured data"), and the
cards of a shared link, 1200 × 630 (the Open Graph size that Facebook's sharing guide names).
"""

from collections.abc import Sequence
from dataclasses import dataclass

MIN_PIXELS = 50_000
MIN_SOCIAL_WIDTH = 600  # below it a shared link shows a thumbnail beside the text

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Crop:
    """A crop by its name in the manifest; width, height: in pixels, what a large photo gives."""

    name: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Cut:
    """How one crop is made: the box (left, top, right, bottom) of the picture, the size to make it."""

    name: str
    box: Box
    size: tuple[int, int]


SOCIAL = "social"
CROPS = (
    Crop("16:9", 1200, 675),
    Crop("4:3", 1200, 900),
    Crop("1:1", 1200, 1200),
    Crop(SOCIAL, 1200, 630),
)


def box_of(
    size: tuple[int, int], ratio: tuple[int, int], focal: tuple[float, float] = (0.5, 0.5)
) -> Box:
    """The largest box of a ratio inside a picture, as near to having the focal point in its middle
    as the edges allow. focal: shares of width and height from the left and the top, 0 to 1.
    """
    width, height = size
    if width * ratio[1] >= height * ratio[0]:
        box_width, box_height = max(1, round(height * ratio[0] / ratio[1])), height
    else:
        box_width, box_height = width, max(1, round(width * ratio[1] / ratio[0]))
    left = _start(width, box_width, focal[0])
    top = _start(height, box_height, focal[1])
    return left, top, left + box_width, top + box_height


def cuts_of(
    size: tuple[int, int], focal: tuple[float, float], crops: Sequence[Crop] = CROPS
) -> list[Cut]:
    """The crops that a picture is large enough for, none of them enlarged."""
    cuts = []
    for crop in crops:
        box = box_of(size, (crop.width, crop.height), focal)
        width, height = box[2] - box[0], box[3] - box[1]
        if width >= crop.width and height >= crop.height:
            width, height = crop.width, crop.height
        too_narrow = crop.name == SOCIAL and width < MIN_SOCIAL_WIDTH
        if width * height >= MIN_PIXELS and not too_narrow:
            cuts.append(Cut(crop.name, box, (width, height)))
    return cuts


def _start(whole: int, part: int, focal: float) -> int:
    return min(max(round(focal * whole - part / 2), 0), whole - part)
