"""Photos come in here: looked at, credited from the file, never published as they came; and here
they are put into stories and taken out again.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.db import transaction
from django.db.models import Max

from articles.actions.photo_facts import FACT_FIELDS, ask_for_renditions, put_back
from articles.actions.photo_log import decided, log_edit
from articles.actions.photo_persons import link_persons
from articles.actions.photo_reading import apply_facts
from articles.models import Article, Photo, PhotoUse, public_changed
from articles.photos.metadata import PhotoRefused, inspect_photo
from articles.photos.renditions import quick_rendition
from articles.photos.use_crop import tidy_crop
from articles.photos.work import public_files, rights_of, store

EXTENSIONS = {
    "JPEG": "jpg",
    "MPO": "jpg",
    "PNG": "png",
    "WEBP": "webp",
    "AVIF": "avif",
    "GIF": "gif",
    "HEIC": "heic",
}
NOT_STORED = (
    "This photo could not be stored: there may be no room left on the server. Nothing of it was "
    "saved. Try again later, and tell whoever runs the site."
)


def add_photo(file: BinaryIO, *, name: str = "", by: AbstractBaseUser | None = None) -> Photo:
    """Take in an upload: check it, read its passport, keep the original private, ask for renditions.

    Raises articles.photos.metadata.PhotoRefused with a reason for a person.
    """
    photo = Photo(uploaded_by=by if by and by.pk else None)  # type: ignore[misc]
    return replace_file(photo, file, name=name)


def add_or_find_photo(
    file: BinaryIO, *, name: str = "", by: AbstractBaseUser | None = None
) -> tuple[Photo, bool]:
    """Take in an upload, or find the photo that has this very file; whether it was there already.

    Raises PhotoRefused.
    """
    file.seek(0)
    sha256 = hashlib.file_digest(cast(Any, file), "sha256").hexdigest()
    found = Photo.objects.with_credit().filter(sha256=sha256).exclude(original="").first()
    return (found, True) if found else (add_photo(file, name=name, by=by), False)


def replace_file(
    photo: Photo,
    file: BinaryIO,
    *,
    name: str = "",
    keep: Collection[str] = (),
    by: AbstractBaseUser | None = None,
) -> Photo:
    """Give the photo a (new) file. Fields named in `keep`, which a person just wrote, stay as they are.

    One JPEG is made here and now, so that every page can show the photo before the worker comes to
    it. What another file changes of a photo stands in its history. Raises PhotoRefused; then nothing
    was stored and no row written.
    """
    facts = inspect_photo(file, name=name)
    written = {field: getattr(photo, field) for field in keep if field in FACT_FIELDS}
    apply_facts(photo, facts)
    put_back(photo, written)
    photo.sha256, photo.dhash = facts.sha256, facts.dhash
    photo.width, photo.height = facts.width, facts.height
    quick = quick_rendition(file, credit=rights_of(photo))
    before, old_original = decided(photo), photo.original.name
    file.seek(0)
    with _whole_or_nothing() as stored, transaction.atomic():
        # The row first: what the database refuses must not leave a file behind.
        photo.save()
        # The stored name is ours: the hash and the real format, nothing of what the upload was called.
        original = f"{facts.sha256[:32]}.{EXTENSIONS[facts.format]}"
        with _storing():
            photo.original.save(original, ContentFile(file.read()), save=False)
            stored.append((photo.original.storage, str(photo.original.name)))
            photo.manifest = [store(photo, quick)]
            stored.append((default_storage, photo.manifest[0]["path"]))
        photo.save(update_fields={"original", "manifest", *ask_for_renditions(photo)})
        link_persons(photo)
        if old_original:
            _delete_on_commit(photo.original.storage, old_original)
        if log_edit(photo, before, by=by):
            public_changed()
    return photo


@contextmanager
def _storing() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # any storage, any failure: a disk or a bucket
        raise PhotoRefused("not_stored", NOT_STORED) from error


@contextmanager
def _whole_or_nothing() -> Iterator[list[tuple[Storage, str]]]:
    """A list for the files that are written; they go again if anything fails."""
    stored: list[tuple[Storage, str]] = []
    try:
        yield stored
    except BaseException:
        for storage, name in stored:
            storage.delete(name)
        raise


def _delete_on_commit(storage: Storage, name: str) -> None:
    transaction.on_commit(lambda: storage.delete(name), robust=True)


@transaction.atomic
def delete_photo(photo: Photo) -> None:
    """Delete a photo that no story uses, with all its files. Raises ProtectedError."""
    pk, original = photo.pk, photo.original
    name = original.name
    photo.delete()
    # Files of the first release lie outside its folder, where copies of one picture share them.
    shared = Photo.objects.filter(sha256=photo.sha256).exists()
    listed = () if shared else (entry["path"] for entry in photo.manifest)
    for path in {*public_files(pk), *listed}:
        _delete_on_commit(default_storage, path)
    if name:
        _delete_on_commit(original.storage, name)
    public_changed()


@transaction.atomic
def try_again(photo: Photo) -> bool:
    """Ask for the public files of a photo that failed once more; False where nothing failed."""
    if photo.rendition_state != Photo.RenditionState.FAILED:
        return False
    photo.save(update_fields=ask_for_renditions(photo))
    return True


# --- In a story --------------------------------------------------------------------------------


@transaction.atomic
def use_photo(article: Article, photo: Photo, slot: str) -> PhotoUse:
    """Put a photo into a story, behind the others of its slot.

    Readers don't see it while it is part of a draft only: that of a released story, or a second
    lead photo, which takes the place of the first when the draft is saved. Raises PhotoRefused for
    a photo that may not be used any more.
    """
    if not Photo.objects.usable().filter(pk=photo.pk).exists():
        raise PhotoRefused("not_usable", "This photo was taken back or its rights have ended.")
    # Held, so that it isn't published between the look and the row.
    article = Article.objects.select_for_update().get(pk=article.pk)
    beside = article.photo_uses.filter(slot=slot)
    is_lead = slot == PhotoUse.Slot.LEAD
    hidden = article.is_released or (is_lead and beside.filter(live=True).exists())
    last = beside.aggregate(last=Max("order"))["last"]
    use = PhotoUse.objects.create(
        article=article,
        photo=photo,
        slot=slot,
        order=0 if last is None else last + 1,
        live=not hidden,
    )
    if is_lead and not hidden:
        Article.objects.filter(pk=article.pk).update(lead=use)
    return use


@transaction.atomic
def set_lead(
    article: Article,
    photo: Photo,
    *,
    caption: str = "",
    alt: str = "",
    crop: Mapping[str, Any] | None = None,
) -> PhotoUse:
    """Make `photo` the article's lead photo; the one before it, if any, leaves the article. Without a
    `crop` a placement keeps the one it has.
    """
    leads = article.photo_uses.filter(slot=PhotoUse.Slot.LEAD, live=True)
    leads.exclude(photo=photo).delete()
    use = leads.first() or PhotoUse(article=article, slot=PhotoUse.Slot.LEAD, photo=photo)
    use.caption, use.alt = caption, alt
    use.crop = use.crop if crop is None else tidy_crop(dict(crop))
    use.save()
    article.lead = use
    Article.objects.filter(pk=article.pk).update(lead=use)
    return use
