"""Colours of the demo's pictures, from the darkest to the brightest, and one accent."""

from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    shadow: Colour
    deep: Colour
    mid: Colour
    light: Colour
    accent: Colour

    @property
    def colours(self) -> tuple[Colour, ...]:
        return (self.shadow, self.deep, self.mid, self.light, self.accent)


def _palette(*hexes: str) -> Palette:
    shadow, deep, mid, light, accent = (
        (int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)) for code in hexes
    )
    return Palette(shadow, deep, mid, light, accent)


PALETTES: dict[str, Palette] = {
    "dusk": _palette("141a33", "3b3561", "b4637a", "f6c28b", "ff7a59"),
    "harbour": _palette("0d1b24", "1f4352", "4f8a8b", "dfe9dc", "f2a03d"),
    "ember": _palette("170b0c", "4a1518", "a83232", "f3b562", "ff5a36"),
    "ultraviolet": _palette("0f0a1f", "2d1b5e", "7b3fb5", "e9c6f5", "35d0ff"),
    "moss": _palette("121a14", "2c4433", "76905c", "e6e2c4", "d9772f"),
    "frost": _palette("15202c", "33506b", "8fb0c4", "eef3f2", "d94f4f"),
    "brass": _palette("1a120b", "55381c", "a97c3f", "f2e0b6", "2f7f79"),
    "rose": _palette("26141c", "6d2f46", "cf7486", "f8dcd0", "2d5d6b"),
    "ink": _palette("0e0f14", "2a2d3a", "6c7285", "e8e6df", "e0483e"),
    "lagoon": _palette("071a1f", "0e4a55", "2fa39a", "f3ead2", "ff6f61"),
    "saffron": _palette("22140a", "6b3a12", "d9902f", "fbe9bf", "3a5ba0"),
    "mint": _palette("12221f", "2f6156", "8cc7a8", "f4f1e4", "ef5d60"),
}
