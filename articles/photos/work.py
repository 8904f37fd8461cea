"""The worker's part of a photo: claim the row, make the public files, list them in the row."""

import hashlib
import logging
from datetime import timedelta
from typing import Any, BinaryIO, cast

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F
from django.utils import timezone

from articles.models import Photo
from articles.models.photo import MAX_RENDITION_ATTEMPTS
from articles.photos.renditions import RightsInfo, dominant_colour, render_renditions

logger = logging.getLogger(__name__)

LEASE_SECONDS = 120


def make_renditions(photo_id: int) -> bool:
    """Make what is missing of one photo's public files. False if there was nothing to do.

    Names come from the content, so a second run writes the same files again and no others.
    """
    if not _claim(photo_id):
        return False
    photo = Photo.objects.select_related("photographer", "agency").get(pk=photo_id)
    try:
        photo.manifest, photo.dominant_color = _write_files(photo)
        photo.rendition_state, photo.rendition_error = Photo.RenditionState.OK, ""
    except (OSError, ValueError) as error:
        logger.warning("renditions of photo %s failed: %s", photo_id, error)
        photo.rendition_error = str(error)[:500]
        if photo.rendition_attempts >= MAX_RENDITION_ATTEMPTS:
            photo.rendition_state = Photo.RenditionState.FAILED
    # A result for a file that was replaced meanwhile is discarded: the new file has its own turn.
    written = Photo.objects.filter(
        pk=photo.pk, rendition_lease_until=photo.rendition_lease_until
    ).update(
        manifest=photo.manifest,
        dominant_color=photo.dominant_color,
        rendition_state=photo.rendition_state,
        rendition_error=photo.rendition_error,
        rendition_lease_until=None,
    )
    return bool(written) and photo.rendition_state == Photo.RenditionState.OK


def name_given_up() -> int:
    """Mark the photos whose file ended its worker each time as failed; how many."""
    return Photo.objects.given_up().update(
        rendition_state=Photo.RenditionState.FAILED,
        rendition_error="The worker did not survive this file. Upload another copy of it.",
    )


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
    manifest = []
    with photo.original.open("rb") as stored:
        file = cast(BinaryIO, stored)
        for rendition in render_renditions(file, credit=rights_of(photo)):
            digest = hashlib.sha256(rendition.data).hexdigest()[:16]
            path = f"photos/{photo.sha256[:2]}/{digest}-{rendition.width}.{rendition.extension}"
            if not default_storage.exists(path):
                default_storage.save(path, ContentFile(rendition.data))
            manifest.append(
                {
                    "format": rendition.format,
                    "width": rendition.width,
                    "height": rendition.height,
                    "path": path,
                    "bytes": len(rendition.data),
                }
            )
        file.seek(0)
        return manifest, dominant_colour(file)


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
