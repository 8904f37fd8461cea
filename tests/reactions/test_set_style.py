"""A set's style as data: what is taken, what is refused in words, what CSS comes of it."""

import re
from typing import Any

import pytest

from newsroom.lib.contrast import contrast
from reactions import set_style
from reactions.set_style import NoColour, failing, pairs, read_colour, stylesheet, tidy

DARK_BUTTONS = {"button": "#123456", "text": "#ffffff", "chosen": "#5a1a24"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("#1a2b3c", "#1a2b3c"), (" #1A2B3C ", "#1a2b3c"), ("1a2b3c", "#1a2b3c"),
        ("#abc", "#aabbcc"), ("", ""), ("  ", ""),
    ],
)  # fmt: skip
def test_a_colour_is_read_as_people_write_it(written: str, read: str) -> None:
    assert read_colour(written) == read


@pytest.mark.parametrize(
    "written",
    ["red", "#12345", "#1234567", "rgb(1,2,3)", "#12345g", "#fff;}body{display:none", "url(//x)", "１２３"],
)  # fmt: skip
def test_what_is_no_colour_is_refused_in_words(written: str) -> None:
    with pytest.raises(NoColour, match=r"is no colour\. Write one like #1a2b3c"):
        read_colour(written)
    with pytest.raises(NoColour):
        tidy({"light": {"button": written}})


@pytest.mark.parametrize(
    ("data", "style"),
    [
        ({}, {}),
        ({"size": "normal", "light": {}, "dark": {"button": ""}}, {}),
        ({"size": "vast", "font": "x", "light": {"shadow": "#000000"}}, {}),
        (
            {"size": "large", "dark": {"text": "#FFF"}},
            {"size": "large", "dark": {"text": "#ffffff"}},
        ),
        ({"light": None}, {}),
    ],
    ids=["empty", "site's own", "unknown", "kept", "nothing"],
)
def test_only_what_we_know_is_kept(data: Any, style: dict[str, Any]) -> None:
    assert tidy(data) == style
    assert tidy(tidy(data)) == style


def test_what_is_no_style_at_all_is_refused() -> None:
    with pytest.raises(NoColour):
        tidy(["#ffffff"])


def test_the_sites_own_colours_pass_and_blame_nobody() -> None:
    assert failing({}) == []
    assert all(pair.passes and pair.field == "" for pair in pairs({}))
    assert {pair.theme for pair in pairs({})} == {"light", "dark"}


@pytest.mark.parametrize(
    ("colours", "what", "field"),
    [
        ({"text": "#999999"}, "Label on the button", "text"),
        ({"button": "#777777"}, "Label on the button", "button"),
        ({"text": "#000000", "chosen": "#222222"}, "Label on the chosen button", "text"),
        ({"chosen": "#555555"}, "Label on the chosen button", "chosen"),
        ({"badge": "#333333"}, "Number on the badge", "badge"),
        ({"badge": "#ffffff", "badge_text": "#eeeeee"}, "Number on the badge", "badge_text"),
        ({"badge_text": "#cccccc"}, "Number on the chosen button", "badge_text"),
        ({"border": "#eeeeee"}, "Border on the page", "border"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_or_seen_is_named(
    colours: dict[str, str], what: str, field: str
) -> None:
    found = {pair.what: pair for pair in failing({"light": colours})}
    assert found[what].field == field
    assert found[what].theme == "light"


def test_dark_buttons_pass_where_everything_on_them_is_light() -> None:
    assert failing({"light": DARK_BUTTONS, "dark": DARK_BUTTONS}) == []


def test_a_button_that_stands_out_needs_no_border() -> None:
    assert failing({"light": {**DARK_BUTTONS, "border": "#faf6ee"}}) == []


def test_each_theme_is_judged_by_itself() -> None:
    assert failing({"light": DARK_BUTTONS}) == []
    wrong = failing({"light": DARK_BUTTONS, "dark": {"text": "#333333"}})
    assert {pair.theme for pair in wrong} == {"dark"}


def test_the_words_say_the_ratio_what_is_needed_and_what_would_pass() -> None:
    pair = next(p for p in failing({"light": {"text": "#999999", "button": "#ffffff"}}))
    assert (
        "#999999 on #ffffff has a contrast of 2.84:1 in the light theme and needs 4.5:1"
        in pair.words
    )
    advised = re.search(r"(#[0-9a-f]{6}) on #ffffff would pass", pair.words)
    assert advised
    assert contrast(advised[1], "#ffffff") >= 4.5


def test_a_ratio_is_never_rounded_up_to_a_pass() -> None:
    pair = set_style.Pair("light", "x", "#777777", "#ffffff", 4.5, "text")
    assert (pair.ratio, pair.passes) == (4.47, False)


def test_an_empty_style_has_no_stylesheet() -> None:
    assert stylesheet(7, {}) == ""


def test_the_stylesheet_says_both_themes_for_its_own_set_alone() -> None:
    css = stylesheet(7, {"light": {"button": "#123456"}, "dark": {"text": "#eeeeee"}})
    assert ".reaction{background:light-dark(#123456,var(--color-surface))}" in css
    assert ".reaction__count{color:light-dark(var(--color-text),#eeeeee)}" in css
    rules = css.splitlines()[1:-1]
    assert rules
    assert all(rule.startswith(':where([data-set="7"]) .reaction') for rule in rules)


def test_a_size_changes_the_picture_and_keeps_the_target_large() -> None:
    css = stylesheet(7, {"size": "small"})
    height = float(re.search(r"min-block-size:([\d.]+)rem", css)[1])  # type: ignore[index]
    assert height * 16 >= 44


def test_nothing_but_colours_reaches_the_stylesheet_whatever_the_row_holds() -> None:
    evil = {"size": "x}body{", "light": {"button": "#fff;}*{display:none", "x": "y", "text": 7}}
    assert stylesheet(7, evil) == ""
