"""Flat illustration: plain shapes on a sheet, light and figures. What most recipes draw with."""

from collections.abc import Sequence
from math import cos, pi, sin

from PIL import Image, ImageDraw

from articles.demo.paint import EDGE_SCALE, Canvas, add_light, mix, spot
from articles.demo.palettes import Colour

Point = tuple[float, float]
Ink = tuple[int, ...]  # red, green, blue and, where something shines through, how dense
BANDS = 160  # steps of a gradient: the grain hides them
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)


def clear(colour: Colour, share: float) -> Ink:
    """The colour as a wash: 0 is nothing, 1 covers."""
    return (*colour, round(share * 255))


class Sheet:
    """Shapes drawn at double size. The unit is a hundredth of the height: `wide` by 100."""

    def __init__(self, canvas: Canvas, ground: Colour) -> None:
        self.canvas = canvas
        self.image = Image.new("RGB", canvas.edge_size, ground)
        self.pen = ImageDraw.Draw(self.image, "RGBA")
        self.unit = canvas.height * EDGE_SCALE / 100
        self.wide = canvas.width / canvas.height * 100

    def _at(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.unit, y * self.unit) for x, y in points]

    def fade(self, span: tuple[float, float], first: Colour, last: Colour) -> None:
        """From one colour to another, down from the first height to the second."""
        top, bottom = span
        step = (bottom - top) / BANDS
        for band in range(BANDS):
            y = top + band * step
            corners = self._at([(0, y), (self.wide, y + step * 1.5)])
            self.pen.rectangle([*corners[0], *corners[1]], fill=mix(first, last, band / BANDS))

    def box(self, place: tuple[float, float, float, float], ink: Ink, *, round_: float = 0) -> None:
        """A rectangle: left, top, width, height."""
        x, y, width, height = (value * self.unit for value in place)
        area = (x, y, x + width, y + height)
        if round_:
            self.pen.rounded_rectangle(area, round_ * self.unit, fill=ink)
        else:
            self.pen.rectangle(area, fill=ink)

    def disc(self, centre: Point, reach: float, ink: Ink, *, tall: float | None = None) -> None:
        """A circle, or an ellipse of half height `tall`."""
        (x, y), (across, down) = self._at([centre, (reach, reach if tall is None else tall)])
        self.pen.ellipse((x - across, y - down, x + across, y + down), fill=ink)

    def ring(self, centre: Point, reach: float, ink: Ink, *, width: float) -> None:
        (x, y), (own, thick) = self._at([centre, (reach, width)])
        self.pen.ellipse(
            (x - own, y - own, x + own, y + own), outline=ink, width=max(int(thick), 1)
        )

    def wedge(self, centre: Point, reach: float, ink: Ink, *, degrees: tuple[int, int]) -> None:
        """A slice, clockwise from three o'clock."""
        (x, y), (own, _) = self._at([centre, (reach, 0)])
        self.pen.pieslice((x - own, y - own, x + own, y + own), *degrees, fill=ink)

    def shape(self, points: Sequence[Point], ink: Ink) -> None:
        self.pen.polygon(self._at(points), fill=ink)

    def stroke(self, points: Sequence[Point], ink: Ink, width: float) -> None:
        """A line with round ends and joints."""
        places = self._at(points)
        self.pen.line(places, fill=ink, width=max(int(width * self.unit), 1), joint="curve")
        reach = width * self.unit / 2
        for x, y in (places[0], places[-1]) if len(ink) == 3 else ():
            self.pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=ink)

    def done(self) -> Image.Image:
        return self.image.reduce(EDGE_SCALE)


def glow(picture: Image.Image, canvas: Canvas, light: tuple[Point, float, Colour]) -> Image.Image:
    """The finished picture with a soft light: its place and reach in the sheet's units, its colour."""
    (x, y), reach, colour = light
    unit = canvas.soft_size[1] / 100
    mask = spot(canvas.soft_size, (x * unit, y * unit), (reach * unit, reach * unit), power=1.8)
    return add_light(picture, mask, colour, strength=0.8)


def leaf(sheet: Sheet, root: Point, tip: Point, *, width: float, ink: Ink) -> None:
    """A pointed leaf from root to tip."""
    (x, y), (tx, ty) = root, tip
    across, down = (ty - y) * width, (x - tx) * width
    steps = [step / 10 for step in range(11)]
    sides: list[Point] = []
    for sign, order in ((1, steps), (-1, steps[::-1])):
        for share in order:
            swell = sin(share * pi) * sign
            sides.append(
                (x + (tx - x) * share + across * swell, y + (ty - y) * share + down * swell)
            )
    sheet.shape(sides, ink)


def circle_points(centre: Point, reach: float, count: int) -> list[Point]:
    x, y = centre
    return [
        (x + cos(turn * 2 * pi / count) * reach, y + sin(turn * 2 * pi / count) * reach)
        for turn in range(count)
    ]


def person(
    sheet: Sheet, foot: Point, tall: float, *, inks: tuple[Ink, Ink, Ink], turned: int = 1
) -> None:
    """Someone standing, seen from some way off: skin, coat, trousers; `turned` is 1 or -1."""
    x, y = foot
    skin, coat, legs = inks
    part = tall / 8
    for side in (-0.55, 0.45):
        sheet.stroke(
            [(x + side * part * 0.6, y - 3.6 * part), (x + side * part, y - part * 0.1)],
            legs,
            part * 0.75,
        )
        toe = x + side * part + turned * part * 0.3
        sheet.disc((toe, y), part * 0.55, legs, tall=part * 0.28)
    sheet.shape(
        [
            (x - part * 0.95, y - part * 6.3),
            (x + part * 0.95, y - part * 6.3),
            (x + part * 1.3, y - part * 2.6),
            (x - part * 1.3, y - part * 2.6),
        ],
        coat,
    )
    sheet.disc((x, y - part * 6.25), part * 0.95, coat, tall=part * 0.5)
    hand = (x + turned * part * 1.25, y - part * 3.5)
    sheet.stroke([(x + turned * part * 0.9, y - part * 6.0), hand], coat, part * 0.6)
    sheet.disc(hand, part * 0.28, skin)
    sheet.box((x - part * 0.28, y - part * 7.1, part * 0.56, part), skin)
    sheet.disc((x, y - part * 7.4), part * 0.62, skin, tall=part * 0.72)
    sheet.wedge((x, y - part * 7.5), part * 0.7, legs, degrees=(180, 360))
