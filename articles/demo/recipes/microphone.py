"""One microphone in front of lamps out of focus."""

from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw

from articles.demo.paint import (
    EDGE_SCALE,
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


def microphone(canvas: Canvas) -> Image.Image:
    """One microphone on its stand, lit from behind, lamps out of focus."""
    palette, random = canvas.palette, canvas.random
    picture = gradient(
        canvas.size,
        [(0, palette.shadow), (0.7, mix(palette.shadow, palette.deep, 0.8)), (1, palette.shadow)],
    )
    for _ in range(9):
        centre = canvas.soft_place(random.random(), random.uniform(0, 0.6))
        radius = canvas.width * random.uniform(0.008, 0.028)
        lamp = soften(cut_out(canvas.soft_size, _ring(centre, radius)), 1.6)
        picture = add_light(
            picture, lamp, random.choice((palette.accent, palette.light, palette.mid)), strength=0.5
        )
    place = random.choice((0.33, 0.64))
    back = spot(
        canvas.soft_size, canvas.soft_place(place, 0.4), (canvas.width * 0.12, canvas.height * 0.2)
    )
    picture = add_light(picture, back, palette.mid, strength=1.0)
    body = cut_out(canvas.size, lambda pen: _stand(pen, canvas, place))
    picture.paste(mix(palette.shadow, (0, 0, 0), 0.5), mask=body)
    rim = ImageChops.subtract(body, moved(soften(body, 1.5), 7, 4))
    picture = add_light(picture, soften(rim, 1.5), palette.light, strength=0.95)
    mesh = ImageChops.multiply(cut_out(canvas.size, lambda pen: _mesh(pen, canvas, place)), body)
    picture = add_light(picture, mesh, palette.light, strength=0.22)
    haze = cloud(canvas.size, random, cells=3, stretch=2)
    return vignette(add_light(picture, haze, palette.deep, strength=0.35), strength=0.4)


def _ring(centre: tuple[float, float], radius: float) -> Callable[[ImageDraw.ImageDraw], None]:
    x, y = (part * EDGE_SCALE for part in centre)

    def draw(pen: ImageDraw.ImageDraw) -> None:
        pen.ellipse(
            (x - radius, y - radius, x + radius, y + radius), fill=200, outline=255, width=4
        )

    return draw


def _stand(pen: ImageDraw.ImageDraw, canvas: Canvas, place: float) -> None:
    width, height = canvas.edge_size
    x, y, unit = width * place, height * 0.3, height * 0.062
    pen.ellipse((x - unit, y - unit * 1.3, x + unit, y + unit), fill=255)
    pen.rounded_rectangle(
        (x - unit * 1.04, y - unit * 0.08, x + unit * 1.04, y + unit * 0.16), 8, fill=255
    )
    pen.polygon(
        [
            (x - unit * 0.86, y + unit * 0.4),
            (x + unit * 0.86, y + unit * 0.4),
            (x + unit * 0.42, y + unit * 4.2),
            (x - unit * 0.42, y + unit * 4.2),
        ],
        fill=255,
    )
    pen.rounded_rectangle(
        (x - unit * 0.62, y + unit * 3.6, x + unit * 0.62, y + unit * 4.7), 14, fill=255
    )
    pen.rectangle((x - unit * 0.15, y + unit * 4, x + unit * 0.15, height), fill=255)


def _mesh(pen: ImageDraw.ImageDraw, canvas: Canvas, place: float) -> None:
    width, height = canvas.edge_size
    x, y, unit = width * place, height * 0.3, height * 0.062
    step = unit / 6
    for index in range(-14, 15):
        shift = index * step
        pen.line(
            [(x + shift - unit * 1.3, y - unit * 1.3), (x + shift + unit * 1.3, y + unit * 1.3)],
            fill=150,
            width=5,
        )
        pen.line(
            [(x + shift + unit * 1.3, y - unit * 1.3), (x + shift - unit * 1.3, y + unit * 1.3)],
            fill=150,
            width=5,
        )
    pen.rectangle((x - unit * 2, y + unit * 0.1, x + unit * 2, height), fill=0)
