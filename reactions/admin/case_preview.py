"""What a choice of votes would do, and the mark that binds a verb to what was looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import connection

from reactions.insight.case_charts import kind_name
from reactions.insight.names import name_of
from reactions.models import Case, ReactionKind, Vote
from reactions.moderation import Preview, VoteFilter, preview
from reactions.moderation.filters import COUNTABLE

SALT = "reactions.case.preview"
MARK_SECONDS = 12 * 3600
SAMPLE = 12
NONE = "–"

# The newest votes that fit: the ledger from its end, each line's vote by its key.
NEWEST = """
    SELECT event.at, event.kind, event.net, event.cookie_age_s, event.visitor
      FROM reactions_event event
      JOIN reactions_vote vote ON vote.article_id = event.article_id AND vote.visitor = event.visitor
     WHERE event.article_id = %s AND event.kind > 0 AND event.kind = vote.kind AND {where}
     ORDER BY event.at DESC LIMIT {limit}
"""


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind: counted now, what would leave, what would be left; what waits of the choice."""

    label: str
    before: int
    removed: int
    waiting: int

    @property
    def after(self) -> int:
        return self.before - self.removed

    @property
    def cells(self) -> list[str]:
        """As the table shows it: now, leaves, is left, waits."""
        removed = f"−{self.removed:,}" if self.removed else NONE
        waiting = f"{self.waiting:,}" if self.waiting else NONE
        return [f"{self.before:,}", removed, f"{self.after:,}", waiting]


@dataclass(frozen=True, slots=True)
class Line:
    """A vote of the sample; `who` is what the block's form takes."""

    at: datetime
    label: str
    net: str
    cookie: str
    visitor: str
    number: int


@dataclass(frozen=True, slots=True)
class Seen:
    preview: Preview
    mark: str
    rows: tuple[KindRow, ...]

    @property
    def words(self) -> str:
        """As the moderator reads it: "Would remove 2,914 of 9,120"."""
        return self.preview.words[:1].upper() + self.preview.words[1:]

    @property
    def waiting(self) -> str:
        return f"{self.preview.waiting:,}"

    @property
    def fitting(self) -> int:
        return self.preview.removed + self.preview.waiting


class NotLookedAt(ValueError):
    """The verb's mark is missing, old, or of another choice; its text says what to do."""


def look(
    case: Case,
    votes: VoteFilter,
    kinds: Mapping[int, ReactionKind],
    now: Mapping[int, Mapping[int, int]],
) -> Seen:
    """What the verbs would do to the choice; `now`: the article's votes by kind and state. 2 queries."""
    found = preview(votes)
    rows = tuple(
        KindRow(
            kind_name(kind, kinds),
            states[Vote.State.COUNTED],
            found.kinds.get(kind, 0),
            found.waiting_kinds.get(kind, 0),
        )
        for kind, states in sorted(now.items())
    )
    said = {"case": case.pk, "filter": votes.as_json(), "n": [found.removed, found.waiting]}
    return Seen(found, signing.dumps(said, salt=SALT, compress=True), rows)


def looked_at(case: Case, votes: VoteFilter, mark: str) -> tuple[int, int]:
    """(counted, waiting) as the moderator saw them. Raises NotLookedAt where it was another case or
    another choice.
    """
    try:
        said = signing.loads(mark, salt=SALT, max_age=MARK_SECONDS)
    except signing.BadSignature:
        raise NotLookedAt("Nothing was done yet: look first at what it would do, below.") from None
    if said["case"] != case.pk or said["filter"] != votes.as_json():
        raise NotLookedAt(
            "Nothing was done: the choice is not the one that you looked at. "
            "Below is what it would do now."
        )
    counted, waiting = said["n"]
    return counted, waiting


def sample(votes: VoteFilter, kinds: Mapping[int, ReactionKind]) -> list[Line]:
    """The newest votes of the choice. 1 query, from the ledger's end."""
    where, params = votes.where(COUNTABLE)
    with connection.cursor() as cursor:
        sql = NEWEST.format(where=where, limit=SAMPLE)
        cursor.execute(sql, [votes.articles[0], *params])
        return [_line(row, kinds) for row in cursor.fetchall()]


def _line(row: tuple[Any, ...], kinds: Mapping[int, ReactionKind]) -> Line:
    at, kind, net, age, visitor = row
    if isinstance(at, str):  # SQLite's text is in UTC
        at = datetime.fromisoformat(f"{at}+00:00")
    network = name_of(net) if net else "not known"
    return Line(at, kind_name(kind, kinds), network, _age(age), name_of(visitor), visitor)


def _age(seconds: int) -> str:
    for unit, name in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= unit:
            return f"{seconds // unit} {name}"
    return f"{seconds} s"
