"""Hostile files: refused in words, within bounds of memory, and nothing of them stays on disk."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from articles.models import Photo
from tests.cases import case_path
from tests.hostile_photos import HARMLESS, KINDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
ROOT = Path(__file__).resolve().parents[3]
MOST_MEGABYTES = 300
CASES = json.loads(case_path("photos/index.json").read_text(encoding="utf-8"))
REFUSED = [case["file"] for case in CASES if case["verdict"] == "refuse"]
CODES = {
    "empty", "too_large", "not_a_photo", "too_many_pixels", "too_many_frames", "too_costly", "damaged",
}  # fmt: skip


def opened(*files: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.photo_child", *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
    return [json.loads(line) for line in done.stdout.splitlines()]


def files_below(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def refused(desk: Client, data: bytes, name: str, media: Path, settings: Settings) -> str:
    """The reason an upload got; nothing of it is left anywhere."""
    temporary = media / "uploads"
    temporary.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(temporary)
    file = SimpleUploadedFile(name, data, "image/jpeg")
    answer = desk.post("/admin/articles/photo/upload/", {"files": [file]}).json()
    assert answer["photos"] == []
    assert not Photo.objects.exists()
    assert files_below(media / "public", media / "private", temporary) == []
    ((said, reason),) = [(each["name"], each["reason"]) for each in answer["refused"]]
    assert said == name
    return str(reason)


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_file_is_refused_in_words_within_bounds_and_leaves_nothing(
    kind: str, tmp_path: Path, media: Path, desk: Client, settings: Settings
) -> None:
    data = KINDS[kind]()
    file = tmp_path / "hostile.jpg"
    file.write_bytes(data)
    (found,) = opened(file)
    file.unlink()
    assert found["megabytes"] < MOST_MEGABYTES
    if kind in HARMLESS:
        assert found["verdict"] == "accepted"
        return
    assert found["code"] in CODES
    reason = refused(desk, data, "hostile.jpg", media, settings)
    assert reason == found["verdict"]
    assert reason.startswith("This ")
    assert "end" in reason.rpartition(". ")[2], "what to do: send another"


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_case_leaves_nothing(
    name: str, media: Path, desk: Client, settings: Settings
) -> None:
    data = case_path(f"photos/{name}").read_bytes()
    assert refused(desk, data, name, media, settings).endswith(".")


def test_every_case_is_opened_within_bounds() -> None:
    found = opened(*(case_path(f"photos/{case['file']}") for case in CASES))
    assert len(found) == len(CASES)
    for case, row in zip(CASES, found, strict=True):
        assert row["megabytes"] < MOST_MEGABYTES, row
        if case["verdict"] == "accept":
            assert row["verdict"] == "accepted", row
        if case["verdict"] == "refuse":
            assert row["code"] in CODES, row
