"""Contrast of colours by WCAG 2.2, and the colour tokens of a stylesheet. Pure."""

import re

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


def colour_tokens(css: str) -> dict[str, tuple[str, str]]:
    """{"color-paper": ("#light", "#dark")} of a sheet that writes its colours as light-dark()."""
    return {name: (light, dark) for name, light, dark in TOKEN.findall(css)}
