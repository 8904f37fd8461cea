"""Of two photos that look alike: keep both, or use the one that was there."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from articles.actions.photo_log import log_photo
from articles.actions.photos import delete_photo
from articles.models import Photo, PhotoEvent
from articles.photos.metadata import PhotoRefused

IN_USE = "This photo stands in a story by now. Change it there first, or keep both."


@transaction.atomic
def keep_both(photo: Photo, others: Sequence[Photo], *, by: AbstractBaseUser | None) -> None:
    """Say of a photo that those which look like it are others: nobody is asked of them again."""
    before = kept_beside([photo])[photo.pk]
    after = before | {other.pk for other in others}
    if after != before:
        log_photo(photo, PhotoEvent.Verb.COMPARED, by=by, alike=(sorted(before), sorted(after)))


def kept_beside(photos: Sequence[Photo]) -> dict[int, set[int]]:
    """Photo → those that somebody looked at and found to be others."""
    kept: dict[int, set[int]] = {photo.pk: set() for photo in photos}
    events = PhotoEvent.objects.filter(photo__in=kept, verb=PhotoEvent.Verb.COMPARED)
    for photo, data in events.values_list("photo", "data"):
        kept[photo].update(data.get("alike", [[], []])[1])
    return kept


@transaction.atomic
def use_old(photo: Photo, old: Photo, *, by: AbstractBaseUser | None) -> None:
    """Give an upload up for the photo that was there: it goes with its files. Raises PhotoRefused
    where it stands in a story.
    """
    if photo.uses.exists():
        raise PhotoRefused("in_use", IN_USE)
    log_photo(old, PhotoEvent.Verb.COMPARED, by=by, reason=f"Used in place of upload {photo.pk}.")
    delete_photo(photo)
