"""Characters: what may stand in a body's text, and how spaces are set."""

import html as entities
import re

# Not text: C0 controls but tab and line end, DEL, non-characters, the byte order mark, soft joiners.
_DEBRIS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ufffe\uffff\u2060]")
# Zero-width space belongs between the words of Thai, Lao, Burmese and Khmer, nowhere else; joiners
# belong inside emoji and the scripts that shape their letters, so beside ASCII they are debris.
# Direction marks (U+200E, U+200F) are text.
_ZERO_WIDTH = re.compile(
    "(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b|\u200b(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_JOINERS = re.compile("[\u200b-\u200d]")
# Only the runs that change: a lone space is left alone.
_SPACES = re.compile("(?:[\t\n\f\u00a0]| [ \t\n\f\u00a0])[ \t\n\f\u00a0]*")
_NO_BREAK_BEFORE = frozenset(";:!?»%€")
# The entity of an ampersand that lost its name, and the one that was escaped twice.
_BROKEN_AMPERSAND = re.compile(r"&(?:amp)?;")


def tidy_characters(html: str) -> str:
    """HTML source with line feeds as line ends, without control and zero-width debris.

    Letters stay as they were typed: composing them (NFC) would change addresses and quotations.
    """
    html = html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    html = html.replace("\r\n", "\n").replace("\r", "\n")
    html = _DEBRIS.sub("", html)
    # Looking around costs more than looking for them.
    return _ZERO_WIDTH.sub("", html) if _JOINERS.search(html) else html


def mend_ampersands(text: str) -> str:
    """Text in which "&;" and "&amp;" (so far as they are text) are "&"."""
    return _BROKEN_AMPERSAND.sub("&", text)


def tidy_spaces(text: str) -> str:
    """Text with every run of white space as one space.

    A no-break space stays where French typography sets it: before ; : ! ? » % € and after «.
    """
    return _SPACES.sub(_space, text)


def _space(run: re.Match[str]) -> str:
    before = run.string[run.start() - 1 : run.start()]
    after = run.string[run.end() : run.end() + 1]
    french = after in _NO_BREAK_BEFORE or before == "«"
    return "\u00a0" if french and "\u00a0" in run[0] else " "


def unescape_once(value: str) -> str:
    """An address that was escaped twice, escaped once."""
    return entities.unescape(value) if "&amp;" in value else value
