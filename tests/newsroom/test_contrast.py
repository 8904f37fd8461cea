"""The nearest colour that passes: on the same side where it can be, and never a worse one."""

import pytest

from newsroom.lib.contrast import contrast, nearest


@pytest.mark.parametrize("needed", [3.0, 4.5, 7.0])
@pytest.mark.parametrize("ground", ["#ffffff", "#000000", "#777777", "#e0001a", "#ffd3ca"])
@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#888888", "#0b4fd6"])
def test_what_is_found_passes(colour: str, ground: str, needed: float) -> None:
    found = nearest(colour, ground, needed)
    best = max(contrast(end, ground) for end in ("#000000", "#ffffff"))
    assert (contrast(found, ground) >= needed) if best >= needed else found == ""


def test_a_colour_that_passes_is_its_own_nearest() -> None:
    assert nearest("#767676", "#ffffff", 4.5) == "#767676"


def test_a_grey_on_white_becomes_a_little_darker_and_no_more() -> None:
    found = nearest("#888888", "#ffffff", 4.5)
    assert 4.5 <= contrast(found, "#ffffff") < 4.7
