"""The worker's part of a photo: public files once, with a credit, without a position."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from articles import tasks
from articles.actions.photos import add_photo, replace_file
from articles.models import Photo
from articles.models.photo import MAX_RENDITION_ATTEMPTS
from articles.photos import work
from articles.photos.metadata import inspect_photo
from articles.photos.work import make_renditions, name_given_up, rights_of
from tests import builders
from tests.articles.photos.pictures import file_of, picture
from tests.cases import case_path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
State = Photo.RenditionState


@pytest.fixture
def photo(media: Path) -> Photo:
    made = add_photo(file_of(picture(700, 500)))
    Photo.objects.update(photographer_text="Ines Lark", copyright="© 2024")
    made.refresh_from_db()
    return made


def public_files(media: Path) -> list[Path]:
    return sorted(path for path in (media / "public").rglob("*") if path.is_file())


def test_public_files_are_made_once_and_listed_in_the_row(photo: Photo, media: Path) -> None:
    assert make_renditions(photo.pk)
    photo.refresh_from_db()
    assert (photo.rendition_state, photo.rendition_error) == (State.OK, "")
    assert photo.rendition_lease_until is None
    assert photo.dominant_color.startswith("#")
    made = public_files(media)
    assert len(made) == len(photo.manifest)
    assert {(entry["format"], entry["width"]) for entry in photo.manifest} == {
        (name, width) for name in ("jpeg", "webp") for width in (320, 640, 700)
    }
    for entry in photo.manifest:
        data = (media / "public" / entry["path"]).read_bytes()
        assert len(data) == entry["bytes"]
        assert Image.open(BytesIO(data)).size == (entry["width"], entry["height"])
    before = {path: path.stat().st_mtime_ns for path in made}
    assert not make_renditions(photo.pk)
    Photo.objects.update(rendition_state=State.PENDING, rendition_attempts=0)
    assert make_renditions(photo.pk)
    assert {path: path.stat().st_mtime_ns for path in public_files(media)} == before


def test_the_credit_travels_and_the_position_does_not(media: Path) -> None:
    photo = add_photo(BytesIO(case_path("photos/gps.jpg").read_bytes()))
    Photo.objects.update(photographer_text="Ines Lark", copyright="© 2024")
    make_renditions(photo.pk)
    for path in public_files(media):
        data = path.read_bytes()
        assert b"GPS" not in data
        assert not Image.open(BytesIO(data)).getexif().get_ifd(0x8825)
        facts = inspect_photo(BytesIO(data))
        assert (facts.photographer, facts.copyright) == ("Ines Lark", "© 2024")
    assert public_files(media)


def test_the_credit_of_a_public_file_is_the_one_we_print() -> None:
    photo = Photo(photographer_text="A. Lee", agency_text="AP", license_url="https://x.org/l")
    rights = rights_of(photo)
    assert (rights.creator, rights.credit, rights.web_statement) == (
        "A. Lee",
        "AP",
        "https://x.org/l",
    )
    photo.credit_override = "A. Lee for us"
    assert rights_of(photo).credit == "A. Lee for us"
    alone = Photo(photographer=builders.make_contributor(name="Ada Quill"))
    assert (rights_of(alone).creator, rights_of(alone).credit) == ("Ada Quill", "Ada Quill")


def test_a_file_that_fails_is_tried_three_times_and_named(
    photo: Photo, caplog: pytest.LogCaptureFixture
) -> None:
    Path(photo.original.path).unlink()
    for attempt in range(1, MAX_RENDITION_ATTEMPTS + 1):
        assert not make_renditions(photo.pk)
        photo.refresh_from_db()
        assert photo.rendition_attempts == attempt
        assert photo.rendition_lease_until is None
        assert photo.rendition_error
    assert photo.rendition_state == State.FAILED
    assert f"renditions of photo {photo.pk} failed" in caplog.text
    assert not make_renditions(photo.pk)


def test_a_file_that_takes_its_worker_down_is_left_alone_and_named(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*args: object, **options: object) -> None:
        raise SystemExit

    monkeypatch.setattr(work, "render_renditions", die)
    for _ in range(MAX_RENDITION_ATTEMPTS):
        with pytest.raises(SystemExit):
            make_renditions(photo.pk)
        assert not make_renditions(photo.pk), "another worker has it"
        Photo.objects.update(rendition_lease_until=timezone.now() - timedelta(seconds=1))
    assert not make_renditions(photo.pk)
    assert not Photo.objects.awaiting_renditions().exists()
    assert name_given_up() == 1
    photo.refresh_from_db()
    assert photo.rendition_state == State.FAILED
    assert "another copy" in photo.rendition_error
    assert name_given_up() == 0


def test_a_result_for_a_file_that_was_replaced_is_discarded(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = work._write_files

    def replaced_meanwhile(claimed: Photo) -> object:
        result = real(claimed)
        replace_file(Photo.objects.get(), file_of(picture(90, 60, colour="red")))
        return result

    monkeypatch.setattr(work, "_write_files", replaced_meanwhile)
    assert not make_renditions(photo.pk)
    photo.refresh_from_db()
    assert (photo.manifest, photo.rendition_state) == ([], State.PENDING)
    monkeypatch.setattr(work, "_write_files", real)
    assert make_renditions(photo.pk)
    photo.refresh_from_db()
    assert {entry["width"] for entry in photo.manifest} == {90}


def test_a_photo_without_a_file_is_no_work() -> None:
    assert not make_renditions(builders.make_photo(rendition_state=State.PENDING).pk)
    assert not make_renditions(999_999)


def test_the_task_makes_them_and_the_sweep_asks_for_what_is_due_only(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = timezone.now() + timedelta(minutes=1)
    held = add_photo(file_of(picture(colour="red")))
    Photo.objects.filter(pk=held.pk).update(rendition_lease_until=later)
    dead = add_photo(file_of(picture(colour="blue")))
    Photo.objects.filter(pk=dead.pk).update(rendition_attempts=MAX_RENDITION_ATTEMPTS)
    builders.make_photo(rendition_state=State.OK, original="photos/x.jpg")
    sent: list[tuple[list[int], int]] = []
    monkeypatch.setattr(
        tasks.make_photo_renditions,
        "apply_async",
        lambda args, expires: sent.append((args, expires)),
    )
    assert tasks.sweep_photos() == 1
    assert sent == [([photo.pk], tasks.SWEPT_MESSAGE_EXPIRES_SECONDS)]
    assert Photo.objects.get(pk=dead.pk).rendition_state == State.FAILED
    tasks.make_photo_renditions(photo.pk)
    assert tasks.sweep_photos() == 0
    photo.refresh_from_db()
    assert default_storage.exists(photo.manifest[0]["path"])
