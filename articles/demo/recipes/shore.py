"""By the water, flat: a lighthouse, a ferry at night, the docks."""

from random import Random

from PIL import Image

from articles.demo.paint import Canvas, mix, ridge
from articles.demo.palettes import Colour
from articles.demo.recipes.flat import BLACK, WHITE, Point, Sheet, clear, glow


def _hills(sheet: Sheet, base: float, *, rise: float, ink: Colour) -> None:
    heights = ridge(sheet.canvas.random, points=60, roughness=0.45, octaves=4)
    step = sheet.wide / 59
    tops = [(index * step, base - rise * (height + 1)) for index, height in enumerate(heights)]
    sheet.shape([(0, 101), *tops, (sheet.wide, 101)], ink)


def _ripples(sheet: Sheet, span: tuple[float, float], *, ink: Colour, centre: float) -> None:
    """Short bright dashes, longer and further apart towards the reader."""
    random: Random = sheet.canvas.random
    y = span[0] + 1
    while y < span[1]:
        near = (y - span[0]) / (span[1] - span[0])
        for _ in range(7):
            x = random.gauss(centre, 10 + near * 22)
            length = random.uniform(1.5, 4) * (0.6 + near * 1.8)
            sheet.stroke([(x, y), (x + length, y)], clear(ink, 0.55), 0.35 + near * 0.4)
        y += 1.4 + near * 3.2


def _gulls(sheet: Sheet, centre: Point, ink: Colour) -> None:
    random = sheet.canvas.random
    for _ in range(5):
        x, y = centre[0] + random.uniform(-16, 16), centre[1] + random.uniform(-9, 9)
        wing = random.uniform(1.2, 2.4)
        sheet.stroke(
            [(x - wing, y - wing * 0.5), (x, y), (x + wing, y - wing * 0.6)], ink, wing * 0.22
        )


def lighthouse(canvas: Canvas) -> Image.Image:
    """A headland with its tower, a low sun, hills behind the bay."""
    palette, random = canvas.palette, canvas.random
    sheet = Sheet(canvas, palette.light)
    sheet.fade((0, 62), mix(palette.mid, palette.light, 0.25), palette.light)
    side = random.choice((-1, 1))
    middle = sheet.wide / 2
    sun = (middle - side * random.uniform(12, 30), random.uniform(34, 46))
    sheet.disc(sun, 15, clear(WHITE, 0.25))
    sheet.disc(sun, 10.5, mix(palette.accent, palette.light, 0.15))
    _hills(sheet, 62, rise=7, ink=mix(palette.mid, palette.light, 0.45))
    _hills(sheet, 64, rise=4, ink=mix(palette.mid, palette.light, 0.12))
    sheet.fade((61, 100), mix(palette.mid, palette.deep, 0.25), palette.deep)
    _ripples(sheet, (62, 100), ink=mix(palette.light, palette.accent, 0.25), centre=sun[0])
    foot = middle + side * random.uniform(36, 44)
    cliff = [(-62, 101), (-40, 84), (-22, 76), (-12, 69), (12, 67), (34, 70), (70, 74), (90, 101)]
    sheet.shape([(foot + side * x, y) for x, y in cliff], mix(palette.deep, palette.shadow, 0.55))
    lit = [(-62, 101), (-40, 84), (-22, 76), (-12, 69), (-4, 71), (-16, 80), (-30, 90), (-40, 101)]
    sheet.shape([(foot + side * x, y) for x, y in lit], mix(palette.deep, palette.mid, 0.35))
    _tower(sheet, (foot, 69), side=side)
    _gulls(sheet, (middle - side * 6, 22), mix(palette.deep, palette.shadow, 0.3))
    return glow(sheet.done(), canvas, (sun, 46, mix(palette.accent, palette.light, 0.5)))


def _tower(sheet: Sheet, foot: Point, *, side: int) -> None:
    palette = sheet.canvas.palette
    x, y = foot
    pale = mix(palette.light, WHITE, 0.5)
    for band in range(5):
        top, bottom = y - 8 * (band + 1), y - 8 * band
        wide = 5 - band * 0.45
        ink = palette.accent if band % 2 else pale
        sheet.shape(
            [
                (x - wide, bottom),
                (x + wide, bottom),
                (x + wide - 0.45, top),
                (x - wide + 0.45, top),
            ],
            ink,
        )
    shade = [(x, y), (x + side * 5, y), (x + side * 2.75, y - 40), (x, y - 40)]
    sheet.shape(shade, clear(palette.shadow, 0.22))
    sheet.box((x - 4.2, y - 42, 8.4, 2), palette.shadow)
    sheet.box((x - 2.2, y - 47, 4.4, 5), mix(palette.light, palette.accent, 0.2))
    sheet.shape([(x - 3.2, y - 47), (x + 3.2, y - 47), (x, y - 51.5)], palette.shadow)
    sheet.box((x + side * 4, y - 7, 11, 7), pale)
    roof = [(x + side * 4 - 1, y - 7), (x + side * 4 + 12, y - 7), (x + side * 4 + 5.5, y - 12)]
    sheet.shape(roof, palette.accent)
    sheet.box((x + side * 4 + 4, y - 5, 2.6, 5), palette.shadow)


