"""Whatever a person changes of a photo stands in its history: before, after, by whom."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from articles.actions.photo_facts import write_facts
from articles.actions.photos import add_photo, replace_file
from articles.models import Agency, PhotoEvent
from tests import builders
from tests.articles.photos.pictures import file_of, picture

pytestmark = pytest.mark.django_db


def test_an_edit_is_one_event_with_all_that_changed(editor: User) -> None:
    wire = Agency.objects.create(name="Tidewire")
    photo = builders.make_photo(agency_text="")
    person = builders.make_tag("Zoë", kind="person")
    values = {
        "agency_text": "Tidewire", "focal_x": 0.25, "caption_default": "", "photographer_text": "Bo",
    }  # fmt: skip
    write_facts(photo, values, by=editor, persons=[person])
    event = PhotoEvent.objects.get()
    assert (event.photo, event.verb, event.by) == (photo, "edited", editor)
    assert event.data == {
        "agency_text": ["", "Tidewire"], "agency": [None, wire.pk], "focal_x": [0.5, 0.25],
        "photographer_text": ["Ines Lark", "Bo"], "persons": [[], ["Zoë"]],
    }  # fmt: skip


def test_what_changes_nothing_is_no_event(editor: User) -> None:
    photo = builders.make_photo()
    write_facts(photo, {"photographer_text": "Ines Lark"}, by=editor, persons=[])
    assert not PhotoEvent.objects.exists()


def test_a_written_name_takes_the_place_of_a_contributor(editor: User) -> None:
    photo = builders.make_photo(photographer=builders.make_contributor(name="Ada Quill"))
    write_facts(photo, {"photographer_text": "Ada Quill"}, by=editor)
    assert photo.photographer is not None
    write_facts(photo, {"photographer_text": "Bo Netmaker"}, by=editor)
    photo.refresh_from_db()
    assert photo.photographer is None


def test_another_file_is_an_event(media: Path, editor: User) -> None:
    photo = add_photo(file_of(picture(colour="teal")), by=editor)
    assert not PhotoEvent.objects.exists()  # who brought it stands in the photo itself
    before = photo.sha256
    replace_file(photo, file_of(picture(colour="red")), by=editor)
    event = PhotoEvent.objects.get()
    assert event.data["sha256"] == [before, photo.sha256]
    assert event.by == editor
