"""In front of an audience, flat: a play, dancers, a festival field, instruments."""

from math import pi, sin

from PIL import Image

from articles.demo.paint import Canvas, mix, ridge, vignette
from articles.demo.palettes import Colour
from articles.demo.recipes.flat import BLACK, WHITE, Ink, Point, Sheet, clear, glow, person
from articles.demo.recipes.rooms import SKINS


def play(canvas: Canvas) -> Image.Image:
    """A set behind its curtain, two or three people in it, and the heads of the stalls."""
    palette, random = canvas.palette, canvas.random
    sheet = Sheet(canvas, mix(palette.shadow, BLACK, 0.4))
    middle = sheet.wide / 2
    reach = min(58.0, middle - 8)
    sheet.box((middle - reach, 10, reach * 2, 66), mix(palette.mid, palette.light, 0.45))
    _set(sheet, middle, reach)
    sheet.shape([(middle - reach, 70), (middle + reach, 70), (middle + reach + 8, 80),
                 (middle - reach - 8, 80)], mix(palette.accent, palette.shadow, 0.5))  # fmt: skip
    places = random.sample((-0.55, -0.2, 0.12, 0.5), random.randint(2, 3))
    for index, place in enumerate(places):
        coat = (palette.accent, palette.deep, palette.shadow)[index]
        x = middle + reach * place
        sheet.disc((x + 3, 75), 7, clear(palette.shadow, 0.35), tall=1.1)
        inks = (random.choice(SKINS), coat, palette.shadow)
        person(sheet, (x, 75), random.uniform(28, 32), inks=inks, turned=-1 if place > 0 else 1)
    _proscenium(sheet, middle, reach)
    _stalls(sheet)
    picture = glow(
        sheet.done(), canvas, ((middle, 44), 62, mix(palette.light, palette.accent, 0.25))
    )
    return vignette(picture, strength=0.3)


def _set(sheet: Sheet, middle: float, reach: float) -> None:
    palette, random = sheet.canvas.palette, sheet.canvas.random
    kind = random.randrange(3)
    if kind == 0:  # a drawing room
        for stripe in range(int(reach / 3)):
            sheet.box((middle - reach + stripe * 6, 10, 3, 60), clear(palette.mid, 0.35))
        sheet.box((middle - reach * 0.8, 34, 16, 36), palette.deep)
        sheet.disc((middle - reach * 0.8 + 13, 53), 0.9, palette.light)
        sheet.box((middle + reach * 0.2, 24, 26, 24), mix(palette.light, WHITE, 0.5))
        sheet.box((middle + reach * 0.2 + 1.5, 25.5, 23, 21), palette.deep)
        sheet.disc((middle + reach * 0.2 + 17, 32), 4, palette.light)
        sheet.box((middle - 12, 60, 24, 3), palette.shadow)
        for leg in (-10, 9):
            sheet.box((middle + leg, 62, 1.4, 12), palette.shadow)
    elif kind == 1:  # a moon and a hill of steps
        sheet.box((middle - reach, 10, reach * 2, 66), mix(palette.deep, palette.shadow, 0.25))
        sheet.disc((middle + reach * 0.3, 30), 14, palette.light)
        for step in range(5):
            half = reach * (0.95 - step * 0.16)
            sheet.box((middle - half - 6, 70 - step * 4.5, half * 2, 4.6),
                      mix(palette.mid, palette.deep, 0.7 - step * 0.13))  # fmt: skip
    else:  # cut-out waves and a ship
        for wave in range(4):
            y = 46 + wave * 7
            points = [(middle - reach + x * reach / 20, y + sin(x * 0.9 + wave) * 2.4)
                      for x in range(41)]  # fmt: skip
            ink = mix(palette.deep, palette.mid, 0.15 + wave * 0.2)
            if wave == 1:
                _paper_ship(sheet, middle - 4)
            sheet.shape([(middle - reach, 80), *points, (middle + reach, 80)], ink)


