"""A street at night, out of focus."""

from PIL import Image, ImageChops, ImageDraw, ImageOps

from articles.demo.paint import (
    EDGE_SCALE,
    SOFT_SCALE,
    Canvas,
    add_light,
    cut_out,
    gradient,
    mix,
    soften,
    vignette,
)
from articles.demo.palettes import Colour
from articles.demo.recipes.town import rippled


def neon(canvas: Canvas) -> Image.Image:
    """A street at night out of focus, and its lamps in the wet."""
    palette = canvas.palette
    width, height = canvas.size
    kerb = int(height * 0.64)
    street = gradient(
        (width, kerb),
        [
            (0, mix(palette.shadow, (0, 0, 0), 0.3)),
            (0.75, mix(palette.shadow, palette.deep, 0.8)),
            (1, mix(palette.shadow, (0, 0, 0), 0.2)),
        ],
    )
    street = _lit(canvas, street)
    size = (width, height - kerb)
    smeared = ImageOps.flip(street).resize((width // 3, 9), Image.Resampling.BOX)
    sharp = ImageOps.flip(street).resize(size)
    wet = rippled(canvas, Image.blend(sharp, smeared.resize(size, Image.Resampling.BICUBIC), 0.62))
    whole = Image.new("RGB", canvas.size)
    whole.paste(street, (0, 0))
    shade = gradient(
        size,
        [(0, mix(palette.shadow, (0, 0, 0), 0.2)), (0.5, (255, 255, 255)), (1, (255, 255, 255))],
    )
    whole.paste(ImageChops.multiply(wet, shade), (0, kerb))
    return vignette(whole, strength=0.35)


def _lit(canvas: Canvas, street: Image.Image) -> Image.Image:
    """The street with its lamps, near and far, and a few signs."""
    palette, random = canvas.palette, canvas.random
    choices: tuple[Colour, ...] = (
        palette.accent,
        palette.mid,
        palette.light,
        palette.accent,
        palette.mid,
    )
    for radius, count, level in ((0.012, 46, 0.5), (0.026, 30, 0.55), (0.05, 14, 0.42)):
        for colour in choices:
            street = add_light(
                street,
                _lamps(canvas, street.size, radius=radius, count=count // 5 + 1),
                colour,
                strength=level,
            )
    signs = Image.new("L", (street.width // SOFT_SCALE, street.height // SOFT_SCALE), 0)
    for _ in range(4):
        x, y = random.randrange(signs.width), random.randrange(signs.height // 2)
        ImageDraw.Draw(signs).rounded_rectangle(
            (x, y, x + 14, y + random.randint(30, 90)), 6, outline=255, width=3
        )
    return add_light(street, soften(signs, 4), palette.accent, strength=1.3)


def _lamps(canvas: Canvas, size: tuple[int, int], *, radius: float, count: int) -> Image.Image:
    random = canvas.random
    reach = canvas.width * radius * EDGE_SCALE / 2

    def draw(pen: ImageDraw.ImageDraw) -> None:
        for _ in range(count):
            x = random.uniform(0, size[0] // 2 * EDGE_SCALE)
            y = min(abs(random.gauss(0.62, 0.22)), 1.1) * size[1] / 2 * EDGE_SCALE
            own = reach * random.uniform(0.7, 1.2)
            level = random.randint(90, 220)
            pen.ellipse(
                (x - own, y - own, x + own, y + own),
                fill=level,
                outline=min(level + 40, 255),
                width=5,
            )

    mask = cut_out((size[0] // 2, size[1] // 2), draw)
    return soften(mask, 1.6).resize(size, Image.Resampling.BICUBIC)
