"""Things on a table or a wall, flat: a still life, books, a poster, clothes on a rail, tools."""

from math import cos, radians, sin

from PIL import Image

from articles.demo.paint import Canvas, mix
from articles.demo.palettes import Colour
from articles.demo.recipes.flat import BLACK, WHITE, Point, Sheet, circle_points, clear, glow, leaf


def still_life(canvas: Canvas) -> Image.Image:
    """A jug of flowers, fruit, a cup; light from one side."""
    palette, random = canvas.palette, canvas.random
    sheet = Sheet(canvas, mix(palette.mid, palette.light, 0.45))
    sheet.fade((0, 72), mix(palette.mid, palette.light, 0.2), mix(palette.mid, palette.light, 0.6))
    sheet.box((0, 70, sheet.wide, 30), mix(palette.deep, palette.shadow, 0.15))
    sheet.shape(
        [(sheet.wide * 0.2, 70), (sheet.wide * 0.72, 70), (sheet.wide * 0.82, 100),
         (sheet.wide * 0.08, 100)],
        mix(palette.light, WHITE, 0.3),
    )  # fmt: skip
    for stripe in range(5):
        x = sheet.wide * (0.24 + stripe * 0.1)
        sheet.shape([(x, 70), (x + 1.6, 70), (x + stripe * 2 - 2, 100), (x + stripe * 2 - 5, 100)],
                    clear(palette.accent, 0.5))  # fmt: skip
    middle = sheet.wide * random.uniform(0.38, 0.5)
    _bunch(sheet, (middle, 54))
    sheet.disc((middle + 16, 86), 17, clear(palette.shadow, 0.25), tall=2.6)
    body = mix(palette.deep, palette.mid, 0.35)
    sheet.disc((middle, 74), 13, body, tall=13)
    sheet.box((middle - 6, 50, 12, 16), body)
    sheet.disc((middle, 50), 6.8, mix(body, palette.light, 0.3), tall=1.6)
    sheet.shape([(middle + 3, 63), (middle + 10, 66), (middle + 11, 80), (middle + 5, 85)],
                clear(WHITE, 0.14))  # fmt: skip
    for band in (70, 74):
        sheet.box((middle - 12.6, band, 25.2, 1), clear(palette.light, 0.6))
    for index in range(random.randint(3, 4)):
        at = (middle + 24 + index * 9, 83 + (index % 2) * 4)
        _fruit(sheet, at, random.choice((palette.accent, mix(palette.accent, (250, 200, 60), 0.6))))
    _cup(sheet, (middle - 34, 82))
    return glow(
        sheet.done(), canvas, ((sheet.wide * 0.1, 10), 70, mix(palette.light, palette.mid, 0.5))
    )


def _bunch(sheet: Sheet, root: Point) -> None:
    palette, random = sheet.canvas.palette, sheet.canvas.random
    x, y = root
    green = mix(palette.deep, (70, 130, 80), 0.55)
    for index in range(9):
        lean = (index - 4) * 6.5 + random.uniform(-2, 2)
        head = (x + lean, y - 24 - random.uniform(0, 16) + abs(index - 4) * 2.4)
        sheet.stroke([(x, y), (x + lean * 0.5, y - 16), head], green, 0.7)
        leaf(sheet, (x + lean * 0.4, y - 12), (x + lean * 1.2 + 4, y - 17), width=0.2, ink=green)
        ink = random.choice((palette.accent, mix(palette.light, WHITE, 0.5), palette.mid))
        petals = circle_points(head, 2.8, 6)
        for petal in petals:
            sheet.disc(petal, 2.3, ink)
        sheet.disc(head, 2, mix(ink, palette.shadow, 0.45))


def _fruit(sheet: Sheet, place: Point, ink: Colour) -> None:
    x, y = place
    sheet.disc((x + 3, y + 5), 6, clear(BLACK, 0.2), tall=1.4)
    sheet.disc(place, 5.6, ink)
    sheet.disc((x - 1.6, y - 1.8), 1.7, clear(WHITE, 0.35))
    sheet.stroke([(x, y - 5), (x + 1, y - 7.4)], (70, 50, 40), 0.6)


def _cup(sheet: Sheet, place: Point) -> None:
    palette = sheet.canvas.palette
    x, y = place
    sheet.disc((x + 4, y + 9), 14, clear(palette.shadow, 0.25), tall=2)
    sheet.disc((x, y + 8), 13, mix(palette.light, WHITE, 0.5), tall=2.4)
    sheet.ring((x + 8.5, y), 4, palette.accent, width=1.2)
    sheet.shape(
        [(x - 8.6, y - 7), (x + 8.6, y - 7), (x + 5, y + 7), (x - 5, y + 7)], palette.accent
    )
    sheet.disc((x, y - 7), 8.6, mix(palette.accent, WHITE, 0.35), tall=1.7)
    sheet.disc((x, y - 6.8), 7.4, (70, 42, 28), tall=1.2)


