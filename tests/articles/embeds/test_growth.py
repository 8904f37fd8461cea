"""A body of twice the size is twice the work, whatever is in it. Work is counted, not timed."""

import sys
from types import FrameType
from typing import Any

import pytest

from articles.body.clean import clean
from newsroom.lib.html_guard import BodyRefused
from tests.articles.embeds.hostile import BEYOND, SHAPES

SMALL_BYTES = 14_000
# None, and room for shapes that fill a size badly.
MOST_GROWTH = 1.25


def work(html: str) -> int:
    """How many calls cleaning this text makes, those into C counted as well."""
    calls = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        clean(html)
    except BodyRefused:
        pass
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("name", SHAPES)
def test_no_character_costs_more_in_a_text_of_twice_the_size(name: str) -> None:
    small, large = SHAPES[name](SMALL_BYTES), SHAPES[name](2 * SMALL_BYTES)
    work(SHAPES[name](SMALL_BYTES // 2))  # what is made once, as expressions are, is no text's work
    assert work(large) / len(large) <= MOST_GROWTH * work(small) / len(small)


@pytest.mark.parametrize("name", BEYOND)
def test_what_is_too_much_is_refused_before_it_is_read(name: str) -> None:
    with pytest.raises(BodyRefused):
        clean(BEYOND[name])
    assert work(BEYOND[name]) < 8_000
