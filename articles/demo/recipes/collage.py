"""Cut paper, layer on layer."""

from math import cos, pi, sin

from PIL import Image, ImageChops

from articles.demo.paint import (
    Canvas,
    add_light,
    mix,
    moved,
    polygon_mask,
    vignette,
)
from articles.demo.recipes.sheet import WHITE, Point, fibres, shadowed, tooth


def collage(canvas: Canvas) -> Image.Image:
    """Cut paper, layer on layer, each with its shadow."""
    palette, random = canvas.palette, canvas.random
    paper = tooth(canvas.size, random)
    picture = fibres(paper, palette.light)
    colours = [
        palette.mid,
        palette.accent,
        palette.deep,
        mix(palette.light, palette.mid, 0.4),
        palette.shadow,
        palette.accent,
    ]
    width, height = canvas.edge_size
    count = random.randint(11, 14)
    for index in range(count):
        # Golden steps: scattered, yet never heaped in one corner.
        centre = ((0.13 + index * 0.618) % 1 * width, random.uniform(0.12, 0.88) * height)
        reach = height * random.uniform(0.24, 0.38) * (1 - 0.7 * index / count)
        shape = random.choice((_blob, _arch, _disc, _shard, _half, _leaf))(canvas, centre, reach)
        mask = polygon_mask(canvas.size, shape)
        picture = shadowed(picture, mask, shift=(9, 13), blur=20, level=0.5)
        picture.paste(fibres(paper, colours[index % len(colours)]), mask=mask)
        rim = ImageChops.subtract(mask, moved(mask, 2, 3))
        picture = add_light(picture, rim, WHITE, strength=0.3)
    return vignette(picture, strength=0.14)


def _round(centre: Point, reach: float, *, begin: float = 0, end: float = 2 * pi) -> list[Point]:
    return [
        (
            centre[0] + cos(begin + (end - begin) * step / 80) * reach,
            centre[1] + sin(begin + (end - begin) * step / 80) * reach,
        )
        for step in range(81)
    ]


def _disc(canvas: Canvas, centre: Point, reach: float) -> list[Point]:
    return _round(centre, reach * 0.7)


def _half(canvas: Canvas, centre: Point, reach: float) -> list[Point]:
    turn = canvas.random.choice((0, 0.5, 1, 1.5)) * pi
    return _round(centre, reach, begin=turn, end=turn + pi)


def _blob(canvas: Canvas, centre: Point, reach: float) -> list[Point]:
    waves = [(count, canvas.random.uniform(0, 2 * pi), 0.22 / count) for count in (2, 3, 5)]
    shape = []
    for step in range(120):
        turn = step / 120 * 2 * pi
        own = reach * (1 + sum(size * sin(count * turn + phase) for count, phase, size in waves))
        shape.append((centre[0] + cos(turn) * own * 1.25, centre[1] + sin(turn) * own))
    return shape


def _arch(canvas: Canvas, centre: Point, reach: float) -> list[Point]:
    inner = _round(centre, reach * 0.55, begin=2 * pi, end=pi)
    return [*_round(centre, reach * 1.1, begin=pi, end=2 * pi), *inner]


def _shard(canvas: Canvas, centre: Point, reach: float) -> list[Point]:
    turns = sorted(canvas.random.uniform(0, 2 * pi) for _ in range(5))
    return [(centre[0] + cos(turn) * reach * 1.2, centre[1] + sin(turn) * reach) for turn in turns]


def _leaf(canvas: Canvas, centre: Point, reach: float) -> list[Point]:
    turn = canvas.random.uniform(0, pi)
    side = [
        (reach * 1.4 * cos(step / 40 * pi), reach * 0.42 * sin(step / 40 * pi) ** 1.4)
        for step in range(41)
    ]
    whole = side + [(x, -y) for x, y in reversed(side)]
    return [
        (centre[0] + x * cos(turn) - y * sin(turn), centre[1] + x * sin(turn) + y * cos(turn))
        for x, y in whole
    ]
