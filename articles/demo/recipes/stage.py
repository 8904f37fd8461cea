"""Places with a stage: concert light in haze, a theatre curtain."""

from math import cos, pi, radians, sin

from PIL import Image, ImageChops, ImageDraw

from articles.demo.paint import (
    Canvas,
    add_light,
    cloud,
    cut_out,
    gradient,
    mix,
    soften,
    spot,
    vignette,
)


def concert(canvas: Canvas) -> Image.Image:
    """Beams from the rig through haze, and the backs of a crowd."""
    palette, random = canvas.palette, canvas.random
    dark = mix(palette.shadow, (0, 0, 0), 0.45)
    picture = gradient(
        canvas.size, [(0, dark), (0.6, mix(palette.shadow, palette.deep, 0.75)), (1, dark)]
    )
    haze = cloud(canvas.size, random, cells=3, octaves=5, stretch=1.6)
    count = random.randint(5, 8)
    colours = (palette.accent, palette.light, palette.mid)
    for index in range(count):
        source = ((index + random.uniform(0.2, 0.8)) / count, random.uniform(-0.02, 0.1))
        beam = _beam(canvas, source, degrees=random.uniform(-32, 32))
        beam = ImageChops.multiply(
            beam, haze.resize(beam.size).point(lambda value: 95 + value * 0.63)
        )
        colour = colours[index % len(colours)]
        picture = add_light(picture, beam, colour, strength=1.1)
        for reach, level in ((0.022, 0.35), (0.006, 1.5)):
            lamp = spot(
                canvas.soft_size, canvas.soft_place(*source), (canvas.width * reach,) * 2, power=1.5
            )
            picture = add_light(picture, lamp, palette.light, strength=level)
    picture = add_light(picture, haze.point(lambda v: max(v - 90, 0)), palette.deep, strength=0.5)
    floor = spot(
        canvas.soft_size, canvas.soft_place(0.5, 0.83), (canvas.width * 0.16, canvas.height * 0.07)
    )
    picture = add_light(picture, floor, palette.light, strength=0.9)
    picture.paste(mix(dark, (0, 0, 0), 0.5), mask=_crowd(canvas))
    return vignette(picture, strength=0.35)


def _beam(canvas: Canvas, source: tuple[float, float], *, degrees: float) -> Image.Image:
    size = canvas.soft_size
    start, reach = canvas.soft_place(*source), size[1] * 1.25
    half = canvas.random.uniform(4, 9)
    mask = Image.new("L", size, 0)
    for share, level in ((1.0, 95), (0.6, 165), (0.25, 250)):
        corners = [start]
        for side in (-1, 1):
            turn = radians(90 + degrees + side * half * share)
            corners.append((start[0] + cos(turn) * reach, start[1] + sin(turn) * reach))
        ImageDraw.Draw(mask).polygon(corners, fill=level)
    fade = spot(size, start, (reach, reach), power=1.25)
    return ImageChops.multiply(soften(mask, 3.5), fade)


def _crowd(canvas: Canvas) -> Image.Image:
    random = canvas.random

    def draw(pen: ImageDraw.ImageDraw) -> None:
        width, height = canvas.edge_size
        for depth in range(3):
            base = height * (0.85 + depth * 0.045)
            head = height * (0.02 + depth * 0.0115)
            place = -head
            pen.rectangle((0, base + head * 2.6, width, height + head * 3), fill=255)
            while place < width + head:
                top = base + random.uniform(-0.6, 0.8) * head
                pen.ellipse(
                    (place - head * 0.82, top - head, place + head * 0.82, top + head), fill=255
                )
                pen.ellipse(
                    (place - head * 1.9, top + head * 1.15, place + head * 1.9, top + head * 5),
                    fill=255,
                )
                pen.rectangle(
                    (place - head * 0.4, top, place + head * 0.4, top + head * 2), fill=255
                )
                if random.random() < 0.13:
                    _arm(pen, (place, top), head, lean=random.uniform(-1.2, 1.2))
                place += head * random.uniform(2.2, 3.4)

    return soften(cut_out(canvas.size, draw), 1.2)


