"""A desk from above: pages, a cup, a pencil."""

from math import hypot

from PIL import Image, ImageChops, ImageDraw

from articles.demo.paint import (
    SOFT_SCALE,
    Canvas,
    add_light,
    cloud,
    disc_mask,
    mix,
    polygon_mask,
    soften,
    spot,
    vignette,
)
from articles.demo.palettes import Colour
from articles.demo.recipes.sheet import BLACK, WHITE, Point, fibres, shadowed, tooth


def desk(canvas: Canvas) -> Image.Image:
    """A desk from above in window light: pages, a cup, a pencil."""
    palette, random = canvas.palette, canvas.random
    picture = _wood(canvas)
    for index in range(random.randint(3, 4)):
        page = _page(canvas, mix(palette.light, WHITE, 0.35 + 0.15 * index))
        page = page.rotate(random.uniform(-17, 17), Image.Resampling.BICUBIC, expand=True)
        place = (
            int(canvas.width * random.uniform(0.02, 0.5)),
            int(canvas.height * random.uniform(-0.12, 0.28)),
        )
        whole = Image.new("L", canvas.size, 0)
        whole.paste(page.getchannel("A"), place)
        picture = shadowed(picture, whole, shift=(10, 14), blur=26, level=0.5)
        picture.paste(page, place, page)
    picture = _cup(
        canvas,
        picture,
        (canvas.width * random.uniform(0.78, 0.88), canvas.height * random.uniform(0.22, 0.4)),
    )
    picture = _pencil(canvas, picture)
    return vignette(_window_light(canvas, picture), strength=0.3)


def _wood(canvas: Canvas) -> Image.Image:
    palette = canvas.palette
    streaks = cloud(canvas.size, canvas.random, cells=26, octaves=4, stretch=9).point(
        lambda v: 175 + v * 0.31
    )
    return ImageChops.multiply(
        Image.new("RGB", canvas.size, mix(palette.deep, palette.mid, 0.55)),
        Image.merge("RGB", [streaks] * 3),
    )


def _page(canvas: Canvas, colour: Colour) -> Image.Image:
    size = (int(canvas.height * 0.56), int(canvas.height * 0.78))
    page = fibres(tooth(size, canvas.random), colour).convert("RGBA")
    pen = ImageDraw.Draw(page)
    ink = mix(colour, canvas.palette.shadow, 0.62)
    top, margin = size[1] * 0.12, size[0] * 0.14
    pen.rounded_rectangle(
        (margin, top - size[1] * 0.05, size[0] * 0.62, top - size[1] * 0.03), 4, fill=ink
    )
    while top < size[1] * 0.9:
        left = margin
        end = (
            size[0] - margin
            if canvas.random.random() > 0.2
            else size[0] * canvas.random.uniform(0.35, 0.7)
        )
        while left < end:
            word = size[0] * canvas.random.uniform(0.02, 0.09)
            pen.rounded_rectangle((left, top, min(left + word, end), top + 5), 2, fill=ink)
            left += word + size[0] * 0.014
        top += size[1] * 0.026
    return page


def _cup(canvas: Canvas, picture: Image.Image, centre: Point) -> Image.Image:
    palette = canvas.palette
    unit = canvas.height * 0.125
    shadow = disc_mask(canvas.size, centre, unit * 1.3)
    picture = shadowed(picture, shadow, shift=(26, 34), blur=40, level=0.6)
    for reach, colour in (
        (1.42, mix(palette.accent, WHITE, 0.72)),
        (1.3, mix(palette.accent, WHITE, 0.82)),
        (0.9, palette.accent),
        (0.8, mix(palette.accent, WHITE, 0.35)),
        (0.76, (46, 27, 18)),
        (0.7, (64, 38, 24)),
    ):
        picture.paste(colour, mask=disc_mask(canvas.size, centre, unit * reach))
    shine = spot(
        canvas.soft_size,
        (centre[0] / SOFT_SCALE - 12, centre[1] / SOFT_SCALE - 12),
        (unit / 6, unit / 9),
    )
    return add_light(picture, shine, WHITE, strength=0.45)


def _pencil(canvas: Canvas, picture: Image.Image) -> Image.Image:
    random, palette = canvas.random, canvas.palette
    width, height = canvas.edge_size
    start = (width * random.uniform(0.5, 0.66), height * random.uniform(0.62, 0.8))
    end = (start[0] + width * 0.27, start[1] - height * random.uniform(-0.06, 0.2))
    length = hypot(end[0] - start[0], end[1] - start[1])
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    half = height * 0.0085

    def part(begin: float, stop: float, side: float = 1.0, shift: float = 0.0) -> list[Point]:
        across = (-along[1] * half, along[0] * half)
        return [
            (
                start[0] + along[0] * length * at + across[0] * (way * side + shift),
                start[1] + along[1] * length * at + across[1] * (way * side + shift),
            )
            for at, way in ((begin, -1), (stop, -1), (stop, 1), (begin, 1))
        ]

    tip = (start[0] - along[0] * length * 0.07, start[1] - along[1] * length * 0.07)
    body, edge = part(0, 1), part(0, 1, 0.36, 0.62)
    whole = polygon_mask(canvas.size, [*body, tip])
    picture = shadowed(picture, whole, shift=(7, 11), blur=12, level=0.6)
    wood, metal = [body[0], tip, body[3]], part(0.9, 0.96)
    for shape, colour in (
        (wood, (226, 190, 146)),
        (body, palette.accent),
        (edge, mix(palette.accent, BLACK, 0.28)),
        (metal, (184, 184, 190)),
        (part(0.96, 1.0), (214, 132, 128)),
    ):
        picture.paste(colour, mask=polygon_mask(canvas.size, shape))
    return picture


def _window_light(canvas: Canvas, picture: Image.Image) -> Image.Image:
    """Panes of light falling across everything at a slant."""
    width, height = canvas.soft_size
    panes = Image.new("L", canvas.soft_size, 0)
    pen = ImageDraw.Draw(panes)
    for index in range(3):
        for row in range(2):
            left, top = width * (0.02 + 0.25 * index), height * (-0.1 + 0.55 * row)
            lean = height * 0.34
            pen.polygon(
                [
                    (left + lean, top),
                    (left + lean + width * 0.22, top),
                    (left + width * 0.22, top + height * 0.5),
                    (left, top + height * 0.5),
                ],
                fill=255,
            )
    shade = (
        soften(panes, 5)
        .resize(canvas.size, Image.Resampling.BICUBIC)
        .point(lambda value: 150 + value * 0.41)
    )
    return ImageChops.multiply(picture, Image.merge("RGB", [shade] * 3))
