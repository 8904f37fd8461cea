"""Book spines on shelves."""

from PIL import Image, ImageChops, ImageDraw

from articles.demo.paint import (
    Canvas,
    gradient,
    mix,
    vignette,
)
from articles.demo.palettes import Colour
from articles.demo.recipes.sheet import BLACK, WHITE


def books(canvas: Canvas) -> Image.Image:
    """Spines on two shelves, lit from one side."""
    palette = canvas.palette
    back = mix(palette.shadow, BLACK, 0.35)
    picture = gradient(canvas.size, [(0, back), (1, mix(back, palette.deep, 0.3))])
    width, height = canvas.size
    boards = (int(height * 0.53), int(height * 0.98))
    for board in boards:
        _shelf(canvas, picture, board, tall=height * 0.44)
        pen = ImageDraw.Draw(picture)
        pen.rectangle(
            (0, board, width, board + int(height * 0.035)),
            fill=mix(palette.deep, palette.mid, 0.35),
        )
        pen.rectangle((0, board, width, board + 4), fill=mix(palette.mid, palette.light, 0.35))
        shade = gradient((width, int(height * 0.06)), [(0, mix(back, BLACK, 0.4)), (1, WHITE)])
        place = board + int(height * 0.035)
        part = picture.crop((0, place, width, place + shade.height))
        picture.paste(ImageChops.multiply(part, shade), (0, place))
    light = gradient(
        canvas.size, [(0, WHITE), (0.55, (214, 208, 204)), (1, (120, 112, 116))], sideways=True
    )
    return vignette(ImageChops.multiply(picture, light), strength=0.3)


def _shelf(canvas: Canvas, picture: Image.Image, board: int, *, tall: float) -> None:
    random, palette = canvas.random, canvas.palette
    left = -6
    while left < canvas.width:
        thick = max(int(canvas.width * random.choice((0.018, 0.023, 0.028, 0.034, 0.044))), 4)
        own = int(tall * random.choice((0.66, 0.72, 0.78, 0.84, 0.9)))
        colour = mix(
            random.choice(palette.colours), random.choice(palette.colours), random.uniform(0, 0.45)
        )
        spine = _spine(canvas, (thick, own), colour)
        if random.random() < 0.07:
            lean = spine.convert("RGBA").rotate(
                random.uniform(5, 9), Image.Resampling.BICUBIC, expand=True
            )
            picture.paste(lean, (left, board - lean.height + 2), lean)
            left += lean.width - 4
            continue
        picture.paste(spine, (left, board - own))
        left += thick + random.choice((0, 0, 1, 1, 2))
        if random.random() < 0.025:
            left += int(canvas.width * 0.03)


def _spine(canvas: Canvas, size: tuple[int, int], colour: Colour) -> Image.Image:
    random = canvas.random
    width, height = size
    spine = gradient(
        size,
        [
            (0, mix(colour, BLACK, 0.45)),
            (0.25, mix(colour, WHITE, 0.1)),
            (0.6, colour),
            (1, mix(colour, BLACK, 0.5)),
        ],
        sideways=True,
    )
    pen = ImageDraw.Draw(spine)
    foil = mix(colour, WHITE if sum(colour) < 380 else BLACK, 0.62)
    style = random.randrange(4)
    if style in (0, 2):
        for share in (0.07, 0.1, 0.88, 0.91):
            pen.rectangle((1, height * share, width - 2, height * share + 3), fill=foil)
    if style in (1, 2):
        pen.rectangle((1, height * 0.16, width - 2, height * 0.4), fill=mix(colour, foil, 0.24))
    middle, top = width / 2, height * 0.2
    while top < height * random.uniform(0.36, 0.72):
        step = random.uniform(0.012, 0.05) * height
        reach = max(width * 0.11, 2)
        pen.rounded_rectangle((middle - reach, top, middle + reach, top + step), 2, fill=foil)
        top += step + height * 0.009
    if style == 3:
        pen.ellipse(
            (
                middle - width * 0.22,
                height * 0.84,
                middle + width * 0.22,
                height * 0.84 + width * 0.44,
            ),
            fill=foil,
        )
    return spine
