"""The worker's part of a photo: claim the row, make the public files, list them in the row.

A photo's public files lie in a folder of their own, so that those which no page names any more can
be told from the others. They stay for a while: a reader's open page may still ask for them.
"""

import hashlib
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from articles.models import Photo, public_changed
from articles.models.photo import MAX_RENDITION_ATTEMPTS
from articles.photos.dhash import dhash
from articles.photos.renditions import (
    RENDITION_VERSION,
    RenditionFile,
    RightsInfo,
    dominant_colour,
    render_renditions,
    swatch_of,
)
from articles.photos.rights import is_shown

logger = logging.getLogger(__name__)

LEASE_SECONDS = 120
OLD_FILES_KEPT = timedelta(hours=1)
RENEW_BATCH = 20  # photos a sweep: an archive's renewal must not stand before today's uploads
State = Photo.RenditionState


def make_renditions(photo_id: int) -> bool:
    """Make what is missing of one photo's public files. False if there was nothing to do.

    Names come from the content, so a second run writes the same files again and no others.
    """
    if not _claim(photo_id):
        return False
    photo = Photo.objects.select_related("photographer", "agency").get(pk=photo_id)
    replaced = [entry["path"] for entry in photo.manifest]
    try:
        photo.manifest = _write_files(photo)
        photo.dominant_color, photo.dhash = _looks_of(photo)
        photo.rendition_state, photo.rendition_error = State.OK, ""
        photo.rendition_version = RENDITION_VERSION
    except (OSError, ValueError) as error:
        logger.warning("renditions of photo %s failed: %s", photo_id, error)
        photo.rendition_error = str(error)[:500]
        if photo.rendition_attempts >= MAX_RENDITION_ATTEMPTS:
            photo.rendition_state = State.FAILED
    # A result for a file that was replaced meanwhile is discarded: the new file has its own turn.
    written = Photo.objects.filter(
        pk=photo.pk, rendition_lease_until=photo.rendition_lease_until
    ).update(
        manifest=photo.manifest,
        dominant_color=photo.dominant_color,
        dhash=photo.dhash,
        rendition_state=photo.rendition_state,
        rendition_version=photo.rendition_version,
        rendition_error=photo.rendition_error,
        rendition_lease_until=None,
        old_files_until=timezone.now() + OLD_FILES_KEPT,
    )
    if not written or photo.rendition_state != State.OK:
        return False
    public_changed()
    _remove_foreign(photo, replaced)
    return True


def name_given_up() -> int:
    """Mark the photos whose file ended its worker each time as failed; how many."""
    return Photo.objects.given_up().update(
        rendition_state=State.FAILED,
        rendition_error="The worker did not survive this file. Upload another copy of it.",
    )


def renew_outdated() -> int:
    """Ask for new files of some photos whose files were made by older settings; how many."""
    oldest = Photo.objects.outdated(RENDITION_VERSION).order_by("-pk").values_list("pk", flat=True)
    return Photo.objects.filter(pk__in=list(oldest[:RENEW_BATCH]), rendition_state=State.OK).update(
        rendition_state=State.PENDING, rendition_attempts=0, rendition_lease_until=None
    )


def remove_old_files(photo_id: int) -> int:
    """Delete the public files of a photo that its row doesn't list; how many.

    Under the row's lock, and not while new files are being made: these aren't listed yet.
    """
    with transaction.atomic():
        photo = Photo.objects.select_for_update().filter(pk=photo_id).first()
        if photo is None or photo.rendition_state == State.PENDING:
            return 0
        listed = {entry["path"] for entry in photo.manifest}
        old = [path for path in public_files(photo_id) if path not in listed]
        for path in old:
            default_storage.delete(path)
        Photo.objects.filter(pk=photo_id).update(old_files_until=None)
    return len(old)


