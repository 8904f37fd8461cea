"""“Add photos”: many files, then their words in one table; no script is needed."""

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Photo
from tests import builders
from tests.articles.admin.test_photo_views import client_of, intern, jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
MANY = "/admin/articles/photo/add-many/"
TABLE = "/admin/articles/photo/table/"


def test_many_photos_are_added_and_described_as_one_table(desk: Client) -> None:
    assert MANY in desk.get("/admin/articles/photo/").content.decode()
    assert desk.get(MANY).status_code == 200
    bad = SimpleUploadedFile("bad.pdf", b"%PDF-1.4")
    shared = {"photographer_text": "Ines Lark", "caption_default": "At the pier"}
    files = {"uploads": [jpeg("red"), bad, jpeg("blue")], **shared}
    response = desk.post(MANY, files, follow=True)
    page = response.content.decode()
    assert "“bad.pdf”: This file is a PDF" in page
    first, second = Photo.objects.order_by("pk")
    assert {first.photographer_text, second.photographer_text} == {"Ines Lark"}
    rows = response.context["rows"]
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}
    for form in rows.forms:
        for field in form:
            data[field.html_name] = str(field.value() or "")
    data |= {"form-0-alt_default": "A red square", "form-1-agency_text": "AFP"}
    path = response.redirect_chain[-1][0]
    assert "2 of 2 photos changed" in desk.post(path, data, follow=True).content.decode()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.alt_default, first.caption_default) == ("A red square", "At the pier")
    assert second.agency is not None
    assert second.agency.name == "AFP"


def test_no_file_is_said_and_a_known_one_is_shown_again(desk: Client) -> None:
    assert "Choose at least one photo." in desk.post(MANY, {}).content.decode()
    desk.post(MANY, {"uploads": [jpeg()]})
    page = desk.post(MANY, {"uploads": [jpeg()], "caption_default": "Other words"}, follow=True)
    assert "1 of these were here already" in page.content.decode()
    assert Photo.objects.get().caption_default == ""
    empty = desk.post(MANY, {"uploads": [SimpleUploadedFile("empty.jpg", b"")]})
    assert "This file is empty" in empty.content.decode()


def test_the_table_shows_only_what_a_login_may_describe() -> None:
    user = intern("add_photo")
    own, other = builders.make_photo(uploaded_by=user), builders.make_photo()
    response = client_of(user).get(f"{TABLE}?ids={own.pk},{other.pk},x")
    assert [form.instance.pk for form in response.context["rows"].forms] == [own.pk]
    assert client_of(User.objects.create_user("s", is_staff=True)).get(MANY).status_code == 403


def test_a_table_of_nothing_that_is_here_changes_nothing(desk: Client) -> None:
    assert desk.get(f"{TABLE}?ids={'9' * 30},2").status_code == 200
    row = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-caption_default": "Mine"}
    photo = builders.make_photo()
    page = desk.post(f"{TABLE}?ids={photo.pk}", row, follow=True).content.decode()
    assert "photos changed" not in page
    assert [each.caption_default for each in Photo.objects.all()] == [""]
