"""From a PhotoUse row to what the one figure partial needs, wherever a photo stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter

from django.core.files.storage import default_storage

from articles import site_clock
from articles.models import Photo, PhotoUse
from articles.photos.credits import PhotoCredit, format_credit
from articles.photos.manifest import Entry, smallest, whole
from articles.photos.rights import Hidden, why_hidden
from articles.photos.source_types import notice_of
from articles.photos.srcset import MIME_TYPES, RenditionRow, picture_sources
from articles.photos.tint import tint_of
from articles.photos.use_crop import RATIOS, crop_of

# The house form says "Photo:" and names people and agencies; what these say it can't.
KINDS_AS_WRITTEN = frozenset({"social", "screenshot", "courtesy", "handout", "archive", "file"})
HERO_SIZES = "(min-width: 75rem) 70rem, 100vw"
_ANY_TIME = datetime.max.replace(tzinfo=UTC)
# The lengths of a `sizes`, and not those of its conditions.
_LENGTH = re.compile(r"([\d.]+)(rem|vw)(?=,|$)")
CARD_SIZES = "(min-width: 64rem) 22rem, 100vw"
# Only the hero is ever wider on a screen of two pixels a point; the others' pages are shorter for it.
MAX_WIDTH_BELOW_HERO = 1920


@dataclass(frozen=True, slots=True)
class FigureView:
    """One photo as a reader gets it. `width`, `height`: of the largest file, `src_size` of the one at
    `src`, in pixels. `missing`: there is no file to show, only what is known.
    `withdrawn`: there may be a file, and nobody is to see it now: why, as the end of a sentence. `focal_x`, `focal_y`: what a
    crop must keep, in tenths from the left and the top; `ratio`: the shape it is shown in, "" for
    its own (both: static/css/components/focal.css). `notice`: what readers must know of how it was
    made ("AI-generated image"); no placement leaves it out. `stills`: of
    a photo that moves, what to show who wants no motion, and on paper. `tint`: articles.photos.tint.
    """

    caption: str
    credit: str
    alt: str
    src: str
    src_size: tuple[int, int]
    width: int
    height: int
    sources: tuple[tuple[str, str], ...]
    sizes: str
    hero: bool
    missing: bool
    withdrawn: str = ""
    focal_x: int = 5
    focal_y: int = 5
    notice: str = ""
    ratio: str = ""
    stills: tuple[tuple[str, str], ...] = ()
    tint: str = ""

    @property
    def is_tall(self) -> bool:
        """As high as it is wide, or higher: across a whole page it would push the words off the screen."""
        return self.ratio == "1:1" or (not self.ratio and self.height >= self.width > 0)

    @property
    def is_off_centre(self) -> bool:
        return (self.focal_x, self.focal_y) != (5, 5)

    @property
    def is_explained(self) -> bool:
        return bool(self.caption or self.credit or self.notice)


def credit_line(use: PhotoUse) -> str:
    """The credit as printed: this use's override, the photo's, or the house form of its parts."""
    photo = use.photo
    if use.credit_override or photo.credit_override:
        return use.credit_override or photo.credit_override
    if photo.credit_raw and photo.credit_kind in KINDS_AS_WRITTEN:
        return photo.credit_raw
    return format_credit(
        PhotoCredit.of(
            photographers=photographers(photo),
            agency=photo.agency_text or (photo.agency.name if photo.agency else None),
            via=photo.via.name if photo.via_id and photo.via else None,
            for_client=photo.client or None,
            kind=photo.credit_kind,
            raw=photo.credit_raw or None,
        )
    )


def credit_with_notice(use: PhotoUse) -> str:
    """The credit behind what readers must know of the picture, for a place that has one line."""
    return ". ".join(filter(None, (notice_of(use.photo.digital_source_type), credit_line(use))))


def photographers(photo: Photo) -> tuple[str, ...]:
    """The names of who took it: the contributor's, or those of the credit line."""
    if photo.photographer:
        return (photo.photographer.name,)
    return tuple(name.strip() for name in photo.photographer_text.split(";") if name.strip())


