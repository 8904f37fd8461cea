"""A photo that must go, at once and everywhere, and back again when that was a mistake."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from articles.actions.photo_facts import ask_for_renditions
from articles.actions.photo_log import log_photo
from articles.models import Photo, PhotoEvent, public_changed
from articles.photos.proposal import Offer, offers
from articles.photos.work import drop_public_files

Status = Photo.Status


@transaction.atomic
def withdraw_photo(photo: Photo, by: AbstractBaseUser | None, reason: str) -> bool:
    """Take a photo from every page, feed, card and address. False where it was gone already.

    Readers see its withdrawn state from the next request on, in each process within 0.9 s. In a
    bucket, whose files Newsroom isn't asked for, they are deleted after the commit.
    """
    row = Photo.objects.select_for_update().get(pk=photo.pk)
    if row.status == Status.REMOVED:
        return False
    log_photo(
        row, PhotoEvent.Verb.TAKEN_DOWN, by=by, reason=reason, status=(row.status, Status.REMOVED)
    )
    _give(photo, Status.REMOVED)
    if settings.MEDIA_BUCKET:
        transaction.on_commit(lambda: drop_public_files(photo.pk), robust=True)
    return True


@transaction.atomic
def restore_photo(photo: Photo, by: AbstractBaseUser | None, reason: str = "") -> bool:
    """Undo a takedown: back to the status before it. False where the photo wasn't taken down.

    What its dates say holds again: a right that ended meanwhile stays ended.
    """
    row = Photo.objects.select_for_update().get(pk=photo.pk)
    if row.status != Status.REMOVED:
        return False
    before = status_before(row)
    log_photo(row, PhotoEvent.Verb.RESTORED, by=by, reason=reason, status=(Status.REMOVED, before))
    _give(photo, before)
    if settings.MEDIA_BUCKET and row.original:
        row.save(update_fields=ask_for_renditions(row))
    return True


@transaction.atomic
def apply_offers(photo: Photo, by: AbstractBaseUser | None) -> list[Offer]:
    """Write what is proposed for the photo's rights; what was written. A column that somebody
    filled meanwhile stays.
    """
    row = (
        Photo.objects.select_for_update(of=("self",))
        .select_related("agency__parent")
        .get(pk=photo.pk)
    )
    applied = offers(row)
    if not applied:
        return []
    changes = {offer.column: (getattr(row, offer.column), offer.value) for offer in applied}
    for offer in applied:
        setattr(row, offer.column, offer.value)
    row.save(update_fields=[*changes])
    reason = "; ".join(offer.why for offer in applied)
    log_photo(row, PhotoEvent.Verb.APPLIED, by=by, reason=reason, **changes)
    public_changed()
    return applied


def taken_down(photo: Photo) -> PhotoEvent | None:
    """The event that took the photo down; None where it is not, or nobody knows how."""
    if photo.status != Status.REMOVED:
        return None
    events = photo.events.filter(verb=PhotoEvent.Verb.TAKEN_DOWN)
    return events.select_related("by").order_by("-pk").first()


def status_before(photo: Photo) -> Photo.Status:
    """What an undo would make of a photo that was taken down."""
    event = taken_down(photo)
    before = event.data.get("status", [Status.ACTIVE])[0] if event else Status.ACTIVE
    return Status(before) if before in set(Status) - {Status.REMOVED} else Status.ACTIVE


def _give(photo: Photo, status: Photo.Status) -> None:
    Photo.objects.filter(pk=photo.pk).update(status=status)
    photo.status = status
    public_changed()
