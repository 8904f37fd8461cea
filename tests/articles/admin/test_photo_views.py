"""The desk's photo endpoints: upload, picker, facts, use; who may ask, and what they answer."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from articles.actions.photo_intake import MAX_FILES
from articles.models import Photo, PhotoUse
from tests import builders
from tests.articles.photos.pictures import file_of, iim, picture, with_app13
from tests.cases import case_path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
CASES = json.loads(case_path("photos/index.json").read_text(encoding="utf-8"))
UPLOAD = "/admin/articles/photo/upload/"
PICKER = "/admin/articles/photo/picker/"


def jpeg(colour: str = "teal", name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, file_of(picture(colour=colour)).getvalue(), "image/jpeg")


def send(client: Client, *files: SimpleUploadedFile) -> dict[str, Any]:
    response = client.post(UPLOAD, {"files": files})
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    return answer


def facts_of(photo: Photo) -> str:
    return reverse("admin:articles_photo_facts", args=[photo.pk])


def intern(*permissions: str) -> User:
    user = User.objects.create_user("intern", password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def client_of(user: User, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


# --- Upload ---------------------------------------------------------------------------------------


def test_a_credited_photo_is_taken_in_and_shown_at_once(desk: Client, editor: User) -> None:
    data = iim((2, 80, b"Joseph Okpako"), (2, 110, b"WireImage"), (2, 120, b"On stage"))
    file = with_app13(file_of(picture()), data).getvalue()
    answer = send(desk, SimpleUploadedFile("a.jpg", file, "image/jpeg"))
    (photo,) = answer["photos"]
    row = Photo.objects.get(pk=photo["id"])
    assert row.uploaded_by == editor
    assert (photo["caption"], photo["credit"]) == ("On stage", "Photo: Joseph Okpako/WireImage")
    assert (photo["has_credit"], photo["duplicate"], photo["state"]) == (True, False, "pending")
    assert (photo["width"], photo["height"], photo["alt"]) == (64, 48, "")
    assert photo["thumb"] == f"/media/{row.manifest[0]['path']}"
    caption = {"fact": "Caption", "value": "On stage", "standard": "IPTC-IIM", "file": ""}
    assert caption in photo["read"]
    assert answer["refused"] == []


def test_one_bad_file_stops_no_other(desk: Client) -> None:
    bad = SimpleUploadedFile("page.jpg", b"<script>alert(1)</script>", "image/jpeg")
    empty = SimpleUploadedFile("empty.jpg", b"", "image/jpeg")
    answer = send(desk, jpeg("red"), bad, empty, jpeg("blue"))
    assert len(answer["photos"]) == 2
    assert [refusal["name"] for refusal in answer["refused"]] == ["page.jpg", "empty.jpg"]
    assert "page or XML file" in answer["refused"][0]["reason"]


def test_the_same_file_twice_is_one_photo(desk: Client) -> None:
    answer = send(desk, jpeg(), jpeg(name="copy.jpg"))
    assert len(answer["photos"]) == 1
    (photo,) = send(desk, jpeg())["photos"]
    assert photo["duplicate"] is True
    assert Photo.objects.count() == 1


def test_what_is_over_a_request_s_number_is_refused_by_name(desk: Client) -> None:
    sizes = range(1, MAX_FILES + 3)
    many = [
        SimpleUploadedFile(f"{size}.jpg", file_of(picture(size, 4)).getvalue()) for size in sizes
    ]
    answer = send(desk, *many)
    assert len(answer["photos"]) == MAX_FILES
    assert [refusal["name"] for refusal in answer["refused"]] == ["31.jpg", "32.jpg"]
    assert send(desk) == {"photos": [], "refused": []}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_the_odd_and_the_hostile_are_taken_clean_or_refused_in_words(
    case: dict[str, Any], desk: Client, media: Path, reader: Client, settings: Any
) -> None:
    data = case_path(f"photos/{case['file']}").read_bytes()
    file = SimpleUploadedFile(case["upload_name"][-200:], data, case["content_type"])
    answer = send(desk, file)
    assert len(answer["photos"]) + len(answer["refused"]) == 1
    if answer["refused"]:
        assert case["verdict"] != "accept"
        assert answer["refused"][0]["reason"].endswith(".")
        assert not [path for path in media.rglob("*") if path.is_file()]
        return
    assert case["verdict"] != "refuse"
    settings.MEDIA_ROOT = media
    response = reader.get(answer["photos"][0]["thumb"])
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    for forbidden in (b"<script", b"<html", b"PK\x03\x04", b"GPS"):
        assert forbidden not in content


@pytest.mark.parametrize(
    ("permissions", "status"),
    [([], 403), (["view_photo", "change_photo"], 403), (["add_photo"], 200)],
)
def test_only_who_may_add_photos_uploads(permissions: list[str], status: int) -> None:
    client = client_of(intern(*permissions))
    assert client.post(UPLOAD, {"files": [jpeg()]}).status_code == status
    assert Photo.objects.count() == (status == 200)


def test_a_reader_and_a_stranger_are_led_to_the_login(reader: Client, stranger: User) -> None:
    article = builders.make_draft()
    photo = builders.make_photo()
    paths = [UPLOAD, PICKER, facts_of(photo), f"/admin/articles/article/{article.pk}/use/",
             reverse("admin:articles_photo_add_many")]  # fmt: skip
    for client in (reader, client_of(stranger)):
        for path in paths:
            assert "/admin/login/" in client.post(path)["Location"]


def test_nothing_is_written_without_the_token_or_by_get(editor: User) -> None:
    client = client_of(editor, enforce_csrf_checks=True)
    article, photo = builders.make_draft(), builders.make_photo()
    use = reverse("admin:articles_article_use", args=[article.pk])
    for path in (UPLOAD, facts_of(photo), use):
        assert client.post(path, {"photo": photo.pk, "caption": "New"}).status_code == 403
        assert client.get(path).status_code == 405
    many = reverse("admin:articles_photo_add_many")
    assert client.post(many, {"files": [jpeg()]}).status_code == 403
    assert Photo.objects.count() == 1
    assert not PhotoUse.objects.exists()


# --- Picker ---------------------------------------------------------------------------------------


def found(client: Client, **query: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(PICKER, query).json()
    return answer


def test_photos_are_found_by_caption_photographer_agency_and_person(desk: Client) -> None:
    person = builders.make_tag("Nola Drift", kind="person")
    photo = builders.make_photo(
        caption_default="The pier at dusk", photographer_text="Ines Lark", agency_text="Tidelamp"
    )
    photo.persons.add(person)
    builders.make_photo(photographer_text="Somebody Else", agency_text="Another")
    for words in ("pier", "DUSK pier", "lark", "tidelamp", "nola", "nola pier"):
        assert [each["id"] for each in found(desk, q=words)["photos"]] == [photo.pk], words
    assert found(desk, q="nothing like it") == {"photos": [], "next": None}


def test_the_newest_come_first_a_page_at_a_time(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    photos = [builders.make_photo() for _ in range(30)]
    with django_assert_num_queries(5):
        # The session, the login, its permissions (its own, its groups'); the photos: one.
        first = found(desk)
    assert [each["id"] for each in first["photos"]] == [p.pk for p in reversed(photos)][:24]
    assert first["next"] == 2
    second = found(desk, page=2)
    assert (len(second["photos"]), second["next"]) == (6, None)
    for odd in ("0", "-1", "x", "9" * 40, "²"):
        assert desk.get(PICKER, {"page": odd}).status_code == 200


def test_a_photo_whose_rights_have_ended_is_not_offered(desk: Client) -> None:
    builders.make_photo(status="removed")
    builders.make_photo(status="expired")
    builders.make_photo(rights_until="2001-01-01T00:00Z")
    assert found(desk)["photos"] == []


def test_who_may_not_see_photos_finds_none(moderator: User) -> None:
    assert client_of(moderator).get(PICKER).status_code == 403


# --- Facts ----------------------------------------------------------------------------------------


def test_what_is_sent_is_written_and_the_rest_stays(desk: Client) -> None:
    photo = builders.make_photo(caption_default="Old", alt_default="A pier")
    body = {"caption": "New", "agency": "getty", "decorative": True}
    response = desk.post(facts_of(photo), body, content_type="application/json")
    assert (response.json()["caption"], response.json()["alt"]) == ("New", "A pier")
    photo.refresh_from_db()
    assert photo.agency is not None
    assert (photo.agency.name, photo.photographer_text) == ("Getty Images", "Ines Lark")
    assert photo.decorative_default
    assert desk.post(facts_of(photo), {"alt": "A long pier"}).json()["alt"] == "A long pier"


def test_a_fact_too_long_is_refused_by_its_name(desk: Client) -> None:
    photo = builders.make_photo()
    response = desk.post(facts_of(photo), {"photographer": "x" * 501})
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["photographer"]
    photo.refresh_from_db()
    assert photo.photographer_text == "Ines Lark"
    for body in ("[]", "{", '"text"'):
        assert desk.post(facts_of(photo), body, content_type="application/json").status_code == 200


def test_who_uploaded_a_photo_describes_it_and_no_other() -> None:
    user = intern("add_photo")
    own, other = builders.make_photo(uploaded_by=user), builders.make_photo()
    client = client_of(user)
    assert client.post(facts_of(own), {"alt": "A pier"}).status_code == 200
    assert client.post(facts_of(other), {"alt": "A pier"}).status_code == 403


# --- Use ------------------------------------------------------------------------------------------


def use(client: Client, article: Any, **body: Any) -> Any:
    path = reverse("admin:articles_article_use", args=[article.pk])
    return client.post(path, body, content_type="application/json")


def test_a_photo_is_put_into_a_draft(writer: User) -> None:
    article, photo = builders.make_draft(created_by=writer), builders.make_photo()
    answer = use(client_of(writer), article, photo=photo.pk, slot="gallery").json()
    made = PhotoUse.objects.get()
    assert (answer["use"], answer["slot"], answer["photo"]["id"]) == (made.pk, "gallery", photo.pk)
    assert (made.article, made.photo, made.live) == (article, photo, True)


def test_in_a_released_story_it_waits_for_the_next_publication(desk: Client) -> None:
    use(desk, builders.make_article(), photo=builders.make_photo().pk, slot="body")
    assert not PhotoUse.objects.get().live


@pytest.mark.parametrize(
    ("body", "status"),
    [({"slot": "body"}, 400), ({"photo": "x"}, 400), ({"photo": "1", "slot": "social"}, 400), ({"photo": 999_999}, 404)],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(desk: Client, body: dict[str, Any], status: int) -> None:
    assert use(desk, builders.make_draft(), **body).status_code == status


def test_a_photo_taken_back_is_refused_in_words(desk: Client) -> None:
    photo = builders.make_photo(status="removed")
    response = use(desk, builders.make_draft(), photo=photo.pk)
    assert response.status_code == 400
    assert "taken back" in response.json()["reason"]


def test_a_writer_puts_no_photo_into_a_story_of_others(writer: User) -> None:
    client, photo = client_of(writer), builders.make_photo()
    assert use(client, builders.make_draft(), photo=photo.pk).status_code == 404
    assert use(client, builders.make_article(), photo=photo.pk).status_code == 403
    assert use(client_of(intern("add_photo")), builders.make_article(), photo=photo.pk).status_code == 403  # fmt: skip


def test_a_file_is_read_whole_whatever_its_name(desk: Client) -> None:
    data = BytesIO(case_path("photos/credit_xmp.png").read_bytes()).getvalue()
    (photo,) = send(desk, SimpleUploadedFile("x.exe", data, "text/html"))["photos"]
    assert {row["standard"] for row in photo["read"]} == {"XMP"}
