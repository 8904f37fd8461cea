"""How a set's buttons look, as data: what may be written, whether it can be seen, as CSS. Pure.

A style is {"size": "large", "light": {"button": "#112233"}, "dark": {…}}. What it doesn't name is
the site's own (css/tokens.css), so an empty one costs a page nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from newsroom.lib.contrast import colour_tokens, contrast, nearest

Style = dict[str, Any]

TOKENS = Path(__file__).resolve().parent.parent / "static/css/tokens.css"
THEMES = ("light", "dark")
SIZES = {"small": 0.8, "normal": 1.0, "large": 1.3}
HEX = re.compile(r"#[0-9a-f]{6}")
SHORT_HEX = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])")
# WCAG 2.2: 1.4.3 for text, 1.4.11 for what a control is seen by.
TEXT, CONTROL = 4.5, 3.0

# What an editor may choose, and the site's own token in its place ("" = nothing is drawn).
COLOURS = {
    "button": ("Button", "color-surface"),
    "text": ("Label and number", "color-text"),
    "border": ("Border", "color-control"),
    "chosen": ("Chosen button", "color-highlight"),
    "badge": ("Badge", ""),
    "badge_text": ("Number in the badge", "color-text"),
}
# Selector; declaration up to its colour; the colours that it is made of, the first that there is; the site's own.
RULES = (
    (".reaction", "background:", ("button",), "var(--color-surface)"),
    (".reaction", "border-color:", ("border",), "var(--color-control)"),
    (".reaction", "color:", ("text",), "var(--color-text)"),
    (".reaction:disabled", "background:", ("button",), "transparent"),
    (".reaction__label", "color:", ("text",), "var(--color-text)"),
    (".reaction__count", "color:", ("badge_text", "text"), "var(--color-text)"),
    (".reaction__count", "background:", ("badge",), "transparent"),
    (".reaction[aria-pressed=true]", "background:", ("chosen",), "var(--color-highlight)"),
    (".reaction[aria-pressed=true]", "box-shadow:inset 0 0 0 2px ", ("text",), "var(--color-text)"),
    (".reaction[aria-pressed=true] .reaction__label", "color:", ("text",), "var(--color-text)"),
)
BADGE = ".reaction__count{padding-inline:.5em;border-radius:1em}"
SIZE = (
    ".reaction{{flex-basis:{0:g}rem;min-block-size:{1:g}rem}}",
    ".reaction__picture{{block-size:{2:g}rem;font-size:{3:g}rem}}",
    ".reaction__picture img{{inline-size:{4:g}rem;block-size:{4:g}rem}}",
)
MEASURES = (4.625, 6.25, 2.25, 1.875, 2)  # reactions.css's own, in rem


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that stand on each other in one theme. field: the colour of the style that is to
    blame ("" if both are the site's own); nearest: what the first would have to be.
    """

    theme: str
    what: str
    ink: str
    ground: str
    needed: float
    field: str

    @property
    def ratio(self) -> float:
        """1 to 21, cut and not rounded: 4.499 is not 4.5."""
        return int(contrast(self.ink, self.ground) * 100) / 100

    @property
    def passes(self) -> bool:
        return contrast(self.ink, self.ground) >= self.needed

    @property
    def words(self) -> str:
        """What is wrong and what would pass, for an editor."""
        return (
            f"{self.what}: {self.ink} on {self.ground} has a contrast of {self.ratio}:1 in the "
            f"{self.theme} theme and needs {self.needed:g}:1. {self.advice}"
        )

    @property
    def advice(self) -> str:
        if found := nearest(self.ink, self.ground, self.needed):
            return f"{found} on {self.ground} would pass."
        return f"Choose another ground than {self.ground}."


class NoColour(ValueError):
    """str() says what was written and what a colour looks like."""


def read_colour(text: str) -> str:
    """#rrggbb of "#A1b2C3", "a1b2c3" or "#abc"; "" of nothing. Raises NoColour."""
    colour = text.strip().lower()
    if not colour:
        return ""
    colour = colour if colour.startswith("#") else f"#{colour}"
    if short := SHORT_HEX.fullmatch(colour):
        colour = "#" + "".join(2 * digit for digit in short.groups())
    if not HEX.fullmatch(colour):
        raise NoColour(f"“{text.strip()}” is no colour. Write one like #1a2b3c.")
    return colour


