"""What an independent reader finds in the public files: ExifTool over all accepted cases."""

import json
import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from articles.actions.photo_facts import write_facts
from articles.actions.photos import add_photo
from articles.models import Photo
from articles.photos.work import make_renditions, rights_of
from tests.articles.photos.pictures import exif_of, file_of, picture
from tests.cases import case_path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
CASES = json.loads(case_path("photos/index.json").read_text(encoding="utf-8"))
ACCEPTED = [case for case in CASES if case["verdict"] == "accept"]
EXIFTOOL = shutil.which("exiftool")
# Groups of ExifTool that would mean that something of the original came along.
FOREIGN_GROUPS = {"EXIF", "IPTC", "MakerNotes", "Photoshop", "ICC_Profile", "MPF", "APP1", "APP13"}
FORBIDDEN = ("gps", "serial", "thumbnail", "previewimage", "jpgfromraw")


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """path below `folder` → all tags that ExifTool finds, by "Group:Tag"."""
    if EXIFTOOL is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs exiftool (libimage-exiftool-perl)")
        pytest.skip("exiftool is not installed (libimage-exiftool-perl)")
    command = [EXIFTOOL, "-json", "-G0", "-a", "-ee", "-u", "-r", "-charset", "utf8", str(folder)]
    found = subprocess.run(command, capture_output=True, check=True, timeout=120)
    rows = json.loads(found.stdout)
    return {str(Path(row["SourceFile"]).relative_to(folder)): row for row in rows}


def test_every_public_file_names_its_maker_and_nothing_of_the_camera(media: Path) -> None:
    photos = []
    for case in ACCEPTED:
        photo = add_photo(BytesIO(case_path(f"photos/{case['file']}").read_bytes()))
        ours = {"photographer_text": "Ines Lark", "agency_text": "Tidelamp", "copyright": "© Lark"}
        missing = {name: value for name, value in ours.items() if not getattr(photo, name)}
        write_facts(photo, {**missing, "license_url": "https://tidelamp.example/terms"})
        assert make_renditions(photo.pk), case["file"]
        photos.append(Photo.objects.get(pk=photo.pk))
    found = read(media / "public")
    for photo in photos:
        rights = rights_of(photo)
        formats = set()
        for entry in photo.manifest:
            tags = found[entry["path"]]
            formats.add(entry["format"])
            assert _text(tags["XMP:Creator"]) == rights.creator
            assert _text(tags["XMP:Credit"]) == rights.credit
            assert _text(tags["XMP:Rights"]) == rights.copyright
            assert tags["XMP:WebStatement"] == rights.web_statement
        assert formats == {"jpeg", "webp", "avif"}
    assert len(found) >= sum(len(photo.manifest) for photo in photos)
    _nothing_else(found)


def test_a_camera_s_position_serial_number_and_thumbnail_are_in_no_public_file(media: Path) -> None:
    exif = exif_of(
        {0x8825: {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 6.0, 0.0)}},
        {0xA431: "SERIAL-4711", 0xA435: "LENS-0815"},
    )
    photo = add_photo(file_of(picture(400, 300), exif=exif))
    original = read(media / "private")
    assert any("GPS" in name for tags in original.values() for name in tags), "the test has teeth"
    make_renditions(photo.pk)
    found = read(media / "public")
    assert found
    _nothing_else(found)


def _text(value: Any) -> str:
    """ExifTool writes what looks like a number as one."""
    return str(value)


def _nothing_else(found: dict[str, dict[str, Any]]) -> None:
    for path, tags in found.items():
        groups = {name.split(":")[0] for name in tags}
        assert not groups & FOREIGN_GROUPS, (path, groups)
        for name, value in tags.items():
            assert not any(word in name.lower() for word in FORBIDDEN), (path, name)
            assert "SERIAL" not in str(value), (path, name)
