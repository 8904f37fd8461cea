"""Photos come in: checked, credited from the file or the line, kept private."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.db.models import ProtectedError
from pytest_django import DjangoCaptureOnCommitCallbacks

from articles.actions.photos import (
    add_or_find_photo,
    add_photo,
    delete_photo,
    replace_file,
    set_lead,
    try_again,
    use_photo,
)
from articles.models import Agency, Photo
from articles.photos.metadata import PhotoRefused, inspect_photo
from articles.photos.work import make_renditions
from newsroom.storage import WholeFileStorage
from tests import builders
from tests.articles.photos.pictures import file_of, iim, picture, with_app13
from tests.cases import case_path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
CASES = json.loads(case_path("photos/index.json").read_text(encoding="utf-8"))
PENDING = Photo.RenditionState.PENDING
CREDITED = iim(
    (2, 80, b"Joseph Okpako"), (2, 110, b"WireImage"), (2, 116, b"(c) 2022"), (2, 120, b"On stage")
)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def credited(colour: str = "teal") -> BytesIO:
    return with_app13(file_of(picture(colour=colour)), CREDITED)


def test_an_upload_is_kept_private_under_a_name_of_ours(
    media: Path,
    nudges: list[object],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        photo = add_photo(credited(), name="../../évil name.php.jpg")
    photo.refresh_from_db()
    assert (photo.photographer_text, photo.agency_text) == ("Joseph Okpako", "WireImage")
    assert (photo.copyright, photo.caption_default) == ("(c) 2022", "On stage")
    assert photo.agency == Agency.objects.get(name="WireImage")
    assert photo.provenance["photographer"] == "iim"
    assert (photo.width, photo.height, photo.rendition_state) == (64, 48, PENDING)
    (file,) = files(media / "private")
    assert file.name == f"{photo.sha256[:32]}.jpg"
    (quick,) = photo.manifest
    assert (quick["format"], quick["width"], quick["height"]) == ("jpeg", 64, 48)
    (public,) = files(media / "public")
    assert inspect_photo(BytesIO(public.read_bytes())).agency == "WireImage"
    assert not default_storage.exists(photo.original.name)
    assert nudges == [("articles.make_renditions", [photo.pk])]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_the_shared_cases_are_taken_or_leave_nothing_behind(
    case: dict[str, Any], media: Path
) -> None:
    file = BytesIO(case_path(f"photos/{case['file']}").read_bytes())
    try:
        photo = add_photo(file, name=case["upload_name"])
    except PhotoRefused:
        assert case["verdict"] != "accept"
        assert not Photo.objects.exists()
        assert not files(media)
        return
    assert case["verdict"] != "refuse"
    photo.refresh_from_db()
    assert len(files(media / "private")) == len(files(media / "public")) == 1
    assert Path(photo.original.name).suffix in {".jpg", ".png", ".webp", ".gif", ".avif"}


def test_what_the_database_refuses_leaves_no_file(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(photo: Photo, *args: object, **options: object) -> None:
        raise DatabaseError("value too long")

    monkeypatch.setattr(Photo, "save", fail)
    with pytest.raises(DatabaseError):
        add_photo(credited())
    assert not files(media)


def test_a_new_file_keeps_what_a_person_wrote_and_starts_anew() -> None:
    photo = add_photo(credited())
    Photo.objects.update(rendition_state="failed", rendition_attempts=3)
    photo.refresh_from_db()
    photo.photographer_text, photo.caption_default = "Ines Lark", "Ours"
    replace_file(photo, credited("red"), keep={"photographer_text", "sha256"})
    photo.refresh_from_db()
    assert (photo.photographer_text, photo.caption_default) == ("Ines Lark", "On stage")
    assert (photo.rendition_state, photo.rendition_attempts) == (PENDING, 0)
    assert photo.original.name.split("/")[-1].startswith(photo.sha256[:32])


def test_the_former_original_goes_with_the_commit_and_not_before(
    media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    photo = add_photo(credited())
    with django_capture_on_commit_callbacks() as callbacks:
        replace_file(photo, credited("red"))
    assert len(files(media / "private")) == 2
    for callback in callbacks:
        callback()
    (kept,) = files(media / "private")
    assert kept.name.startswith(photo.sha256[:32])


@pytest.mark.parametrize("full", ["originals", "public"])
def test_a_full_disk_is_said_in_words_and_leaves_nothing(
    full: str, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = WholeFileStorage._save

    def fail(storage: WholeFileStorage, name: str, content: Any) -> str:
        if storage.location.endswith("private" if full == "originals" else "public"):
            raise OSError(28, "No space left on device")
        return real(storage, name, content)

    monkeypatch.setattr(WholeFileStorage, "_save", fail)
    with pytest.raises(PhotoRefused, match="could not be stored"):
        add_photo(credited())
    assert not Photo.objects.exists()
    assert not files(media)


def test_a_known_file_is_found_and_not_taken_in_again(writer: User, media: Path) -> None:
    photo, known = add_or_find_photo(credited(), by=writer)
    assert (known, photo.uploaded_by) == (False, writer)
    again, known = add_or_find_photo(credited(), by=None)
    assert (known, again) == (True, photo)
    assert len(files(media / "private")) == 1


def test_a_deleted_photo_takes_its_files_with_it(
    media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    photo = add_photo(credited())
    make_renditions(photo.pk)
    photo.refresh_from_db()
    of_the_first_release = default_storage.save("photos/ab/old-320.jpg", ContentFile(b"old"))
    photo.manifest.append({"format": "jpeg", "width": 320, "path": of_the_first_release})
    with django_capture_on_commit_callbacks(execute=True):
        delete_photo(photo)
    assert not files(media)
    with django_capture_on_commit_callbacks(execute=True):
        delete_photo(builders.make_photo())
    used = builders.make_lead(builders.make_article()).photo
    with pytest.raises(ProtectedError):
        delete_photo(used)


def test_only_a_failed_photo_is_tried_again(nudges: list[object]) -> None:
    photo = builders.make_photo(rendition_state="failed", rendition_attempts=3)
    assert try_again(photo)
    photo.refresh_from_db()
    assert (photo.rendition_state, photo.rendition_attempts) == (PENDING, 0)
    assert not try_again(photo)


def test_a_date_without_a_zone_is_taken_as_the_papers() -> None:
    data = iim((2, 55, b"20220908"), (2, 60, b"213000"))
    photo = add_photo(with_app13(file_of(picture()), data))
    assert photo.taken_at is not None
    assert photo.taken_at.utcoffset() is not None
    zoned = iim((2, 55, b"20220908"), (2, 60, b"213000+0200"))
    photo = add_photo(with_app13(file_of(picture()), zoned))
    assert photo.taken_at is not None
    assert photo.taken_at.hour == 21


def test_a_photo_goes_into_a_draft_behind_the_others() -> None:
    article = builders.make_draft()
    first = use_photo(article, builders.make_photo(), "body")
    second = use_photo(article, builders.make_photo(), "body")
    assert [(use.order, use.live) for use in (first, second)] == [(0, True), (1, True)]
    lead = use_photo(article, builders.make_photo(), "lead")
    article.refresh_from_db()
    assert article.lead == lead
    another = use_photo(article, builders.make_photo(), "lead")
    article.refresh_from_db()
    assert (article.lead, another.live) == (lead, False), "the save decides"


def test_readers_of_a_released_story_see_no_photo_of_its_draft() -> None:
    article = builders.make_article()
    use = use_photo(article, builders.make_photo(), "lead")
    article.refresh_from_db()
    assert (use.live, article.lead) == (False, None)


@pytest.mark.parametrize(
    "ended", [{"status": "removed"}, {"status": "expired"}, {"rights_until": "2001-01-01T00:00Z"}]
)
def test_a_photo_whose_rights_have_ended_is_not_used(ended: dict[str, str]) -> None:
    with pytest.raises(PhotoRefused, match="rights have ended"):
        use_photo(builders.make_draft(), builders.make_photo(**ended), "body")


def test_a_lead_is_set_again_in_place() -> None:
    article, photo = builders.make_article(), builders.make_photo()
    first = set_lead(article, photo, caption="One")
    second = set_lead(article, photo, caption="Two", alt="A pier")
    assert first.pk == second.pk
    article.refresh_from_db()
    assert article.lead is not None
    assert (article.lead.caption, article.lead.alt) == ("Two", "A pier")


def test_another_lead_inherits_nothing_of_the_one_before() -> None:
    article = builders.make_article()
    builders.make_lead(article, credit_override="Somebody else", decorative=True)
    use = set_lead(article, builders.make_photo(), caption="New")
    article.refresh_from_db()
    assert article.lead == use
    assert (use.credit_override, use.decorative) == ("", False)
    assert article.photo_uses.count() == 1
