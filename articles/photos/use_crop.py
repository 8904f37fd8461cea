"""How one use frames its photo: a shape, and the point that stays in the picture. Pure.

Stored in `PhotoUse.crop` and in drafts as `{"ratio": "16:9", "x": 0.3, "y": 0.6}`; what is not in
it is the photo's own, and `{}` is the photo as it is.
"""

from dataclasses import dataclass
from math import isfinite
from typing import Any

# The shapes a page knows (static/css/components/focal.css), width by height.
RATIOS = {"16:9": 16 / 9, "4:3": 4 / 3, "1:1": 1.0}
ORIGINAL = "original"
# A hundredth of the picture is finer than a finger, and what the fields of a form show.
PLACES = 2


@dataclass(frozen=True, slots=True)
class UseCrop:
    """`ratio`: a key of RATIOS, "" for the photo's own shape. `point`: how far from the left and
    the top, each 0 to 1; None for the photo's own.
    """

    ratio: str = ""
    point: tuple[float, float] | None = None


def crop_of(stored: Any) -> UseCrop:
    """What a stored crop says; what it says wrongly is the photo's own."""
    if not isinstance(stored, dict):
        return UseCrop()
    ratio = stored.get("ratio", "")
    x, y = _share(stored.get("x")), _share(stored.get("y"))
    return UseCrop(
        ratio if isinstance(ratio, str) and ratio in RATIOS else "",
        None if x is None or y is None else (x, y),
    )


def tidy_crop(stored: Any) -> dict[str, Any]:
    """The crop as it is stored: `{}` where it says nothing of its own."""
    crop = crop_of(stored)
    if crop.point is None:
        return {"ratio": crop.ratio} if crop.ratio else {}
    x, y = crop.point
    return {"ratio": crop.ratio or ORIGINAL, "x": x, "y": y}


def _share(value: Any) -> float | None:
    """A number from 0 to 1, to hundredths; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # A whole number may be too large for a float.
    if not (isfinite(value) if isinstance(value, float) else -1 <= value <= 1):
        return None
    return round(float(value), PLACES) if 0 <= value <= 1 else None
