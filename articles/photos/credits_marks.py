"""The brackets of a line, and the places of words without the marks around them."""

import re
from dataclasses import dataclass

from articles.photos.credits_words import ABBREVIATIONS

OPENERS, CLOSERS = "([", ")]"
EDGE = ' \n\t.,;:|/–—-•·"“”*'
LAST_WORD = re.compile(r"(\S+)\s?$")
MOST_UNCLOSED = 40
_LONGEST_ABBREVIATION = 12


@dataclass(frozen=True, slots=True)
class Bracket:
    """One group: its places with the brackets, and whether anything closed it."""

    start: int
    end: int
    closed: bool


def find_brackets(work: str) -> list[Bracket]:
    """All bracket groups, by their place; one that nobody closed reaches to its line's end."""
    found: list[Bracket] = []
    open_at: list[int] = []
    for at, mark in enumerate(work):
        if mark in OPENERS:
            open_at.append(at)
        elif mark in CLOSERS and open_at:
            start = open_at.pop()
            found.append(Bracket(start, at + 1, closed=True))
    for start in open_at[-MOST_UNCLOSED:]:
        line_end = work.find("\n", start)
        end = len(work) if line_end < 0 else line_end
        found.append(Bracket(start, end, closed=False))
    return sorted(found, key=lambda each: each.start)


def trim(work: str, start: int, end: int) -> tuple[int, int]:
    """The places without the space, stops and needless brackets around the words between them."""
    partner = _partners(work, start, end)
    while start < end:
        first, last = work[start], work[end - 1]
        if first in EDGE or (first in OPENERS and partner.get(start, end - 1) == end - 1):
            start += 1
        elif first in CLOSERS or (last in CLOSERS and partner.get(end - 1, -1) < start):
            start, end = (start + 1, end) if first in CLOSERS else (start, end - 1)
        elif last in OPENERS or (last in EDGE and not _ends_in_abbreviation(work, start, end)):
            end -= 1
        else:
            break
    return start, end


def _partners(work: str, start: int, end: int) -> dict[int, int]:
    """The place of each bracket's other half, both ways; a lone bracket has none."""
    partner: dict[int, int] = {}
    open_at: list[int] = []
    for at in range(start, end):
        if work[at] in OPENERS:
            open_at.append(at)
        elif work[at] in CLOSERS and open_at:
            partner[at] = open_at.pop()
            partner[partner[at]] = at
    return partner


def _ends_in_abbreviation(work: str, start: int, end: int) -> bool:
    if work[end - 1] != ".":
        return False
    word = LAST_WORD.search(work[max(start, end - _LONGEST_ABBREVIATION) : end - 1])
    return word is not None and word.group(1).casefold() in ABBREVIATIONS
