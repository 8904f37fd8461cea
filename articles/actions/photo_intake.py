"""Many uploads at once: each is taken in or refused by itself, one bad file stops no other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.uploadedfile import UploadedFile

from articles.actions.photo_facts import write_facts
from articles.actions.photos import add_or_find_photo
from articles.models import Photo
from articles.photos.metadata import PhotoRefused

MAX_FILES = 30
TOO_MANY = f"More than {MAX_FILES} files came at once. Send this one again with the next lot."


@dataclass(slots=True)
class Intake:
    """What became of some uploads. `known`: ids of photos that had this very file already;
    `refused`: (name of the file, reason for a person).
    """

    photos: list[Photo] = field(default_factory=list)
    known: set[int] = field(default_factory=set)
    refused: list[tuple[str, str]] = field(default_factory=list)


def take_in(
    files: "Sequence[UploadedFile[Any]]",
    *,
    by: AbstractBaseUser | None = None,
    shared: Mapping[str, str] | None = None,
) -> Intake:
    """Take in up to MAX_FILES uploads. `shared` is written into the fields of new photos that their
    files leave empty.
    """
    intake = Intake(refused=[(file.name or "", TOO_MANY) for file in files[MAX_FILES:]])
    for file in files[:MAX_FILES]:
        name = file.name or ""
        try:
            photo, known = add_or_find_photo(file.file, name=name, by=by)  # type: ignore[arg-type]
        except PhotoRefused as refusal:
            intake.refused.append((name, str(refusal)))
            continue
        if known:
            intake.known.add(photo.pk)
        elif missing := {k: v for k, v in (shared or {}).items() if v and not getattr(photo, k)}:
            write_facts(photo, missing, by=by)
        if photo not in intake.photos:
            intake.photos.append(photo)
    return intake
