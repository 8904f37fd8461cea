"""Credit lines as plain text: tags and entities away, the places of links remembered.

Every step is linear in the length of the line.
"""

import html
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

MOST_LINKS = 20

# A tag as a browser sees one. "<3" and "a < b" are text.
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_BREAK_TAG = re.compile(r"<(?:/?(?:p|div|li|tr|h[1-6]|figcaption|blockquote)|br)\b", re.IGNORECASE)
# An element that the page itself calls a credit begins a line: <span class="photo-credit">.
_CREDIT_TAG = re.compile(
    r"""<(?:(?:cite|small)\b|\w+\s[^<>]*\bclass\s*=\s*["']?[^"'<>]*(?:credit|copyright|photographer))""",
    re.IGNORECASE,
)
_HREF = re.compile(
    r"""^<a\s[^<>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE
)
# Zero-width marks, direction marks and the emoji variation selector: no part of any word.
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+")
_LINE_END = re.compile(r"[\r\v\f\x85\u2028\u2029]")
_BREAK = re.compile(r" ?\n[ \n]*")
_SPACE = re.compile(r"[^\S\n]+")
# One letter for one letter, so that places in the two strings are the same. Braces and angles count
# as brackets.
_PLAIN_PUNCTUATION = str.maketrans(
    "（）［］【】〔〕〖〗{}<>：／｜＝；，＠＃＆\\⁄∕│¦", "()[][][][]()():/|=;,@#&///||"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A credit line made plain.

    text: single spaces, and "\n" where the markup breaks the line. work: the same length, with
    full-width punctuation as ASCII; the grammar reads this one. links: (place in text, URL) of
    each link to an http(s) address, in order.
    """

    text: str
    work: str
    links: tuple[tuple[int, str], ...]

    def url_within(self, start: int, end: int) -> str | None:
        """The first link that begins between two places of the text, both included."""
        return next((url for at, url in self.links if start <= at <= end), None)


def plain_line(markup: str) -> Line:
    """A line of HTML or plain text, made plain. Loses no word that a reader would see."""
    pieces: list[str] = []
    links: list[tuple[int, str]] = []
    at = length = 0
    for tag in _TAG.finditer(markup):
        piece = _decode(markup[at : tag.start()])
        if _BREAK_TAG.match(tag.group()) or _CREDIT_TAG.match(tag.group()):
            piece += "\n"
        pieces.append(piece)
        length += len(piece)
        at = tag.end()
        if len(links) < MOST_LINKS and (url := _link(tag.group())):
            links.append((length, url))
    pieces.append(_decode(markup[at:]))
    raw = "".join(pieces)
    text = _collapse(raw).rstrip()
    placed = tuple((len(_collapse(raw[:place])), url) for place, url in links)
    return Line(text=text, work=text.translate(_PLAIN_PUNCTUATION), links=placed)


def _decode(text: str) -> str:
    """Entities decoded twice (old sites stored `&amp;amp;`), a nameless `&;` read as `&`."""
    for _ in range(2):
        try:
            text = html.unescape(text)
        except ValueError:  # a reference of over 4,300 digits
            break
    text = _INVISIBLE.sub("", text.replace("&;", "&"))
    return _CONTROL.sub(" ", text)


def _collapse(text: str) -> str:
    """Runs of space made one space, or one line break where they hold one."""
    return _BREAK.sub("\n", _SPACE.sub(" ", _LINE_END.sub("\n", text))).lstrip()


def _link(tag: str) -> str | None:
    """The http(s) address of an opening `a` tag."""
    found = _HREF.match(tag)
    if found is None:
        return None
    try:
        url = html.unescape(next(filter(None, found.groups()), "")).strip()
        return url if urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:  # "http://[" is no address
        return None