def _paper_ship(sheet: Sheet, x: float) -> None:
    palette = sheet.canvas.palette
    sheet.shape([(x - 18, 48), (x + 20, 48), (x + 12, 58), (x - 12, 58)], palette.accent)
    sheet.stroke([(x, 48), (x, 20)], palette.shadow, 0.8)
    sheet.shape([(x + 1, 22), (x + 16, 44), (x + 1, 44)], mix(palette.light, WHITE, 0.5))
    sheet.shape([(x - 1, 26), (x - 12, 44), (x - 1, 44)], palette.light)


def _proscenium(sheet: Sheet, middle: float, reach: float) -> None:
    palette = sheet.canvas.palette
    red = mix(palette.accent, palette.shadow, 0.3)
    for fold in range(7):
        ink = mix(red, BLACK, 0.12 + 0.22 * (fold % 2))
        for side in (-1, 1):
            x = middle + side * (reach - fold * 2) - 1
            sheet.box((x, 8, 2.2, 62 - fold * 3.2), ink)
    swags = 5
    for swag in range(swags):
        x = middle - reach + (swag + 0.5) * reach * 2 / swags
        sheet.wedge((x, 8), reach / swags * 1.06, mix(red, BLACK, 0.08), degrees=(0, 180))
        sheet.wedge((x, 8), reach / swags * 0.7, mix(red, BLACK, 0.25), degrees=(0, 180))
    gold = mix(palette.light, palette.accent, 0.35)
    sheet.box((middle - reach - 6, 4, reach * 2 + 12, 5), gold)
    for side in (-1, 1):
        sheet.box((middle + side * (reach + 2.5) - 3, 4, 6, 74), mix(gold, palette.shadow, 0.2))


def _stalls(sheet: Sheet) -> None:
    palette, random = sheet.canvas.palette, sheet.canvas.random
    for row, (y, size) in enumerate(((88, 4.2), (96, 5.6))):
        x = random.uniform(-4, 2)
        ink = mix(palette.shadow, BLACK, 0.35 + row * 0.25)
        while x < sheet.wide + 6:
            sheet.disc((x, y + random.uniform(-1, 1)), size * 0.62, ink, tall=size * 0.75)
            sheet.box((x - size, y + size * 0.6, size * 2, 14), ink, round_=size * 0.7)
            x += size * random.uniform(2.3, 3.1)


def dance(canvas: Canvas) -> Image.Image:
    """Dancers cut from paper before big discs of colour."""
    palette, random = canvas.palette, canvas.random
    sheet = Sheet(canvas, mix(palette.light, WHITE, 0.1))
    sheet.fade((0, 82), mix(palette.light, palette.mid, 0.15), mix(palette.light, palette.mid, 0.5))
    sheet.fade((82, 100), mix(palette.deep, palette.mid, 0.3), palette.deep)
    for ink, share in ((palette.mid, 0.9), (palette.accent, 1.0), (palette.deep, 0.85)):
        place = (random.uniform(0.15, 0.85) * sheet.wide, random.uniform(25, 60))
        sheet.disc(place, random.uniform(16, 30), clear(ink, share))
    count = random.randint(2, 4)
    for index in range(count):
        x = sheet.wide * (index + 0.6) / (count + 0.2)
        ink = (palette.shadow, palette.accent, palette.deep)[index % 3]
        sheet.disc((x, 90), 11, clear(palette.shadow, 0.3), tall=1.5)
        _dancer(sheet, (x, 90), random.uniform(5.6, 7), inks=(random.choice(SKINS), ink))
    return vignette(sheet.done(), strength=0.2)


