"""What the bar costs a reader to load: script and style as they are served, compressed by gzip."""

import gzip
import re
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from newsroom.static import CSS_COMMENT, INDENT, SCRIPT, OneFile
from reactions import set_style

STATIC = Path(__file__).resolve().parents[2] / "static"
LIMIT_BYTES = 6_144
COLOURS = dict.fromkeys(set_style.COLOURS, "#1a2b3c")


def served_script() -> bytes:
    """The script as it is collected: with its imports, without comments."""
    storage = FileSystemStorage(STATIC)
    names = [str(path.relative_to(STATIC)) for path in STATIC.glob("js/**/*.js")]
    return OneFile({name: (storage, name) for name in names}).open(SCRIPT).read()


def served_style() -> bytes:
    """The bar's part of the one stylesheet; compressed by itself it is no smaller than in it."""
    sheet = (STATIC / "css/components/reactions.css").read_text()
    return INDENT.sub("", CSS_COMMENT.sub("", sheet)).encode()


def sheet_of_a_set() -> bytes:
    """The largest that a set can have of its own."""
    style = {"size": "large", "light": COLOURS, "dark": dict.fromkeys(COLOURS, "#c3b2a1")}
    return set_style.stylesheet(99, style).encode()


def test_script_and_style_are_six_kilobytes_at_most() -> None:
    parts = {"script": served_script(), "style": served_style(), "set": sheet_of_a_set()}
    weights = {name: len(gzip.compress(part, 6)) for name, part in parts.items()}
    assert sum(weights.values()) <= LIMIT_BYTES, weights


def test_the_script_is_one_file_without_imports() -> None:
    text = served_script().decode()
    assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE)
    assert not re.search(r"(^|\s)//", text)
    for name in ("const watchCounts =", "class BarView {", "class ReactionBar {"):
        assert f"\n{name}" in text
