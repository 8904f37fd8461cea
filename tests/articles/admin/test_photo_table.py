"""Many photos as one table: rows saved each by itself, values for all, a gallery at the end."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from articles.models import Article, Photo, PhotoEvent, Tag
from tests import builders
from tests.articles.admin.test_photo_many import TABLE
from tests.articles.admin.test_photo_views import client_of, facts_of, intern

pytestmark = pytest.mark.django_db


def three(**fields: Any) -> list[Photo]:
    return [builders.make_photo(caption_default=name, **fields) for name in ("One", "Two", "Three")]


def address(photos: list[Photo]) -> str:
    return f"{TABLE}?ids={','.join(str(photo.pk) for photo in photos)}"


def send(client: Client, photos: list[Photo], **changes: str) -> Any:
    """What a browser sends back, with some fields changed: `r0_caption_default="…"`, `all_…`."""
    path = address(photos)
    rows = client.get(path).context["rows"]
    data = {"form-TOTAL_FORMS": str(len(rows.forms)), "form-INITIAL_FORMS": str(len(rows.forms))}
    for form in rows.forms:
        for field in form:
            shown = [each.data for each in field.subwidgets if each.data.get("selected", True)]
            value = shown[0]["value"] if field.name != "decorative_default" else ""
            data[field.html_name] = str(value or "")
    for name, value in changes.items():
        row, _, field = name.partition("_")
        named = {"all": f"all-{field}", "": name, "story": name}
        data[named.get(row, f"form-{row[1:]}-{field}")] = value
    return client.post(path, data, follow=True)


def test_a_row_that_is_wrong_keeps_no_other_from_being_saved(desk: Client) -> None:
    photos = three()
    response = send(
        desk, photos, r0_caption_default="First", r1_rights_until="soon", r1_alt_default="A boat",
        r2_persons_shown="Zoë Åkermann; Bo",
    )  # fmt: skip
    page = response.content.decode()
    assert "2 of 3 photos changed. 1 need another look" in page
    assert "Enter a valid date/time." in page
    assert "A boat" in page  # what was written is not lost
    first, second, third = Photo.objects.order_by("pk")
    assert (first.caption_default, second.alt_default) == ("First", "")
    # The same names in another order are no change.
    again = send(desk, photos, r2_persons_shown="Bo; Zoë Åkermann").content.decode()
    assert "All of it is saved." in again
    assert list(third.persons.values_list("name", "kind")) == [
        ("Bo", "person"), ("Zoë Åkermann", "person")
    ]  # fmt: skip


def test_the_rights_are_written_and_stay_to_the_minute(desk: Client) -> None:
    (photo, *_) = photos = three()
    send(desk, photos, r0_rights_class="handout", r0_rights_until="2027-03-01T23:59")
    photo.refresh_from_db()
    assert photo.rights_until is not None
    assert timezone.localtime(photo.rights_until).isoformat()[:16] == "2027-03-01T23:59"
    assert "All of it is saved." in send(desk, photos).content.decode()
    assert PhotoEvent.objects.count() == 1


def test_the_rows_stand_in_the_order_of_their_numbers(desk: Client) -> None:
    photos = three()[::-1]
    rows = desk.get(address(photos)).context["rows"]
    assert [form.instance for form in rows.forms] == photos


def test_a_value_for_all_is_filled_in_where_nothing_stands_or_everywhere(desk: Client) -> None:
    photos = three(photographer_text="")
    photos[0].photographer_text = "Ines Lark"
    photos[0].save()
    for changes, expected in (
        ({}, ["Ines Lark", "Bo", "Bo"]),
        ({"all_everywhere": "on"}, ["Bo", "Bo", "Bo"]),
    ):
        response = send(desk, photos, _fill="1", all_photographer_text="Bo", **changes)
        rows = response.context["rows"]
        assert [form["photographer_text"].value() for form in rows.forms] == expected
    assert Photo.objects.filter(photographer_text="Bo").count() == 0  # not saved yet


def test_the_photos_become_a_gallery(desk: Client, editor: User) -> None:
    photos = three()[::-1]
    response = send(desk, photos, _gallery="1", r0_caption_default="Last")
    article = Article.objects.get()
    assert response.redirect_chain[-1][0] == f"/admin/articles/article/{article.pk}/change/"
    assert (article.kind, article.status, article.created_by) == ("gallery", "draft", editor)
    uses = list(article.photo_uses.filter(slot="gallery", live=True))
    assert [use.photo for use in uses] == photos
    assert uses[0].caption_text == "Last"


def test_nothing_is_started_while_a_row_is_wrong_or_a_photo_was_taken_back(desk: Client) -> None:
    photos = three()
    send(desk, photos, _gallery="1", r0_rights_until="soon")
    assert not Article.objects.exists()
    Photo.objects.filter(pk=photos[1].pk).update(status="removed")
    page = send(desk, photos, _gallery="1").content.decode()
    assert "“Two” was taken back or its rights have ended" in page
    assert not Article.objects.exists()


def test_they_are_added_to_a_draft_of_ones_own(desk: Client, editor: User) -> None:
    photos = three()
    draft = builders.make_draft(created_by=editor, headline="The pier")
    other = builders.make_draft(headline="Somebody’s")
    page = desk.get(address(photos)).content.decode()
    assert "The pier" in page
    assert "Somebody’s" not in page
    send(desk, photos[:1], _story="1", story=str(draft.pk))
    page = send(desk, photos, _story="1", story=str(draft.pk)).content.decode()
    assert "2 of 3 are new in its gallery" in page
    assert [use.photo for use in draft.photo_uses.filter(slot="gallery", live=True)] == photos
    for wrong in ("", "x", "999999"):
        said = send(desk, photos, _story="1", story=wrong).content.decode()
        assert "Choose a draft that you may change." in said
    assert not other.photo_uses.exists()


def test_who_may_write_no_story_is_offered_none(reader: Client) -> None:
    user = intern("add_photo", "change_photo", "view_photo")
    photos = three(uploaded_by=user)
    client = client_of(user)
    page = client.get(address(photos)).content.decode()
    assert "make a gallery" not in page
    assert "You may not start a story." in send(client, photos, _gallery="1").content.decode()
    assert not Article.objects.exists()


def test_only_who_may_make_tags_brings_new_names(desk: Client) -> None:
    user = intern("add_photo")
    (photo, *_) = photos = three(uploaded_by=user)
    known = builders.make_tag("Known Person", kind="person")
    client = client_of(user)
    page = send(client, photos, r0_persons_shown="Known person; Stranger").content.decode()
    assert "There is no tag “Stranger”, and you may not make one" in page
    assert not photo.persons.exists()
    send(client, photos, r0_persons_shown="Known person")
    assert list(photo.persons.all()) == [known]
    user.user_permissions.add(
        Permission.objects.get(codename="add_tag", content_type__app_label="articles")
    )
    fresh = client_of(User.objects.get(pk=user.pk))
    response = fresh.post(facts_of(photo), {"persons": "Known person; Stranger"})
    assert response.status_code == 200
    assert set(photo.persons.all()) == {known, Tag.objects.get(name="Stranger")}


def test_a_script_saves_the_rights_of_a_row(desk: Client) -> None:
    photo = builders.make_photo()
    answer = desk.post(facts_of(photo), {"rights": "handout", "until": "2027-03-01T23:59"})
    assert answer.status_code == 200
    wrong = desk.post(facts_of(photo), {"until": "soon", "persons": ";".join(map(str, range(50)))})
    assert set(wrong.json()["errors"]) == {"until", "persons"}
    photo.refresh_from_db()
    assert photo.rights_class == "handout"
    assert photo.rights_until is not None


def test_who_the_file_names_is_offered(desk: Client) -> None:
    photo = builders.make_photo(metadata={"persons": ["Zoë Åkermann", "Bo Netmaker"]})
    photo.persons.add(builders.make_tag("bo netmaker", kind="person"))
    page = desk.get(address([photo])).content.decode()
    assert "Its file names Zoë Åkermann." in page
    assert 'data-take="Zoë Åkermann"' in page
