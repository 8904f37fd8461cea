"""What the paper's tests share: storages of a test's own, an editor's browser."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from articles.models import Photo
from newsroom.storage import WholeFileStorage


@pytest.fixture
def media(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with `public` (renditions) and `private` (originals) in it, empty."""
    storages = {name: dict(config) for name, config in settings.STORAGES.items()}
    storages["default"]["OPTIONS"] = {"location": tmp_path / "public", "base_url": "/media/"}
    settings.STORAGES = storages
    private = WholeFileStorage(location=tmp_path / "private")
    monkeypatch.setattr(Photo._meta.get_field("original"), "storage", private)
    return tmp_path


@pytest.fixture
def desk(editor: User) -> Client:
    """An editor's browser."""
    client = Client()
    client.force_login(editor)
    return client