def drop_public_files(photo_id: int) -> int:
    """Delete all public files of a photo that may not be shown, and forget them; how many. For a
    bucket, which hands its files to whoever knows their names. One that may be shown again, or
    whose files are just being made, stays as it is.
    """
    with transaction.atomic():
        photo = Photo.objects.select_for_update().filter(pk=photo_id).first()
        making = photo is not None and photo.rendition_state == State.PENDING
        if photo is None or making or is_shown(photo, timezone.now()):
            return 0
        files = {*public_files(photo_id), *(entry["path"] for entry in photo.manifest)}
        for path in files:
            default_storage.delete(path)
        Photo.objects.filter(pk=photo_id).update(
            manifest=[], rendition_state=State.NONE, old_files_until=None
        )
    return len(files)


def mind_bucket() -> int:
    """In a bucket, which asks nobody: drop the files of photos whose right has ended, and ask for
    those of photos whose right has begun. How many, at most RENEW_BATCH of each.
    """
    if not settings.MEDIA_BUCKET:
        return 0
    ended = Photo.objects.with_files_to_drop()[:RENEW_BATCH]
    dropped = sum(bool(drop_public_files(pk)) for pk in list(ended))
    begun = Photo.objects.without_files().values_list("pk", flat=True)[:RENEW_BATCH]
    return dropped + Photo.objects.filter(pk__in=list(begun), rendition_state=State.NONE).update(
        rendition_state=State.PENDING, rendition_attempts=0, rendition_lease_until=None
    )


def _remove_foreign(photo: Photo, replaced: Sequence[str]) -> None:
    """Delete replaced files that don't lie in the photo's own folder: the first release's, whose
    names came from the content alone, so that two photos may have shared one. At once: no listing
    finds them later.
    """
    foreign = [path for path in replaced if not path.startswith(f"{_folder(photo.pk)}/")]
    if not foreign:
        return
    others = Photo.objects.annotate(listed=Cast("manifest", TextField()))
    for path in foreign:
        if not others.filter(listed__contains=f'"{path}"').exists():
            default_storage.delete(path)


def public_files(photo_id: int) -> list[str]:
    """The paths of all public files of a photo, listed in its row or not."""
    folder = _folder(photo_id)
    try:
        _folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in names]


def store(photo: Photo, rendition: RenditionFile) -> dict[str, Any]:
    """Write one public file; its entry for the manifest."""
    digest = hashlib.sha256(rendition.data).hexdigest()[:16]
    path = f"{_folder(photo.pk)}/{digest}-{rendition.width}.{rendition.extension}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(rendition.data))
    entry = {
        "format": rendition.format,
        "width": rendition.width,
        "height": rendition.height,
        "path": path,
        "bytes": len(rendition.data),
    }
    if rendition.animated:
        entry["animated"] = True
    return {**entry, "crop": rendition.crop} if rendition.crop else entry


def rights_of(photo: Photo) -> RightsInfo:
    """What every public file of this photo carries: who made it, who to credit, on what terms."""
    creator = photo.photographer.name if photo.photographer else photo.photographer_text
    return RightsInfo(
        creator=creator,
        credit=photo.credit_override or photo.agency_text or creator,
        copyright=photo.copyright,
        web_statement=photo.license_url,
        licensor_url=photo.licensor_url,
        digital_source_type=photo.digital_source_type,
    )


def _folder(photo_id: int) -> str:
    return f"photo/{photo_id}"


def _claim(photo_id: int) -> bool:
    now = timezone.now()
    claimed = (
        Photo.objects.awaiting_renditions(now)
        .filter(pk=photo_id)
        .update(
            rendition_lease_until=now + timedelta(seconds=LEASE_SECONDS),
            rendition_attempts=F("rendition_attempts") + 1,
        )
    )
    return bool(claimed)


def _write_files(photo: Photo) -> list[dict[str, Any]]:
    with photo.original.open("rb") as file:
        focal = (photo.focal_x, photo.focal_y)
        made = render_renditions(cast(BinaryIO, file), credit=rights_of(photo), focal=focal)
        return [store(photo, each) for each in made]


def _looks_of(photo: Photo) -> tuple[str, str]:
    """Its dominant colour and its hash, which photos of the first releases don't have yet."""
    with photo.original.open("rb") as file:
        swatch = swatch_of(cast(BinaryIO, file))
    return dominant_colour(swatch), photo.dhash or dhash(swatch)
