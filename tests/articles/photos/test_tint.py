"""The colours that hold a photo's place."""

from itertools import product
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from articles.photos.tint import LEVELS, stylesheet, text_on, tint_of
from newsroom.lib.contrast import contrast

STYLES = Path(__file__).resolve().parents[3] / "static/css/components/tints.css"


def test_the_stylesheet_is_what_the_code_says() -> None:
    assert STYLES.read_text(encoding="utf-8") == stylesheet()
    assert stylesheet().count("data-tint=") == 27


def test_alt_text_can_be_read_on_every_tint() -> None:
    for red, green, blue in product(LEVELS, repeat=3):
        text = "#" + text_on(red + green + blue) * 2
        assert contrast(f"#{red * 2}{green * 2}{blue * 2}", text) >= 4.5


@given(colour=st.tuples(*[st.integers(0, 255)] * 3))
def test_every_colour_has_a_near_tint_with_a_rule(colour: tuple[int, int, int]) -> None:
    tint = tint_of("#{:02x}{:02x}{:02x}".format(*colour))
    assert f'[data-tint="{tint}"]' in stylesheet()
    for digit, part in zip(tint, colour, strict=True):
        assert abs(int(digit * 2, 16) - part) <= 51


def test_no_colour_is_no_tint() -> None:
    assert tint_of("") == ""
    assert tint_of("#0a78c8") == "27c"
