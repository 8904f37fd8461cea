"""An article's HTML as a flat list of tokens, and back to HTML.

Between reading (forms.py) and writing, the text steps (shortcodes.py, lines.py) work on this list:
no tree is changed, every step is one pass. Writing is where a paragraph around an embed is split.
"""

import enum
import html as entities
from collections.abc import Mapping
from dataclasses import dataclass

from articles.embeds.provider import EmbedRef
from articles.embeds.url import BLANK
from newsroom.lib.html_guard import MAX_REPEATED_BYTES, BodyRefused


class Kind(enum.IntEnum):  # the numbers are of no meaning; they are quick to look up
    OPEN = enum.auto()  # a start tag; its element is closed by a CLOSE of the same name
    CLOSE = enum.auto()
    TEXT = enum.auto()
    BREAK = enum.auto()  # <br>
    RAW = enum.auto()  # an element or comment that is kept as it is, with all that is in it
    EMBED = enum.auto()
    LINK = enum.auto()  # what is left of a frame nobody knows
    DROP = enum.auto()  # something went: what only held that goes too


@dataclass(slots=True)
class Token:
    """`text` is unescaped text (TEXT, LINK), `html` the source of RAW and EMBED, `attributes` those of
    an OPEN, which is written only where something changed.
    """

    kind: Kind
    name: str = ""
    html: str = ""
    attributes: Mapping[str, str | None] | None = None
    text: str = ""
    href: str = ""
    ref: EmbedRef | None = None


def names(words: str) -> frozenset[str]:
    """A set of tag names, written as words."""
    return frozenset(words.split())


# Elements that may stand in a line of text: their end is not the end of the line.
INLINE = names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q "
    "rp rt ruby s samp small span strike strong sub sup time tt u var wbr"
)
# Elements that can't hold a block: an embed in one splits it.
SPLIT = INLINE | names("p h1 h2 h3 h4 h5 h6 summary")
VOID = names(
    "area base basefont bgsound br col frame hr img input keygen link meta param source track wbr"
)


def is_blank(text: str) -> bool:
    return not text.strip(BLANK)


def escape_text(text: str) -> str:
    return entities.escape(text, quote=False).replace("\xa0", "&nbsp;")


def embed_token(ref: EmbedRef) -> Token:
    return Token(Kind.EMBED, html=f"<oembed>{escape_text(ref.url)}</oembed>", ref=ref)


def open_token(name: str, attributes: Mapping[str, str | None]) -> Token:
    return Token(Kind.OPEN, name=name, attributes=attributes, href=attributes.get("href") or "")


def start_tag(name: str, attributes: Mapping[str, str | None]) -> str:
    """A start tag as the HTML standard serialises it."""
    parts = [name]
    for key, value in attributes.items():
        escaped = (value or "").replace("&", "&amp;").replace("\xa0", "&nbsp;")
        parts.append(f'{key}="{escaped.replace(chr(34), "&quot;")}"')
    return f"<{' '.join(parts)}>"


@dataclass(slots=True)
class _Open:
    """An element of SPLIT on the writer's stack."""

    name: str
    attributes: Mapping[str, str | None]
    written: bool = False
    split: bool = False

    @property
    def again(self) -> str:
        """The start tag where the element goes on after an embed: an id may stand only once."""
        kept = {key: value for key, value in self.attributes.items() if key != "id"}
        return start_tag(self.name, kept)


class Writer:
    """Writes tokens as HTML, embeds as blocks of their own.

    A start tag that may have to be repeated or left out waits, with the blanks after it, until
    content comes. Other elements are written at once and only counted.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.stack: list[_Open | None] = []
        # What waits: start tags, and blanks (None in place of the element).
        self.waiting: list[tuple[_Open | None, str]] = []
        self.repeated = 0

    def write(self, tokens: list[Token]) -> str:
        steps = {
            Kind.OPEN: self._open,
            Kind.CLOSE: self._close,
            Kind.TEXT: self._text,
            Kind.BREAK: self._blank,
            Kind.RAW: self._content,
            Kind.EMBED: self._embed,
            Kind.LINK: self._link,
            Kind.DROP: self._drop,
        }
        for token in tokens:
            steps[token.kind](token)
        return "".join(self.parts)

    def _open(self, token: Token) -> None:
        attributes = token.attributes or {}
        html = start_tag(token.name, attributes)
        if token.name in SPLIT:
            element = _Open(token.name, attributes)
            self.stack.append(element)
            self.waiting.append((element, html))
        else:
            self._content(Token(Kind.RAW, html=html))
            self.stack.append(None)

    def _close(self, token: Token) -> None:
        element = self.stack.pop()
        if element is None or element.written:
            self._flush()
            self.parts.append(f"</{token.name}>")
        elif element.split:
            # Its content went elsewhere: nothing but blanks would be left of it.
            while self.waiting.pop()[0] is not element:
                pass
        else:
            self._flush()
            self.parts.append(f"</{token.name}>")

    def _text(self, token: Token) -> None:
        if is_blank(token.text):
            self._blank(Token(Kind.RAW, html=escape_text(token.text)))
        else:
            self._content(Token(Kind.RAW, html=escape_text(token.text)))

    def _blank(self, token: Token) -> None:
        if self.stack and self.stack[-1] is not None:
            self.waiting.append((None, token.html))
        else:
            self.parts.append(token.html)

    def _content(self, token: Token) -> None:
        if token.html:
            self._flush()
            self.parts.append(token.html)

    def _flush(self) -> None:
        for element, source in self.waiting:
            self.parts.append(source)
            if element is not None:
                element.written = True
        self.waiting.clear()

    def _embed(self, token: Token) -> None:
        self._block(token.html)

    def _link(self, token: Token) -> None:
        tag = start_tag("a", {"href": token.href})
        link = f"{tag}{escape_text(token.text)}</a>"
        in_link = any(element is not None and element.name == "a" for element in self.stack)
        if in_link or not self.stack or self.stack[-1] is None:
            self._block(f"<p>{link}</p>")
        else:
            self._content(Token(Kind.RAW, html=link))

    def _drop(self, token: Token) -> None:
        # What is split was so with all that is around it: no element is looked at twice.
        for element in reversed(self.stack):
            if element is None or element.split:
                break
            element.split = True

    def _splittable(self) -> list[_Open]:
        """The elements around this place, outermost first, up to the nearest that holds blocks."""
        found: list[_Open] = []
        for element in reversed(self.stack):
            if element is None:
                break
            found.append(element)
        return found[::-1]

    def _block(self, source: str) -> None:
        """End what can't hold a block, write the block, and let what was ended wait again."""
        around = self._splittable()
        self.waiting = [(el, text) for el, text in self.waiting if el is not None]
        self.parts += [f"</{element.name}>" for element in reversed(around) if element.written]
        again = []
        for element in around:
            element.split = True
            if element.written:
                element.written = False
                again.append((element, self._repeated(element.again)))
        self.waiting = again + self.waiting
        self.parts.append(source)

    def _repeated(self, tag: str) -> str:
        """A start tag that is written again: what a text may make us repeat is limited."""
        self.repeated += len(tag)
        if self.repeated > MAX_REPEATED_BYTES:
            raise BodyRefused(
                "The formatting of this text would have to be repeated around each of its embeds, "
                "and there is too much of both. Paste it as plain text."
            )
        return tag
