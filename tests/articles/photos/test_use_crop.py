"""What a use says of its crop, on every way from the form to the page."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.photos.use_crop import RATIOS, UseCrop, crop_of, tidy_crop


@pytest.mark.parametrize(
    ("stored", "crop"),
    [
        ({}, UseCrop()),
        ({"ratio": "16:9"}, UseCrop("16:9")),
        ({"ratio": "1:1", "x": 0, "y": 1}, UseCrop("1:1", (0.0, 1.0))),
        ({"ratio": "original", "x": 0.25, "y": 0.75}, UseCrop("", (0.25, 0.75))),
        ({"x": 0.25, "y": 0.75}, UseCrop("", (0.25, 0.75))),
        ({"x": 0.123456, "y": 0.5}, UseCrop("", (0.12, 0.5))),
        # Half a point is none, and so is one beside the picture.
        ({"ratio": "4:3", "x": 0.25}, UseCrop("4:3")),
        ({"ratio": "4:3", "x": 1.01, "y": 0.5}, UseCrop("4:3")),
        ({"ratio": "4:3", "x": -0.1, "y": 0.5}, UseCrop("4:3")),
        ({"ratio": "4:3", "x": float("nan"), "y": 0.5}, UseCrop("4:3")),
        ({"ratio": "4:3", "x": 10**400, "y": 0.5}, UseCrop("4:3")),
        ({"ratio": "4:3", "x": True, "y": 0.5}, UseCrop("4:3")),
        ({"ratio": "4:3", "x": "0.2", "y": 0.5}, UseCrop("4:3")),
        ({"ratio": "21:9"}, UseCrop()),
        ({"ratio": ["16:9"]}, UseCrop()),
        (None, UseCrop()),
        ([], UseCrop()),
        ("16:9", UseCrop()),
    ],
)
def test_what_is_not_said_rightly_is_the_photos_own(stored: Any, crop: UseCrop) -> None:
    assert crop_of(stored) == crop


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts),
)
crops = anything | st.fixed_dictionaries(
    {},
    optional={
        "ratio": st.sampled_from([*RATIOS, "original", "9:16", ""]) | anything,
        "x": st.floats(-0.5, 1.5) | anything,
        "y": st.floats(-0.5, 1.5) | anything,
    },
)


@given(crops)
def test_a_tidied_crop_stays_as_it_is_and_says_the_same(stored: Any) -> None:
    tidied = tidy_crop(stored)
    assert tidy_crop(tidied) == tidied
    assert crop_of(tidied) == crop_of(stored)
    assert set(tidied) <= {"ratio", "x", "y"}
    assert all(0 <= tidied[name] <= 1 for name in ("x", "y") if name in tidied)
