"""The passage of a text that answers a query, in pieces that are marked or not. Pure: text in, text
out; templates escape the pieces and write <mark>.
"""

from dataclasses import dataclass
from itertools import islice

from articles.search.query import Term
from articles.search.words import Word, words

SNIPPET_CHARS = 220
LEAD_IN_CHARS = 50
FIRST_LOOK_WORDS = 150
MAX_TEXT_CHARS = 15_000  # a passage further down a very long story is not worth the wait


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    marked: bool


def passage(text: str, terms: tuple[Term, ...], *, english: bool) -> list[Piece]:
    """The stretch of the text with the most of the terms; [] where none of them stands in it."""
    text = text[:MAX_TEXT_CHARS]
    rest = words(text, english=english)
    seen: list[Word] = []
    best, found = (0, 0), []
    # Most passages stand near the beginning, and a story has twenty thousand letters.
    while best[0] < len(terms) and (more := list(islice(rest, max(len(seen), FIRST_LOOK_WORDS)))):
        seen += more
        found = _places(seen, terms)
        best = max(((_distinct(found, start), -start) for start, _, _ in found), default=(0, 0))
    if not found:
        return []
    start = -best[1]
    begin = _after_space(text, max(0, start - LEAD_IN_CHARS), start)
    end = _before_space(text, begin + SNIPPET_CHARS)
    pieces, at = [Piece("…", False)] if begin else [], begin
    for from_, to, _term in sorted(found):
        if at <= from_ and to <= end:
            pieces += [Piece(text[at:from_], False), Piece(text[from_:to], True)]
            at = to
    pieces.append(Piece(text[at:end], False))
    if end < len(text):
        pieces.append(Piece("…", False))
    return [piece for piece in pieces if piece.text]


def _places(found: list[Word], terms: tuple[Term, ...]) -> list[tuple[int, int, int]]:
    """(start, end, number of the term) of each term wherever it stands."""
    places = []
    for number, term in enumerate(terms):
        size, first = len(term.keys), term.keys[0]
        for at, word in enumerate(found):
            if word.key.startswith(first) and _fits(found[at : at + size], term):
                places.append((word.start, found[at + size - 1].end, number))
    return places


def _fits(stretch: list[Word], term: Term) -> bool:
    *firsts, last = term.keys
    got = [word.key for word in stretch]
    if len(got) != len(term.keys) or got[:-1] != firsts:
        return False
    return got[-1].startswith(last) if term.prefix else got[-1] == last


def _distinct(found: list[tuple[int, int, int]], start: int) -> int:
    """How many different terms stand in the snippet that begins at this place."""
    limit = start + SNIPPET_CHARS - LEAD_IN_CHARS
    return len({number for at, end, number in found if start <= at and end <= limit})


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
