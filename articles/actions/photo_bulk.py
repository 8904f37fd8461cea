"""One change of credit or rights for many photos: what it would do, and doing it."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from articles.actions.nudge import nudge_on_commit
from articles.actions.photo_facts import (
    FILE_FIELDS,
    RENDITIONS_TASK,
    apply_values,
    mark_for_renditions,
    public_losses,
    written_by_hand,
)
from articles.actions.photo_log import decided_of, edit_event
from articles.models import Photo, PhotoEvent, public_changed

MAX_PHOTOS = 500
_BATCH = 100
_ASKED_ANEW = ("rendition_state", "rendition_attempts", "rendition_lease_until")


@dataclass(frozen=True, slots=True)
class Planned:
    """`photo` is as it would be, `stored` as it is; `event` says what changes; `losses` what a
    published story would stand without, in words.
    """

    photo: Photo
    stored: Photo
    event: PhotoEvent
    losses: tuple[str, ...]


def plan(photos: Iterable[Photo], values: Mapping[str, Any]) -> list[Planned]:
    """What writing these values into the photos (read with_credit()) would change; those that they
    change nothing of are left out. No query but for what published stories would lose.
    """
    planned = []
    for stored in photos:
        photo = copy(stored)
        columns = apply_values(photo, values)
        event = edit_event(photo, decided_of(stored, columns), decided_of(photo, columns))
        if event:
            losses = tuple(dict.fromkeys(public_losses(stored, values).values()))
            planned.append(Planned(photo, stored, event, losses))
    return planned


@transaction.atomic
def write_plan(planned: list[Planned], *, by: AbstractBaseUser | None) -> None:
    """Write what was planned: each photo with its event, all of them or none. Public files that carry
    what changed are asked for anew. 2 queries for each hundred photos, and 1.
    """
    columns = {column for each in planned for column in each.event.data}
    columns |= {"provenance", "credit_unclear"}
    asked = []
    for each in planned:
        each.photo.provenance = {**each.photo.provenance, **written_by_hand(each.event.data)}
        if each.photo.original and FILE_FIELDS & set(each.event.data):
            mark_for_renditions(each.photo)
            asked.append(each.photo)
        each.event.by = by if by and by.pk else None  # type: ignore[assignment]
    Photo.objects.bulk_update([each.photo for each in planned], columns, batch_size=_BATCH)
    Photo.objects.bulk_update(asked, _ASKED_ANEW, batch_size=_BATCH)
    PhotoEvent.objects.bulk_create([each.event for each in planned], batch_size=_BATCH)
    nudge_on_commit(RENDITIONS_TASK, [photo.pk for photo in asked])
    if planned:
        public_changed()
