"""A record close up."""

from PIL import Image, ImageChops, ImageDraw

from articles.demo.paint import (
    SOFT_SCALE,
    Canvas,
    add_light,
    cut_out,
    mix,
    soften,
    spot,
    vignette,
)
from articles.demo.recipes.sheet import BLACK, fibres, shadowed, tooth


def vinyl(canvas: Canvas) -> Image.Image:
    """A record close up: grooves, the bands between songs, light swinging round with it."""
    palette, random = canvas.palette, canvas.random
    picture = vignette(
        fibres(tooth(canvas.size, random), mix(palette.deep, palette.mid, 0.35)), strength=0.2
    )
    side = int(canvas.height * random.uniform(1.5, 1.75))
    disc = _record(canvas, side // 2 * 2)
    mask = cut_out(
        (disc.width, disc.height),
        lambda pen: pen.ellipse((2, 2, disc.width * 2 - 3, disc.height * 2 - 3), fill=255),
    )
    squash = (disc.width, int(disc.height * random.uniform(0.82, 0.95)))
    disc, mask = disc.resize(squash), mask.resize(squash)
    place = (
        int(canvas.width * random.uniform(-0.14, 0.32)),
        int(canvas.height * random.uniform(-0.28, -0.08)),
    )
    whole = Image.new("L", canvas.size, 0)
    whole.paste(mask, place)
    picture = shadowed(picture, whole, shift=(18, 26), blur=48, level=0.75)
    picture.paste(disc, place, mask)
    glare = spot(
        canvas.soft_size,
        (canvas.soft_size[0] * 0.25, 0),
        (canvas.width * 0.2, canvas.height * 0.22),
    )
    return vignette(add_light(picture, glare, palette.light, strength=0.3), strength=0.35)


def _record(canvas: Canvas, side: int) -> Image.Image:
    palette, random = canvas.palette, canvas.random
    disc = Image.new("RGB", (side, side), (14, 14, 17))
    pen = ImageDraw.Draw(disc)
    centre = side / 2
    gaps = sorted(random.uniform(0.42, 0.92) for _ in range(5))
    for index in range(int(side * 0.42), int(side * 0.14), -2):
        radius = index * 1.16
        share = radius / centre
        level = random.randint(16, 34) if all(abs(share - gap) > 0.006 for gap in gaps) else 58
        pen.ellipse(
            (centre - radius, centre - radius, centre + radius, centre + radius),
            outline=(level, level, level + 3),
            width=2,
        )
    disc = ImageChops.add(disc, _sheen(canvas, side))
    label = side * 0.16
    pen = ImageDraw.Draw(disc)
    for radius, colour in (
        (label, palette.accent),
        (label * 0.9, mix(palette.accent, palette.light, 0.12)),
        (label * 0.42, palette.light),
        (side * 0.009, (10, 10, 12)),
    ):
        pen.ellipse(
            (centre - radius, centre - radius, centre + radius, centre + radius), fill=colour
        )
    for row in range(4):
        reach = label * (0.5 - 0.08 * row)
        y = centre + label * (0.52 + row * 0.09)
        pen.rounded_rectangle(
            (centre - reach, y, centre + reach, y + label * 0.035),
            3,
            fill=mix(palette.accent, palette.shadow, 0.6),
        )
    return disc


def _sheen(canvas: Canvas, side: int) -> Image.Image:
    """Two opposite wedges of light through the centre."""
    small = side // SOFT_SCALE
    total = Image.new("RGB", (small, small))
    for colour, level in ((canvas.palette.light, 0.5), (canvas.palette.accent, 0.38)):
        wedge = Image.new("L", (small, small), 0)
        turn = canvas.random.uniform(0, 180)
        for half, fill in ((16, 70), (10, 130), (5, 200), (2, 255)):
            for side_turn in (0, 180):
                ImageDraw.Draw(wedge).pieslice(
                    (-small, -small, small * 2, small * 2),
                    turn + side_turn - half,
                    turn + side_turn + half,
                    fill=fill,
                )
        total = add_light(total, soften(wedge, 3), colour, strength=level)
    ring = cut_out(
        (small, small),
        lambda pen: pen.ellipse((small * 0.66, small * 0.66, small * 1.34, small * 1.34), fill=255),
    )
    total.paste(BLACK, mask=ring)
    return total.resize((side, side), Image.Resampling.BICUBIC)
