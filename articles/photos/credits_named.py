"""Lists that say whose credit is whose: "Nola Vale: X/Getty Images; Dex Romero: Y/WireImage"."""

import re
from collections.abc import Callable, Iterator

from articles.photos import credits_words as words
from articles.photos.credits_draft import CreditPart
from articles.photos.credits_marks import CLOSERS, OPENERS, trim

MOST_NAMED_CHARACTERS = 1_500
MOST_NAMED_ITEMS = 12
MOST_COLONS = 3

# A comma or stop parts two items only where the next one has its colon.
_ITEM_BREAK = re.compile(r";|\n|(?:,|\.\s)(?=[^,;:\n]{2,60}:\s)")
_COLON = re.compile(r"\s?:\s?")

Read = Callable[[int, int], tuple[CreditPart, ...]]
Spans = tuple[tuple[int, int, tuple[CreditPart, ...]], ...]


def find_named(work: str, read: Read) -> Spans:
    """(start, end, credits) of each credit behind a name, the colon before it included; () where
    there are not two of them, or where any part of the line is something else.

    read: gives the credits between two places of the line, () where there are none that are sure.
    """
    if len(work) > MOST_NAMED_CHARACTERS or work.count(":") < 2:
        return ()
    items = list(_items(work))
    if not 1 < len(items) <= MOST_NAMED_ITEMS:
        return ()
    found = []
    for start, end in items:
        span = _read_item(work, start, end, read=read)
        if span is None:
            return ()
        found.append(span)
    return tuple(found)


def _items(work: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _ITEM_BREAK.finditer(work):
        yield start, mark.start()
        start = mark.end()
    if work[start:].strip(" ."):
        yield start, len(work)


def _read_item(
    work: str, start: int, end: int, *, read: Read
) -> tuple[int, int, tuple[CreditPart, ...]] | None:
    """The credit behind the first colon that has one; a label or "Left" is no name."""
    begin, _ = trim(work, start, end)
    for colon in list(_COLON.finditer(work, begin, end))[:MOST_COLONS]:
        name = work[begin : colon.end()]
        label = words.LABEL.match(name) or words.SCREENSHOT_LABEL.match(name)
        if label or any(mark in name for mark in OPENERS + CLOSERS):
            return None
        if parts := read(colon.end(), end):
            return None if words.POSITION.fullmatch(name) else (colon.start(), end, parts)
    return None
