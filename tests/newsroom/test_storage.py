"""Files are whole or not there."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from pytest_django import Settings

from newsroom.storage import WholeFileStorage


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_is_kept_under_its_name(tmp_path: Path) -> None:
    storage = WholeFileStorage(location=tmp_path)
    name = storage.save("photos/a.jpg", File(BytesIO(b"picture")))
    assert name == "photos/a.jpg"
    assert Path(storage.path(name)).read_bytes() == b"picture"
    assert files(tmp_path) == ["a.jpg"]
    other = storage.save("photos/a.jpg", File(BytesIO(b"another")))
    assert other != name
    assert Path(storage.path(name)).read_bytes() == b"picture"


def test_a_disk_that_fills_up_leaves_no_half_file(tmp_path: Path) -> None:
    class Full(File):
        def chunks(self, chunk_size: int | None = None):  # type: ignore[no-untyped-def]
            yield b"half"
            raise OSError(28, "No space left on device")

    storage = WholeFileStorage(location=tmp_path)
    with pytest.raises(OSError, match="No space"):
        storage.save("photos/a.jpg", Full(BytesIO(b"")))
    assert files(tmp_path) == []


@pytest.mark.parametrize("name", ["photo/1/ab-320.jpg", "/a.jpg", "two words.jpg", "crème#1?.jpg"])
def test_an_address_is_the_one_that_django_gives(name: str, tmp_path: Path) -> None:
    ours = WholeFileStorage(location=tmp_path, base_url="/media/")
    assert ours.url(name) == FileSystemStorage(location=tmp_path, base_url="/media/").url(name)


def test_files_without_a_public_address_have_none(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_URL = None
    with pytest.raises(ValueError, match="no public address"):
        WholeFileStorage(location=tmp_path).url("a.jpg")