def _arm(
    pen: ImageDraw.ImageDraw, shoulder: tuple[float, float], head: float, *, lean: float
) -> None:
    x, y = shoulder
    side = 1.5 if lean > 0 else -1.5
    elbow = (x + head * (side + lean), y - head * 0.4)
    hand = (x + head * (side + lean * 0.6), y - head * 3.1)
    pen.line(
        [(x + head * side, y + head * 1.6), elbow, hand],
        fill=255,
        width=int(head * 0.55),
        joint="curve",
    )
    pen.ellipse(
        (hand[0] - head * 0.36, hand[1] - head * 0.5, hand[0] + head * 0.36, hand[1] + head * 0.36),
        fill=255,
    )


def curtain(canvas: Canvas) -> Image.Image:
    """Heavy folds, a follow spot on them, and the edge of the boards."""
    palette, random = canvas.palette, canvas.random
    cloth = _folds(canvas, count=random.randint(11, 16))
    light = spot(
        canvas.soft_size,
        canvas.soft_place(random.uniform(0.35, 0.65), random.uniform(0.42, 0.58)),
        (canvas.width * 0.13, canvas.height * 0.19),
        power=0.7,
    )
    shade = light.resize(canvas.size, Image.Resampling.BICUBIC).point(
        lambda value: 70 + value * 0.73
    )
    picture = ImageChops.multiply(cloth, Image.merge("RGB", [shade] * 3))
    picture = add_light(picture, light, palette.light, strength=0.2)
    hem = int(canvas.height * 0.86)
    boards = gradient(
        (canvas.width, canvas.height - hem),
        [(0, (8, 6, 6)), (0.12, mix(palette.shadow, palette.mid, 0.3)), (1, palette.shadow)],
    )
    pen = ImageDraw.Draw(boards)
    for index in range(-14, 15):
        middle = canvas.width / 2
        pen.line(
            [(middle + index * 120, 0), (middle + index * 260, boards.height)],
            fill=palette.shadow,
            width=3,
        )
    picture.paste(boards, (0, hem))
    pool = spot(
        canvas.soft_size, canvas.soft_place(0.5, 0.94), (canvas.width * 0.1, canvas.height * 0.03)
    )
    picture = add_light(picture, pool, palette.light, strength=0.7)
    return vignette(picture, strength=0.5)


def _folds(canvas: Canvas, *, count: int) -> Image.Image:
    """One row of light and shade across the folds, drawn out downwards and swayed."""
    random = canvas.random
    top, bottom = [_fold_row(canvas, count=count, phase=random.uniform(0, pi)) for _ in range(2)]
    pair = Image.new("RGB", (top.width, 2))
    pair.paste(top, (0, 0))
    pair.paste(bottom, (0, 1))
    cloth = pair.resize(canvas.size, Image.Resampling.BICUBIC)
    weave = cloud(canvas.size, random, cells=5, octaves=3)
    return ImageChops.multiply(
        cloth, Image.merge("RGB", [weave.point(lambda v: 205 + v * 0.2)] * 3)
    )


def _fold_row(canvas: Canvas, *, count: int, phase: float) -> Image.Image:
    palette = canvas.palette
    row = Image.new("RGB", (480, 1))
    for x in range(480):
        turn = x / 480 * count * 2 * pi
        height = (
            sin(turn + 0.9 * sin(turn * 0.37 + phase * 0.15)) * 0.72 + sin(turn * 2.3 + 1) * 0.2
        )
        share = min(max((height + 1) / 2, 0.0), 1.0) ** 1.5
        colour = mix(mix(palette.shadow, palette.deep, 0.35), palette.mid, share)
        row.putpixel((x, 0), mix(colour, palette.light, max(share - 0.8, 0) * 0.8))
    return row
