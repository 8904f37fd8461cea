"""Days and minutes that are typed at the desk: the newsroom's clock, also in the nights that move it."""

from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from reactions.admin.case_forms import VotesForm
from reactions.admin.times import Moment

HALF_PAST_TWO = "2026-10-25T02:30"  # which Vienna's clocks show twice


@pytest.fixture(autouse=True)
def in_vienna(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Vienna"


def test_a_minute_that_autumn_has_twice_is_taken_whole() -> None:
    asked = {"since": HALF_PAST_TWO, "until": HALF_PAST_TWO}
    form = VotesForm(asked, kinds={}, here=(), nets=())
    assert form.is_valid()
    votes = form.votes(1).as_json()
    assert votes["since"] == "2026-10-25T00:30:00+00:00"
    assert votes["until"] == "2026-10-25T01:30:00+00:00"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-07-01 14:05", (2026, 7, 1, 12, 5)),
        ("2026-03-29T02:30", (2026, 3, 29, 1, 30)),
        ("2026-07-01T14:05+00:00", (2026, 7, 1, 14, 5)),
    ],
    ids=["summer", "a minute that spring leaves out", "with an offset"],
)
def test_a_moment_is_the_newsroom_s(typed: str, meant: tuple[int, ...]) -> None:
    assert Moment("From").clean(typed) == datetime(*meant, tzinfo=UTC)
