"""When a photo may be shown: the one rule, in Python. `PhotoQuerySet.shown()` says the same in SQL.

Pure: whoever asks says what time it is. For pages and files that is the database's clock
(articles.site_clock.now), as everywhere that readers see something.
"""

from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Rights(Protocol):
    """What of a photo the rule reads. A moment in `rights_until` is the first without the right."""

    @property
    def status(self) -> str: ...
    @property
    def rights_from(self) -> datetime | None: ...
    @property
    def rights_until(self) -> datetime | None: ...


class Hidden(StrEnum):
    """Why a photo may not be shown, as a sentence about it goes on."""

    REMOVED = "it was withdrawn"
    ENDED = "the right to show it has ended"
    NOT_YET = "the right to show it has not begun"


def why_hidden(photo: Rights, now: datetime) -> Hidden | None:
    """Why it may not be shown at that time; None where it may."""
    if photo.status == "removed":
        return Hidden.REMOVED
    if photo.status == "expired" or (photo.rights_until and photo.rights_until <= now):
        return Hidden.ENDED
    if photo.rights_from and photo.rights_from > now:
        return Hidden.NOT_YET
    return None


def is_shown(photo: Rights, now: datetime) -> bool:
    """Whether readers and machines may get the picture at that time."""
    return why_hidden(photo, now) is None
