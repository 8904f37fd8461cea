"""Out of town: hills in mist, the sea."""

from PIL import Image, ImageChops, ImageDraw

from articles.demo.paint import (
    EDGE_SCALE,
    SOFT_SCALE,
    Canvas,
    add_light,
    cloud,
    cut_out,
    gradient,
    mix,
    ridge,
    soften,
    spot,
    vignette,
)


def hills(canvas: Canvas) -> Image.Image:
    """Ridges behind ridges in mist, a low sun."""
    palette, random = canvas.palette, canvas.random
    picture = gradient(canvas.size, [(0, palette.mid), (0.45, palette.light), (1, palette.light)])
    sun = (random.uniform(0.25, 0.75) * canvas.width, canvas.height * random.uniform(0.26, 0.36))
    soft_sun = (sun[0] / SOFT_SCALE, sun[1] / SOFT_SCALE)
    picture = add_light(
        picture,
        spot(canvas.soft_size, soft_sun, (canvas.width / 8,) * 2),
        palette.accent,
        strength=0.55,
    )
    disc = cut_out(canvas.size, lambda pen: _disc_at(pen, sun, canvas.height * 0.045))
    picture = add_light(picture, soften(disc, 2), palette.light)
    layers = 6
    for depth in range(layers):
        near = depth / (layers - 1)
        colour = mix(
            mix(palette.mid, palette.light, 0.5), mix(palette.shadow, palette.deep, 0.25), near**0.8
        )
        picture.paste(
            colour, mask=_ridge_mask(canvas, base=0.42 + 0.1 * depth, lift=0.09 + 0.02 * depth)
        )
        mist = cloud(canvas.size, random, cells=2, octaves=3, stretch=3)
        band = spot(
            canvas.soft_size,
            (canvas.soft_size[0] / 2, canvas.soft_size[1] * (0.56 + 0.1 * depth)),
            (canvas.width * 0.3, canvas.height * 0.03),
            power=0.9,
        )
        mist = ImageChops.multiply(mist, band.resize(canvas.size, Image.Resampling.BICUBIC))
        picture = add_light(picture, mist, palette.light, strength=0.5 * (1 - near))
    return vignette(picture, strength=0.25)


def _disc_at(pen: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float) -> None:
    x, y, reach = centre[0] * EDGE_SCALE, centre[1] * EDGE_SCALE, radius * EDGE_SCALE
    pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)


def _ridge_mask(canvas: Canvas, *, base: float, lift: float) -> Image.Image:
    heights = ridge(canvas.random, points=240, roughness=0.48, octaves=7)
    width, height = canvas.edge_size
    line = [
        (width * index / 239, height * (base - lift * value)) for index, value in enumerate(heights)
    ]
    return cut_out(
        canvas.size, lambda pen: pen.polygon([*line, (width, height), (0, height)], fill=255)
    )


def sea(canvas: Canvas) -> Image.Image:
    """A wide sea under a big sky, glitter under the sun, one far boat."""
    palette, random = canvas.palette, canvas.random
    width, height = canvas.size
    horizon = int(height * random.uniform(0.46, 0.58))
    sky = gradient((width, horizon), [(0, palette.deep), (0.55, palette.mid), (1, palette.light)])
    veil = cloud((width, horizon), random, cells=3, octaves=5, stretch=3).point(
        lambda v: max(v - 95, 0) * 1.3
    )
    sky = add_light(sky, veil, palette.light, strength=0.55)
    sun = width * random.uniform(0.3, 0.7)
    halo = spot((width // 4, horizon // 4), (sun / 4, horizon / 4 * 0.85), (width / 12, width / 12))
    sky = add_light(sky, halo, palette.accent, strength=0.7)
    water = gradient(
        (width, height - horizon), [(0, palette.mid), (0.25, palette.deep), (1, palette.shadow)]
    )
    water = add_light(water, _swell(canvas, water.size), palette.light, strength=0.3)
    water = add_light(water, _glitter(canvas, water.size, sun), palette.light, strength=0.85)
    picture = Image.new("RGB", canvas.size)
    picture.paste(sky, (0, 0))
    picture.paste(water, (0, horizon))
    _boat(canvas, picture, (width * random.choice((0.2, 0.78)), horizon))
    return vignette(picture, strength=0.3)


def _swell(canvas: Canvas, size: tuple[int, int]) -> Image.Image:
    """Wave crests (mode L): flat noise laid down to the horizon in perspective."""
    plane = cloud(size, canvas.random, cells=80, octaves=3, stretch=1.6)
    depth = 7.0 / size[1]
    middle = size[0] / 2
    laid = plane.transform(
        size,
        Image.Transform.PERSPECTIVE,
        (1.0, middle * depth, 0.0, 0.0, 0.0, size[1] - 1.0, 0.0, depth),
        Image.Resampling.BICUBIC,
    )
    return laid.point(lambda value: max(value - 105, 0) * 1.7)


def _glitter(canvas: Canvas, size: tuple[int, int], sun: float) -> Image.Image:
    random = canvas.random
    mask = Image.new("L", size, 0)
    pen = ImageDraw.Draw(mask)
    for _ in range(1500):
        near = random.random() ** 1.7
        spread = size[0] * (0.015 + 0.16 * near)
        x, y = random.gauss(sun, spread), near * size[1]
        length, thick = 3 + near * 34 * random.random(), 1 + near * 4
        pen.ellipse((x - length, y - thick, x + length, y + thick), fill=random.randint(60, 230))
    return soften(mask, 1.2)


def _boat(canvas: Canvas, picture: Image.Image, place: tuple[float, float]) -> None:
    colour = mix(canvas.palette.shadow, (0, 0, 0), 0.3)
    x, y = place
    unit = canvas.width * 0.012
    pen = ImageDraw.Draw(picture)
    pen.polygon(
        [
            (x - unit * 2, y - unit * 0.5),
            (x + unit * 2.2, y - unit * 0.5),
            (x + unit * 1.7, y + unit * 0.25),
            (x - unit * 1.6, y + unit * 0.25),
        ],
        fill=colour,
    )
    pen.rectangle((x - unit * 0.9, y - unit * 1.2, x + unit * 0.7, y - unit * 0.5), fill=colour)
    pen.rectangle((x - unit * 0.2, y - unit * 2.2, x + unit * 0.1, y - unit), fill=colour)
