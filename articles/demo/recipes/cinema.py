"""A cinema from the back row."""

from PIL import Image, ImageChops, ImageDraw

from articles.demo.paint import (
    SOFT_SCALE,
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


def cinema(canvas: Canvas) -> Image.Image:
    """Rows of seats before a lit screen, and the beam above them."""
    palette, random = canvas.palette, canvas.random
    picture = Image.new("RGB", canvas.size, mix(palette.shadow, (0, 0, 0), 0.55))
    width, height = canvas.size
    box = (int(width * 0.17), int(height * 0.1), int(width * 0.83), int(height * 0.56))
    size = (box[2] - box[0], box[3] - box[1])
    film = gradient(size, [(0, palette.light), (0.55, palette.mid), (1, palette.deep)])
    film = add_light(film, cloud(size, random, cells=3, stretch=3), palette.light, strength=0.3)
    sun = spot(
        size, (size[0] * random.uniform(0.3, 0.7), size[1] * 0.52), (size[1] * 0.5,) * 2, power=0.8
    )
    film = add_light(film, sun, palette.accent, strength=0.8)
    picture.paste(film, box[:2])
    picture = add_light(picture, soften(_filled(canvas, box), 26), palette.mid, strength=0.5)
    picture.paste(film, box[:2])
    for row in range(4):
        colour = mix(
            mix(palette.shadow, palette.accent, 0.34 - row * 0.07), (0, 0, 0), 0.12 + row * 0.2
        )
        seats = _seats(canvas, row)
        picture.paste(colour, mask=seats)
        rim = ImageChops.subtract(seats, moved(seats, 0, 5 + row))
        picture = add_light(picture, rim, palette.light, strength=0.5 - row * 0.1)
    return vignette(picture, strength=0.4)


def _filled(canvas: Canvas, box: tuple[int, int, int, int]) -> Image.Image:
    mask = Image.new("L", canvas.soft_size, 0)
    ImageDraw.Draw(mask).rectangle([part // SOFT_SCALE for part in box], fill=255)
    return mask


def _seats(canvas: Canvas, row: int) -> Image.Image:
    def draw(pen: ImageDraw.ImageDraw) -> None:
        width, height = canvas.edge_size
        seat = width * (0.062 + 0.022 * row)
        top = height * (0.64 + 0.095 * row)
        start = width / 2 - seat * 12 + (seat / 2 if row % 2 else 0)
        for index in range(24):
            left = start + index * seat
            pen.rounded_rectangle(
                (left + seat * 0.06, top, left + seat * 0.94, height * 1.1), seat * 0.22, fill=255
            )

    return cut_out(canvas.size, draw)
