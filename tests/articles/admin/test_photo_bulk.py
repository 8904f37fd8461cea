"""One change of credit and rights for many photos: looked at first, written at once, told to nobody
who may not decide it.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.models import Agency, Photo, PhotoEvent, generation
from articles.models.site_state import forget_generation
from tests import builders
from tests.conftest import staff

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/photo/"


def post(browser: Client, photos: list[Photo], **fields: str) -> Any:
    chosen = [str(photo.pk) for photo in photos]
    data = {"action": "edit_selected", "_selected_action": chosen, **fields}
    return browser.post(LIST, data, follow=True)


def change(browser: Client, photos: list[Photo], **fields: str) -> Any:
    """What would change is looked at, then changed."""
    mark = post(browser, photos, plan="1", **fields).context["mark"]
    return post(browser, photos, apply="1", planned=mark, **fields)


def test_what_is_left_as_it_is_stays(desk: Client, editor: User) -> None:
    wire = Agency.objects.create(name="Tidewire", aliases=["TW"])
    photos = [builders.make_photo(client="Harbour Week") for _ in range(3)]
    photos[2].agency, photos[2].agency_text = wire, "TW"
    photos[2].save()
    page = post(desk, photos).content.decode()
    assert page.count("Leave as it is") >= 10
    page = post(desk, photos, plan="1", agency_text="TW").content.decode()
    assert "2 of 3 would change" in page
    assert "Photo: Ines Lark/Harbour Pictures" in page
    assert "Agency known here: nothing → Tidewire" in page
    assert Photo.objects.filter(agency=wire).count() == 1
    page = change(desk, photos, agency_text="TW").content.decode()
    assert "2 of 3 photos changed." in page
    for photo in Photo.objects.all():
        assert (photo.agency, photo.agency_text) == (wire, "TW")
        assert (photo.photographer_text, photo.client) == ("Ines Lark", "Harbour Week")
    assert {event.photo for event in PhotoEvent.objects.all()} == set(photos[:2])
    event = PhotoEvent.objects.first()
    assert event is not None
    assert (event.by, event.verb) == (editor, "edited")
    assert event.data == {"agency_text": ["Harbour Pictures", "TW"], "agency": [None, wire.pk]}


def test_the_rights_of_many_are_written_and_emptied(desk: Client) -> None:
    photos = [builders.make_photo(usage_terms="One use", instructions="No archiving") for _ in "ab"]
    until = "2027-03-01T12:00"
    change(desk, photos, rights_class="handout", rights_until=until, empty_usage_terms="on")
    for photo in Photo.objects.all():
        assert photo.rights_until is not None
        assert timezone.localtime(photo.rights_until).isoformat()[:16] == until
        assert (photo.rights_class, photo.usage_terms) == ("handout", "")
        assert photo.instructions == "No archiving"
    change(desk, photos, empty_rights_until="on")
    assert not Photo.objects.exclude(rights_until=None).exists()


def test_what_is_written_is_printed_and_no_longer_unclear(desk: Client) -> None:
    photo = builders.make_photo(
        photographer_text="", agency_text="", credit_raw="Courtesy of a friend",
        credit_kind="courtesy", credit_unclear=True,
    )  # fmt: skip
    page = post(desk, [photo], plan="1", photographer_text="Bo Netmaker").content.decode()
    assert "<del>Courtesy of a friend</del> → <ins>Photo: Bo Netmaker</ins>" in page
    change(desk, [photo], photographer_text="Bo Netmaker")
    photo.refresh_from_db()
    assert (photo.credit_kind, photo.credit_unclear) == ("", False)
    assert photo.credit_raw == "Courtesy of a friend"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Say what to change: every field is left as it is."),
        ({"client": "A", "empty_client": "on"}, "Either write something, or empty it."),
        ({"rights_from": "2027-03-02T00:00", "rights_until": "2027-03-01T00:00"},
         "The rights would end before they begin."),
        ({"rights_until": "soon"}, "Enter a valid date/time."),
        ({"photographer_text": "x" * 501}, "at most 500 characters"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_and_changes_nothing(
    desk: Client, fields: dict[str, str], words: str
) -> None:
    photo = builders.make_photo()
    page = post(desk, [photo], plan="1", **fields).content.decode()
    assert words in page
    assert 'name="apply"' not in page
    post(desk, [photo], apply="1", planned="", **fields)
    assert not PhotoEvent.objects.exists()


def test_a_form_that_says_something_else_by_now_is_looked_at_again(desk: Client) -> None:
    photo = builders.make_photo()
    mark = post(desk, [photo], plan="1", client="Harbour Week").context["mark"]
    page = post(desk, [photo], apply="1", planned=mark, client="Somebody").content.decode()
    assert "1 of 1 would change" in page
    photo.refresh_from_db()
    assert photo.client == ""


def test_files_are_made_anew_where_they_carry_what_changed(
    desk: Client, nudges: list[tuple[str, list[int]]], django_capture_on_commit_callbacks: Any
) -> None:
    kept = builders.make_photo(rendition_state="ok", original="a.jpg")
    bare = builders.make_photo()
    forget_generation()
    before = generation()
    with django_capture_on_commit_callbacks(execute=True):
        change(desk, [kept, bare], copyright="© Tidewire")
    states = [photo.rendition_state for photo in Photo.objects.order_by("pk")]
    assert states == ["pending", "none"]
    assert nudges == [("articles.make_renditions", [kept.pk])]
    forget_generation()
    assert generation() != before
    Photo.objects.update(rendition_state="ok")
    change(desk, [kept, bare], instructions="No archiving")
    assert not Photo.objects.exclude(rendition_state="ok").exists()


def test_no_published_story_loses_its_credit_but_by_who_publishes(desk: Client) -> None:
    photos = [builders.make_photo(agency_text="") for _ in "ab"]
    builders.make_lead(builders.make_article(), photo=photos[1])
    sitter = Client()
    sitter.force_login(staff("sitter", "Photo desk"))
    page = change(sitter, photos, empty_photographer_text="on").content.decode()
    assert "A published story would stand without its credit" in page
    assert "keep its credit, or ask an editor" in page
    assert Photo.objects.filter(photographer_text="Ines Lark").count() == 2
    change(desk, photos, empty_photographer_text="on")
    assert Photo.objects.filter(photographer_text="").count() == 2


def test_a_writer_changes_own_uploads_only(writer: User, reader: Client) -> None:
    reader.force_login(writer)
    own, other = builders.make_photo(uploaded_by=writer), builders.make_photo()
    change(reader, [own, other], client="Harbour Week")
    assert list(Photo.objects.filter(client="Harbour Week")) == [own]
    page = post(reader, [other], plan="1", client="X").content.decode()
    assert "Change your own uploads only." in page


def test_many_photos_cost_few_queries(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    photos = [builders.make_photo(rights_until=timezone.now() + timedelta(1)) for _ in range(60)]
    fields = {"photographer_text": "Bo Netmaker", "rights_class": "handout"}
    mark = post(desk, photos, plan="1", **fields).context["mark"]
    chosen = [str(photo.pk) for photo in photos]
    data = {"action": "edit_selected", "_selected_action": chosen, "planned": mark, "apply": "1"}
    with django_assert_max_num_queries(25):
        desk.post(LIST, {**data, **fields})
    assert PhotoEvent.objects.count() == 60


def test_the_history_says_who_changed_what(desk: Client, editor: User) -> None:
    wire = Agency.objects.create(name="Tidewire")
    photo = builders.make_photo(alt_default="A pier", uploaded_by=editor)
    change(desk, [photo], agency_text="Tidewire", rights_until="2027-03-01T12:00")
    page = desk.get(f"{LIST}{photo.pk}/change/")
    (done,) = page.context["past"]
    assert (done.what, done.who) == ("Edited", "editor")
    said = {change.label: (change.before, change.after) for change in done.changes}
    assert said == {
        "Agency": ("Harbour Pictures", "Tidewire"),
        "Agency known here": ("nothing", "Tidewire"),
        "Rights until": ("nothing", "1 Mar 2027, 12:00"),
    }
    assert "What was done to it" in page.content.decode()
    Photo.objects.update(agency=None)
    wire.delete()
    (done,) = desk.get(f"{LIST}{photo.pk}/change/").context["past"]
    (after,) = (each.after for each in done.changes if each.label == "Agency known here")
    assert after.endswith("gone by now")
