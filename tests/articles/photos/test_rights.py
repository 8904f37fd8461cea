"""The one rule of what may be shown: in Python, in SQL, in the site's clock."""

from datetime import timedelta
from itertools import product
from time import monotonic

import pytest

from articles import site_clock
from articles.models import Photo, public_changed
from articles.photos.figure import is_withdrawn
from articles.photos.rights import Hidden, is_shown, why_hidden
from tests import builders

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_python_and_the_database_say_the_same() -> None:
    now = site_clock.database_now()
    times = (None, now - HOUR, now + HOUR)
    cases = [
        builders.make_photo(status=status, rights_from=begin, rights_until=end)
        for status, begin, end in product(Photo.Status, times, times)
    ]
    shown = set(Photo.objects.shown())
    assert {photo for photo in cases if is_shown(photo, now)} == shown
    assert {photo for photo in cases if not is_withdrawn(photo)} == shown
    # Two statuses, begun or without a beginning, not ended or without an end.
    assert len(shown) == 2 * 2 * 2
    later = {p for p in cases if p.rights_from == now + HOUR and p.rights_until != now - HOUR}
    assert set(Photo.objects.usable()) - shown == {
        photo for photo in later if photo.status in {"active", "restricted"}
    }


def test_the_first_moment_without_the_right_is_the_end_itself() -> None:
    now = site_clock.database_now()
    photo = Photo(rights_from=now, rights_until=now + HOUR)
    assert why_hidden(photo, now - timedelta(microseconds=1)) is Hidden.NOT_YET
    assert is_shown(photo, now)
    assert why_hidden(photo, now + HOUR) is Hidden.ENDED
    assert why_hidden(Photo(status="removed", rights_until=now - HOUR), now) is Hidden.REMOVED


def test_the_moment_ends_where_a_right_begins_or_ends() -> None:
    now = site_clock.database_now()
    photo = builders.make_photo(rights_from=now + HOUR, rights_until=now + 2 * HOUR)
    moment = site_clock.current()
    assert 3_500 < moment.ends - monotonic() <= 3_600
    assert 7_100 < moment.hides - monotonic() <= 7_200
    Photo.objects.filter(pk=photo.pk).update(rights_from=now - HOUR, rights_until=now - HOUR)
    public_changed()
    assert site_clock.current().ends == site_clock.current().hides == site_clock.FOR_EVER


def test_the_clock_counts_on_from_the_databases() -> None:
    ahead = site_clock.now() - site_clock.database_now()
    assert timedelta(seconds=-1) < ahead < timedelta(seconds=1)