def tidy(data: Any) -> Style:
    """A style with nothing in it but sizes and colours that we know. Raises NoColour for a value
    that is none.
    """
    if not isinstance(data, Mapping):
        raise NoColour("A style is an object with size, light and dark.")
    style: Style = {}
    if data.get("size") in SIZES and data["size"] != "normal":
        style["size"] = data["size"]
    for theme in THEMES:
        given = data.get(theme) or {}
        found = {name: read_colour(str(given.get(name) or "")) for name in COLOURS}
        if kept := {name: colour for name, colour in found.items() if colour}:
            style[theme] = kept
    return style


def site_colour(name: str, theme: str) -> str:
    """The site's own in place of a colour, "" where there is none."""
    token = COLOURS[name][1]
    return _site()[token][THEMES.index(theme)] if token else ""


def pairs(style: Style) -> Iterator[Pair]:
    """All that is seen on each other in a bar of this style, the light theme first."""
    for theme in THEMES:
        yield from _pairs_of(style, theme)


def failing(style: Style) -> list[Pair]:
    """The pairs that AA refuses and the style is to blame for."""
    return [pair for pair in pairs(style) if pair.field and not pair.passes]


def taken_over(colours: Mapping[str, str]) -> tuple[Style, list[str]]:
    """Colours from elsewhere as a style for both themes, if it passes in both; else no style, and why
    not, in words.
    """
    try:
        style = tidy(dict.fromkeys(THEMES, colours))
    except NoColour as error:
        return {}, [str(error)]
    wrong = [pair.words for pair in failing(style)]
    return ({}, wrong) if wrong else (style, [])


def stylesheet(set_id: int, style: Style) -> str:
    """The CSS of one set, "" where it has no style of its own.

    In the layer of css/components/reactions.css and no stronger than its rules, so that what they
    say of hovering, focus and forced colours still holds.
    """
    rules = list(_coloured(style))
    if any("badge" in style.get(theme, {}) for theme in THEMES):
        rules.append(BADGE)
    if style.get("size") in SIZES:
        rules += [each.format(*(SIZES[style["size"]] * each for each in MEASURES)) for each in SIZE]
    scoped = "".join(f':where([data-set="{set_id}"]) {rule}\n' for rule in rules)
    return f"@layer components {{\n{scoped}}}\n" if rules else ""


def _coloured(style: Style) -> Iterator[str]:
    """The rules for the colours that the style changes."""
    for where, declaration, names, own in RULES:
        values = [_first(style.get(theme, {}), names) for theme in THEMES]
        if any(values):
            light, dark = (value or own for value in values)
            yield f"{where}{{{declaration}light-dark({light},{dark})}}"


def _first(colours: Mapping[str, str], names: tuple[str, ...]) -> str:
    """Only what is a colour leaves here, whatever the row holds."""
    return next((c for name in names if HEX.fullmatch(c := str(colours.get(name, "")))), "")


def _pairs_of(style: Style, theme: str) -> Iterator[Pair]:
    own = {name: colours[THEMES.index(theme)] for name, colours in _site().items()}
    mine = style.get(theme, {})
    colour = {name: mine.get(name) or own.get(token, "") for name, (_, token) in COLOURS.items()}
    has_ink = any(style.get(each, {}).get("text") for each in THEMES)
    label = colour["text"] if has_ink else own["color-muted"]
    number = mine.get("badge_text") or colour["text"]
    on = "badge" if colour["badge"] else "button"

    def pair(what: str, ink: str, ground: str, needed: float, *blamed: str) -> Pair:
        field = next((name for name in blamed if name in mine), "")
        return Pair(theme, what, ink, ground, needed, field)

    yield pair("Label on the button", label, colour["button"], TEXT, "text", "button")
    yield pair(f"Number on the {on}", number, colour[on], TEXT, "badge_text", on, "text", "button")
    yield pair(
        "Label on the chosen button", colour["text"], colour["chosen"], TEXT, "text", "chosen"
    )
    if on == "button" and number != colour["text"]:
        yield pair("Number on the chosen button", number, colour["chosen"], TEXT, "badge_text")
    filled = contrast(colour["button"], own["color-paper"]) >= CONTROL
    edge = "button" if filled else "border"
    yield pair(
        f"{'Border' if edge == 'border' else 'Button'} on the page",
        colour[edge], own["color-paper"], CONTROL, "border", "button",
    )  # fmt: skip


@cache
def _site() -> dict[str, tuple[str, str]]:
    return colour_tokens(TOKENS.read_text())
