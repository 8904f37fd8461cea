"""The worker's part of a photo: public files once, with a credit, without a position."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from articles import tasks
from articles.actions.photo_facts import write_facts
from articles.actions.photos import add_photo, replace_file
from articles.models import Photo, generation
from articles.models.photo import MAX_RENDITION_ATTEMPTS
from articles.photos import work
from articles.photos.manifest import whole
from articles.photos.metadata import inspect_photo
from articles.photos.renditions import RENDITION_VERSION
from articles.photos.work import make_renditions, name_given_up, remove_old_files, rights_of
from tests import builders
from tests.articles.photos.pictures import file_of, picture
from tests.cases import case_path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
State = Photo.RenditionState


@pytest.fixture
def photo(media: Path) -> Photo:
    wide = picture(700, 500)
    wide.paste("navy", (600, 0, 700, 500))
    made = add_photo(file_of(wide))
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
    assert photo.rendition_version == RENDITION_VERSION
    remove_old_files(photo.pk)
    made = public_files(media)
    assert len(made) == len(photo.manifest)
    assert {(entry["format"], entry["width"]) for entry in whole(photo.manifest)} == {
        (name, width) for name in ("jpeg", "webp", "avif") for width in (320, 640, 700)
    }
    crops = {entry["crop"]: (entry["format"], entry["width"]) for entry in photo.manifest[:4]}
    assert crops == {
        "16:9": ("jpeg", 700), "4:3": ("jpeg", 667), "1:1": ("jpeg", 500), "social": ("jpeg", 700),
    }  # fmt: skip
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
    remove_old_files(photo.pk)
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
    assert ([entry["width"] for entry in photo.manifest], photo.rendition_state) == (
        [90],
        State.PENDING,
    )
    monkeypatch.setattr(work, "_write_files", real)
    assert make_renditions(photo.pk)
    photo.refresh_from_db()
    assert {entry["width"] for entry in photo.manifest} == {90}


def test_files_that_no_page_names_stay_for_a_while_and_then_go(photo: Photo, media: Path) -> None:
    (quick,) = public_files(media)
    make_renditions(photo.pk)
    assert quick.exists(), "an open page may still ask for it"
    assert not Photo.objects.with_old_files().exists()
    Photo.objects.update(photographer_text="Another Name", rendition_state=State.PENDING)
    later = timezone.now() + work.OLD_FILES_KEPT
    assert Photo.objects.with_old_files(later + timedelta(minutes=1)).exists()
    assert remove_old_files(photo.pk) == 0, "the worker is at it"
    make_renditions(photo.pk)
    assert remove_old_files(photo.pk) > 0
    photo.refresh_from_db()
    listed = sorted(media / "public" / entry["path"] for entry in photo.manifest)
    assert public_files(media) == listed
    assert photo.old_files_until is None
    assert remove_old_files(photo.pk) == remove_old_files(999_999) == 0


def test_the_sweep_removes_what_is_old(photo: Photo, media: Path) -> None:
    make_renditions(photo.pk)
    many = len(public_files(media))
    Photo.objects.update(old_files_until=timezone.now())
    tasks.sweep_photos()
    assert len(public_files(media)) == many - 1, "the quick one"


def test_photos_of_older_settings_are_made_anew_when_there_is_nothing_else_to_do(
    photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks.make_photo_renditions, "apply_async", lambda *args, **options: None)
    old = builders.make_photo(rendition_state=State.OK, original="photos/x.jpg")
    builders.make_photo(rendition_state=State.OK, original="photos/y.jpg", rendition_version=999)
    builders.make_photo(rendition_state=State.OK)  # without a file
    assert tasks.sweep_photos() == 1
    old.refresh_from_db()
    assert old.rendition_state == State.OK, "today's upload first"
    make_renditions(photo.pk)
    tasks.sweep_photos()
    assert [each.pk for each in Photo.objects.awaiting_renditions()] == [old.pk]


def test_another_focal_point_makes_other_crops_while_pages_show_the_old_ones(
    photo: Photo, media: Path
) -> None:
    make_renditions(photo.pk)
    photo.refresh_from_db()
    before = photo.manifest
    write_facts(photo, {"focal_x": 1.0})
    photo.refresh_from_db()
    assert (photo.rendition_state, photo.manifest) == (State.PENDING, before)
    assert all((media / "public" / entry["path"]).exists() for entry in before)
    assert make_renditions(photo.pk)
    photo.refresh_from_db()
    assert whole(photo.manifest) == whole(before)
    paths = {entry["crop"]: entry["path"] for entry in photo.manifest if "crop" in entry}
    old = {entry["crop"]: entry["path"] for entry in before if "crop" in entry}
    assert [crop for crop in old if paths[crop] != old[crop]] == ["4:3", "1:1"]
    assert {each.name for each in public_files(media)} >= {Path(path).name for path in old.values()}


def test_new_files_are_a_change_that_readers_see(photo: Photo) -> None:
    before = generation()
    make_renditions(photo.pk)
    assert generation() != before


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
    builders.make_photo(rendition_state=State.OK, original="photos/x.jpg", rendition_version=999)
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


def test_files_of_the_first_releases_layout_go_when_no_photo_names_them(
    photo: Photo, media: Path
) -> None:
    shared, own = ("photos/ab/both-320.jpg", "photos/ab/one-320.jpg")
    for path in (shared, own):
        default_storage.save(path, ContentFile(b"x"))
    old = [{"format": "jpeg", "width": 320, "height": 200, "path": path} for path in (shared, own)]
    builders.make_photo(manifest=old[:1])
    Photo.objects.filter(pk=photo.pk).update(manifest=old)
    assert make_renditions(photo.pk)
    assert not default_storage.exists(own)
    assert default_storage.exists(shared)
