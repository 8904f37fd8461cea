"""A linear look at HTML before any parser sees it: is it small and flat enough to be parsed?

HTML parsers cost the square of the nesting depth, of the attributes of one tag and, where
formatting is never closed, of the output (each block repeats every open `<b>`: the "Noah's ark"
of the HTML standard, "reconstruct the active formatting elements"). This scan reads the text once
and refuses before that can be paid. It is an estimate that errs on the side of counting: an end
tag counts only where a parser is certain to honour it. The total number of tags is capped as well,
so that text made to deceive the scan costs little, and newsroom.lib.html scans its output again.
"""

import re
from collections.abc import Set
from functools import lru_cache

MAX_BODY_BYTES = 2_000_000
MAX_DEPTH = 256
# A live blog of 10,000 words, 2,000 links, 300 posts and three long tables holds two fifths of it.
MAX_TAGS = 15_000
MAX_ENTITIES = 50_000
# Each may begin a WordPress shortcode.
MAX_BRACKETS = 25_000
# In plain text each ends a paragraph or a line, and so becomes a tag.
MAX_LINES = 25_000
MAX_ATTRIBUTES = 256
# Copies of unclosed formatting that a parser would add, in bytes.
MAX_REPEATED_BYTES = 4_000_000


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


VOID_TAGS = _names(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source "
    "track wbr"
)
_UNNESTED = VOID_TAGS | {""}  # comments, and elements whose content is text, have no name here
# Formatting and other inline elements: the end tag of a block passes through them.
INLINE_TAGS = _names(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark nobr q s samp small span "
    "strike strong sub sup tt u var"
)
# Elements whose end tag may be left out: the end tag of a block around them closes them.
OPTIONAL_END_TAGS = _names(
    "caption colgroup dd dt li optgroup option p rb rp rt rtc tbody td tfoot th thead tr"
)
# Start tag → the open elements it closes, and what they may hold that goes with them.
_INLINE_OR_P = INLINE_TAGS | {"p"}
CLOSED_BY_START = {
    "p": (_names("p"), INLINE_TAGS),
    "a": (_names("a"), INLINE_TAGS),
    "li": (_names("li"), _INLINE_OR_P),
    **dict.fromkeys(("dd", "dt"), (_names("dd dt"), _INLINE_OR_P)),
    **dict.fromkeys(("td", "th"), (_names("td th"), _INLINE_OR_P)),
    "tr": (_names("tr"), _INLINE_OR_P | {"td", "th"}),
}
_BLOCK_ENDS_THROUGH = INLINE_TAGS | OPTIONAL_END_TAGS
# How far up an end tag looks for its start tag; further up it is taken for a stray one.
MAX_UNCLOSED = 32

_ATTRIBUTE = r"""
    (?: = [^\t\n\f\r />=]*+ | [^\t\n\f\r />=]++ )
    (?: [\t\n\f\r ]*+ = [\t\n\f\r ]*+ (?:
        " [^"]*+ (?: " | \Z ) | ' [^']*+ (?: ' | \Z ) | [^\t\n\f\r >"'] [^\t\n\f\r >]*+ | (?=>)
    ) )?+
"""
# The HTML standard's tokeniser, as far as it is needed: comments (the abrupt and the bogus ones
# too), elements whose content is text, tags with quoted attributes. Each of them may be cut off by
# the end of the text, where a parser drops it: every character is looked at once.
_TOKEN = re.compile(
    rf"""
    <!-- (?: -?> | .*? (?: --!?> | \Z ) )
  | < (?: [!?] | / [^a-zA-Z>] ) [^>]*+ (?: > | \Z )
  | < (?P<text> (?i: script|style|xmp|iframe|noembed|noframes|textarea|title ) ) (?=[\t\n\f\r />])
      .*? (?: </ (?i: (?P=text) ) (?=[\t\n\f\r />]) | \Z )
  | < (?P<end> / )? (?P<name> [a-zA-Z] [^\t\n\f\r />]*+ )
      (?P<attributes> (?: [\t\n\f\r /]++ | {_ATTRIBUTE} )*+ ) (?: > | \Z )
    """,
    re.VERBOSE | re.DOTALL,
)
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE, re.VERBOSE)


class BodyRefused(ValueError):
    """HTML that is not taken in; the message tells the person who sent it what to do."""


def guard(html: str) -> None:
    """Refuse HTML that would be expensive to parse.

    In: any text. Raises BodyRefused above MAX_BODY_BYTES (UTF-8), MAX_TAGS, MAX_ENTITIES,
    MAX_BRACKETS, MAX_LINES, MAX_ATTRIBUTES on one tag, MAX_DEPTH, or where unclosed formatting would be repeated for more
    than MAX_REPEATED_BYTES. Linear in the length of the text.
    """
    refuse_too_big(html)
    _check_nesting(html)


