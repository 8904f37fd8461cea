"""Seen from above: a crowd of umbrellas in the wet, film reels on a bench."""

from math import cos, hypot, pi, sin

from PIL import Image, ImageChops, ImageDraw

from articles.demo.paint import (
    EDGE_SCALE,
    Canvas,
    add_light,
    cloud,
    cut_out,
    mix,
    soften,
    spot,
    vignette,
)
from articles.demo.palettes import Colour
from articles.demo.recipes.sheet import BLACK, WHITE, Point, fibres, shadowed, tooth

RIBS = 8


def umbrellas(canvas: Canvas) -> Image.Image:
    """Open umbrellas on wet stone, each of eight panels."""
    palette, random = canvas.palette, canvas.random
    wet = cloud(canvas.size, random, cells=5, octaves=5).point(lambda v: 120 + v * 0.5)
    picture = ImageChops.multiply(
        Image.new("RGB", canvas.size, mix(palette.deep, palette.shadow, 0.45)),
        Image.merge("RGB", [wet] * 3),
    )
    shine = cloud(canvas.size, random, cells=9, octaves=3, stretch=3).point(
        lambda v: max(v - 150, 0) * 1.6
    )
    picture = add_light(picture, shine, palette.light, strength=0.3)
    colours = [
        palette.accent,
        palette.mid,
        palette.light,
        palette.deep,
        mix(palette.accent, palette.shadow, 0.5),
        palette.light,
    ]
    for index, (centre, reach) in enumerate(_scatter(canvas)):
        picture = _umbrella(
            canvas, picture, centre, reach=reach, colour=colours[index % len(colours)]
        )
    return vignette(picture, strength=0.35)


def _scatter(canvas: Canvas) -> list[tuple[Point, float]]:
    """Places that hardly overlap: tried at random, refused when too near another."""
    random = canvas.random
    found: list[tuple[Point, float]] = []
    for _ in range(400):
        centre = (
            random.uniform(-0.02, 1.02) * canvas.width,
            random.uniform(-0.04, 1.04) * canvas.height,
        )
        reach = canvas.height * random.uniform(0.1, 0.16)
        if all(
            hypot(centre[0] - x, centre[1] - y) > (reach + other) * 0.93 for (x, y), other in found
        ):
            found.append((centre, reach))
        if len(found) == 22:
            break
    return found


def _umbrella(
    canvas: Canvas, picture: Image.Image, centre: Point, *, reach: float, colour: Colour
) -> Image.Image:
    side = int(reach * 2) + 8
    place = (int(centre[0] - side / 2), int(centre[1] - side / 2))
    turn = canvas.random.uniform(0, 2 * pi)
    top = (side * EDGE_SCALE / 2, side * EDGE_SCALE / 2)
    rim = [_on_circle(top, reach * EDGE_SCALE, turn + step / RIBS * 2 * pi) for step in range(RIBS)]
    canopy = Image.new("RGB", (side * EDGE_SCALE, side * EDGE_SCALE), colour)
    pen = ImageDraw.Draw(canopy)
    for step in range(RIBS):
        facing = cos(turn + (step + 0.5) / RIBS * 2 * pi + 2.3)
        shade = mix(
            colour, WHITE if facing > 0 else BLACK, abs(facing) * (0.2 if facing > 0 else 0.38)
        )
        pen.polygon([top, rim[step], rim[(step + 1) % RIBS]], fill=shade)
    for point in rim:
        pen.line([top, point], fill=mix(colour, BLACK, 0.5), width=3)
    pen.ellipse((top[0] - 9, top[1] - 9, top[0] + 9, top[1] + 9), fill=mix(colour, BLACK, 0.65))
    mask = cut_out((side, side), lambda pen: _hollow_rim(pen, rim, top, reach * EDGE_SCALE))
    whole = Image.new("L", canvas.size, 0)
    whole.paste(mask, place)
    picture = shadowed(picture, whole, shift=(14, 20), blur=26, level=0.6)
    picture.paste(canopy.reduce(EDGE_SCALE), place, mask)
    return picture


