"""Portraits of invented people, flat: a bust, a plain face, clothes, hair, now and then a hat."""

from collections.abc import Callable

from PIL import Image

from articles.demo.paint import Canvas, mix
from articles.demo.palettes import Colour
from articles.demo.recipes.flat import BLACK, WHITE, Sheet, circle_points, clear

SKIN: tuple[Colour, ...] = (
    (244, 208, 180), (226, 178, 142), (188, 130, 92), (142, 90, 62), (98, 62, 46),
)  # fmt: skip
HAIR: tuple[Colour, ...] = (
    (34, 28, 30), (72, 46, 32), (130, 74, 40), (198, 152, 92), (208, 206, 202), (168, 66, 40),
)  # fmt: skip
DARK_HAIR = (HAIR[0], HAIR[0], HAIR[1], HAIR[4])


def portrait(canvas: Canvas) -> Image.Image:
    """A bust before a plain ground with one big shape on it."""
    palette, random = canvas.palette, canvas.random
    sheet = Sheet(canvas, mix(palette.mid, palette.light, 0.35))
    middle = sheet.wide / 2
    _ground(sheet, middle)
    skin = random.choice(SKIN)
    hair = random.choice(HAIR if skin in SKIN[:2] else DARK_HAIR)
    back, front = random.choice(_HAIRCUTS)
    cloth = random.choice((palette.deep, palette.accent, mix(palette.shadow, palette.deep, 0.5)))
    back(sheet, middle, hair)
    _clothes(sheet, middle, cloth)
    shade = mix(skin, (120, 50, 40), 0.28)
    sheet.box((middle - 7, 58, 14, 20), shade, round_=4)
    _collar(sheet, middle, cloth)
    _face(sheet, middle, skin=skin, hair=hair)
    front(sheet, middle, hair)
    if random.random() < 0.4:
        _glasses(sheet, middle)
    return sheet.done()


def _ground(sheet: Sheet, x: float) -> None:
    palette, random = sheet.canvas.palette, sheet.canvas.random
    kind = random.randrange(4)
    ink = mix(palette.light, palette.accent, 0.35)
    if kind == 0:
        sheet.disc((x + random.choice((-9, 9)), 44), 37, ink)
    elif kind == 1:
        sheet.box((x - 33, 12, 66, 100), ink, round_=33)
    elif kind == 2:
        for stripe in range(8):
            sheet.box((x - 64 + stripe * 17, 0, 8.5, 101), clear(ink, 0.75))
    else:
        sheet.disc((x, 104), 66, mix(ink, palette.mid, 0.35))
        sheet.disc((x, 104), 52, ink)
        sheet.disc((x + 30, 16), 8, palette.accent)


def _clothes(sheet: Sheet, x: float, cloth: Colour) -> None:
    random = sheet.canvas.random
    sheet.box((x - 33, 74, 66, 60), cloth, round_=17)
    sheet.box((x - 13, 70, 26, 16), cloth, round_=7)
    kind = random.randrange(3)
    pale = mix(cloth, WHITE, 0.3)
    if kind == 0:
        for stripe in range(4):
            sheet.box((x - 33, 82 + stripe * 6, 66, 2.4), clear(pale, 0.85))
    elif kind == 1:
        for side in (-1, 1):
            sheet.stroke([(x + side * 22, 101), (x + side * 20, 88)], mix(cloth, BLACK, 0.25), 0.6)


def _collar(sheet: Sheet, x: float, cloth: Colour) -> None:
    random, palette = sheet.canvas.random, sheet.canvas.palette
    kind = random.randrange(4)
    if kind == 0:  # a shirt under it
        pale = mix(palette.light, WHITE, 0.5)
        sheet.shape([(x - 7, 72), (x + 7, 72), (x, 84)], pale)
        for side in (-1, 1):
            sheet.shape(
                [(x + side * 7, 71), (x, 80), (x + side * 6, 87), (x + side * 13, 76)], pale
            )
    elif kind == 1:  # a polo neck
        sheet.box((x - 9, 69, 18, 10), mix(cloth, BLACK, 0.16), round_=2.5)
    elif kind == 2:  # a scarf
        ink = palette.accent if cloth != palette.accent else palette.light
        sheet.box((x - 13, 70, 26, 9), ink, round_=4.5)
        sheet.box((x + 3, 76, 9, 22), mix(ink, BLACK, 0.12), round_=1.5)
    else:
        sheet.disc((x, 72), 9.5, mix(cloth, BLACK, 0.2), tall=5)
        sheet.disc((x, 71), 8, mix(SKIN[2], (120, 50, 40), 0.2), tall=4)


