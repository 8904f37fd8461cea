"""A port at dusk, doubled in the water."""

from PIL import Image, ImageChops, ImageDraw, ImageOps

from articles.demo.paint import (
    EDGE_SCALE,
    SOFT_SCALE,
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


def skyline(canvas: Canvas) -> Image.Image:
    """A town across the water at dusk, its windows lit, doubled in the harbour."""
    palette, random = canvas.palette, canvas.random
    width, height = canvas.size
    shore = int(height * random.uniform(0.6, 0.68))
    picture = _sky(canvas, (width, shore))
    for depth in range(3):
        colour = mix(
            mix(palette.deep, palette.mid, 0.45), mix(palette.shadow, (0, 0, 0), 0.3), depth / 2
        )
        mask, windows = _roofs(canvas, shore, depth)
        picture.paste(colour, mask=mask)
        picture = add_light(picture, windows, palette.light, strength=0.45 + depth * 0.25)
        picture = add_light(picture, soften(windows.reduce(2), 6), palette.accent, strength=0.3)
    water = ImageOps.flip(picture).resize((width, height - shore))
    water = rippled(canvas, water)
    veil = Image.new("RGB", water.size, mix(palette.shadow, palette.deep, 0.5))
    whole = Image.new("RGB", canvas.size)
    whole.paste(picture, (0, 0))
    whole.paste(Image.blend(water, veil, 0.34), (0, shore))
    ImageDraw.Draw(whole).rectangle(
        (0, shore - 3, width, shore + 3), fill=mix(palette.shadow, (0, 0, 0), 0.4)
    )
    return vignette(whole, strength=0.3)


def _sky(canvas: Canvas, size: tuple[int, int]) -> Image.Image:
    palette, random = canvas.palette, canvas.random
    sky = gradient(
        size,
        [
            (0, palette.shadow),
            (0.34, palette.deep),
            (0.62, palette.mid),
            (0.88, palette.light),
            (1, palette.light),
        ],
    )
    bands = cloud(size, random, cells=3, octaves=5, stretch=4).point(
        lambda v: max(v - 120, 0) * 1.4
    )
    sky = add_light(sky, bands, palette.accent, strength=0.4)
    sun = (size[0] * random.uniform(0.2, 0.8) / SOFT_SCALE, size[1] * 0.97 / SOFT_SCALE)
    halo = spot(
        (size[0] // SOFT_SCALE, size[1] // SOFT_SCALE), sun, (size[0] / 9, size[1] / 7), power=1.8
    )
    return add_light(sky, halo, palette.light, strength=0.8)


def _roofs(canvas: Canvas, shore: int, depth: int) -> tuple[Image.Image, Image.Image]:
    random, width = canvas.random, canvas.width
    houses: list[tuple[int, int, int, int]] = []
    left = -20
    while left < width:
        broad = int(width * random.uniform(0.025, 0.07) * (0.8 + depth * 0.25))
        tall = shore * random.uniform(0.1, 0.34) * (1.25 - depth * 0.22)
        if random.random() < 0.12:
            tall *= 1.5
        houses.append((left, int(shore - tall), left + broad, shore))
        left += broad + random.choice((0, 0, -3, -6))
    styles = [random.randrange(4) for _ in houses]

    def draw(pen: ImageDraw.ImageDraw) -> None:
        for house, style in zip(houses, styles, strict=True):
            _house(pen, [part * EDGE_SCALE for part in house], style)

    lights = Image.new("L", (width, shore), 0)
    pen = ImageDraw.Draw(lights)
    step = 11 + depth * 4
    for house in houses:
        for x in range(house[0] + step // 2, house[2] - step // 2, step):
            for y in range(house[1] + step, shore - step, int(step * 1.5)):
                if random.random() < 0.2:
                    pen.rectangle(
                        (x, y, x + step // 2 - 1, y + step // 2 + 1), fill=random.randint(70, 235)
                    )
    mask = cut_out((width, shore), draw)
    return mask, ImageChops.multiply(lights, mask)


def _house(pen: ImageDraw.ImageDraw, box: list[int], style: int) -> None:
    left, top, right, bottom = box
    middle, broad = (left + right) // 2, right - left
    pen.rectangle((left, top, right, bottom), fill=255)
    if style == 1:
        pen.polygon([(left, top), (middle, top - broad // 2), (right, top)], fill=255)
    elif style == 2:
        pen.rectangle((middle - 4, top - broad, middle + 4, top), fill=255)
        pen.rectangle((left + broad // 4, top - broad // 5, right - broad // 4, top), fill=255)
    elif style == 3:
        pen.polygon([(left, top), (left, top - broad // 3), (right, top)], fill=255)


def rippled(canvas: Canvas, water: Image.Image) -> Image.Image:
    """Rows pushed sideways, more towards the viewer, and smeared."""
    random = canvas.random
    out = water.copy()
    push, row = 0.0, 0
    while row < water.height:
        near = row / water.height
        thick = max(int(2 + near * 7), 1)
        push = push * 0.55 + random.uniform(-1, 1) * (2 + near * 16)
        strip = water.crop((0, row, water.width, min(row + thick, water.height)))
        out.paste(ImageChops.offset(strip, int(push), 0), (0, row))
        row += thick
    small = out.resize((out.width // 2, max(out.height // 5, 1)), Image.Resampling.BOX)
    return Image.blend(out, soften(small, 1.2).resize(out.size, Image.Resampling.BICUBIC), 0.55)