def book_pile(canvas: Canvas) -> Image.Image:
    """A pile to be read, one lying open, glasses."""
    palette, random = canvas.palette, canvas.random
    sheet = Sheet(canvas, palette.light)
    sheet.fade((0, 76), mix(palette.deep, palette.mid, 0.6), mix(palette.mid, palette.light, 0.4))
    sheet.box((0, 76, sheet.wide, 24), mix(palette.accent, palette.shadow, 0.62))
    sheet.box((0, 76, sheet.wide, 1), mix(palette.accent, palette.shadow, 0.4))
    middle = sheet.wide * random.uniform(0.34, 0.46)
    colours = [palette.accent, palette.light, palette.deep, palette.mid]
    y = 88.0
    for index in range(random.randint(6, 8)):
        thick, long = random.uniform(6, 9.5), random.uniform(46, 62)
        x = middle - long / 2 + random.uniform(-4, 4)
        ink = mix(colours[index % 4], palette.shadow, random.uniform(0, 0.18))
        y -= thick
        sheet.box((x, y, long, thick - 0.3), ink, round_=0.9)
        sheet.box((x + long - 5, y + 1, 5, thick - 2.3), mix(palette.light, WHITE, 0.5))
        line = mix(ink, WHITE, 0.6) if sum(ink) < 380 else mix(ink, BLACK, 0.55)
        sheet.box((x + 5, y + thick * 0.3, 1, thick * 0.4), line)
        sheet.box((x + 9, y + thick * 0.4, long * random.uniform(0.3, 0.5), thick * 0.17), line)
    sheet.disc((middle, 88.3), 32, clear(palette.shadow, 0.3), tall=1.2)
    _open_book(sheet, (sheet.wide * 0.76, 90))
    _cup(sheet, (middle + 2, y - 9))
    return glow(sheet.done(), canvas, ((sheet.wide * 0.8, 20), 60, palette.light))


def _open_book(sheet: Sheet, spine: Point) -> None:
    palette = sheet.canvas.palette
    x, y = spine
    sheet.disc((x, y + 2), 30, clear(palette.shadow, 0.35), tall=2)
    for side in (-1, 1):
        page = mix(palette.light, WHITE, 0.6 if side < 0 else 0.4)
        sheet.shape([(x, y), (x + side * 27, y - 2), (x + side * 25, y - 14), (x, y - 11)], page)
        for line in range(5):
            top = y - 10 + line * 1.9
            sheet.stroke([(x + side * 4, top + 0.3), (x + side * 22, top - 1.4)],
                         mix(page, palette.shadow, 0.45), 0.35)  # fmt: skip
    sheet.stroke([(x, y), (x, y - 11)], mix(palette.light, palette.shadow, 0.4), 0.4)


def poster(canvas: Canvas) -> Image.Image:
    """A bill with a big plain shape on it, taped to a wall."""
    palette, random = canvas.palette, canvas.random
    sheet = Sheet(canvas, mix(palette.mid, palette.deep, 0.4))
    for row in range(9):
        for column in range(int(sheet.wide / 17) + 2):
            x = column * 17 - (row % 2) * 8.5
            ink = mix(palette.mid, palette.deep, random.uniform(0.3, 0.5))
            sheet.box((x, row * 11.6, 16.4, 11), ink, round_=0.3)
    count = 3 if sheet.wide > 120 else 1
    for index in range(count):
        x = sheet.wide * (index + 0.5) / count - 21
        _bill(sheet, (x + random.uniform(-1.5, 1.5), 14 + random.uniform(-4, 4)))
    return glow(
        sheet.done(), canvas, ((sheet.wide * 0.3, 0), 80, mix(palette.light, palette.mid, 0.6))
    )


def _bill(sheet: Sheet, place: Point) -> None:
    palette, random = sheet.canvas.palette, sheet.canvas.random
    x, y = place
    paper, ink, spot_ink = random.choice(
        ((palette.light, palette.deep, palette.accent), (palette.accent, palette.light, palette.shadow),
         (palette.shadow, palette.light, palette.accent), (palette.light, palette.accent, palette.deep))
    )  # fmt: skip
    sheet.box((x + 1, y + 1.4, 42, 66), clear(palette.shadow, 0.4))
    sheet.box((x, y, 42, 66), paper)
    _DEVICES[random.randrange(len(_DEVICES))](sheet, place, (ink, spot_ink))
    for line, (wide, tall) in enumerate(((33, 4), (24, 2), (28, 1.2), (20, 1.2))):
        sheet.box((x + 4.5, y + 48 + line * 4.2 + (line > 0) * 1.6, wide, tall), ink)
    for corner in (2, 32):
        sheet.box((x + corner, y - 1.4, 8, 3), clear(mix(palette.light, WHITE, 0.4), 0.7))