def _hollow_rim(pen: ImageDraw.ImageDraw, rim: list[Point], top: Point, reach: float) -> None:
    """An octagon whose sides are drawn in a little between the ribs."""
    pen.polygon(rim, fill=255)
    for first, second in zip(rim, [*rim[1:], rim[0]], strict=True):
        middle = ((first[0] + second[0]) / 2 - top[0], (first[1] + second[1]) / 2 - top[1])
        away = (top[0] + middle[0] * 1.42, top[1] + middle[1] * 1.42)
        bite = reach * 0.52
        pen.ellipse((away[0] - bite, away[1] - bite, away[0] + bite, away[1] + bite), fill=0)


def _on_circle(centre: Point, reach: float, turn: float) -> Point:
    return centre[0] + cos(turn) * reach, centre[1] + sin(turn) * reach


def reels(canvas: Canvas) -> Image.Image:
    """Film reels on a bench, some full, some nearly run out."""
    palette, random = canvas.palette, canvas.random
    picture = fibres(tooth(canvas.size, random), mix(palette.deep, palette.mid, 0.4))
    streaks = cloud(canvas.size, random, cells=30, octaves=3, stretch=10).point(
        lambda v: 190 + v * 0.25
    )
    picture = ImageChops.multiply(picture, Image.merge("RGB", [streaks] * 3))
    places = [(0.24, 0.4, 0.36), (0.68, 0.62, 0.42), (0.9, 0.08, 0.26), (0.1, 1.0, 0.24)]
    for x, y, size in places:
        centre = (
            (x + random.uniform(-0.04, 0.04)) * canvas.width,
            (y + random.uniform(-0.05, 0.05)) * canvas.height,
        )
        picture = _reel(canvas, picture, centre, reach=canvas.height * size)
    glare = spot(
        canvas.soft_size, (canvas.soft_size[0] * 0.3, 0), (canvas.width * 0.2, canvas.height * 0.25)
    )
    return vignette(add_light(picture, glare, palette.light, strength=0.35), strength=0.4)


def _reel(canvas: Canvas, picture: Image.Image, centre: Point, *, reach: float) -> Image.Image:
    palette, random = canvas.palette, canvas.random
    wound = random.uniform(0.5, 0.93)
    turn = random.uniform(0, pi)
    holes = [
        (_on_circle(centre, reach * 0.58, turn + step / 5 * 2 * pi), reach * 0.24)
        for step in range(5)
    ]
    steel = mix(palette.light, palette.mid, 0.3)
    film = cut_out(canvas.size, lambda pen: _disc(pen, centre, reach * wound))
    picture = shadowed(picture, film, shift=(12, 18), blur=26, level=0.6)
    picture.paste(mix(palette.shadow, BLACK, 0.35), mask=film)
    rings = soften(cut_out(canvas.size, lambda pen: _rings(pen, centre, reach * wound)), 0.7)
    picture = add_light(picture, rings, palette.accent, strength=0.2)
    plate = cut_out(canvas.size, lambda pen: _plate(pen, centre, reach, holes))
    picture = shadowed(picture, plate, shift=(6, 9), blur=12, level=0.5)
    sheen = cloud(canvas.size, random, cells=3, octaves=2).point(lambda v: 150 + v * 0.4)
    picture.paste(
        ImageChops.multiply(Image.new("RGB", canvas.size, steel), Image.merge("RGB", [sheen] * 3)),
        mask=plate,
    )
    hub = cut_out(canvas.size, lambda pen: _disc(pen, centre, reach * 0.12))
    picture.paste(palette.accent, mask=hub)
    picture.paste(BLACK, mask=cut_out(canvas.size, lambda pen: _disc(pen, centre, reach * 0.045)))
    return picture


def _disc(pen: ImageDraw.ImageDraw, centre: Point, reach: float, *, fill: int = 255) -> None:
    x, y, own = centre[0] * EDGE_SCALE, centre[1] * EDGE_SCALE, reach * EDGE_SCALE
    pen.ellipse((x - own, y - own, x + own, y + own), fill=fill)


def _rings(pen: ImageDraw.ImageDraw, centre: Point, reach: float) -> None:
    x, y = centre[0] * EDGE_SCALE, centre[1] * EDGE_SCALE
    for step in range(12, 60):
        own = reach * EDGE_SCALE * step / 60
        pen.ellipse((x - own, y - own, x + own, y + own), outline=255, width=2)


def _plate(
    pen: ImageDraw.ImageDraw, centre: Point, reach: float, holes: list[tuple[Point, float]]
) -> None:
    _disc(pen, centre, reach)
    for place, size in holes:
        _disc(pen, place, size, fill=0)
