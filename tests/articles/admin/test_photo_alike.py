"""Uploads that look like a photo that is here: shown beside it, kept, or given up for it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.actions.photo_alike import keep_both, kept_beside
from articles.models import Photo, PhotoEvent
from articles.models.photo_alike import alike_among
from tests import builders
from tests.articles.admin.test_photo_many import TABLE
from tests.articles.admin.test_photo_table import address, send

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/photo/"
HASH, NEAR, FAR = "00ff00ff00ff00ff", "00ff00ff00ff80f8", "ff00ff00ff00ff00"


def pair(**fields: object) -> tuple[Photo, Photo]:
    old = builders.make_photo(dhash=HASH, caption_default="The old one")
    return old, builders.make_photo(dhash=NEAR, caption_default="The new one", **fields)


def test_near_photos_are_found_for_many_at_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    old, new = pair()
    far, bare = builders.make_photo(dhash=FAR), builders.make_photo()
    same = builders.make_photo(dhash=HASH)
    photos = [old, new, far, bare, same]
    with django_assert_num_queries(1):
        found = alike_among(Photo.objects.all(), {photo.pk: photo.dhash for photo in photos})
    assert found == {
        old.pk: [same.pk, new.pk], new.pk: [same.pk, old.pk], far.pk: [], bare.pk: [],
        same.pk: [old.pk, new.pk],
    }  # fmt: skip
    for photo in photos:
        one_by_one = Photo.objects.exclude(pk=photo.pk).like(photo.dhash)
        assert list(one_by_one.values_list("pk", flat=True)) == found[photo.pk]


def test_the_list_the_table_and_the_page_say_so(desk: Client) -> None:
    old, new = pair()
    assert "Looks like another" in desk.get(LIST).content.decode()
    page = desk.get(address([new])).content.decode()
    assert f"Looks like photo {old.pk}" in page
    assert "The old one" in page
    assert "Harbour Pictures" in page
    page = desk.get(f"{LIST}{new.pk}/change/").content.decode()
    assert f"Looks like photo {old.pk}" in page
    # Nobody is asked to give up what was here before.
    assert "Looks like photo" not in desk.get(address([old])).content.decode()


def test_what_is_kept_is_asked_of_no_more(desk: Client, editor: User) -> None:
    old, new = pair()
    response = send(desk, [new], _keep=str(new.pk), r0_alt_default="A pier")
    page = response.content.decode()
    assert response.redirect_chain[-1][0] == address([new])
    assert "Both are kept." in page
    assert "Looks like photo" not in page
    assert kept_beside([new]) == {new.pk: {old.pk}}
    event = PhotoEvent.objects.get(verb="compared")
    assert (event.by, event.data) == (editor, {"alike": [[], [old.pk]]})
    keep_both(new, [old], by=editor)
    assert PhotoEvent.objects.filter(verb="compared").count() == 1
    new.refresh_from_db()
    assert new.alt_default == "A pier"  # what was written went with it
    third = builders.make_photo(dhash=HASH)
    assert f"Looks like photo {new.pk}" in desk.get(address([third])).content.decode()


def test_the_old_one_takes_the_place_of_the_new(desk: Client) -> None:
    old, new = pair()
    other = builders.make_photo()
    response = send(desk, [new, other], _old=f"{new.pk}-{old.pk}")
    assert response.redirect_chain[-1][0] == address([old, other])
    assert not Photo.objects.filter(pk=new.pk).exists()
    assert PhotoEvent.objects.get().photo == old


def test_a_photo_in_a_story_is_not_given_up(desk: Client) -> None:
    old, new = pair()
    builders.make_lead(builders.make_draft(), photo=new)
    page = send(desk, [new], _old=f"{new.pk}-{old.pk}").content.decode()
    assert "This photo stands in a story by now." in page
    assert Photo.objects.filter(pk=new.pk).exists()


def test_nobody_gives_up_what_others_uploaded(writer: User, reader: Client) -> None:
    reader.force_login(writer)
    old, new = pair()
    path = f"{LIST}{new.pk}/alike/"
    for number in (str(old.pk), str(new.pk), "x", "999999"):
        page = reader.post(path, {"old": number}, follow=True).content.decode()
        assert "You may not give this photo up." in page
    own = builders.make_photo(dhash=HASH, uploaded_by=writer)
    response = reader.post(f"{LIST}{own.pk}/alike/", {"old": str(old.pk)})
    assert response["Location"] == f"{LIST}{old.pk}/change/"
    assert not Photo.objects.filter(pk=own.pk).exists()


def test_the_pages_own_buttons_keep_both(desk: Client, reader: Client, stranger: User) -> None:
    old, new = pair()
    path = f"{LIST}{new.pk}/alike/"
    assert desk.get(path).status_code == 405
    desk.post(path, {"keep": "1"})
    assert kept_beside([new]) == {new.pk: {old.pk}}
    stranger.is_staff = True
    stranger.save()
    reader.force_login(stranger)
    assert reader.post(path, {"keep": "1"}).status_code == 403


def test_a_number_that_is_not_in_the_table_does_nothing(desk: Client) -> None:
    old, new = pair()
    send(desk, [new], _old=f"{old.pk}-{new.pk}")
    send(desk, [new], _keep=str(old.pk))
    assert not PhotoEvent.objects.exists()
    assert Photo.objects.count() == 2
    assert TABLE in address([new])
