"""The town after dark, flat: a street of signs in the wet, a front of lit windows, a stairway."""

from PIL import Image, ImageChops, ImageOps

from articles.demo.paint import Canvas, add_light, gradient, mix, soften, vignette
from articles.demo.palettes import Colour
from articles.demo.recipes.flat import BLACK, WHITE, Sheet, clear, glow, leaf, person
from articles.demo.recipes.town import rippled

KERB = 70


def neon(canvas: Canvas) -> Image.Image:
    """A row of shut shops under lit signs, and all of it again in the wet road."""
    palette = canvas.palette
    sheet = Sheet(canvas, mix(palette.shadow, palette.deep, 0.5))
    sheet.fade((0, KERB), mix(palette.shadow, BLACK, 0.2), mix(palette.deep, palette.mid, 0.25))
    signs = Sheet(canvas, BLACK)
    x = -canvas.random.uniform(2, 16)
    while x < sheet.wide:
        wide = canvas.random.uniform(24, 38)
        _house(sheet, signs, (x, wide))
        x += wide + 0.4
    light = signs.done()
    street = ImageChops.screen(sheet.done(), light)
    for reach, strength in ((3, 0.7), (9, 0.9)):
        small = soften(light.reduce(4), reach)
        street = ImageChops.screen(
            street,
            small.resize(street.size, Image.Resampling.BICUBIC).point(lambda v: v * strength),  # noqa: B023
        )
    return vignette(_wet(canvas, street), strength=0.3)