def refuse_too_big(html: str) -> None:
    """The part of guard() that only counts: for what comes before a step that reads the text.

    Raises BodyRefused above MAX_BODY_BYTES, MAX_TAGS, MAX_ENTITIES, MAX_BRACKETS or MAX_LINES.
    """
    size = len(html) if html.isascii() else len(html.encode("utf-8", "surrogatepass"))
    if size > MAX_BODY_BYTES:
        raise BodyRefused(
            f"This text is {size / 1_000_000:.1f} MB; the most that can be stored is "
            f"{MAX_BODY_BYTES / 1_000_000:.1f} MB. Split it, or upload pictures instead of pasting them."
        )
    if html.count("<") > 2 * MAX_TAGS:
        raise BodyRefused(
            f"This text holds more than {MAX_TAGS:,} HTML tags. Paste it as plain text, or split it."
        )
    if html.count("&") > MAX_ENTITIES:
        raise BodyRefused(
            f"This text holds more than {MAX_ENTITIES:,} character entities. Paste it as plain text, "
            "or split it."
        )
    if html.count("[") > MAX_BRACKETS:
        raise BodyRefused(f"This text holds more than {MAX_BRACKETS:,} square brackets. Split it.")
    if html.count("\n") > MAX_LINES:
        raise BodyRefused(f"This text has more than {MAX_LINES:,} lines. Split it.")


# A body's cleaning has several steps that parse it, and most of them hand it on as it was: the
# same text is looked at once. (A refusal is not kept.)
@lru_cache(maxsize=2)
def _check_nesting(html: str) -> None:
    elements = _OpenElements()
    stack = elements.stack
    repeated = 0
    for _text, end, written, attributes in _TOKEN.findall(html):
        name = written.lower()
        if name in _UNNESTED:
            continue
        if end:
            elements.close(name)
            continue
        # Two characters are the least an attribute takes.
        if len(attributes) > 2 * MAX_ATTRIBUTES:
            _check_attributes(attributes)
        elements.open(name, len(name) + len(attributes) + len("<>"))
        if len(stack) > MAX_DEPTH:
            raise BodyRefused(
                f"The HTML of this text is nested more than {MAX_DEPTH} levels deep, or never "
                "closes its tags. Paste it as plain text."
            )
        if elements.inline_bytes and name not in INLINE_TAGS:
            repeated += elements.inline_bytes
            if repeated > MAX_REPEATED_BYTES:
                raise BodyRefused(
                    "The HTML of this text opens bold, italics or links and never closes them. "
                    "Paste it as plain text."
                )


class _OpenElements:
    """The elements that are open at one place, outermost first."""

    def __init__(self) -> None:
        self.stack: list[tuple[str, int]] = []
        self.inline_bytes = 0

    def open(self, name: str, size: int) -> None:
        closed = CLOSED_BY_START.get(name)
        if closed and self.stack:
            names, through = closed
            nearest = self.stack[-1][0]
            if nearest in through or nearest in names:
                self._pop(names, through)
        self.stack.append((name, size))
        if name in INLINE_TAGS:
            self.inline_bytes += size

    def close(self, name: str) -> None:
        if self.stack and self.stack[-1][0] == name:  # as nearly always
            _, size = self.stack.pop()
            self.inline_bytes -= size if name in INLINE_TAGS else 0
            return
        # </p> and </b> end nothing outside the list item or cell they stand in.
        inline = name in INLINE_TAGS or name == "p"
        self._pop({name}, INLINE_TAGS if inline else _BLOCK_ENDS_THROUGH)

    def _pop(self, names: Set[str], through: frozenset[str]) -> None:
        """Take the nearest of `names` off if only elements of `through` are above it.

        Inline elements above it stay: a parser opens them again in the next block.
        """
        for index in range(len(self.stack) - 1, max(len(self.stack) - MAX_UNCLOSED, 0) - 1, -1):
            open_name, size = self.stack[index]
            if open_name in names:
                above = self.stack[index + 1 :]
                self.stack[index:] = [entry for entry in above if entry[0] in INLINE_TAGS]
                self.inline_bytes -= size if open_name in INLINE_TAGS else 0
                return
            if open_name not in through:
                return


def _check_attributes(attributes: str) -> None:
    for number, _ in enumerate(_ONE_ATTRIBUTE.finditer(attributes), 1):
        if number > MAX_ATTRIBUTES:
            raise BodyRefused(
                f"One tag of this text has more than {MAX_ATTRIBUTES} attributes. Paste it as plain "
                "text."
            )