def _face(sheet: Sheet, x: float, *, skin: Colour, hair: Colour) -> None:
    random = sheet.canvas.random
    ink = mix(hair, (40, 26, 24), 0.7)
    blush = mix(skin, (205, 80, 70), 0.3)
    for side in (-1, 1):
        sheet.disc((x + side * 15.4, 47), 3, mix(skin, (120, 50, 40), 0.14), tall=4.4)
    sheet.box((x - 15.4, 26, 30.8, 40), skin, round_=14.5)
    sheet.disc((x, 57), 11, skin, tall=11)
    for side in (-1, 1):
        eye = x + side * 6.6
        sheet.disc((eye, 46), 1.35, ink)
        lift = random.uniform(-0.6, 0.6)
        sheet.stroke([(eye - 2.8, 41.6 + lift), (eye, 40.6 + lift), (eye + 2.8, 41.6)],
                     mix(hair, ink, 0.5), 1.1)  # fmt: skip
        sheet.disc((x + side * 9, 53), 2.9, clear(blush, 0.55))
    sheet.stroke(
        [(x + 0.4, 45), (x + 2.1, 52.4), (x - 0.7, 53)], mix(skin, (110, 45, 40), 0.38), 0.8
    )
    smile = random.uniform(0.2, 1.8)
    if random.random() < 0.24:
        sheet.wedge((x, 55), 12.6, hair, degrees=(8, 172))
        sheet.disc((x, 56.5), 5.6, skin, tall=3)
    sheet.stroke([(x - 4.4, 59 - smile * 0.4), (x - 1.4, 60 + smile * 0.4),
                  (x + 1.6, 60 + smile * 0.4), (x + 4.4, 59 - smile * 0.6)],
                 mix(skin, (130, 30, 40), 0.68), 1.1)  # fmt: skip


def _glasses(sheet: Sheet, x: float) -> None:
    ink = mix(sheet.canvas.palette.shadow, BLACK, 0.3)
    for side in (-1, 1):
        sheet.ring((x + side * 6.8, 46), 5.4, ink, width=0.9)
        sheet.disc((x + side * 6.8, 46), 4.6, clear(WHITE, 0.14))
        sheet.stroke([(x + side * 12, 45.4), (x + side * 15, 44.6)], ink, 0.8)
    sheet.stroke([(x - 1.6, 45.6), (x + 1.6, 45.6)], ink, 0.8)


Cut = Callable[[Sheet, float, Colour], None]


def _nothing(sheet: Sheet, x: float, ink: Colour) -> None:
    """Short hair has nothing behind the head."""


def _long(sheet: Sheet, x: float, ink: Colour) -> None:
    sheet.box((x - 21, 19, 42, 64), mix(ink, BLACK, 0.16), round_=19)


def _curls(sheet: Sheet, x: float, ink: Colour) -> None:
    for place in circle_points((x, 38), 17, 13):
        sheet.disc(place, 8, ink)


def _bun(sheet: Sheet, x: float, ink: Colour) -> None:
    sheet.disc((x + 2, 16.5), 8, mix(ink, BLACK, 0.14))


def _bob(sheet: Sheet, x: float, ink: Colour) -> None:
    sheet.box((x - 20, 20, 40, 42), mix(ink, BLACK, 0.16), round_=15)


def _fringe(sheet: Sheet, x: float, ink: Colour) -> None:
    sheet.wedge((x, 38), 17, ink, degrees=(180, 360))
    sheet.box((x - 16.4, 36, 32.8, 2.4), ink, round_=1)


def _parting(sheet: Sheet, x: float, ink: Colour) -> None:
    sheet.shape([(x - 6, 21), (x - 15, 27), (x - 17.4, 44), (x - 13, 38), (x - 4, 30)], ink)
    sheet.shape(
        [(x - 6, 21), (x + 8, 20.6), (x + 16, 28), (x + 17.4, 46), (x + 13, 37), (x, 31)], ink
    )
    sheet.disc((x + 2, 25), 12, ink, tall=5.5)


def _crop(sheet: Sheet, x: float, ink: Colour) -> None:
    sheet.wedge((x, 37), 16.4, ink, degrees=(192, 348))
    for side in (-1, 1):
        sheet.box((x + side * 15 - 1.3, 33, 2.6, 9), ink, round_=1)


def _quiff(sheet: Sheet, x: float, ink: Colour) -> None:
    _crop(sheet, x, ink)
    for shift, lift, reach in ((-6, 25, 6), (1, 22, 7.4), (8, 22.6, 6.6)):
        sheet.disc((x + shift, lift), reach, ink)


def _beret(sheet: Sheet, x: float, ink: Colour) -> None:
    hat = sheet.canvas.palette.accent
    _crop(sheet, x, ink)
    sheet.disc((x - 3, 25), 19, hat, tall=8)
    sheet.box((x - 16, 28, 32, 3.6), mix(hat, BLACK, 0.2), round_=1.6)
    sheet.stroke([(x - 3, 17.4), (x - 2, 14.6)], mix(hat, BLACK, 0.2), 1)


_HAIRCUTS: tuple[tuple[Cut, Cut], ...] = (
    (_long, _fringe),
    (_curls, _fringe),
    (_nothing, _crop),
    (_bun, _parting),
    (_nothing, _parting),
    (_long, _parting),
    (_bob, _fringe),
    (_nothing, _quiff),
    (_bob, _beret),
    (_nothing, _beret),
)
