"""What an independent reader finds in the public files: ExifTool over all accepted cases."""

import json
import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import PngImagePlugin

from articles.actions.photo_facts import write_facts
from articles.actions.photos import add_photo
from articles.models import Photo
from articles.photos.work import make_renditions, rights_of
from tests.articles.photos.pictures import exif_of, file_of, iim, picture, with_app13, xmp
from tests.cases import case_path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
CASES = json.loads(case_path("photos/index.json").read_text(encoding="utf-8"))
ACCEPTED = [case for case in CASES if case["verdict"] == "accept"]
EXIFTOOL = shutil.which("exiftool")
# Groups of ExifTool that would mean that something of the original came along.
FOREIGN_GROUPS = {"EXIF", "IPTC", "MakerNotes", "Photoshop", "ICC_Profile", "MPF", "APP1", "APP13"}
FORBIDDEN = (
    "gps", "serial", "thumbnail", "previewimage", "jpgfromraw", "owner", "software", "creatortool",
    "comment", "lens", "maker", "jumbf", "jumd",
)  # fmt: skip
FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "AVIF", "GIF")


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


def everything_inside(format_name: str) -> BytesIO:
    """An original with all that must not leave the house, and its rights."""
    exif = exif_of(
        {
            0x8825: {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 6.0, 0.0)},
            0x010F: "SECRET-MAKER", 0x0110: "SECRET-MODEL", 0x0131: "SECRET-SOFTWARE",
            0x9C9D: b"SECRET-AUTHOR",
        },
        {
            0xA430: "SECRET-OWNER", 0xA431: "SECRET-SERIAL", 0xA435: "SECRET-LENS",
            0x927C: b"SECRET-MAKERNOTE", 0x9286: b"SECRET-COMMENT",
        },
    )  # fmt: skip
    packet = xmp(
        "<dc:creator><rdf:Seq><rdf:li>Ines Lark</rdf:li></rdf:Seq></dc:creator>",
        'xmp:CreatorTool="SECRET-TOOL" photoshop:Credit="Tidelamp"',
    )
    frames = [picture(700, 500, colour=colour) for colour in ("teal", "navy", "maroon")]
    options: dict[str, Any] = {"exif": exif, "xmp": packet, "comment": b"SECRET-COMMENT"}
    if format_name == "GIF":
        frames, options = [each.quantize(8) for each in frames], {"comment": b"SECRET-COMMENT"}
    if format_name in {"PNG", "MPO"}:
        options.pop("comment", None)
    if format_name == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Comment", "SECRET-TEXT")
    if format_name != "JPEG":
        options |= {"save_all": True, "append_images": frames[1:], "duration": 90}
    file = file_of(frames[0], format_name, **options)
    if format_name == "JPEG":
        c2pa = b"JP\0\1\0\0\0\1" + b"jumb" + b"SECRET-C2PA" * 20
        file = with_app13(file, b"\xff\xeb" + (len(c2pa) + 2).to_bytes(2, "big") + c2pa)
        data = iim((2, 80, b"Ines Lark"), (2, 228, b"SECRET-IIM"))
        file = with_app13(file, data)
    return file


def test_nothing_of_the_camera_is_in_any_public_file_of_any_format(media: Path) -> None:
    photos = {name: add_photo(everything_inside(name)) for name in FORMATS}
    original = read(media / "private")
    assert len(original) == len(FORMATS)
    assert any("GPS" in name for tags in original.values() for name in tags), "the test has teeth"
    secrets = {str(value) for tags in original.values() for value in tags.values()}
    assert any("SECRET" in secret for secret in secrets)
    for photo in photos.values():
        ours = {"photographer_text": "Ines Lark", "agency_text": "Tidelamp", "copyright": "© Lark"}
        terms = {
            "license_url": "https://tidelamp.example/t",
            "licensor_url": "https://tidelamp.example/b",
        }
        write_facts(photo, {**ours, **terms})
        assert make_renditions(photo.pk)
        write_facts(photo, {"focal_x": 0.9})
        assert make_renditions(photo.pk), "the old crops stay for an hour"
    found = read(media / "public")
    _nothing_else(found)
    for path in (each for each in (media / "public").rglob("*") if each.is_file()):
        assert b"SECRET" not in path.read_bytes(), path
    for name, photo in photos.items():
        manifest = Photo.objects.get(pk=photo.pk).manifest
        assert {entry.get("crop") for entry in manifest} == {None, "16:9", "4:3", "1:1", "social"}
        moves = {entry["format"] for entry in manifest if entry.get("animated")}
        assert moves == (set() if name in {"JPEG", "MPO"} else {"webp"})
        for entry in manifest:
            tags = found[entry["path"]]
            assert tags["XMP:Creator"] == "Ines Lark"
            assert tags["XMP:Credit"] == "Tidelamp"
            assert tags["XMP:Rights"] == "© Lark"
            assert tags["XMP:WebStatement"] == "https://tidelamp.example/t"
            assert tags["XMP:LicensorURL"] == "https://tidelamp.example/b"


def _text(value: Any) -> str:
    """ExifTool writes what looks like a number as one."""
    return str(value)


def _nothing_else(found: dict[str, dict[str, Any]]) -> None:
    for path, tags in found.items():
        groups = {name.split(":")[0] for name in tags}
        assert not groups & FOREIGN_GROUPS, (path, groups)
        for name, value in tags.items():
            assert not any(word in name.lower() for word in FORBIDDEN), (path, name)
            assert "SECRET" not in str(value), (path, name)
