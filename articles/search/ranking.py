"""The order of relevance, made from the texts of the entries: pure, no ORM.

Relevance mixes how well a story answers with how new it is. A word of the headline weighs more than
one of the summary and the names, and that more than one of the body, however often it stands there
(far down in it, where an entry's beginning has ended, it counts nothing); where one of several words is enough, a rare one weighs more. The rank counts in full on the day of
publication, four fifths a year later, and never less than three fifths.
"""

from collections.abc import Sequence
from datetime import datetime
from math import exp, log

from articles.search.engine import Entry
from articles.search.query import Term

HEADLINE, ABOUT, BODY = 8.0, 3.0, 1.0
LONG_BODY_CHARS = 4_000  # of such a body a word weighs half of what it weighs in a short one
OLD_NEWS = 0.6  # what is left of a rank in the end
YEAR_DAYS = 365.25


def ranked(entries: Sequence[Entry], terms: Sequence[Term], *, now: datetime) -> list[Entry]:
    """The entries, the one that answers best first."""
    texts = [[*entry.text.split("\n"), "", "", ""] for entry in entries]
    ranks = [0.0] * len(entries)
    for needle in {term.needle for term in terms}:
        found = [
            (place, _found(texts[place], needle))
            for place, entry in enumerate(entries)
            if needle in entry.text
        ]
        for place, weight in found:
            ranks[place] += log(1 + len(entries) / len(found)) * weight
    weights = [
        (rank * freshness(entry.published_at, now), entry.published_at, place)
        for place, (rank, entry) in enumerate(zip(ranks, entries, strict=True))
    ]
    return [entries[place] for _, _, place in sorted(weights, reverse=True)]


def freshness(moment: datetime, now: datetime) -> float:
    age = max(0.0, (now - moment).days / YEAR_DAYS)
    return OLD_NEWS + (1 - OLD_NEWS) * exp(-age * 0.7)


def _found(text: Sequence[str], needle: str) -> float:
    """How much of the term a text has: the second mention counts less than the first."""
    _marked, headline, about, body, *_ = text
    in_body = body.count(needle)
    found = BODY * in_body / (in_body + 1 + len(body) / LONG_BODY_CHARS)
    # Most texts have a word in the body alone.
    for part, weight in ((headline, HEADLINE), (about, ABOUT)):
        if needle in part:
            times = part.count(needle)
            found += weight * times / (times + 1)
    return found
