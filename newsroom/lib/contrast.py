"""Contrast of colours by WCAG 2.2, and the colour tokens of a stylesheet. Pure."""

import re

STEPS = 64  # between a colour and black or white, when a near one is looked for

TOKEN = re.compile(r"--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\);")


def luminance(colour: str) -> float:
    """ "Relative luminance" of #rrggbb: 0 is black, 1 is white."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def nearest(colour: str, ground: str, needed: float) -> str:
    """The colour least far from this one, towards black or white, that has a contrast of `needed`
    on the ground; "" where not even these have it.
    """
    for step in range(STEPS + 1):
        for end in ("#000000", "#ffffff"):
            found = _mixed(colour, end, step / STEPS)
            if contrast(found, ground) >= needed:
                return found
    return ""


def _mixed(one: str, other: str, share: float) -> str:
    """`share` (0 to 1) of the other colour in this one."""
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def colour_tokens(css: str) -> dict[str, tuple[str, str]]:
    """{"color-paper": ("#light", "#dark")} of a sheet that writes its colours as light-dark()."""
    return {name: (light, dark) for name, light, dark in TOKEN.findall(css)}
