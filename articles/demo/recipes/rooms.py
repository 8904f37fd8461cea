"""Indoors, flat: a room to read in, a room with pictures, a room with the television on."""

from PIL import Image

from articles.demo.paint import Canvas, mix, vignette
from articles.demo.recipes.flat import BLACK, WHITE, Point, Sheet, clear, glow, leaf, person

SKINS = ((244, 208, 180), (186, 126, 88), (141, 88, 60), (96, 60, 44))


def room(canvas: Canvas) -> Image.Image:
    """An armchair, a lamp, a window, a plant that is doing well."""
    palette, random = canvas.palette, canvas.random
    wall = mix(palette.mid, palette.deep, 0.35)
    sheet = Sheet(canvas, wall)
    sheet.box((0, 78, sheet.wide, 22), mix(palette.deep, palette.shadow, 0.4))
    sheet.box((0, 76.5, sheet.wide, 1.8), mix(wall, palette.shadow, 0.35))
    middle = sheet.wide / 2
    side = random.choice((-1, 1))
    _window(sheet, middle - side * 40)
    for index, x in enumerate((-2, 13)):
        _frame(sheet, (middle + side * x - 6, 18 + index * 5), (12, 15 - index * 3))
    rug = (middle + side * 14, 91)
    sheet.disc(rug, 46, mix(palette.accent, palette.deep, 0.3), tall=7)
    sheet.disc(rug, 40, mix(palette.light, palette.accent, 0.35), tall=5.6)
    sheet.disc(rug, 34, mix(palette.accent, palette.deep, 0.2), tall=4.4)
    chair = middle + side * 16
    lamp = (chair + side * 26, 34)
    sheet.stroke([lamp, (lamp[0], 87)], palette.shadow, 0.8)
    sheet.disc((lamp[0], 87.4), 5, palette.shadow, tall=1.2)
    _armchair(sheet, (chair, 90))
    shade = [(lamp[0] - 8, 38), (lamp[0] + 8, 38), (lamp[0] + 4.6, 25), (lamp[0] - 4.6, 25)]
    sheet.shape(shade, mix(palette.light, palette.accent, 0.2))
    _plant(sheet, (middle - side * 18, 84), random.uniform(30, 38))
    picture = glow(
        sheet.done(), canvas, ((lamp[0], 42), 46, mix(palette.light, palette.accent, 0.3))
    )
    return vignette(picture, strength=0.25)


def _window(sheet: Sheet, x: float) -> None:
    palette = sheet.canvas.palette
    sheet.box((x - 16, 10, 32, 46), mix(palette.light, WHITE, 0.3))
    for column in (-14.5, 0.7):
        for row in (11.5, 34):
            sheet.box((x + column, row, 13.8, 20.8), mix(palette.mid, palette.light, 0.75))
    sheet.disc((x + 6, 22), 4.4, palette.accent)
    sheet.shape(
        [
            (x - 14.5, 54.8),
            (x - 14.5, 46),
            (x - 4, 41),
            (x + 5, 46),
            (x + 14.5, 42),
            (x + 14.5, 54.8),
        ],
        mix(palette.deep, palette.mid, 0.6),
    )
    sheet.box((x - 0.7, 10, 1.4, 46), mix(palette.light, WHITE, 0.3))
    sheet.box((x - 16, 32.6, 32, 1.4), mix(palette.light, WHITE, 0.3))
    for edge in (-22, 15):
        for fold in range(4):
            ink = mix(palette.accent, palette.shadow, 0.12 + 0.14 * (fold % 2))
            sheet.box((x + edge + fold * 1.8, 7, 1.9, 60), ink)
    sheet.stroke([(x - 24, 7), (x + 24, 7)], palette.shadow, 0.9)


