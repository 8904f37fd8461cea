"""Emoji that look the same to every reader: drawings of our own host for the kinds in use.

Which there are is what lies in static/img/emoji: a file is named by its emoji's code points, in
hexadecimal, without the variation selector. An emoji without a drawing stays the reader's own.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

FOLDER = "img/emoji"
VARIATION_SELECTOR = "\ufe0f"


@cache
def _drawn() -> frozenset[str]:
    return frozenset(path.stem for path in Path(settings.BASE_DIR, "static", FOLDER).glob("*.svg"))


def drawn_emoji() -> list[str]:
    """The emoji that look the same to everybody, by code point."""
    names = sorted(_drawn(), key=lambda name: [int(part, 16) for part in name.split("-")])
    drawn = ("".join(chr(int(part, 16)) for part in name.split("-")) for name in names)
    return [emoji + VARIATION_SELECTOR for emoji in drawn]


@cache  # the address is the same until the process ends
def picture_of(emoji: str) -> str:
    """The drawing's URL, or "" where there is none."""
    name = "-".join(f"{ord(char):x}" for char in emoji if char != VARIATION_SELECTOR)
    return static(f"{FOLDER}/{name}.svg") if name in _drawn() else ""
