"""The worker's part of a photo: claim the row, make the public files, list them in the row.

A photo's public files lie in a folder of their own, so that those which no page names any more can
be told from the others. They stay for a while: a reader's open page may still ask for them.
"""

import hashlib
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, BinaryIO, cast

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from articles.models import Photo, public_changed
from articles.models.photo import MAX_RENDITION_ATTEMPTS
from articles.photos.renditions import (
    RENDITION_VERSION,
    RenditionFile,
    RightsInfo,
    dominant_colour,
    render_renditions,
)

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
        photo.manifest, photo.dominant_color = _write_files(photo)
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
    return {
        "format": rendition.format,
        "width": rendition.width,
        "height": rendition.height,
        "path": path,
        "bytes": len(rendition.data),
    }


def rights_of(photo: Photo) -> RightsInfo:
    """What every public file of this photo carries: who made it, who to credit, on what terms."""
    creator = photo.photographer.name if photo.photographer else photo.photographer_text
    return RightsInfo(
        creator=creator,
        credit=photo.credit_override or photo.agency_text or creator,
        copyright=photo.copyright,
        web_statement=photo.license_url,
        licensor_url=photo.licensor_url,
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


def _write_files(photo: Photo) -> tuple[list[dict[str, Any]], str]:
    with photo.original.open("rb") as stored:
        file = cast(BinaryIO, stored)
        manifest = [store(photo, each) for each in render_renditions(file, credit=rights_of(photo))]
        file.seek(0)
        return manifest, dominant_colour(file)
