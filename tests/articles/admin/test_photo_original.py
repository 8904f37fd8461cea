"""A photo's original: for the desk alone, for one person, for five minutes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.core.files.storage import Storage
from django.test import Client
from django.urls import reverse

from articles.actions.photos import add_photo
from articles.admin import photo_original
from articles.models import Photo
from tests import builders
from tests.articles.photos.pictures import file_of, picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
FILE = file_of(picture()).getvalue()


@pytest.fixture
def photo(media: Path) -> Photo:
    return add_photo(file_of(picture()))


def asked(photo: Photo) -> str:
    return reverse("admin:articles_photo_original", args=[photo.pk])


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def signed(client: Client, photo: Photo) -> str:
    response = client.get(asked(photo))
    assert response.status_code == 302
    return str(response["Location"])


def test_the_desk_saves_it_as_it_came(desk: Client, photo: Photo) -> None:
    page = desk.get(reverse("admin:articles_photo_change", args=[photo.pk])).content.decode()
    words = f"Original file, {len(FILE)}\xa0bytes JPEG"
    assert f'<a href="{asked(photo)}">{words}</a>' in page
    response = desk.get(signed(desk, photo))
    assert b"".join(response) == FILE  # type: ignore[arg-type]
    assert response["Content-Disposition"] == f'attachment; filename="photo-{photo.pk}.jpg"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    policy = response["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy


def test_nobody_else_gets_it(desk: Client, photo: Photo, writer: User, stranger: User) -> None:
    address = signed(desk, photo)
    for path in (address, asked(photo)):
        assert Client().get(path).status_code == 302, "to the login"
        assert "/login/" in Client().get(path)["Location"]
    other = User.objects.create_user("second", password="x", is_staff=True)
    other.user_permissions.set(
        Permission.objects.filter(codename__in=["view_photo", "change_photo"])
    )
    assert client_of(other).get(address).status_code == 403, "signed for another person"
    other.user_permissions.set(Permission.objects.filter(codename="view_photo"))
    other = User.objects.get(pk=other.pk)
    assert client_of(other).get(asked(photo)).status_code == 403
    assert (
        client_of(other).get(reverse("admin:articles_photo_change", args=[photo.pk])).status_code
        == 200
    )
    assert (
        asked(photo)
        not in client_of(other)
        .get(reverse("admin:articles_photo_change", args=[photo.pk]))
        .content.decode()
    )


def test_a_right_that_was_taken_back_ends_the_address(
    desk: Client, editor: User, photo: Photo
) -> None:
    address = signed(desk, photo)
    editor.groups.clear()
    assert desk.get(address).status_code == 403


def test_it_ends_after_five_minutes_and_holds_for_one_photo(desk: Client, photo: Photo) -> None:
    now = datetime.now(UTC)
    with time_machine.travel(now, tick=False):
        address = signed(desk, photo)
    with time_machine.travel(now + timedelta(minutes=4, seconds=59), tick=False):
        in_time = desk.get(address)
        assert in_time.status_code == 200
        assert b"".join(in_time) == FILE  # type: ignore[arg-type]
    with time_machine.travel(now + timedelta(minutes=5, seconds=1), tick=False):
        assert desk.get(address).status_code == 403
    assert desk.get(address.replace("original/", "original/x")).status_code == 403
    value, stamp, signature = address.rstrip("/").rpartition("/")[2].split(":")
    other = photo_original.SIGNER.sign_object({"photo": photo.pk + 1, "user": 1}).split(":")[0]
    assert desk.get(address.replace(value, other)).status_code == 403
    assert desk.get(address.replace(stamp, stamp[::-1])).status_code == 403
    assert desk.get(address.replace(signature, signature[::-1])).status_code == 403


def test_what_is_not_there_is_not_found(desk: Client, photo: Photo) -> None:
    bare = builders.make_photo()
    assert desk.get(asked(bare)).status_code == 404
    assert desk.get(asked(Photo(pk=999_999))).status_code == 404
    address = signed(desk, photo)
    Path(photo.original.path).unlink()
    assert desk.get(address).status_code == 404
    assert desk.post(address).status_code == 405
    assert photo_original.words_of(bare) == "Original file"


class Bucket(Storage):
    """As django-storages signs an address of S3's."""

    def url(self, name: str | None, parameters: Any = None, expire: int | None = None) -> str:
        wanted = parameters["ResponseContentDisposition"]
        return f"https://bucket.example/{name}?expire={expire}&wanted={wanted}"


def test_a_bucket_signs_its_own_address(
    desk: Client, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Photo._meta.get_field("original"), "storage", Bucket())
    address = signed(desk, photo)
    assert address.startswith(f"https://bucket.example/{photo.original.name}?expire=300&wanted=")
    assert f"photo-{photo.pk}.jpg" in address
