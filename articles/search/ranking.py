"""The order of relevance, made from the texts of the entries: pure, no ORM.

Relevance mixes how well a story answers with how new it is. A word of the headline weighs more than
one of the summary and the names, and that more than one of the body, however often it stands there;
where one of several words is enough, a rare one weighs more. The rank counts in full on the day of
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
    texts = [entry.text.split("\n") for entry in entries]
    ranks = [0.0] * len(entries)
    for needle in {term.needle for term in terms}:
        found = [_found(text, needle) for text in texts]
        having = sum(map(bool, found))
        rarity = log(1 + len(entries) / having) if having else 0.0
        ranks = [rank + rarity * weight for rank, weight in zip(ranks, found, strict=True)]
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
    _marked, headline, about, body = text
    in_headline, in_about, in_body = (part.count(needle) for part in (headline, about, body))
    return (
        HEADLINE * in_headline / (in_headline + 1)
        + ABOUT * in_about / (in_about + 1)
        + BODY * in_body / (in_body + 1 + len(body) / LONG_BODY_CHARS)
    )