def _dancer(sheet: Sheet, foot: Point, part: float, *, inks: tuple[Ink, Ink]) -> None:
    """A body from limbs; each limb has two lengths and turns at the joint."""
    random = sheet.canvas.random
    skin, cloth = inks
    lean = random.uniform(-1.2, 1.2)
    x, y = foot
    hip, neck = (x + lean * part * 0.4, y - part * 4.2), (x + lean * part, y - part * 7)
    side = random.choice((-1, 1))
    sheet.stroke([hip, (x + part * 0.2, y - part * 2), (x, y)], skin, part * 0.62)
    kick = (
        hip[0] + side * part * random.uniform(1.6, 2.2),
        hip[1] + part * random.uniform(-0.2, 1),
    )
    end = (
        kick[0] + side * part * random.uniform(1.2, 2),
        kick[1] + part * random.uniform(-1.2, 1.4),
    )
    sheet.stroke([hip, kick, end], skin, part * 0.6)
    for turn in (-1, 1):
        elbow = (
            neck[0] + turn * part * random.uniform(1.2, 1.8),
            neck[1] + part * random.uniform(-1, 1),
        )
        hand = (
            elbow[0] + turn * part * random.uniform(0.3, 1.5),
            elbow[1] - part * random.uniform(0.4, 1.8),
        )
        sheet.stroke([(neck[0], neck[1] + part * 0.5), elbow, hand], skin, part * 0.46)
    sheet.stroke([(neck[0], neck[1] + part * 0.6), hip], cloth, part * 1.5)
    skirt = [(hip[0] - part * 0.7, hip[1] - part * 0.8), (hip[0] + part * 0.7, hip[1] - part * 0.8),
             (hip[0] + part * 2.1, hip[1] + part * 1.2), (hip[0] - part * 1.7, hip[1] + part * 1.5)]  # fmt: skip
    if random.random() < 0.6:
        sheet.shape(skirt, cloth)
    sheet.stroke([neck, (neck[0] + lean * part * 0.2, neck[1] - part * 0.6)], skin, part * 0.5)
    head = (neck[0] + lean * part * 0.3, neck[1] - part * 1.1)
    sheet.disc(head, part * 0.62, skin, tall=part * 0.74)
    sheet.wedge((head[0], head[1] - part * 0.1), part * 0.72, (40, 28, 26), degrees=(180, 360))
    sheet.disc((head[0] - lean * part * 0.3, head[1] - part * 0.8), part * 0.32, (40, 28, 26))


def festival(canvas: Canvas) -> Image.Image:
    """A field with tents and flags in the afternoon."""
    palette, random = canvas.palette, canvas.random
    sheet = Sheet(canvas, palette.light)
    sheet.fade((0, 60), mix(palette.mid, palette.light, 0.3), mix(palette.light, WHITE, 0.25))
    sheet.disc((sheet.wide * random.uniform(0.15, 0.85), 18), 8, mix(palette.accent, WHITE, 0.3))
    for base, share in ((54, 0.6), (62, 0.35)):
        heights = ridge(random, points=40, octaves=3)
        tops = [(i * sheet.wide / 39, base - 5 * height) for i, height in enumerate(heights)]
        sheet.shape([(0, 101), *tops, (sheet.wide, 101)], mix(palette.deep, palette.light, share))
    sheet.fade((70, 100), mix(palette.mid, palette.deep, 0.35), mix(palette.deep, palette.mid, 0.2))
    for place, size in ((0.18, 20), (0.52, 29), (0.84, 22)):
        _tent(sheet, (sheet.wide * place + random.uniform(-4, 4), 76), size)
    for line in range(2):
        _bunting(sheet, 12 + line * 10)
    for _ in range(24):
        near = random.random()
        x, y = random.uniform(0, sheet.wide), 82 + near * 14
        coat = random.choice((palette.accent, palette.shadow, palette.light, palette.mid))
        inks = (random.choice(SKINS), coat, palette.shadow)
        person(sheet, (x, y), 9 + near * 9, inks=inks, turned=random.choice((-1, 1)))
    return sheet.done()