Inks = tuple[Colour, Colour]


def _target(sheet: Sheet, place: Point, inks: Inks) -> None:
    for ring in range(5, 0, -1):
        sheet.disc((place[0] + 21, place[1] + 25), ring * 3.5, inks[1 - ring % 2])


def _rays(sheet: Sheet, place: Point, inks: Inks) -> None:
    x, y = place[0] + 21, place[1] + 25
    for ray in range(0, 360, 30):
        turns = (radians(ray - 7), radians(ray + 7))
        sheet.shape([(x, y), *((x + cos(t) * 19, y + sin(t) * 19) for t in turns)], inks[0])
    sheet.disc((x, y), 8, inks[1])


def _waves(sheet: Sheet, place: Point, inks: Inks) -> None:
    x, y = place
    for wave in range(6):
        top = y + 12 + wave * 5
        points = [(x + 3 + step, top + sin(step / 4 + wave) * 2) for step in range(37)]
        sheet.stroke(points, inks[wave % 2], 1.8)


def _halves(sheet: Sheet, place: Point, inks: Inks) -> None:
    x, y = place[0] + 21, place[1] + 25
    sheet.wedge((x, y), 18, inks[0], degrees=(90, 270))
    sheet.wedge((x, y + 4), 18, inks[1], degrees=(270, 450))


def _bars(sheet: Sheet, place: Point, inks: Inks) -> None:
    x, y = place
    for bar in range(7):
        tall = sheet.canvas.random.uniform(8, 34)
        sheet.box((x + 5 + bar * 4.8, y + 44 - tall, 3.6, tall), inks[bar % 2])


_DEVICES = (_target, _rays, _waves, _halves, _bars)


def wardrobe(canvas: Canvas) -> Image.Image:
    """Coats and shirts on a rail."""
    palette, random = canvas.palette, canvas.random
    sheet = Sheet(canvas, mix(palette.light, palette.mid, 0.2))
    sheet.fade((0, 88), mix(palette.light, palette.mid, 0.35), mix(palette.light, WHITE, 0.2))
    sheet.box((0, 88, sheet.wide, 12), mix(palette.mid, palette.deep, 0.35))
    left, right = sheet.wide * 0.1, sheet.wide * 0.9
    for x in (left, right):
        sheet.stroke([(x, 14), (x, 92)], palette.shadow, 1.2)
        sheet.stroke([(x - 6, 93), (x + 6, 93)], palette.shadow, 1.2)
    sheet.stroke([(left - 3, 14), (right + 3, 14)], palette.shadow, 1.4)
    count = int((right - left) / 16)
    for index in range(count):
        x = left + (index + 0.5) * (right - left) / count
        base = random.choice(
            (palette.accent, palette.deep, palette.mid, palette.light, palette.shadow)
        )
        _garment(sheet, x, mix(base, palette.shadow, random.uniform(0, 0.2)))
    return sheet.done()


def _garment(sheet: Sheet, x: float, ink: Colour) -> None:
    palette, random = sheet.canvas.palette, sheet.canvas.random
    long = random.uniform(36, 62)
    wide = random.uniform(6.5, 8.5)
    sheet.stroke([(x, 14), (x + 1.4, 12.4)], palette.shadow, 0.5)
    sheet.stroke([(x, 14), (x, 18)], palette.shadow, 0.5)
    dark = mix(ink, BLACK, 0.25)
    for side in (-1, 1):
        sheet.shape([(x + side * wide * 0.7, 22), (x + side * (wide + 2.4), 27),
                     (x + side * (wide + 1.6), 22 + long * 0.6), (x + side * wide * 0.8, 48)],
                    dark)  # fmt: skip
    sheet.shape([(x - 2.4, 18.5), (x + 2.4, 18.5), (x + wide, 23), (x + wide * 1.08, 22 + long),
                 (x - wide * 1.08, 22 + long), (x - wide, 23)], ink)  # fmt: skip
    sheet.shape([(x - 2.4, 18.5), (x + 2.4, 18.5), (x, 28)], mix(ink, WHITE, 0.45))
    sheet.stroke([(x, 28), (x, 21 + long)], dark, 0.3)
    for button in range(3):
        sheet.disc((x + 1.3, 33 + button * 6), 0.55, mix(ink, WHITE, 0.55))
    if random.random() < 0.5:
        for stripe in range(4):
            y = 34 + stripe * (long - 14) / 4
            sheet.box((x - wide, y, wide * 2, 1.1), clear(mix(ink, WHITE, 0.6), 0.4))
