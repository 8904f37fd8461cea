"""HEIC by choice: refused in words without it, a photo like all others with it."""

import sys
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from PIL import Image

from articles.actions.photos import add_photo
from articles.models import Photo
from articles.photos import heic, opening
from articles.photos.opening import PhotoRefused, open_photo
from articles.photos.work import make_renditions
from newsroom import checks
from tests.articles.photos.pictures import file_of, picture

HEAD = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"


@pytest.fixture
def plugins(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, ...]]:
    """The formats, to be changed by one test."""
    own = dict(opening.PLUGINS)
    own.pop("HEIC", None)
    monkeypatch.setattr(opening, "PLUGINS", own)
    return own


@pytest.fixture
def decoder(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, bool]]:
    """A stand-in for pillow-heif that finds a PNG behind the head; how it was registered."""
    asked: list[dict[str, bool]] = []

    def read(fp: Any, filename: Any) -> Image.Image:
        return Image.open(BytesIO(fp.read()[len(HEAD) :]))

    def register(**options: bool) -> None:
        asked.append(options)
        Image.register_open("HEIF", read)

    package = SimpleNamespace(register_heif_opener=register, __spec__=SimpleNamespace())
    monkeypatch.setitem(sys.modules, heic.PACKAGE, package)
    Image.init()  # or it would be done in the copies, and never again
    monkeypatch.setattr(Image, "ID", list(Image.ID))
    monkeypatch.setattr(Image, "OPEN", dict(Image.OPEN))
    return asked


def heic_file() -> BytesIO:
    return BytesIO(HEAD + file_of(picture(700, 500, colour="red"), "PNG").getvalue())


def test_without_the_setting_it_is_refused_in_words(plugins: Any) -> None:
    with pytest.raises(PhotoRefused, match=r"is a HEIC photo\. Send a JPEG"):
        open_photo(heic_file(), name="IMG_1.HEIC")


def test_without_the_package_nothing_changes(plugins: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heic, "find_spec", lambda package: None)
    heic.allow()
    assert "HEIC" not in plugins


def test_the_setting_switches_it_on_at_the_start(
    plugins: Any, decoder: list[dict[str, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.HEIC_UPLOADS is False, "off unless the operator says so"
    apps.get_app_config("articles").ready()
    assert (decoder, "HEIC" in plugins) == ([], False)
    monkeypatch.setattr(settings, "HEIC_UPLOADS", True)
    assert checks.check_heic(None) == []
    apps.get_app_config("articles").ready()
    assert plugins["HEIC"] == ("HEIF",)
    assert decoder == [{"thumbnails": False, "depth_images": False, "aux_images": False}]


@pytest.mark.django_db
def test_with_it_a_photo_is_made_of_it(plugins: Any, decoder: Any, media: Path) -> None:
    heic.allow()
    photo = add_photo(heic_file(), name="IMG_1.HEIC")
    assert photo.original.name.endswith(".heic")
    assert (photo.width, photo.height, photo.metadata["format"]) == (700, 500, "HEIC")
    assert make_renditions(photo.pk)
    made = Photo.objects.get().manifest
    assert {entry["format"] for entry in made} == {"jpeg", "webp", "avif"}
    assert not any(entry.get("animated") for entry in made)
