"""Text to the words of the index, the same for both databases: pure, no ORM.

Folding happens here and not in the database (PostgreSQL's unaccent can't be assumed, and SQLite
has other tables): no case, no accents, no apostrophes, and in English no plural. A script that is
written without spaces (Han, kana, Hangul, Thai, Lao, Burmese, Khmer) becomes overlapping pairs of
letters, so that any two letters in a row are found wherever they stand.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple
from unicodedata import category

from newsroom.lib.text import normalise_key

Span = tuple[int, int]  # where something begins and ends

MAX_WORD_CHARS = 40
_INSIDE = "\u00ad\u200c\u200d"  # soft hyphens and joiners stand inside words and mean nothing here
_APOSTROPHES = "'\u2018\u2019\u02bc\u02bb`\u00b4\u2032\uff07"
_DENSE = (
    "\u0e00-\u0e3e\u0e40-\u0e4e\u0e80-\u0ece\u1000-\u1049\u1050-\u109f\u1100-\u11ff\u1780-\u17d3"
    "\u3005-\u3007\u3041-\u30ff\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)


def _marks() -> str:
    """Marks that are part of a word, as ranges: Python's \\w leaves them out."""
    kinds = [category(chr(code))[0] == "M" for code in range(0x300, 0xAC00)]
    spans = [(mark, len(list(span))) for mark, span in groupby(kinds)]
    ends = list(accumulate((size for _, size in spans), initial=0x300))
    return "".join(
        f"{chr(end - size)}-{chr(end - 1)}"
        for (mark, size), end in zip(spans, ends[1:], strict=True)
        if mark
    )


# Plain letters first, in one stride: it finds the same and takes a third of the time.
_LETTER = f"(?:[a-zA-Z0-9]++|[^\\W_{_DENSE}]|[{_marks()}{_INSIDE}])"
_DENSE_LETTER = re.compile(f"[{_DENSE}]")
_SPACED = re.compile(f"{_LETTER}+(?:[{_APOSTROPHES}]{_LETTER}+)*")
_RUN = re.compile(f"(?P<dense>[{_DENSE}]+)|{_SPACED.pattern}")
# Plurals that the rules below would get wrong.
_ODD = {
    "news": "news", "series": "series", "species": "species", "movies": "movie",
    "cookies": "cookie", "zombies": "zombie", "selfies": "selfie", "rookies": "rookie",
    "indies": "indie", "calories": "calorie", "lies": "lie", "ties": "tie", "dies": "die",
    "women": "woman", "men": "man", "children": "child", "people": "people", "buses": "bus",
}  # fmt: skip


class Word(NamedTuple):
    """One word of a text: where it stands, and what the index calls it. `tail` is the last letter
    of a run without spaces, there to be found alone.
    """

    start: int
    end: int
    key: str
    tail: bool = False


def words(text: str, *, english: bool) -> Iterator[Word]:
    """The words of a text in order; what is neither letter nor digit is none."""
    for run in _RUN.finditer(text):
        if run.lastgroup:
            yield from _pairs(run)
        elif key := fold(run[0], english):
            yield Word(*run.span(), key)


def keys(text: str, *, english: bool) -> list[str]:
    """The same without their places: a whole archive is indexed by this line."""
    if _DENSE_LETTER.search(text):
        return [word.key for word in words(text, english=english)]
    return [key for run in _SPACED.findall(text) if (key := fold(run, english))]


def located(text: str, *, english: bool) -> tuple[list[str], Iterator[Span]]:
    """The keys of the words in order, and where each stands. Places cost as much as words: they are
    made as they are asked for, and twenty texts of a page of answers need them for a few words.
    """
    if not _DENSE_LETTER.search(text):
        runs = _SPACED.findall(text)
        found = [fold(run, english) for run in runs]
        if all(found):
            return found, _spans(text, runs)
    placed = list(words(text, english=english))
    return [word.key for word in placed], ((word.start, word.end) for word in placed)


def _spans(text: str, runs: Iterable[str]) -> Iterator[Span]:
    """Nothing between two runs is a letter, so each stands where it is first found after the last."""
    end = 0
    for run in runs:
        start = text.index(run, end)
        end = start + len(run)
        yield start, end


@lru_cache(maxsize=60_000)
def fold(word: str, english: bool) -> str:
    """What the index calls a word; "" if nothing of it is left."""
    if word.isascii() and word.isalnum():
        plain = word.lower()
    else:
        plain = normalise_key(re.sub(f"[{_APOSTROPHES}{_INSIDE}]", "", word))
        plain = "".join(char for char in plain if char.isalnum() or category(char)[0] == "M")
    return (singular(plain) if english else plain)[:MAX_WORD_CHARS]


def singular(word: str) -> str:
    """An English word without the ending of its plural. Nothing more is cut: a stemmer that makes
    "univers" of university and universe finds what nobody looked for.
    """
    if word in _ODD:
        return _ODD[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "xes", "ches", "shes")) or (word.endswith("oes") and len(word) > 5):
        return word[:-2]
    return word[:-1]


def _pairs(run: re.Match[str]) -> Iterator[Word]:
    """Each letter of the run together with the next one, and the last one alone."""
    letters: list[tuple[int, int, str]] = []
    for place, char in enumerate(run[0], run.start()):
        if letters and category(char)[0] == "M":
            start, _, key = letters[-1]
            letters[-1] = (start, place + 1, key + char)
        else:
            letters.append((place, place + 1, normalise_key(char) or char))
    for (start, _, key), (_, end, after) in pairwise(letters):
        yield Word(start, end, key + after)
    start, end, key = letters[-1]
    yield Word(start, end, key, tail=True)
