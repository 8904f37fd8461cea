"""The demo's pictures: painted from a recipe, a palette and a seed; the same bytes every time."""

import io
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from random import Random

from PIL import Image

from articles.demo.paint import Canvas, grain
from articles.demo.palettes import PALETTES
from articles.demo.passport import Passport, iim_segment, with_segment, xmp_packet
from articles.demo.recipes import (
    above,
    beams,
    cinema,
    cloth,
    collage,
    country,
    desk,
    microphone,
    portrait,
    record,
    shelf,
    stage,
    street,
    town,
)

JPEG_QUALITY = 82
WORKERS = 2
FEW = 4  # up to so many pictures are made before a worker process has even started

RECIPES: dict[str, Callable[[Canvas], Image.Image]] = {
    "books": shelf.books,
    "cinema": cinema.cinema,
    "cloth": cloth.cloth,
    "collage": collage.collage,
    "concert": stage.concert,
    "curtain": stage.curtain,
    "desk": desk.desk,
    "hills": country.hills,
    "microphone": microphone.microphone,
    "neon": street.neon,
    "portrait": portrait.portrait,
    "projector": beams.projector,
    "rain": beams.rain,
    "reels": above.reels,
    "sea": country.sea,
    "skyline": town.skyline,
    "umbrellas": above.umbrellas,
    "vinyl": record.vinyl,
}


@dataclass(frozen=True, slots=True)
class PictureSpec:
    """All that makes one picture file; `size` is width and height in pixels."""

    recipe: str
    palette: str
    seed: int
    size: tuple[int, int]
    passport: Passport


def paint(recipe: str, *, palette: str, seed: int, size: tuple[int, int]) -> Image.Image:
    """A picture (mode RGB) of that size in pixels. KeyError for an unknown recipe or palette."""
    random = Random(f"{recipe}/{palette}/{seed}")  # noqa: S311  (the same picture for a seed)
    canvas = Canvas(size[0], size[1], PALETTES[palette], random)
    return grain(RECIPES[recipe](canvas), random)


def jpeg_of(spec: PictureSpec) -> bytes:
    """The picture as a JPEG with its credit in IPTC-IIM and XMP."""
    picture = paint(spec.recipe, palette=spec.palette, seed=spec.seed, size=spec.size)
    file = io.BytesIO()
    picture.save(
        file,
        "JPEG",
        quality=JPEG_QUALITY,
        optimize=True,
        progressive=True,
        xmp=xmp_packet(spec.passport),
    )
    return with_segment(file.getvalue(), iim_segment(spec.passport))


def jpegs_of(specs: Sequence[PictureSpec]) -> list[bytes]:
    """The files of several pictures, in order; many are made by two processes."""
    if len(specs) <= FEW:
        return [jpeg_of(spec) for spec in specs]
    # Not forked: the parent may have threads (Celery's, a database driver's).
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        return list(pool.map(jpeg_of, specs))