def ferry(canvas: Canvas) -> Image.Image:
    """The late boat, all its windows lit, under a moon."""
    palette, random = canvas.palette, canvas.random
    sheet = Sheet(canvas, palette.deep)
    sheet.fade((0, 60), mix(palette.shadow, palette.deep, 0.4), mix(palette.deep, palette.mid, 0.5))
    for _ in range(70):
        place = (random.uniform(0, sheet.wide), random.uniform(0, 40))
        sheet.disc(
            place, random.uniform(0.12, 0.36), clear(palette.light, random.uniform(0.3, 0.9))
        )
    moon = (random.uniform(0.15, 0.85) * sheet.wide, random.uniform(14, 24))
    sheet.disc(moon, 7, palette.light)
    _hills(sheet, 62, rise=5, ink=mix(palette.shadow, palette.deep, 0.75))
    for _ in range(60):
        place = (random.uniform(0, sheet.wide), random.uniform(55.5, 60))
        sheet.disc(place, 0.35, random.choice((palette.accent, palette.light)))
    sheet.fade((60, 100), mix(palette.deep, palette.mid, 0.25), palette.shadow)
    _ripples(sheet, (61, 100), ink=palette.light, centre=moon[0])
    x = sheet.wide * random.uniform(0.2, 0.32)
    _boat(sheet, (x, 66), long=random.uniform(68, 80))
    picture = glow(sheet.done(), canvas, (moon, 34, palette.light))
    return glow(picture, canvas, ((x + 36, 62), 44, palette.accent))


def _boat(sheet: Sheet, place: Point, *, long: float) -> None:
    palette = sheet.canvas.palette
    x, y = place
    pale, dark = mix(palette.light, palette.mid, 0.15), mix(palette.shadow, BLACK, 0.3)
    lamp = mix(palette.accent, palette.light, 0.55)
    for deck, (start, length) in enumerate(((6, long - 16), (14, long - 34), (long * 0.55, 12))):
        top = y - 9 - deck * 8
        sheet.box((x + start, top, length, 8.2), mix(pale, palette.deep, deck * 0.08), round_=1)
        for window in range(int(length / 4.6)):
            sheet.box((x + start + 2 + window * 4.6, top + 2.4, 2.7, 3), lamp, round_=0.5)
    funnel = x + long * 0.3
    sheet.shape([(funnel, y - 16), (funnel + 8.6, y - 16), (funnel + 9.4, y - 33), (funnel + 2, y - 33)],
                palette.accent)  # fmt: skip
    sheet.box((funnel + 1.8, y - 33, 7.8, 3), dark)
    sheet.shape([(x, y - 1.5), (x + long, y - 1.5), (x + long - 7, y + 9), (x + 5, y + 9)], dark)
    sheet.box((x + 1, y - 1.5, long - 2, 1.5), palette.accent)
    for index in range(int(long / 4.6)):
        left = x + 4 + index * 4.6
        for dash in range(4):
            length = sheet.canvas.random.uniform(1.4, 3.4)
            sheet.box(
                (left, y + 11 + dash * 5, length, 0.7), clear(lamp, 0.6 - dash * 0.13), round_=0.3
            )


def docks(canvas: Canvas) -> Image.Image:
    """Gantry cranes and stacked boxes before a big evening sun."""
    palette, random = canvas.palette, canvas.random
    sheet = Sheet(canvas, palette.light)
    sheet.fade(
        (0, 80), mix(palette.mid, palette.deep, 0.15), mix(palette.light, palette.accent, 0.3)
    )
    sun = (sheet.wide * random.uniform(0.3, 0.7), random.uniform(44, 54))
    sheet.disc(sun, 21, palette.accent)
    for stripe in range(4):
        sheet.box((sun[0] - 24, sun[1] + 5 + stripe * 4.2, 48, 0.8 + stripe * 0.45),
                  mix(palette.light, palette.accent, 0.35))  # fmt: skip
    _hills(sheet, 76, rise=4, ink=mix(palette.mid, palette.deep, 0.4))
    ink = mix(palette.deep, palette.shadow, 0.6)
    for x in (random.uniform(4, 20), sheet.wide * 0.48, sheet.wide * random.uniform(0.74, 0.8)):
        _crane(sheet, x, ink=ink, tall=random.uniform(50, 64))
    colours = (palette.accent, palette.mid, palette.light, palette.deep)
    x = -4.0
    while x < sheet.wide:
        for level in range(random.randint(1, 4)):
            colour = mix(random.choice(colours), palette.shadow, 0.2 + 0.06 * level)
            sheet.box((x, 80 - level * 6, 15, 5.7), colour)
            for rib in range(1, 7):
                sheet.box((x + rib * 2.1, 80.6 - level * 6, 0.3, 4.5), clear(palette.shadow, 0.28))
        x += 15.6
    sheet.fade((86, 100), mix(palette.deep, palette.shadow, 0.4), palette.shadow)
    _ripples(sheet, (87, 100), ink=palette.accent, centre=sun[0])
    return glow(sheet.done(), canvas, (sun, 55, palette.light))


def _crane(sheet: Sheet, x: float, *, ink: Colour, tall: float) -> None:
    top = 86 - tall
    for leg in (0, 14):
        sheet.stroke([(x + leg, 86), (x + 3 + leg * 0.6, top)], ink, 1.3)
    for level in (0.25, 0.6):
        y = 86 - tall * level
        sheet.stroke([(x + 1, y), (x + 13, y)], ink, 0.9)
    sheet.stroke([(x + 1, 86 - tall * 0.25), (x + 12, 86 - tall * 0.6)], ink, 0.5)
    sheet.stroke([(x - 14, top), (x + 32, top)], ink, 1.6)
    sheet.stroke([(x + 7, top - 13), (x + 7, top)], ink, 1.2)
    for end in (-14, 32):
        sheet.stroke([(x + 7, top - 13), (x + end, top)], ink, 0.45)
    sheet.box((x + 18, top, 5, 4), ink, round_=0.6)
    sheet.stroke([(x + 24, top), (x + 24, top + 18)], ink, 0.35)
