"""What tests/bench/photos.py measures with: a picture like a photo, a process apart, how alike two are."""

import json
import os
import random
from collections.abc import Callable
from io import BytesIO
from math import log10
from typing import Any

from PIL import Image, ImageMath

SIZE = (6_000, 4_000)
BLOCK = 8
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2  # Wang et al., "Image quality assessment", 2004


def photo_like(size: tuple[int, int] = SIZE, *, seed: int = 5) -> Image.Image:
    """Noise at every scale, the coarse the strongest, as photos have it; a little grain on top."""
    luck = random.Random(seed)
    bands = []
    for _ in range(3):
        band = Image.new("L", size, 128)
        for scale, weight in (
            (3, 0.5),
            (9, 0.4),
            (30, 0.3),
            (100, 0.2),
            (400, 0.12),
            (1_500, 0.08),
        ):
            across, down = scale, max(2, scale * size[1] // size[0])
            noise = Image.frombytes("L", (across, down), luck.randbytes(across * down))
            band = Image.blend(band, noise.resize(size, Image.Resampling.BICUBIC), weight)
        bands.append(band)
    grain = Image.frombytes("L", (1_000, 1_000), luck.randbytes(1_000_000))
    rows = [grain.crop((0, 0, 1_000, 1_000)) for _ in range(24)]
    sheet = Image.new("L", size, 128)
    for at, tile in enumerate(rows):
        sheet.paste(tile, (at % 6 * 1_000, at // 6 * 1_000))
    return Image.blend(Image.merge("RGB", bands), Image.merge("RGB", [sheet] * 3), 0.03)


def apart(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """(what it answers, CPU seconds, megabytes at the peak above idle), in a process of its own."""
    answer, seconds, most = _forked(work)
    _, _, idle = _forked(lambda: None)
    return answer, seconds, most - idle


def _forked(work: Callable[[], Any]) -> tuple[Any, float, float]:
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        with os.fdopen(writer, "w") as out:
            out.write(json.dumps(work()))
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        text = said.read()
    _, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"The measured process ended with status {status}.")
    return json.loads(text), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def psnr(one: Image.Image, other: Image.Image) -> float:
    """Decibels, over the grey values."""
    a, b = (each.convert("L").convert("F") for each in (one, other))
    square = ImageMath.lambda_eval(lambda x: (x["a"] - x["b"]) * (x["a"] - x["b"]), a=a, b=b)
    mean = _mean(square)
    return 99.0 if not mean else 10 * log10(255**2 / mean)


def _mean(image: Image.Image) -> float:
    return float(image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))  # type: ignore[arg-type]


def ssim(one: Image.Image, other: Image.Image) -> float:
    """Mean structural similarity of blocks of 8 × 8 grey values, 0 to 1."""
    a, b = (each.convert("L").convert("F") for each in (one, other))

    def mean(image: Image.Image) -> Image.Image:
        return image.reduce(BLOCK)

    def times(x: Image.Image, y: Image.Image) -> Image.Image:
        return ImageMath.lambda_eval(lambda v: v["x"] * v["y"], x=x, y=y)

    parts = {"ma": mean(a), "mb": mean(b)}
    parts |= {"aa": mean(times(a, a)), "bb": mean(times(b, b)), "ab": mean(times(a, b))}

    def index(v: dict[str, Any]) -> Any:
        means, both = v["ma"] * v["mb"], v["ma"] * v["ma"] + v["mb"] * v["mb"]
        spread = v["aa"] + v["bb"] - both
        return ((means * 2 + C1) * ((v["ab"] - means) * 2 + C2)) / ((both + C1) * (spread + C2))

    return _mean(ImageMath.lambda_eval(index, **parts))


def written(image: Image.Image, format_name: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, format_name, **options)
    return out.getvalue()
