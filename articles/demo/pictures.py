"""The demo's pictures: painted from a recipe, a palette and a seed; the same bytes every time."""

import io
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
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
    night,
    portrait,
    record,
    rooms,
    shelf,
    shore,
    stage,
    table,
    theatre,
    town,
)

JPEG_QUALITY = 82
WORKERS = 2
FEW = 4  # up to so many pictures are made before a worker process has even started

RECIPES: dict[str, Callable[[Canvas], Image.Image]] = {
    "book-pile": table.book_pile,
    "books": shelf.books,
    "cinema": cinema.cinema,
    "cloth": cloth.cloth,
    "collage": collage.collage,
    "concert": stage.concert,
    "curtain": stage.curtain,
    "dance": theatre.dance,
    "desk": desk.desk,
    "docks": shore.docks,
    "ferry": shore.ferry,
    "festival": theatre.festival,
    "hills": country.hills,
    "instruments": theatre.instruments,
    "lighthouse": shore.lighthouse,
    "microphone": microphone.microphone,
    "museum": rooms.museum,
    "neon": night.neon,
    "play": theatre.play,
    "portrait": portrait.portrait,
    "poster": table.poster,
    "projector": beams.projector,
    "rain": beams.rain,
    "reels": above.reels,
    "room": rooms.room,
    "sea": country.sea,
    "skyline": town.skyline,
    "stairway": night.stairway,
    "still-life": table.still_life,
    "telly": rooms.telly,
    "umbrellas": above.umbrellas,
    "vinyl": record.vinyl,
    "wardrobe": table.wardrobe,
    "windows": night.windows,
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


def begin_jpegs(specs: Sequence[PictureSpec]) -> dict[PictureSpec, "Future[bytes]"]:
    """The files of several pictures, to come: two processes make them while the caller goes on.
    A few are made at once and here.
    """
    wanted = list(dict.fromkeys(specs))
    if len(wanted) <= FEW:
        return {spec: _made(jpeg_of(spec)) for spec in wanted}
    # Not forked: the parent may have threads (Celery's, a database driver's).
    pool = ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn"))
    files = {spec: pool.submit(jpeg_of, spec) for spec in wanted}
    pool.shutdown(wait=False)  # it ends with the last of these
    return files


def _made(file: bytes) -> "Future[bytes]":
    future: Future[bytes] = Future()
    future.set_result(file)
    return future