def figure_view(use: PhotoUse | None, *, hero: bool = False, sizes: str = "") -> FigureView | None:
    """The figure of a use; None where there is no photo. `hero` loads first, all others lazily."""
    if use is None:
        return None
    withdrawn = _told(use.photo)
    shown = [] if withdrawn else _shown(use.photo.manifest, hero=hero)
    moving = _rows(entry for entry in shown if entry.get("animated"))
    files = _rows(entry for entry in shown if not entry.get("animated"))
    fallback = [file for file in files if file.format == "jpeg"] or files
    largest = max(fallback, key=attrgetter("width"), default=None)
    middle = min(fallback, key=lambda file: abs(file.width - 960), default=None)
    crop = crop_of(use.crop)
    focal_x, focal_y = crop.point or (use.photo.focal_x, use.photo.focal_y)
    return FigureView(
        caption=use.caption_text,
        credit=credit_line(use),
        alt=use.alt_text,
        src=middle.url if middle else "",
        src_size=(middle.width, middle.height) if middle else (0, 0),
        width=largest.width if largest else use.photo.width,
        height=largest.height if largest else use.photo.height,
        sources=_sources(moving or files),
        stills=_sources(files) if moving else (),
        sizes=_file_sizes(sizes or (HERO_SIZES if hero else CARD_SIZES), crop.ratio, largest),
        hero=hero,
        missing=middle is None,
        withdrawn=withdrawn,
        notice=notice_of(use.photo.digital_source_type),
        focal_x=round(focal_x * 10),
        focal_y=round(focal_y * 10),
        ratio=crop.ratio,
        tint=tint_of(use.photo.dominant_color),
    )


def _file_sizes(sizes: str, ratio: str, file: RenditionRow | None) -> str:
    """The `sizes` of a picture that a shape cuts at its sides: what is left of it fills the place, so
    the whole of it is wider.
    """
    if not ratio or file is None or not file.height:
        return sizes
    factor = max(1.0, file.width / file.height / RATIOS[ratio])
    return _LENGTH.sub(lambda length: f"{float(length[1]) * factor:.4g}{length[2]}", sizes)


def photo_figure(photo: Photo | None, *, hero: bool = False, sizes: str = "") -> FigureView | None:
    """The figure of a photo that stands in no story. None without a credit, too: no publish gate
    asked for one on its way here.
    """
    view = figure_view(PhotoUse(photo=photo), hero=hero, sizes=sizes) if photo else None
    return view if view and view.credit else None


@dataclass(frozen=True, slots=True)
class Face:
    """A portrait beside a byline: small, with its credit and what readers must know of it."""

    src: str
    width: int
    height: int
    credit: str


def face_of(photo: Photo | None) -> Face | None:
    """The smallest public file of a portrait; None where there is none to show, or nobody to credit."""
    if photo is None or is_withdrawn(photo) or not credit_line(PhotoUse(photo=photo)):
        return None
    small = smallest(photo.manifest)
    if small is None:
        return None
    url = default_storage.url(small["path"])
    credit = credit_with_notice(PhotoUse(photo=photo))
    return Face(url, int(small["width"]), int(small["height"]), credit)


def is_withdrawn(photo: Photo) -> bool:
    """Whether nobody may see it now: then no page and no machine gets its address."""
    return _why_hidden(photo) is not None


def _told(photo: Photo) -> str:
    """What readers are told in place of a photo that they may not see; "" of one that they may."""
    why = _why_hidden(photo)
    if why is None:
        return ""
    return "can’t be shown yet" if why is Hidden.NOT_YET else "was withdrawn"


def _why_hidden(photo: Photo) -> Hidden | None:
    dated = photo.rights_from or photo.rights_until
    # Almost none is: the clock is asked for those alone.
    return why_hidden(photo, site_clock.now() if dated else _ANY_TIME)


def _shown(manifest: Iterable[Entry], *, hero: bool) -> list[Entry]:
    files = whole(manifest)
    return files if hero else [f for f in files if f["width"] <= MAX_WIDTH_BELOW_HERO] or files


def _sources(rows: Iterable[RenditionRow]) -> tuple[tuple[str, str], ...]:
    return tuple((source.type, source.srcset) for source in picture_sources(rows))


def _rows(manifest: Iterable[Entry]) -> list[RenditionRow]:
    """The files whose format we know."""
    url = default_storage.url  # found once: a front page names 400 files
    return [
        RenditionRow(f["format"], int(f["width"]), int(f["height"]), url(f["path"]))
        for f in manifest
        if f["format"] in MIME_TYPES
    ]
