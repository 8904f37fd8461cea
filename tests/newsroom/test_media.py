"""The address of a picture: whose it is, whether it may be shown, for how long it may be kept."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from articles import site_clock
from articles.models import Photo, public_changed
from articles.photos import door
from newsroom.media import MediaDoor
from tests import builders
from tests.wsgi_client import ask as get

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8\xff and the picture"


@pytest.fixture
def public(settings: Settings, tmp_path: Path) -> Path:
    storages = {name: dict(config) for name, config in settings.STORAGES.items()}
    storages["default"]["OPTIONS"] = {"location": tmp_path / "public", "base_url": "/media/"}
    settings.STORAGES = storages
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "original.jpg").write_bytes(JPEG)
    return tmp_path / "public"


def picture(public: Path, **fields: object) -> tuple[Photo, str]:
    photo = builders.make_photo(**fields)
    path = f"photo/{photo.pk}/0123abcd-320.jpg"
    (public / path).parent.mkdir(parents=True)
    (public / path).write_bytes(JPEG)
    return photo, f"/media/{path}"


def ask(reader: Client, url: str, **headers: str) -> Any:
    """The answer, read as a web server does it."""
    response = reader.get(url, headers=headers)
    response.whole = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    return response


def test_a_picture_is_one_that_nothing_can_run_in(public: Path, reader: Client) -> None:
    _, url = picture(public)
    response = ask(reader, url)
    assert (response.status_code, response.whole) == (200, JPEG)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable, s-maxage=60"
    assert "Cookie" not in response.get("Vary", "")
    assert ask(reader, url, **{"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "photo/1/a.html", "photo/1/none.jpg", "../private/original.jpg",
        "%2e%2e/private/original.jpg", "photo/1/.hidden.jpg", "photo//1/a.jpg", "nobodys.jpg",
    ],
)  # fmt: skip
def test_nothing_else_is_served(path: str, public: Path, reader: Client) -> None:
    paths = "../private/original.jpg", "%2e%2e/private/original.jpg", "photo//1/a.jpg"
    listed = [{"format": "jpeg", "path": each} for each in paths]
    builders.make_photo(pk=1, manifest=listed)  # a photo that may be shown, whatever its row says
    folder = public / "photo/1"
    folder.mkdir(parents=True)
    (folder / "a.html").write_text("<script>alert(1)</script>")
    for name in ("photo/1/.hidden.jpg", "photo/1/a.jpg", "nobodys.jpg"):
        (public / name).write_bytes(JPEG)
    response = ask(reader, f"/media/{path}")
    assert response.status_code == 404
    assert response["Cache-Control"] == "no-store"


def test_in_a_bucket_nothing_is_served_from_here(
    public: Path, reader: Client, settings: Settings
) -> None:
    _, url = picture(public)
    settings.MEDIA_BUCKET = "pictures"
    assert ask(reader, url).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [{"status": "removed"}, {"status": "expired"}, {"rights_until": "2001-01-01T00:00Z"},
     {"rights_from": "2901-01-01T00:00Z"}],
)  # fmt: skip
def test_what_may_not_be_shown_is_gone_for_everybody_but_the_desk(
    fields: dict[str, str], public: Path, reader: Client, writer: User
) -> None:
    _, url = picture(public, **fields)
    response = ask(reader, url)
    assert (response.status_code, response["Cache-Control"]) == (410, "no-store")
    assert JPEG not in response.whole
    assert reader.head(url).status_code == 410
    reader.force_login(writer)
    response = ask(reader, url)
    assert (response.whole, response["Cache-Control"]) == (JPEG, "private, no-store")


def test_what_ends_is_kept_no_longer(public: Path, reader: Client) -> None:
    end = site_clock.database_now() + timedelta(seconds=3_000)
    _, url = picture(public, rights_until=end)
    said = ask(reader, url)["Cache-Control"]
    age = int(said.removeprefix("public, max-age=").partition(",")[0])
    assert 2_900 < age <= 3_000
    assert "immutable" not in said
    assert said.endswith("s-maxage=60")


def test_a_file_of_the_first_release_goes_with_its_photo(public: Path, reader: Client) -> None:
    (public / "photos").mkdir(parents=True)
    (public / "photos/ab.jpg").write_bytes(JPEG)
    photo = builders.make_photo(manifest=[{"format": "jpeg", "path": "photos/ab.jpg"}])
    assert ask(reader, "/media/photos/ab.jpg").status_code == 200
    Photo.objects.filter(pk=photo.pk).update(status="removed")
    public_changed()
    assert ask(reader, "/media/photos/ab.jpg").status_code == 410


def test_nginx_is_told_which_file_to_send(public: Path, reader: Client, settings: Settings) -> None:
    settings.NGINX_SENDS_MEDIA = True
    photo, url = picture(public)
    response = ask(reader, url)
    assert response["X-Accel-Redirect"] == url.replace("/media/", "/media-files/")
    assert (response.whole, response["Content-Type"]) == (b"", "image/jpeg")
    Photo.objects.filter(pk=photo.pk).update(status="removed")
    public_changed()
    response = ask(reader, url)
    assert response.status_code == 410
    assert "X-Accel-Redirect" not in response


def test_before_django_nginx_is_told_of_what_everybody_may_see(
    public: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def django(environ: dict[str, Any], start_response: Any) -> tuple[bytes, ...]:
        asked.append(environ["PATH_INFO"])
        start_response("418 Django", [])
        return ()

    _, url = picture(public)
    _, hidden = picture(public, status="removed")
    to_django = [hidden, "/media/photo/1/../../secret.jpg", "/media/none.jpg", "/"]
    door = MediaDoor(django)
    assert get(door, url).status == 418, "embedded, Django sends it"
    settings.NGINX_SENDS_MEDIA = True
    for method in ("GET", "HEAD"):
        answer = get(door, url, method)
        assert (answer.status, answer.body) == (200, b"")
        assert answer.headers == {
            "X-Accel-Redirect": url.replace("/media/", "/media-files/"), "Content-Type": "image/jpeg",
            "Cache-Control": "public, max-age=31536000, immutable, s-maxage=60",
        }  # fmt: skip
    assert [get(door, path).status for path in to_django] == [418] * 4
    assert get(door, url, "POST").status == 418
    assert asked == [url, *to_django, url]
    monkeypatch.setattr("newsroom.media.pass_of", away)
    assert get(door, url).status == 418


def away(path: str) -> None:
    raise OperationalError("gone")


def test_a_photo_is_asked_about_once_a_moment(
    public: Path, reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _, url = picture(public)
    site_clock.current()
    with django_assert_num_queries(1):
        assert [ask(reader, url).status_code for _ in range(3)] == [200, 200, 200]


def test_what_is_remembered_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MAX_KEPT", 3)
    for number in range(10):
        assert door.pass_of(f"photo/{10**9 + number}/a.jpg") is None
        assert len(door._kept[1]) <= 3


def test_without_a_database_nothing_is_shown_on_trust(
    public: Path, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, url = picture(public)
    monkeypatch.setattr("newsroom.media.pass_of", away)
    response = ask(reader, url)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