def _wet(canvas: Canvas, street: Image.Image) -> Image.Image:
    width, height = canvas.size
    kerb = height * KERB // 100
    above = ImageOps.flip(street.crop((0, 0, width, kerb)))
    size = (width, height - kerb)
    sharp = above.resize(size)
    smear = above.resize((width // 8, 5), Image.Resampling.BOX).resize(
        size, Image.Resampling.BICUBIC
    )
    wet = rippled(canvas, Image.blend(sharp, smear, 0.55))
    shade = gradient(size, [(0, (70, 70, 80)), (0.25, (215, 215, 225)), (1, (150, 150, 165))])
    street.paste(ImageChops.multiply(wet, shade), (0, kerb))
    return street


def _house(sheet: Sheet, signs: Sheet, span: tuple[float, float]) -> None:
    palette, random = sheet.canvas.palette, sheet.canvas.random
    x, wide = span
    top = random.uniform(2, 26)
    wall = mix(palette.shadow, palette.deep, random.uniform(0.25, 0.9))
    sheet.box((x, top, wide, KERB - top), wall)
    sheet.box((x - 0.5, top, wide + 1, 1.4), mix(wall, BLACK, 0.35))
    columns = max(int(wide / 8), 2)
    step = wide / columns
    y = top + 5
    while y < 36:
        for column in range(columns):
            is_lit = random.random() < 0.28
            pane = mix(palette.accent, palette.light, 0.6) if is_lit else mix(wall, BLACK, 0.42)
            sheet.box((x + step * column + step * 0.26, y, step * 0.48, 6.5), pane, round_=0.3)
            sheet.box((x + step * column + step * 0.48, y, 0.35, 6.5), wall)
        y += 11
    front = mix(wall, BLACK, 0.5)
    sheet.box((x + 2, 49, wide - 4, KERB - 49), front, round_=0.5)
    sheet.box((x + 3.4, 51.5, wide * 0.48, 14), clear(palette.mid, random.uniform(0.15, 0.6)))
    sheet.box((x + wide - 9, 52, 5.5, 18), mix(palette.deep, BLACK, 0.35))
    stripes = int((wide - 4) / 2.4)
    for stripe in range(stripes):
        ink = palette.light if stripe % 2 else palette.accent
        left = x + 2 + stripe * (wide - 4) / stripes
        sheet.shape(
            [(left, 46), (left + (wide - 4) / stripes, 46), (left + (wide - 4) / stripes, 50.5),
             (left, 50.5)],
            clear(mix(ink, palette.shadow, 0.45), 0.95),
        )  # fmt: skip
    _SIGNS[random.randrange(len(_SIGNS))](signs, (x + wide / 2, 41), _tube(sheet))


def _tube(sheet: Sheet) -> Colour:
    palette = sheet.canvas.palette
    return sheet.canvas.random.choice(
        (palette.accent, mix(palette.mid, WHITE, 0.25), mix(palette.light, palette.accent, 0.3))
    )


def _fish(sheet: Sheet, place: tuple[float, float], ink: Colour) -> None:
    x, y = place
    body = [(x - 8, y), (x - 4, y - 3), (x + 2, y - 3), (x + 6, y), (x + 10, y - 3.4),
            (x + 10, y + 3.4), (x + 6, y), (x + 2, y + 3), (x - 4, y + 3), (x - 8, y)]  # fmt: skip
    sheet.stroke(body, ink, 0.7)
    sheet.disc((x - 4.4, y - 0.5), 0.6, ink)


def _glass(sheet: Sheet, place: tuple[float, float], ink: Colour) -> None:
    x, y = place
    sheet.stroke([(x - 6, y - 7), (x + 6, y - 7), (x, y), (x - 6, y - 7)], ink, 0.7)
    sheet.stroke([(x, y), (x, y + 4)], ink, 0.7)
    sheet.stroke([(x - 3.4, y + 4), (x + 3.4, y + 4)], ink, 0.7)
    sheet.disc((x + 1.5, y - 5), 1, ink)


def _arrow(sheet: Sheet, place: tuple[float, float], ink: Colour) -> None:
    x, y = place
    for shift in range(5):
        left = x - 9 + shift * 4
        sheet.stroke([(left, y - 3), (left + 3, y), (left, y + 3)], ink, 0.75)


def _rings(sheet: Sheet, place: tuple[float, float], ink: Colour) -> None:
    for shift, reach in ((-7, 3.2), (0, 4.4), (7, 3.2)):
        sheet.ring((place[0] + shift, place[1] - 1), reach, ink, width=0.7)


def _upright(sheet: Sheet, place: tuple[float, float], ink: Colour) -> None:
    """A tall sign of five letters nobody can read."""
    x, y = place
    for letter in range(5):
        top = y - 24 + letter * 6
        sheet.stroke([(x + 8, top), (x + 8, top + 4), (x + 11.4, top + 4)], ink, 0.7)
        if letter % 2:
            sheet.stroke([(x + 8, top), (x + 11.4, top)], ink, 0.7)
    sheet.ring((x + 9.7, y + 6.5), 1.8, ink, width=0.5)


_SIGNS = (_fish, _glass, _arrow, _rings, _upright)


def windows(canvas: Canvas) -> Image.Image:
    """A front with many windows, somebody's evening in each."""
    palette, random = canvas.palette, canvas.random
    wall = mix(palette.deep, palette.shadow, 0.45)
    sheet = Sheet(canvas, wall)
    for row in range(25):
        sheet.box((0, row * 4, sheet.wide, 0.25), clear(palette.shadow, 0.35))
    columns = round(sheet.wide / 30)
    step = sheet.wide / columns
    for row in range(3):
        for column in range(columns):
            x, y = column * step + step * 0.2, 7 + row * 32
            _window(sheet, (x, y), step * 0.6)
    picture = sheet.done()
    for _ in range(3):
        place = (random.uniform(0, sheet.wide), random.uniform(10, 90))
        picture = glow(picture, canvas, (place, 40, mix(palette.accent, palette.shadow, 0.4)))
    return vignette(picture, strength=0.35)


def _window(sheet: Sheet, place: tuple[float, float], wide: float) -> None:
    palette, random = sheet.canvas.palette, sheet.canvas.random
    x, y = place
    warm = mix(palette.accent, palette.light, random.uniform(0.35, 0.85))
    is_lit = random.random() < 0.72
    inside = warm if is_lit else mix(palette.shadow, palette.deep, 0.35)
    dark = mix(palette.shadow, palette.deep, 0.25)
    sheet.box((x - 1, y - 1, wide + 2, 23), mix(palette.light, palette.deep, 0.55))
    sheet.box((x, y, wide, 21), inside)
    if is_lit:
        kind = random.randrange(5)
        if kind == 0:
            person(sheet, (x + wide * 0.4, y + 21), 17, inks=(dark, dark, dark))
        elif kind == 1:
            for tip in (-4, -1.5, 1.5, 4):
                leaf(
                    sheet, (x + wide / 2, y + 17), (x + wide / 2 + tip, y + 6), width=0.16, ink=dark
                )
            sheet.box((x + wide / 2 - 2.4, y + 16, 4.8, 5), dark, round_=0.4)
        elif kind == 2:
            for fold in range(4):
                for side in (0, 1):
                    left = x + fold * 1.3 if side == 0 else x + wide - 1.3 - fold * 1.3
                    sheet.box((left, y, 1.2, 21), mix(palette.accent, dark, 0.2 + fold * 0.12))
        elif kind == 3:
            sheet.stroke([(x + wide * 0.6, y), (x + wide * 0.6, y + 5)], dark, 0.3)
            sheet.wedge((x + wide * 0.6, y + 9), 4, dark, degrees=(180, 360))
        else:
            sheet.box((x, y, wide, random.uniform(6, 12)), mix(warm, dark, 0.35))
    sheet.box((x + wide / 2 - 0.35, y, 0.7, 21), mix(palette.light, palette.deep, 0.6))
    sheet.box((x - 2, y + 21.6, wide + 4, 1.6), mix(palette.light, palette.deep, 0.4))


def stairway(canvas: Canvas) -> Image.Image:
    """A flight of steps in hard light, and one person on them."""
    palette, random = canvas.palette, canvas.random
    sheet = Sheet(canvas, mix(palette.light, palette.mid, 0.2))
    sheet.fade((0, 100), mix(palette.light, palette.mid, 0.1), mix(palette.light, palette.mid, 0.5))
    sheet.disc((sheet.wide * 0.26, 26), 13, palette.accent)
    steps = random.randint(8, 11)
    run, rise = sheet.wide / steps, 76 / steps
    for step in range(steps):
        x, y = step * run, 96 - (step + 1) * rise
        sheet.box(
            (x, y, sheet.wide - x, 101 - y), mix(palette.mid, palette.deep, step / steps * 0.6)
        )
        sheet.box((x, y, run, 1.2), mix(palette.light, palette.accent, 0.15))
        sheet.shape(
            [(x, y + 1.2), (x + run * 0.85, y + 1.2), (x, y + rise + 1.2)],
            clear(palette.shadow, 0.3),
        )
    on = random.randint(3, steps - 3)
    foot = (run * (on + 0.5), 96 - (on + 1) * rise)
    sheet.shape(
        [
            foot,
            (foot[0] + 1.5, foot[1]),
            (foot[0] + 24, foot[1] + 10),
            (foot[0] + 20, foot[1] + 10),
        ],
        clear(palette.shadow, 0.4),
    )
    person(
        sheet, foot, 25, inks=((186, 126, 88), palette.accent, palette.shadow),
        turned=random.choice((-1, 1)),
    )  # fmt: skip
    return add_light(sheet.done(), Image.linear_gradient("L"), palette.light, strength=0.05)