def _frame(sheet: Sheet, place: Point, size: tuple[float, float]) -> None:
    palette, random = sheet.canvas.palette, sheet.canvas.random
    (x, y), (wide, tall) = place, size
    sheet.box((x + 0.8, y + 1, wide, tall), clear(palette.shadow, 0.3))
    sheet.box((x, y, wide, tall), mix(palette.shadow, palette.deep, 0.3))
    sheet.box((x + 1, y + 1, wide - 2, tall - 2), mix(palette.light, WHITE, 0.25))
    inner = (x + 2.2, y + 2.2, wide - 4.4, tall - 4.4)
    sheet.box(inner, random.choice((palette.mid, palette.light, mix(palette.accent, WHITE, 0.4))))
    centre = (x + wide * random.uniform(0.4, 0.6), y + tall * 0.45)
    kind = random.randrange(4)
    reach = min(wide, tall) * 0.2
    if kind == 0:
        sheet.disc(centre, reach, palette.accent)
        sheet.box((inner[0], y + tall * 0.6, inner[2], inner[1] + inner[3] - y - tall * 0.6),
                  palette.deep)  # fmt: skip
    elif kind == 1:
        base = inner[1] + inner[3]
        sheet.shape([(inner[0], base), (centre[0], centre[1]), (inner[0] + inner[2], base)],
                    palette.deep)  # fmt: skip
        sheet.disc((centre[0] - reach, centre[1] - reach * 0.3), reach * 0.5, palette.accent)
    elif kind == 2:
        for stripe in range(4):
            ink = (palette.accent, palette.deep)[stripe % 2]
            sheet.box((inner[0] + inner[2] * stripe / 4, inner[1], inner[2] / 8, inner[3]), ink)
    else:
        for angle in ((180, 270), (0, 90)):
            sheet.wedge(centre, reach * 1.5, palette.accent, degrees=angle)
        sheet.wedge(centre, reach * 1.5, palette.deep, degrees=(270, 360))


def _armchair(sheet: Sheet, foot: Point) -> None:
    palette = sheet.canvas.palette
    x, y = foot
    body, seat = palette.accent, mix(palette.accent, WHITE, 0.18)
    for leg in (-13, 12):
        sheet.stroke([(x + leg, y - 6), (x + leg * 1.06, y)], palette.shadow, 1.2)
    sheet.box((x - 13, y - 36, 26, 26), mix(body, palette.shadow, 0.14), round_=6)
    sheet.box((x - 12, y - 18, 24, 9), seat, round_=2)
    for arm in (-18, 11):
        sheet.box((x + arm, y - 24, 7, 19), body, round_=3)
    sheet.box((x - 15, y - 10, 30, 5), mix(body, palette.shadow, 0.2), round_=1)
    sheet.box((x - 7, y - 28, 14, 11), mix(palette.light, palette.mid, 0.2), round_=2)


def _plant(sheet: Sheet, foot: Point, tall: float) -> None:
    palette, random = sheet.canvas.palette, sheet.canvas.random
    x, y = foot
    green = mix(palette.deep, (60, 120, 80), 0.5)
    for index in range(9):
        lean = (index - 4) * 3.6
        tip = (x + lean + random.uniform(-1, 1), y - tall + abs(index - 4) * 3.4)
        leaf(sheet, (x, y - 8), tip, width=0.13, ink=mix(green, WHITE, 0.1 * (index % 3)))
    sheet.shape([(x - 6, y - 9), (x + 6, y - 9), (x + 4.4, y + 4), (x - 4.4, y + 4)],
                mix(palette.light, palette.accent, 0.4))  # fmt: skip
    sheet.box((x - 6.6, y - 10.5, 13.2, 2.4), mix(palette.light, palette.accent, 0.55))


def museum(canvas: Canvas) -> Image.Image:
    """A hang of pictures, and people standing before them."""
    palette, random = canvas.palette, canvas.random
    wall = mix(palette.light, WHITE, 0.35)
    sheet = Sheet(canvas, wall)
    sheet.fade((0, 76), mix(wall, palette.mid, 0.22), wall)
    sheet.fade(
        (76, 100), mix(palette.mid, palette.light, 0.35), mix(palette.mid, palette.deep, 0.4)
    )
    sheet.box((0, 75, sheet.wide, 1.2), mix(wall, palette.deep, 0.35))
    x = random.uniform(6, 12)
    while x < sheet.wide - 14:
        wide, tall = random.uniform(18, 34), random.uniform(22, 36)
        _frame(sheet, (x, 38 - tall / 2), (wide, tall))
        x += wide + random.uniform(8, 12)
    sheet.box((sheet.wide * 0.36, 88, 36, 3), mix(palette.deep, palette.shadow, 0.4), round_=1)
    for leg in (3, 31):
        sheet.box((sheet.wide * 0.36 + leg, 90, 1.6, 7), palette.shadow)
    for _ in range(random.randint(2, 3)):
        spot_x = random.uniform(0.12, 0.88) * sheet.wide
        sheet.disc((spot_x + 4, 91), 8, clear(palette.shadow, 0.22), tall=1.2)
        coat = random.choice((palette.accent, palette.deep, mix(palette.mid, palette.shadow, 0.4)))
        inks = (random.choice(SKINS), coat, palette.shadow)
        person(
            sheet, (spot_x, 91), random.uniform(37, 43), inks=inks, turned=random.choice((-1, 1))
        )
    picture = sheet.done()
    return glow(picture, canvas, ((sheet.wide / 2, 8), 60, mix(palette.light, palette.mid, 0.4)))


