"""The passage of a text that answers a query, in pieces that are marked or not. Pure: text in, text
out; templates escape the pieces and write <mark>.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from articles.search.query import Term
from articles.search.words import located

SNIPPET_CHARS = 220
LEAD_IN_CHARS = 50
# Most passages stand near the beginning, and a story may have twenty thousand letters.
FIRST_LOOK_CHARS = 1_500
MAX_TEXT_CHARS = 15_000  # a passage further down a very long story is not worth the wait


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a term stands, and which of them it is."""

    start: int
    end: int
    term: int


def passage(
    text: str, terms: tuple[Term, ...], *, english: bool, enough: int | None = None
) -> list[Piece]:
    """The stretch of the text with the most of the terms; [] where none of them stands in it. A
    stretch near the beginning with `enough` of them (else all) is taken, whatever follows.
    """
    enough = len(terms) if enough is None else enough
    for chars in (FIRST_LOOK_CHARS, MAX_TEXT_CHARS):
        found = _places(text[: _before_space(text, chars)], terms, english=english)
        begins, different = _best(found)
        if different >= enough or chars >= len(text):
            break
    return _pieces(text[:MAX_TEXT_CHARS], found, begins) if found else []


def _places(text: str, terms: Sequence[Term], *, english: bool) -> list[_Place]:
    """Each term wherever it stands, in the order of the text."""
    keys, spans = located(text, english=english)
    beginnings = tuple(term.keys[0] for term in terms if term.is_beginning)
    longer = [key for key in {*keys} if key.startswith(beginnings)] if beginnings else []
    by_first = defaultdict(list)
    for number, term in enumerate(terms):
        first = term.keys[0]
        firsts = [key for key in longer if key.startswith(first)] if term.is_beginning else [first]
        for key in firsts:
            by_first[key].append((number, term))
    found = [
        (at, number, term)
        for at, key in enumerate(keys)
        if key in by_first
        for number, term in by_first[key]
        if not term.is_phrase or _fits(keys[at : at + len(term.keys)], term)
    ]
    if not found:
        return []
    placed = list(islice(spans, max(at + len(term.keys) for at, _, term in found)))
    return [
        _Place(placed[at][0], placed[at + len(term.keys) - 1][1], number)
        for at, number, term in found
    ]


def _fits(stretch: list[str], term: Term) -> bool:
    *firsts, last = term.keys
    if len(stretch) != len(term.keys) or stretch[:-1] != firsts:
        return False
    return stretch[-1].startswith(last) if term.prefix else stretch[-1] == last


def _best(found: Sequence[_Place]) -> tuple[int, int]:
    """Where the snippet with the most different terms begins, the first of several; how many."""
    ends = [place.end for place in found]
    possible = len({place.term for place in found})
    begins, most = 0, 0
    for at, place in enumerate(found):
        last = bisect_right(ends, place.start + SNIPPET_CHARS - LEAD_IN_CHARS)
        different = len({each.term for each in found[at:last]})
        if different > most:
            begins, most = place.start, different
        if most == possible:
            break
    return begins, most


def _pieces(text: str, found: Sequence[_Place], start: int) -> list[Piece]:
    begin = _after_space(text, max(0, start - LEAD_IN_CHARS), start)
    end = _before_space(text, begin + SNIPPET_CHARS)
    pieces, at = [Piece("…", False)] if begin else [], begin
    for place in found:
        if at <= place.start and place.end <= end:
            pieces += [
                Piece(text[at : place.start], False),
                Piece(text[place.start : place.end], True),
            ]
            at = place.end
    pieces.append(Piece(text[at:end], False))
    if end < len(text):
        pieces.append(Piece("…", False))
    return [piece for piece in pieces if piece.text]


def _after_space(text: str, wanted: int, latest: int) -> int:
    if wanted == 0:
        return 0
    space = max(text.find(" ", wanted, latest), text.find("\n", wanted, latest))
    return wanted if space < 0 else space + 1


def _before_space(text: str, wanted: int) -> int:
    if wanted >= len(text):
        return len(text)
    space = text.rfind(" ", wanted - 40, wanted)
    return wanted if space < 0 else space
