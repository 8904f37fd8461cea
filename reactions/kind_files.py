"""The files of kinds' pictures: stored under the name of their content, deleted when nobody can ask
for them any more.
"""

import hashlib
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from reactions.kind_pictures import KindPicture
from reactions.models import ReactionKind

FOLDER = "reactions"
OLD_FILES_KEPT = timedelta(hours=1)  # as for photos: an open page may still ask for them


def set_picture(kind: ReactionKind, picture: KindPicture | None) -> None:
    """Write the kind's row with this picture, or with none, in the caller's transaction.

    The row first: `remove_old` holds it while it deletes, and what it took is then stored again.
    """
    files = {"image": picture.moving or picture.still, "still": picture.still} if picture else {}
    if picture and not picture.moving:
        files.pop("still")
    names = {field: _name(data) for field, data in files.items()}
    kind.image, kind.still = names.get("image", ""), names.get("still", "")
    kind.pictured_at = timezone.now()
    kind.save()
    for field, data in files.items():
        if not default_storage.exists(names[field]):
            default_storage.save(names[field], ContentFile(data))


def remove_old() -> int:
    """Delete the files that no kind has, once no kind's picture was changed for an hour; how many."""
    with transaction.atomic():
        kinds = list(ReactionKind.objects.select_for_update())
        before = timezone.now() - OLD_FILES_KEPT
        if any(kind.pictured_at and kind.pictured_at > before for kind in kinds):
            return 0
        used = {field.name for kind in kinds for field in (kind.image, kind.still)}
        old = [name for name in _files() if name not in used and _is_older(name, before)]
        for name in old:
            default_storage.delete(name)
    return len(old)


def _name(data: bytes) -> str:
    return f"{FOLDER}/{hashlib.sha256(data).hexdigest()[:32]}.webp"


def _files() -> list[str]:
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    return [f"{FOLDER}/{name}" for name in names]


def _is_older(name: str, moment: object) -> bool:
    """Also not one that is just being stored for a row that isn't committed yet."""
    return default_storage.get_modified_time(name) < moment  # type: ignore[operator]