def telly(canvas: Canvas) -> Image.Image:
    """An old set on a sideboard; what is on it lights the room."""
    palette, random = canvas.palette, canvas.random
    sheet = Sheet(canvas, mix(palette.shadow, palette.deep, 0.6))
    for stripe in range(int(sheet.wide / 6) + 1):
        sheet.box((stripe * 6, 0, 3, 80), clear(palette.mid, 0.08))
    sheet.box((0, 84, sheet.wide, 16), mix(palette.shadow, BLACK, 0.25))
    x = sheet.wide / 2 + random.uniform(-12, 12)
    wood = mix(palette.accent, palette.shadow, 0.55)
    sheet.box((x - 46, 68, 92, 18), wood, round_=1)
    for door in (-44, -14, 16):
        sheet.box((x + door, 70, 28, 14), mix(wood, palette.light, 0.1), round_=0.6)
        sheet.disc((x + door + 25, 77), 0.8, palette.light)
    for leg in (-40, 38):
        sheet.stroke([(x + leg, 86), (x + leg * 1.05, 95)], wood, 1.5)
    for lean in (-13, 12):
        sheet.stroke([(x, 27), (x + lean, 9)], mix(palette.light, palette.shadow, 0.4), 0.5)
        sheet.disc((x + lean, 9), 0.9, palette.light)
    sheet.box((x - 30, 26, 60, 42), mix(wood, palette.light, 0.22), round_=4)
    sheet.box((x - 27, 29, 42, 35), mix(palette.shadow, BLACK, 0.4), round_=5)
    _programme(sheet, (x - 25, 31))
    for knob in (36, 45):
        sheet.disc((x + 22.4, knob), 3.2, palette.shadow)
        sheet.stroke([(x + 22.4, knob), (x + 23.8, knob - 1.6)], palette.light, 0.5)
    for slit in range(5):
        sheet.box((x + 18.6, 51.5 + slit * 2.2, 7.6, 0.8), palette.shadow)
    _plant(sheet, (x - 38, 62), 20)
    sheet.disc((x + 40, 62), 4, mix(palette.accent, palette.light, 0.3), tall=6)
    picture = glow(sheet.done(), canvas, ((x - 4, 46), 66, mix(palette.mid, palette.light, 0.5)))
    return vignette(picture, strength=0.35)


def _programme(sheet: Sheet, place: Point) -> None:
    palette, random = sheet.canvas.palette, sheet.canvas.random
    x, y = place
    sheet.box((x, y, 38, 31), mix(palette.light, palette.mid, 0.35), round_=3.5)
    kind = random.randrange(3)
    if kind == 0:
        sheet.disc((x + 27, y + 9), 4, palette.accent)
        sheet.shape([(x + 1, y + 30), (x + 12, y + 14), (x + 20, y + 24), (x + 27, y + 17),
                     (x + 37, y + 30)], palette.deep)  # fmt: skip
    elif kind == 1:
        person(sheet, (x + 13, y + 30), 25, inks=(SKINS[1], palette.accent, palette.shadow))
        person(
            sheet, (x + 25, y + 30), 26, inks=(SKINS[3], palette.deep, palette.shadow), turned=-1
        )
    else:
        for bar in range(6):
            ink = (palette.accent, palette.deep, palette.mid)[bar % 3]
            sheet.box((x + 2 + bar * 5.8, y + 2, 4.6, 27), ink, round_=0.6)
