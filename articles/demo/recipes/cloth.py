"""A checked cloth in folds."""

from math import pi, sin

from PIL import Image, ImageChops, ImageDraw

from articles.demo.paint import (
    Canvas,
    add_light,
    cloud,
    mix,
    soften,
    vignette,
)


def cloth(canvas: Canvas) -> Image.Image:
    """A checked cloth in soft folds, woven close up."""
    palette, random = canvas.palette, canvas.random
    flat = _check(canvas)
    waves = [
        (random.uniform(0.7, 2.2), random.uniform(0, 2 * pi), random.uniform(0.012, 0.03))
        for _ in range(3)
    ]
    picture = flat.transform(
        canvas.size, Image.Transform.MESH, _mesh(canvas, waves), Image.Resampling.BICUBIC
    )
    folds = _fold_light(canvas, waves)
    picture = ImageChops.multiply(
        picture, Image.merge("RGB", [folds.point(lambda v: 95 + v * 0.63)] * 3)
    )
    return vignette(
        add_light(
            picture, folds.point(lambda v: max(v - 200, 0) * 1.6), palette.light, strength=0.4
        ),
        strength=0.3,
    )


Wave = tuple[float, float, float]
Box = tuple[int, int, int, int]


def _mesh(canvas: Canvas, waves: list[Wave]) -> list[tuple[Box, tuple[float, ...]]]:
    """For each small box of the picture the four corners of the flat cloth that it shows."""
    columns, rows = 24, 16
    width, height = canvas.size

    def bent(column: int, row: int) -> tuple[float, float]:
        x, y = column / columns, row / rows
        push = sum(
            size * sin(2 * pi * (count * (x + y * 0.6)) + phase) for count, phase, size in waves
        )
        return (x + push) * width * 0.8 + width * 0.1, (
            y - push * 0.7
        ) * height * 0.8 + height * 0.1

    mesh = []
    for column in range(columns):
        for row in range(rows):
            box = (
                column * width // columns,
                row * height // rows,
                (column + 1) * width // columns,
                (row + 1) * height // rows,
            )
            corners = [
                bent(column, row),
                bent(column, row + 1),
                bent(column + 1, row + 1),
                bent(column + 1, row),
            ]
            mesh.append((box, tuple(part for corner in corners for part in corner)))
    return mesh


def _check(canvas: Canvas) -> Image.Image:
    palette, random = canvas.palette, canvas.random
    ground = mix(palette.mid, palette.light, 0.25)
    threads = Image.new("RGB", canvas.size, ground)
    step = int(canvas.height * random.uniform(0.15, 0.24))
    bands = [
        (0.0, 0.34, palette.deep, 130),
        (0.46, 0.05, palette.accent, 220),
        (0.6, 0.05, palette.light, 190),
        (0.75, 0.16, palette.shadow, 110),
    ]
    for sideways in (False, True):
        reach = canvas.width if sideways else canvas.height
        layer, mask = Image.new("RGB", canvas.size), Image.new("L", canvas.size, 0)
        for start in range(-step, reach + step, step):
            for offset, thick, colour, level in bands:
                near = start + offset * step
                box = (
                    (near, 0, near + thick * step, canvas.height)
                    if sideways
                    else (0, near, canvas.width, near + thick * step)
                )
                ImageDraw.Draw(layer).rectangle(box, fill=colour)
                ImageDraw.Draw(mask).rectangle(box, fill=level)
        threads.paste(layer, mask=mask)
    return ImageChops.multiply(threads, _weave(canvas))


def _weave(canvas: Canvas) -> Image.Image:
    tile = Image.new("L", (12, 12), 255)
    pen = ImageDraw.Draw(tile)
    for index in range(-1, 4):
        pen.line([(index * 6 - 6, 12), (index * 6 + 6, 0)], fill=214, width=2)
    whole = Image.new("L", canvas.size)
    row = Image.new("L", (canvas.width, 12))
    for x in range(0, canvas.width, 12):
        row.paste(tile, (x, 0))
    for y in range(0, canvas.height, 12):
        whole.paste(row, (0, y))
    return Image.merge("RGB", [whole] * 3)


def _fold_light(canvas: Canvas, waves: list[Wave]) -> Image.Image:
    """The slope of the same waves that bend the cloth, as light (mode L)."""
    small = Image.new("L", (96, 64))
    for x in range(96):
        for y in range(64):
            place = x / 96 + y / 64 * 0.6
            slope = sum(
                size * count * sin(2 * pi * count * place + phase + pi / 2)
                for count, phase, size in waves
            )
            small.putpixel((x, y), int(min(max(150 + slope * 2300, 0), 255)))
    light = soften(small, 1).resize(canvas.size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(
        light, cloud(canvas.size, canvas.random, cells=3).point(lambda v: 200 + v * 0.22)
    )
