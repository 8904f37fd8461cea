"""From sorted rows to what each story gets: duplicates folded, counts by kind, by hour."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from itertools import groupby

from reactions.old_counts.spool import Reaction, Spool


@dataclass
class Gathered:
    """One story's old reactions. `votes` numbers its voters in the spool, if they are kept."""

    article: int
    posts: list[int] = field(default_factory=list)
    rows: int = 0
    folded: int = 0
    left_out: int = 0
    undated: int = 0
    counts: Counter[int] = field(default_factory=Counter)
    hours: Counter[tuple[int, datetime]] = field(default_factory=Counter)
    newest: str = ""  # as the old site's clock had it
    votes: tuple[int, int] = (1, 0)
    fakes_found: int = 0  # what an editor made up, and of these what is kept, by kind
    fakes: Counter[int] = field(default_factory=Counter)
    is_hidden: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """How to fold: `kind_of` has None for an emoji to leave out; without `tz` dates are left out."""

    kind_of: Mapping[str, int | None]
    tz: tzinfo | None
    as_is: bool = False
    with_voters: bool = False

    def all(self, spool: Spool) -> Iterator[Gathered]:
        """A story at a time, by its number; memory holds one story's sums."""
        for article, rows in groupby(spool.reactions(), key=lambda row: row[0]):
            yield self._story(Gathered(article), rows, spool)

    def _story(self, story: Gathered, rows: Iterator[Reaction], spool: Spool) -> Gathered:
        digest = hashlib.sha256(f"{self.tz} {self.as_is}".encode())
        first = last = 0
        for post, votes in groupby(rows, key=lambda row: row[1]):
            story.posts.append(post)
            for number, (voter, at, kind) in enumerate(self._standing(story, votes)):
                story.counts[kind] += 1
                story.newest = max(story.newest, at)
                hour = hour_of(quarter_of(at), self.tz) if self.tz and at else None
                if hour:
                    story.hours[kind, hour] += 1
                else:
                    story.undated += 1
                digest.update(f"{post} {voter} {kind} {at}\n".encode())
                if self.with_voters:
                    last = spool.add_vote(voter or f"row {post} {number}", kind, at)
                    first = first or last
        story.votes = (first or 1, last)
        story.digest = digest.hexdigest()
        return story

    def _standing(
        self, story: Gathered, rows: Iterator[Reaction]
    ) -> Iterator[tuple[str, str, int]]:
        """(voter, date, kind) of what stands: of one voter's rows on a post the latest."""
        held: Reaction | None = None
        for row in rows:
            if row[2] is None:  # a post without reactions
                return
            story.rows += 1
            if held and not self.as_is and held[2] == row[2] != "":
                story.folded += 1
            elif held:
                yield from self._known(story, held)
            held = row
        if held:
            yield from self._known(story, held)

    def _known(self, story: Gathered, row: Reaction) -> Iterator[tuple[str, str, int]]:
        kind = self.kind_of[row[4] or ""]
        if kind is None:
            story.left_out += 1
        else:
            yield row[2] or "", row[3] or "", kind


@lru_cache(maxsize=20_000)
def hour_of(quarter: str, tz: tzinfo) -> datetime | None:
    """The hour in UTC in which a quarter of an hour of the old site's clock fell; None for no such
    date. No clock differs from UTC by less than quarters. Of an hour that the clock went through
    twice, the first is taken.
    """
    try:
        local = datetime.fromisoformat(quarter).replace(tzinfo=tz)
        return local.astimezone(UTC).replace(minute=0)
    except (ValueError, OverflowError):
        return None


def quarter_of(at: str) -> str:
    """A date's quarter of an hour: all of it falls into one hour of UTC."""
    minute = at[14:16] or "0"
    return f"{at[:14]}{int(minute) // 15 * 15:02d}"
