"""A photo in words, as the desk's list, its table and its pages say it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Photo, PhotoUse
from articles.photos.figure import credit_line
from articles.photos.source_types import notice_of

ENDING_DAYS = 7
NO_CREDIT = "No credit"


class Badge(NamedTuple):
    """`kind`: stop (readers may not see it), mend (something is missing), note."""

    kind: str
    words: str


def credit_of(photo: Photo) -> str:
    """The credit line as readers get it; "" for none."""
    return credit_line(PhotoUse(photo=photo))


def badges(photo: Photo, *, now: datetime | None = None) -> list[Badge]:
    """All that has to be known of the photo before it is used, the worst first. `used` and `alike`
    are annotations of the list; without them nothing is said of that.
    """
    return [
        *_rights(photo, now or timezone.now()),
        *_missing(photo),
        *_files(photo),
        *([Badge("note", notice)] if (notice := notice_of(photo.digital_source_type)) else []),
        *([Badge("note", "Looks like another")] if getattr(photo, "alike", False) else []),
        *([Badge("note", "Not used")] if not getattr(photo, "used", True) else []),
    ]


def _rights(photo: Photo, now: datetime) -> list[Badge]:
    if photo.status == Photo.Status.REMOVED:
        return [Badge("stop", "Taken down")]
    until, begins = photo.rights_until, photo.rights_from
    if photo.status == Photo.Status.EXPIRED or (until and until <= now):
        return [Badge("stop", f"Rights ended {day(until)}" if until else "Rights ended")]
    said = []
    if begins and begins > now:
        said.append(Badge("stop", f"Not before {day(begins)}"))
    if until and until <= now + timedelta(days=ENDING_DAYS):
        said.append(Badge("mend", f"Rights end {day(until)}"))
    if photo.status == Photo.Status.RESTRICTED:
        said.append(Badge("note", "Restricted"))
    return said


def _missing(photo: Photo) -> list[Badge]:
    said = []
    if not photo.has_credit:
        said.append(Badge("mend", NO_CREDIT))
    elif photo.credit_unclear:
        said.append(Badge("mend", "Unclear credit"))
    if not (photo.alt_default or photo.decorative_default):
        said.append(Badge("mend", "No alt text"))
    return said


def _files(photo: Photo) -> list[Badge]:
    words = {
        Photo.RenditionState.NONE: Badge("note", "No file"),
        Photo.RenditionState.PENDING: Badge("note", "Files being made"),
        Photo.RenditionState.FAILED: Badge("stop", "Files failed"),
    }
    state = Photo.RenditionState(photo.rendition_state)
    return [words[state]] if state in words else []


def day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j M Y")
