"""What every recipe paints with: gradients, clouds, glows, grain. Pillow only, the same for a seed.

Nothing here draws from Pillow's own noise functions: they can't be seeded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from articles.demo.palettes import Colour, Palette

SOFT_SCALE = 4  # blurred layers are painted at a quarter of the size
GRAIN_TILE = 512
EDGE_SCALE = 2  # hard edges are drawn at twice the size and reduced


@dataclass(frozen=True, slots=True)
class Canvas:
    """What a recipe gets: the size in pixels, the colours, and its source of chance."""

    width: int
    height: int
    palette: Palette
    random: Random

    @property
    def size(self) -> tuple[int, int]:
        return self.width, self.height

    @property
    def soft_size(self) -> tuple[int, int]:
        return self.width // SOFT_SCALE, self.height // SOFT_SCALE

    def soft_place(self, x: float, y: float) -> tuple[float, float]:
        """A place given in shares of width and height, in pixels of the soft size."""
        return x * self.width / SOFT_SCALE, y * self.height / SOFT_SCALE

    @property
    def edge_size(self) -> tuple[int, int]:
        return self.width * EDGE_SCALE, self.height * EDGE_SCALE


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`first` at share 0, `second` at share 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def gradient(
    size: tuple[int, int], stops: Sequence[tuple[float, Colour]], *, sideways: bool = False
) -> Image.Image:
    """Top to bottom (or left to right) through (position 0–1, colour) stops in rising order."""
    steps = 256
    strip = Image.new("RGB", (1, steps))
    for row in range(steps):
        strip.putpixel((0, row), _at(stops, row / (steps - 1)))
    if sideways:
        strip = strip.transpose(Image.Transpose.ROTATE_90)  # the top becomes the left
    return strip.resize(size, Image.Resampling.BICUBIC)


def _at(stops: Sequence[tuple[float, Colour]], position: float) -> Colour:
    before = stops[0]
    for stop in stops:
        if stop[0] >= position:
            span = stop[0] - before[0]
            return mix(before[1], stop[1], (position - before[0]) / span if span else 0.0)
        before = stop
    return before[1]


def cloud(
    size: tuple[int, int], random: Random, *, cells: int = 4, octaves: int = 4, stretch: float = 1.0
) -> Image.Image:
    """Smooth noise (mode L, about 0–255): haze, mist, paper. `stretch` > 1 draws it out sideways."""
    small = (max(size[0] // SOFT_SCALE, 8), max(size[1] // SOFT_SCALE, 8))
    total = Image.new("L", small, 128)
    for octave in range(octaves):
        across = max(int(cells * 2**octave / stretch), 2)
        down = max(int(cells * 2**octave * small[1] / small[0]), 2)
        layer = Image.frombytes("L", (across, down), random.randbytes(across * down))
        layer = layer.resize(small, Image.Resampling.BICUBIC)
        total = layer if octave == 0 else Image.blend(total, layer, 0.5 / (octave + 0.6))
    low, high = total.getextrema()
    floor, span = float(low), max(float(high) - float(low), 1.0)  # type: ignore[arg-type]
    total = total.point(lambda value: (value - floor) * 255 / span)
    return total.resize(size, Image.Resampling.BICUBIC)


@lru_cache(maxsize=1)
def _disc() -> Image.Image:
    return ImageChops.invert(Image.radial_gradient("L"))


def spot(
    size: tuple[int, int],
    centre: tuple[float, float],
    radius: tuple[float, float],
    *,
    power: float = 1.6,
) -> Image.Image:
    """A soft round light (mode L): 255 in the centre, 0 at the radius. All in pixels."""
    box = (max(int(radius[0] * 2), 2), max(int(radius[1] * 2), 2))
    # Pillow's radial gradient reaches its edge's middle at 181 of 255: begin there.
    light = _disc().point(lambda value: 255 * max((value - 75) / 180, 0.0) ** power)
    mask = Image.new("L", size, 0)
    mask.paste(
        light.resize(box, Image.Resampling.BICUBIC),
        (int(centre[0] - radius[0]), int(centre[1] - radius[1])),
    )
    return mask


def tint(mask: Image.Image, colour: Colour, *, strength: float = 1.0) -> Image.Image:
    """The mask as light of that colour on black."""
    return Image.merge(
        "RGB",
        [mask.point(_scaled(part * strength / 255)) for part in colour],
    )


def _scaled(factor: float) -> Callable[[int], float]:
    return lambda value: value * factor


def add_light(
    base: Image.Image, mask: Image.Image, colour: Colour, *, strength: float = 1.0
) -> Image.Image:
    """`base` with light on it where the mask (mode L, any size) is bright."""
    if mask.size != base.size:
        mask = mask.resize(base.size, Image.Resampling.BICUBIC)
    return ImageChops.screen(base, tint(mask, colour, strength=strength))


def soften(image: Image.Image, radius: float) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(radius))


def vignette(image: Image.Image, *, strength: float = 0.45) -> Image.Image:
    """Darker towards the corners."""
    shade = Image.radial_gradient("L").resize(image.size, Image.Resampling.BICUBIC)
    shade = shade.point(lambda value: 255 - strength * 255 * (value / 255) ** 2.2)
    return ImageChops.multiply(image, Image.merge("RGB", [shade] * 3))


def grain(image: Image.Image, random: Random, *, amount: int = 6) -> Image.Image:
    """Film grain: it also hides the banding of eight-bit gradients. One tile, laid side by side."""
    side = GRAIN_TILE
    tile = Image.frombytes("L", (side, side), random.randbytes(side * side))
    tile = tile.filter(ImageFilter.GaussianBlur(0.7)).point(
        lambda value: 128 + (value - 128) * amount / 40
    )
    noise = Image.new("L", image.size)
    for x in range(0, image.width, side):
        for y in range(0, image.height, side):
            noise.paste(tile, (x, y))
    return ImageChops.add(image, Image.merge("RGB", [noise] * 3), scale=1, offset=-128)


def cut_out(size: tuple[int, int], draw: Callable[[ImageDraw.ImageDraw], None]) -> Image.Image:
    """A mask (mode L) with smooth edges; `draw` works in doubled coordinates."""
    mask = Image.new("L", (size[0] * EDGE_SCALE, size[1] * EDGE_SCALE), 0)
    draw(ImageDraw.Draw(mask))
    return mask.reduce(EDGE_SCALE)


def polygon_mask(size: tuple[int, int], points: Sequence[tuple[float, float]]) -> Image.Image:
    """A filled polygon (mode L); the points in doubled coordinates."""
    return cut_out(size, lambda pen: pen.polygon(points, fill=255))


def disc_mask(size: tuple[int, int], centre: tuple[float, float], reach: float) -> Image.Image:
    """A filled disc (mode L); centre and radius in pixels."""
    x, y, own = centre[0] * EDGE_SCALE, centre[1] * EDGE_SCALE, reach * EDGE_SCALE
    return cut_out(size, lambda pen: pen.ellipse((x - own, y - own, x + own, y + own), fill=255))


def ridge(random: Random, *, points: int, roughness: float = 0.5, octaves: int = 5) -> list[float]:
    """A skyline of hills: `points` heights, about −1 to 1."""
    heights = [0.0] * points
    amplitude = 1.0
    for octave in range(octaves):
        knots = 2 ** (octave + 1) + 1
        values = [random.uniform(-1, 1) for _ in range(knots)]
        for index in range(points):
            place = index / (points - 1) * (knots - 1)
            left = min(int(place), knots - 2)
            share = place - left
            share = share * share * (3 - 2 * share)
            heights[index] += amplitude * (values[left] * (1 - share) + values[left + 1] * share)
        amplitude *= roughness
    return [height / 1.6 for height in heights]


def moved(mask: Image.Image, across: int, down: int) -> Image.Image:
    """The mask pushed by so many pixels; what leaves one side does not come in at the other."""
    out = Image.new(mask.mode, mask.size, 0)
    out.paste(mask, (across, down))
    return out
