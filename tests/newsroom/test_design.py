"""The design's promises that arithmetic can check: contrast, where colours are written, weight."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from newsroom.lib.contrast import colour_tokens, contrast
from newsroom.static import SHEET, OneFile

STATIC = Path(__file__).resolve().parents[2] / "static"
CSS = STATIC / "css"
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark)\(",
    re.IGNORECASE,
)
IMPORT = re.compile(r'^@import url\("([^"]+)"\);$', re.MULTILINE)
LIGHT, DARK = 0, 1

# WCAG 2.2 AA: 4.5 for text (1.4.3), 3 for what a control or a focus ring is seen by (1.4.11).
INKS = ["color-text", "color-muted", "color-accent-text", *(f"hue-{n}" for n in range(1, 6))]
TEXT_PAIRS = [
    *((ink, ground) for ink in INKS for ground in ("color-paper", "color-surface")),
    ("color-text", "color-highlight"),
    ("color-on-accent", "color-accent"),
    ("color-paper", "color-text"),
]
CONTROL_PAIRS = [
    (mark, ground)
    for mark in ("color-control", "color-accent", "color-focus", "color-rule-strong")
    for ground in ("color-paper", "color-surface")
]


def tokens() -> dict[str, tuple[str, str]]:
    return colour_tokens((CSS / "tokens.css").read_text())


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def stylesheets() -> list[Path]:
    """The reader's: the desk's own sheets live by the admin's rules."""
    desk = {CSS / "admin.css", *(CSS / "desk").rglob("*.css")}
    return sorted(path for path in CSS.rglob("*.css") if path not in desk)


def served_sheet() -> bytes:
    """What a reader's browser gets: the parts in one file, without our comments."""
    storage = FileSystemStorage(STATIC)
    names = [str(path.relative_to(STATIC)) for path in stylesheets()]
    return OneFile({name: (storage, name) for name in names}).open(SHEET).read()


def test_contrast_is_computed_as_the_guideline_says() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read_in_both_themes(ink: str, ground: str, theme: int) -> None:
    colours = tokens()
    assert contrast(colours[ink][theme], colours[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), CONTROL_PAIRS)
def test_controls_can_be_seen_in_both_themes(mark: str, ground: str, theme: int) -> None:
    colours = tokens()
    assert contrast(colours[mark][theme], colours[ground][theme]) >= 3


def test_every_colour_token_has_two_themes() -> None:
    named = re.findall(r"--(color-[a-z-]+|hue-[0-9]+):", (CSS / "tokens.css").read_text())
    assert sorted(named) == sorted(tokens())


@pytest.mark.parametrize("sheet", stylesheets(), ids=lambda path: path.name)
def test_a_stylesheet_writes_no_colour_and_embeds_no_data(sheet: Path) -> None:
    css = without_comments(sheet.read_text())
    assert "data:" not in css
    if sheet.name not in {"tokens.css", "tints.css"}:
        assert COLOUR.findall(css) == []


@pytest.mark.parametrize("sheet", stylesheets(), ids=lambda path: path.name)
def test_a_stylesheet_uses_only_tokens_that_exist(sheet: Path) -> None:
    defined = set(re.findall(r"(--[a-z0-9-]+)\s*:", "".join(s.read_text() for s in stylesheets())))
    used = set(re.findall(r"var\((--[a-z0-9-]+)", sheet.read_text()))
    assert used <= defined


@pytest.mark.parametrize("sheet", stylesheets(), ids=lambda path: path.name)
def test_a_stylesheet_mirrors_for_right_to_left(sheet: Path) -> None:
    """Logical properties only: no left, no right."""
    sided = re.compile(
        r"(?<![\w-])(?:(?:margin|padding|border|inset)-(?:left|right)|left|right)\s*:"
        r"|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
    )
    assert sided.findall(without_comments(sheet.read_text())) == []


def test_the_one_stylesheet_lists_every_file_once() -> None:
    listed = IMPORT.findall((CSS / "site.css").read_text())
    apart = {"site.css", "styleguide.css"}  # the guide loads its own besides
    files = [str(sheet.relative_to(CSS)) for sheet in stylesheets() if sheet.name not in apart]
    assert sorted(listed) == sorted(files)


def test_only_the_tokens_refer_to_other_files() -> None:
    """The parts are joined into one file at collection: a relative address would break there."""
    parts = [s for s in stylesheets() if s.name not in {"site.css", "tokens.css"}]
    assert [sheet.name for sheet in parts if "url(" in without_comments(sheet.read_text())] == []


def test_the_weight_stays_in_its_budget() -> None:
    """Bytes on the wire: 13,000 of the sheet leave 12,000 to a story's HTML, of 25,000 for both."""
    theme = (STATIC / "js" / "theme.js").read_bytes()
    fonts = sum(font.stat().st_size for font in (STATIC / "fonts").glob("*.woff2"))
    assert len(gzip.compress(served_sheet())) <= 13_000
    assert len(gzip.compress(theme)) <= 1_000
    assert fonts <= 60_000
