"""What a published story shows keeps its credit and alt text, whoever uploaded the photo."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import builders
from tests.articles.admin.filled import change, save
from tests.articles.admin.test_photo_many import TABLE
from tests.articles.admin.test_photo_views import client_of, facts_of, intern, jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.mark.parametrize("released", [True, False])
def test_a_writer_takes_no_credit_or_alt_text_from_a_published_story(released: bool) -> None:
    user = intern("add_photo")
    photo = builders.make_photo(uploaded_by=user, alt_default="A pier", agency_text="")
    article = builders.make_article() if released else builders.make_draft()
    builders.make_lead(article, photo=photo, alt="")
    client = client_of(user)
    for fact, words in (("photographer", "keep its credit"), ("alt", "keep its alt text")):
        response = client.post(facts_of(photo), {fact: ""})
        assert response.status_code == (400 if released else 200)
        if released:
            assert words in response.json()["errors"][fact]
    photo.refresh_from_db()
    assert (bool(photo.photographer_text), bool(photo.alt_default)) == (released, released)
    assert client.post(facts_of(photo), {"photographer": "Ada Quill"}).status_code == 200


def test_who_publishes_decides_of_a_published_storys_photo(desk: Client) -> None:
    photo = builders.make_photo()
    builders.make_lead(builders.make_article(), photo=photo)
    empty = {"photographer": "", "agency": ""}
    assert desk.post(facts_of(photo), empty).status_code == 200


def test_the_table_takes_no_credit_from_a_published_story() -> None:
    user = intern("add_photo")
    photo = builders.make_photo(uploaded_by=user, agency_text="")
    builders.make_lead(builders.make_article(), photo=photo)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": str(photo.pk)}
    page = client_of(user).post(f"{TABLE}?ids={photo.pk}", data).content.decode()
    assert "keep its credit, or ask an editor" in page
    photo.refresh_from_db()
    assert photo.photographer_text == "Ines Lark"


def test_the_photos_own_page_takes_none_either(reader: Client, writer: User) -> None:
    photo = builders.make_photo(agency_text="")
    builders.make_lead(builders.make_article(), photo=photo)
    reader.force_login(writer)
    response = save(reader, change(photo), photographer_text="", caption_default="Moved")
    assert "keep its credit, or ask an editor" in response.content.decode()
    photo.refresh_from_db()
    assert (photo.photographer_text, photo.caption_default) == ("Ines Lark", "")
    save(reader, change(photo), caption_default="Moved")
    photo.refresh_from_db()
    assert photo.caption_default == "Moved"


def test_a_new_file_takes_no_credit_along(reader: Client, writer: User) -> None:
    photo = builders.make_photo(agency_text="")
    builders.make_lead(builders.make_article(), photo=photo)
    reader.force_login(writer)
    page = save(reader, change(photo), photographer_text="", upload=jpeg()).content.decode()
    assert "keep its credit, or ask an editor" in page
    photo.refresh_from_db()
    assert photo.photographer_text == "Ines Lark"


@pytest.mark.parametrize("released", [True, False])
def test_a_writer_ends_no_photo_of_a_published_story(
    released: bool, reader: Client, writer: User
) -> None:
    photo = builders.make_photo()
    builders.make_lead(builders.make_article() if released else builders.make_draft(), photo=photo)
    reader.force_login(writer)
    page = save(reader, change(photo), status="expired").content.decode()
    assert ("the photo desk decides how long" in page) is released
    photo.refresh_from_db()
    assert photo.status == ("active" if released else "expired")
    ended = reader.post(facts_of(photo), {"until": "2001-01-01T00:00"})
    assert ended.status_code == (400 if released else 200)


def test_who_is_shown_can_be_emptied(desk: Client) -> None:
    photo = builders.make_photo()
    photo.persons.add(builders.make_tag(kind="person"))
    assert desk.post(facts_of(photo), {"persons": ""}).status_code == 200
    assert not photo.persons.exists()
