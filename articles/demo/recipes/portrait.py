"""Portraits of the contributors as cut-paper busts without a face."""

from collections.abc import Callable
from functools import partial

from PIL import Image, ImageChops, ImageDraw

from articles.demo.paint import (
    EDGE_SCALE,
    Canvas,
    cut_out,
    gradient,
    mix,
)
from articles.demo.palettes import Colour
from articles.demo.recipes.sheet import WHITE, fibres, shadowed, tooth

SKIN: tuple[Colour, ...] = (
    (244, 208, 180),
    (224, 172, 134),
    (186, 126, 88),
    (141, 88, 60),
    (96, 60, 44),
)


HAIR: tuple[Colour, ...] = (
    (32, 26, 26),
    (70, 44, 30),
    (128, 74, 40),
    (196, 150, 92),
    (206, 204, 200),
)


def portrait(canvas: Canvas) -> Image.Image:
    """A bust cut from paper: shoulders, neck, head, hair; no features."""
    palette, random = canvas.palette, canvas.random
    picture = gradient(canvas.size, [(0, mix(palette.mid, palette.light, 0.45)), (1, palette.mid)])
    paper = tooth(canvas.size, random)
    picture = ImageChops.multiply(picture, fibres(paper, WHITE))
    skin, hair = random.choice(SKIN), random.choice(HAIR)
    style = random.randrange(len(_HAIRCUTS))
    back, front = _HAIRCUTS[style]
    layers: list[tuple[Callable[..., None], Colour]] = [
        (_halo, mix(palette.light, palette.accent, 0.4)),
        (back, hair),
        (_shoulders, palette.deep),
        (_neck, mix(skin, (60, 30, 30), 0.18)),
        (_collar, mix(palette.deep, palette.shadow, 0.5)),
        (_head, skin),
        (front, hair),
    ]
    if random.random() < 0.45:
        layers.append((_glasses, mix(palette.shadow, (0, 0, 0), 0.3)))
    middle, unit = canvas.width / 2 * EDGE_SCALE, canvas.height * EDGE_SCALE / 10
    for painter, colour in layers:
        mask = cut_out(canvas.size, partial(painter, x=middle, y=4.2 * unit, unit=unit))
        picture = shadowed(picture, mask, shift=(5, 8), blur=18, level=0.34)
        picture.paste(fibres(paper, colour), mask=mask)
    return picture


def _ellipse(
    pen: ImageDraw.ImageDraw, x: float, y: float, *, across: float, down: float, fill: int = 255
) -> None:
    pen.ellipse((x - across, y - down, x + across, y + down), fill=fill)


def _halo(pen: ImageDraw.ImageDraw, x: float, y: float, unit: float) -> None:
    _ellipse(pen, x + unit * 0.7, y - unit * 0.2, across=unit * 3.3, down=unit * 3.3)


def _shoulders(pen: ImageDraw.ImageDraw, x: float, y: float, unit: float) -> None:
    pen.rounded_rectangle(
        (x - unit * 3.5, y + unit * 2.75, x + unit * 3.5, y + unit * 9), unit * 1.9, fill=255
    )


def _neck(pen: ImageDraw.ImageDraw, x: float, y: float, unit: float) -> None:
    pen.rounded_rectangle(
        (x - unit * 0.72, y + unit, x + unit * 0.72, y + unit * 3.4), unit * 0.7, fill=255
    )


def _collar(pen: ImageDraw.ImageDraw, x: float, y: float, unit: float) -> None:
    pen.polygon(
        [
            (x - unit * 1.15, y + unit * 2.7),
            (x, y + unit * 4.6),
            (x - unit * 0.5, y + unit * 5.1),
            (x - unit * 1.75, y + unit * 3.1),
        ],
        fill=255,
    )
    pen.polygon(
        [
            (x + unit * 1.15, y + unit * 2.7),
            (x, y + unit * 4.6),
            (x + unit * 0.5, y + unit * 5.1),
            (x + unit * 1.75, y + unit * 3.1),
        ],
        fill=255,
    )


def _head(pen: ImageDraw.ImageDraw, x: float, y: float, unit: float) -> None:
    _ellipse(pen, x, y, across=unit * 1.5, down=unit * 1.95)
    for side in (-1, 1):
        _ellipse(pen, x + side * unit * 1.5, y + unit * 0.2, across=unit * 0.24, down=unit * 0.42)


def _glasses(pen: ImageDraw.ImageDraw, x: float, y: float, unit: float) -> None:
    for side in (-1, 1):
        _ellipse(pen, x + side * unit * 0.72, y + unit * 0.05, across=unit * 0.56, down=unit * 0.52)
        _ellipse(
            pen,
            x + side * unit * 0.72,
            y + unit * 0.05,
            across=unit * 0.46,
            down=unit * 0.42,
            fill=0,
        )
    pen.rectangle((x - unit * 0.2, y - unit * 0.02, x + unit * 0.2, y + unit * 0.08), fill=255)


def _nothing(pen: ImageDraw.ImageDraw, x: float, y: float, unit: float) -> None:
    """Short hair has nothing behind the head."""


def _long(pen: ImageDraw.ImageDraw, x: float, y: float, unit: float) -> None:
    pen.rounded_rectangle(
        (x - unit * 2, y - unit * 2.2, x + unit * 2, y + unit * 3.6), unit * 1.9, fill=255
    )


def _curls(pen: ImageDraw.ImageDraw, x: float, y: float, unit: float) -> None:
    for shift, lift, reach in (
        (0, -1.5, 1.5),
        (-1.2, -0.9, 1.2),
        (1.2, -0.9, 1.2),
        (-1.6, 0.2, 0.95),
        (1.6, 0.2, 0.95),
    ):
        _ellipse(pen, x + shift * unit, y + lift * unit, across=reach * unit, down=reach * unit)


def _bun(pen: ImageDraw.ImageDraw, x: float, y: float, unit: float) -> None:
    _ellipse(pen, x + unit * 0.2, y - unit * 2.35, across=unit * 0.95, down=unit * 0.85)
    _ellipse(pen, x, y - unit * 0.4, across=unit * 1.66, down=unit * 1.8)


def _fringe(pen: ImageDraw.ImageDraw, x: float, y: float, unit: float) -> None:
    pen.chord(
        (x - unit * 1.62, y - unit * 2.15, x + unit * 1.62, y + unit * 1.2), 182, 358, fill=255
    )


def _parting(pen: ImageDraw.ImageDraw, x: float, y: float, unit: float) -> None:
    pen.chord(
        (x - unit * 1.62, y - unit * 2.2, x + unit * 1.62, y + unit * 1.5), 168, 322, fill=255
    )
    pen.chord((x - unit * 0.4, y - unit * 2.1, x + unit * 1.66, y + unit * 0.9), 235, 372, fill=255)


def _crop(pen: ImageDraw.ImageDraw, x: float, y: float, unit: float) -> None:
    pen.chord(
        (x - unit * 1.58, y - unit * 2.1, x + unit * 1.58, y + unit * 1.6), 198, 342, fill=255
    )


_HAIRCUTS = (
    (_long, _fringe),
    (_curls, _crop),
    (_nothing, _crop),
    (_bun, _parting),
    (_nothing, _parting),
    (_long, _parting),
)
