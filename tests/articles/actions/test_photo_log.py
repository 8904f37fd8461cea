from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser, User

from articles.actions.photo_log import log_photo
from articles.models import PhotoEvent
from tests import builders

pytestmark = pytest.mark.django_db


def test_an_event_says_who_did_what_to_a_photo_and_what_stood_there(editor: User) -> None:
    photo, tagged = builders.make_photo(), builders.make_contributor()
    until = datetime(2026, 3, 12, tzinfo=UTC)
    log_photo(
        photo, PhotoEvent.Verb.EDITED, by=editor, reason="As the agency wrote",
        rights_until=(None, until), photographer=(None, tagged),
    )  # fmt: skip
    event = PhotoEvent.objects.get()
    assert (event.photo, event.verb, event.by, event.reason) == (
        photo, "edited", editor, "As the agency wrote",
    )  # fmt: skip
    assert event.data == {
        "rights_until": [None, "2026-03-12T00:00:00Z"],
        "photographer": [None, tagged.pk],
    }
    assert str(event).endswith("Edited")


def test_a_machine_is_nobody() -> None:
    log_photo(builders.make_photo(), PhotoEvent.Verb.APPLIED, by=AnonymousUser())  # type: ignore[arg-type]
    assert PhotoEvent.objects.get().by is None
