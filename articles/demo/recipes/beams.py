"""One beam of light and what is in it: rain on a stage, dust before a projector."""

from PIL import Image, ImageChops, ImageDraw

from articles.demo.paint import (
    Canvas,
    add_light,
    cloud,
    cut_out,
    gradient,
    mix,
    moved,
    soften,
    spot,
    vignette,
)

Point = tuple[float, float]


def rain(canvas: Canvas) -> Image.Image:
    """A downpour seen only where one lamp crosses it, and the splashes on the boards."""
    palette, random = canvas.palette, canvas.random
    dark = mix(palette.shadow, (0, 0, 0), 0.5)
    picture = gradient(
        canvas.size, [(0, dark), (0.8, mix(palette.shadow, palette.deep, 0.4)), (1, dark)]
    )
    foot = random.uniform(0.42, 0.62)
    cone = _cone(
        canvas, (foot + random.uniform(-0.3, 0.3), -0.08), ((foot - 0.17, 0.9), (foot + 0.17, 0.9))
    )
    haze = cloud(canvas.soft_size, random, cells=3, stretch=1.4).point(lambda v: 60 + v * 0.5)
    picture = add_light(picture, ImageChops.multiply(cone, haze), palette.light, strength=0.8)
    drops = ImageChops.multiply(
        _streaks(canvas), cone.resize(canvas.size, Image.Resampling.BICUBIC)
    )
    picture = add_light(picture, drops, palette.light, strength=1.3)
    picture = add_light(picture, _streaks(canvas, count=260), palette.mid, strength=0.22)
    pool = spot(
        canvas.soft_size,
        canvas.soft_place(foot, 0.9),
        (canvas.width * 0.085, canvas.height * 0.03),
        power=0.8,
    )
    picture = add_light(picture, pool, palette.light, strength=0.75)
    return vignette(add_light(picture, _splashes(canvas, foot), palette.light), strength=0.4)


def _cone(canvas: Canvas, source: Point, foot: tuple[Point, Point]) -> Image.Image:
    mask = Image.new("L", canvas.soft_size, 0)
    middle = ((foot[0][0] + foot[1][0]) / 2, (foot[0][1] + foot[1][1]) / 2)
    for share, level in ((1.0, 90), (0.7, 150), (0.4, 215)):
        ends = [
            (middle[0] + (x - middle[0]) * share, middle[1] + (y - middle[1]) * share)
            for x, y in foot
        ]
        ImageDraw.Draw(mask).polygon(
            [canvas.soft_place(*place) for place in (source, *ends)], fill=level
        )
    return soften(mask, 5)


def _streaks(canvas: Canvas, *, count: int = 1500) -> Image.Image:
    random = canvas.random

    def draw(pen: ImageDraw.ImageDraw) -> None:
        width, height = canvas.edge_size
        for _ in range(count):
            x, y = random.uniform(0, width), random.uniform(-0.1, 0.92) * height
            long = height * random.uniform(0.012, 0.06)
            pen.line(
                [(x, y), (x - long * 0.06, y + long)],
                fill=random.randint(90, 255),
                width=random.choice((2, 2, 3, 4)),
            )

    return cut_out(canvas.size, draw)


def _splashes(canvas: Canvas, foot: float) -> Image.Image:
    random = canvas.random

    def draw(pen: ImageDraw.ImageDraw) -> None:
        width, height = canvas.edge_size
        for _ in range(90):
            x, y = random.gauss(foot, 0.1) * width, random.uniform(0.86, 0.95) * height
            reach = random.uniform(6, 30)
            pen.ellipse(
                (x - reach, y - reach * 0.22, x + reach, y + reach * 0.22),
                outline=random.randint(70, 200),
                width=2,
            )
            pen.line(
                [(x, y - reach * 0.2), (x + random.uniform(-6, 6), y - reach * 0.9)],
                fill=140,
                width=2,
            )

    return cut_out(canvas.size, draw)


def projector(canvas: Canvas) -> Image.Image:
    """The beam out of a projection box, with dust in it, over dark heads of seats."""
    palette, random = canvas.palette, canvas.random
    dark = mix(palette.shadow, (0, 0, 0), 0.55)
    picture = gradient(canvas.size, [(0, mix(dark, palette.deep, 0.35)), (1, dark)])
    port = (random.uniform(0.84, 0.9), random.uniform(0.2, 0.28))
    cone = _cone(canvas, port, ((-0.05, 0.02), (-0.05, 0.86)))
    smoke = cloud(canvas.soft_size, random, cells=4, octaves=5, stretch=1.8).point(
        lambda v: 55 + v * 0.78
    )
    picture = add_light(picture, ImageChops.multiply(cone, smoke), palette.light, strength=0.8)
    picture = add_light(
        picture, ImageChops.multiply(moved(cone, 0, 14), smoke), palette.accent, strength=0.3
    )
    dust = ImageChops.multiply(_dust(canvas), cone.resize(canvas.size, Image.Resampling.BICUBIC))
    picture = add_light(picture, dust, palette.light, strength=1.3)
    x, y, unit = port[0] * canvas.width, port[1] * canvas.height, canvas.height * 0.035
    wall = ImageDraw.Draw(picture)
    wall.rectangle(
        (x - unit * 0.2, y - unit * 1.3, x + unit * 2.4, y + unit * 1.3),
        fill=mix(palette.deep, palette.light, 0.35),
    )
    wall.rectangle(
        (x, y - unit, x + unit * 2.1, y + unit), fill=mix(palette.accent, palette.light, 0.6)
    )
    for reach, level in ((0.045, 0.6), (0.012, 1.5)):
        glow = spot(
            canvas.soft_size,
            canvas.soft_place(port[0] + 0.015, port[1]),
            (canvas.width * reach,) * 2,
        )
        picture = add_light(picture, glow, palette.light, strength=level)
    return vignette(picture, strength=0.4)


def _dust(canvas: Canvas) -> Image.Image:
    random = canvas.random

    def draw(pen: ImageDraw.ImageDraw) -> None:
        width, height = canvas.edge_size
        for _ in range(900):
            x, y, reach = (
                random.uniform(0, width),
                random.uniform(0, height),
                random.choice((1, 2, 2, 3, 5)),
            )
            pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=random.randint(90, 255))

    return soften(cut_out(canvas.size, draw), 0.8)
