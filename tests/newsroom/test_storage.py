"""Files are whole or not there."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import File

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
