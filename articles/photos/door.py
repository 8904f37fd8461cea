"""The door before the public files: whether the photo that a file belongs to may be shown now.

Asked for each picture that a reader's browser asks for, so it has to be cheap: what the row says is
kept for a moment of the site (articles.site_clock), for all files of a photo.
"""

import re
from datetime import datetime
from typing import NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from articles import site_clock
from articles.models import Photo
from articles.models.prepared import Given, Prepared
from articles.photos.rights import is_shown

MAX_KEPT = 20_000  # photos, at about 300 bytes; then it begins anew
_FOLDER = re.compile(r"photo/(\d{1,18})/")
RIGHTS = ("status", "rights_from", "rights_until")


class Pass(NamedTuple):
    """What a photo's row says of its files (articles.photos.rights.Rights)."""

    status: str
    rights_from: datetime | None
    rights_until: datetime | None

    @property
    def is_shown(self) -> bool:
        return is_shown(self, site_clock.now())

    @property
    def seconds_left(self) -> float | None:
        """How long its right lasts; None where no end is known."""
        if self.rights_until is None:
            return None
        return (self.rights_until - site_clock.now()).total_seconds()


_by_number = Prepared(lambda: Photo.objects.filter(pk=Given("pk")).values_list(*RIGHTS))
_kept: tuple[site_clock.Moment | None, dict[str, Pass | None]] = (None, {})


def pass_of(path: str) -> Pass | None:
    """The pass of a public file, by its path in the storage; None where it is no photo's.

    No query, but one at the first question after a change. Raises what the database raises
    (site_clock.AWAY) where it doesn't answer and nothing is known that still holds.
    """
    global _kept  # noqa: PLW0603
    folder = _FOLDER.match(path)
    key = folder[1] if folder else path
    moment = site_clock.current()  # before the row is read: what changes meanwhile ends it
    if _kept[0] is not moment or len(_kept[1]) >= MAX_KEPT:
        _kept = (moment, {})
    passes = _kept[1]
    if key not in passes:
        rows = _by_number(pk=int(key)) if folder else _lister_of(path)
        passes[key] = Pass(*rows[0]) if rows else None
    return passes[key]


def _lister_of(path: str) -> list[tuple[str, datetime | None, datetime | None]]:
    """Of a file outside the photos' folders (the first release's): only the rows say whose it is."""
    listed = Photo.objects.annotate(listed=Cast("manifest", TextField()))
    return list(listed.filter(listed__contains=f'"{path}"').values_list(*RIGHTS)[:1])