def _tent(sheet: Sheet, foot: Point, size: float) -> None:
    palette = sheet.canvas.palette
    x, y = foot
    top = y - size * 1.5
    sheet.box(
        (x - size * 0.8, y - size * 0.6, size * 1.6, size * 0.62), mix(palette.light, WHITE, 0.4)
    )
    stripes = 6
    for stripe in range(stripes):
        ink = palette.accent if stripe % 2 else mix(palette.light, WHITE, 0.5)
        first, last = (x - size + size * 2 * end / stripes for end in (stripe, stripe + 1))
        sheet.shape([(x, top), (first, y - size * 0.58), (last, y - size * 0.58)], ink)
        sheet.wedge(((first + last) / 2, y - size * 0.58), size / stripes, ink, degrees=(0, 180))
    sheet.shape([(x - size * 0.16, y), (x, y - size * 0.42), (x + size * 0.16, y)], palette.shadow)
    sheet.stroke([(x, top), (x, top - size * 0.3)], palette.shadow, 0.5)
    sheet.shape([(x, top - size * 0.3), (x + size * 0.26, top - size * 0.2), (x, top - size * 0.1)],
                palette.accent)  # fmt: skip


def _bunting(sheet: Sheet, y: float) -> None:
    palette = sheet.canvas.palette
    flags = int(sheet.wide / 5)
    colours: tuple[Colour, ...] = (palette.accent, palette.light, palette.deep, palette.mid)
    points = [(i * 5.0, y + sin(i / flags * pi) * 9) for i in range(flags + 2)]
    sheet.stroke(points, palette.shadow, 0.25)
    for index, (x, top) in enumerate(points):
        sheet.shape([(x, top), (x + 3.6, top + 0.3), (x + 1.8, top + 5)], colours[index % 4])


def instruments(canvas: Canvas) -> Image.Image:
    """Stringed things hanging on a wall."""
    palette, random = canvas.palette, canvas.random
    sheet = Sheet(canvas, mix(palette.deep, palette.shadow, 0.3))
    sheet.fade(
        (0, 100), mix(palette.deep, palette.mid, 0.25), mix(palette.deep, palette.shadow, 0.55)
    )
    sheet.box((0, 10, sheet.wide, 3), mix(palette.accent, palette.shadow, 0.6))
    count = max(int(sheet.wide / 28), 2)
    woods = (palette.accent, mix(palette.accent, palette.shadow, 0.45), palette.light, palette.mid)
    for index in range(count):
        x = sheet.wide * (index + 0.5) / count
        sheet.disc((x + 3, 62), 11, clear(palette.shadow, 0.35), tall=20)
        _guitar(
            sheet, x, wood=woods[(index + random.randrange(4)) % 4], big=random.uniform(0.85, 1.15)
        )
    picture = glow(
        sheet.done(), canvas, ((sheet.wide / 2, 20), 75, mix(palette.light, palette.mid, 0.4))
    )
    return vignette(picture, strength=0.35)


def _guitar(sheet: Sheet, x: float, *, wood: Colour, big: float) -> None:
    palette = sheet.canvas.palette
    dark = mix(palette.shadow, BLACK, 0.2)
    edge = mix(wood, BLACK, 0.35)
    for grow, ink in ((0.7, edge), (0, wood)):
        sheet.disc((x, 73), 11 * big + grow, ink, tall=11.5 * big + grow)
        sheet.disc((x, 57), 8.2 * big + grow, ink, tall=9 * big + grow)
    sheet.disc((x, 60), 3.4 * big, dark)
    sheet.ring((x, 60), 4.3 * big, edge, width=0.5)
    sheet.box((x - 1.5, 20, 3, 40), mix(dark, wood, 0.2))
    for fret in range(10):
        sheet.box((x - 1.5, 24 + fret * 3, 3, 0.25), palette.light)
    sheet.box((x - 2.4, 11, 4.8, 10), edge, round_=1)
    for peg in range(3):
        for side in (-3.4, 3.4):
            sheet.disc((x + side, 13 + peg * 3), 0.9, palette.light)
    sheet.box((x - 4, 76, 8, 1.6), dark, round_=0.5)
    for string in range(4):
        left = x - 1.05 + string * 0.7
        sheet.box((left, 14, 0.16, 63), clear(WHITE, 0.65))
