"""The ledger's last five minutes in slots of fifteen seconds: read once, added up in memory.

A slot that is over doesn't change, so the cache keeps it and a look reads what came since: at 5,000
votes a second a few tens of thousands of rows, not one and a half million. Without a cache every look
reads all five minutes. Counted are first votes, as the alarms do, so that "usual" is the same thing.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import nlargest

from django.core.cache import cache
from django.db import connection

from reactions.hours import FRESH_SECONDS
from reactions.watch import FIRST_VOTES

SLOT_SECONDS = 15
SLOTS = 20  # five minutes, the last of them running
GRACE_SECONDS = 5  # a vote's commit comes that late at most; a slot is kept after it
KEPT_SECONDS = SLOT_SECONDS * (SLOTS + 1)
# Of each slot, by votes: what a look costs doesn't grow with how many stories a crowd is spread over.
KEPT_STORIES = 200

SLOT = {
    "postgresql": "EXTRACT(EPOCH FROM date_bin('15 seconds', at, TIMESTAMPTZ '2000-01-01 00:00Z'))",
    "sqlite": "CAST(strftime('%%s', at) AS INTEGER) / 15 * 15",
}
READ = """
    SELECT {slot} AS slot, article_id, kind, COUNT(*),
           SUM(CASE WHEN cookie_age_s < {fresh} THEN 1 ELSE 0 END)
    {votes} GROUP BY slot, article_id, kind
"""

Row = tuple[int, int, int, int]  # article, kind, votes, of these from fresh cookies
# All votes of the slot, all stories with any, and the rows of the liveliest.
Slot = tuple[int, list[int], list[Row]]
Slots = dict[int, Slot]  # by when the slot began, in seconds since 1970


@dataclass(slots=True)
class Lately:
    """One story in the window: votes by kind and slot (the oldest first), fresh ones of all."""

    kinds: dict[int, list[int]] = field(default_factory=dict)
    fresh: int = 0

    @property
    def votes(self) -> int:
        return sum(map(sum, self.kinds.values()))

    @property
    def by_slot(self) -> list[int]:
        return [sum(each) for each in zip(*self.kinds.values(), strict=True)] or [0] * SLOTS

    @property
    def by_kind(self) -> dict[int, int]:
        return {kind: sum(slots) for kind, slots in self.kinds.items()}


@dataclass(frozen=True, slots=True)
class LastMinutes:
    """`stories`: the liveliest KEPT_STORIES of each slot; `votes` and `lively` (how many stories
    have any) are of all. `seconds`: how much of the five minutes is over, 285 to 300.
    """

    stories: dict[int, Lately]
    votes: int
    lively: int
    seconds: float


def last_minutes(now: datetime) -> LastMinutes:
    """The window that ends now, of all stories. One query at most; none of it names a visitor."""
    running = int(now.timestamp()) // SLOT_SECONDS * SLOT_SECONDS
    starts = range(running - (SLOTS - 1) * SLOT_SECONDS, running + 1, SLOT_SECONDS)
    slots = _kept(starts)
    missing = [start for start in starts if start not in slots]
    slots |= _read(missing, now)
    _keep(missing, slots, now)
    stories: dict[int, Lately] = defaultdict(Lately)
    for place, start in enumerate(starts):
        for article_id, kind, votes, fresh in slots[start][2]:
            story = stories[article_id]
            story.kinds.setdefault(kind, [0] * SLOTS)[place] += votes
            story.fresh += fresh
    return LastMinutes(
        stories=dict(stories),
        votes=sum(slot[0] for slot in slots.values()),
        lively=len({pk for slot in slots.values() for pk in slot[1]}),
        seconds=now.timestamp() - starts[0],
    )


def _kept(starts: Iterable[int]) -> Slots:
    names = {_key(start): start for start in starts}
    return {names[name]: rows for name, rows in cache.get_many(names).items()}


def _key(start: int) -> str:
    return f"reactions-slot-{start}"


def _read(missing: list[int], now: datetime) -> Slots:
    """From the first slot that isn't kept to now: those that are, in between, come again."""
    sql = READ.format(slot=SLOT[connection.vendor], fresh=FRESH_SECONDS, votes=FIRST_VOTES)
    since = datetime.fromtimestamp(missing[0], UTC) - timedelta(microseconds=1)
    adapt = connection.ops.adapt_datetimefield_value
    rows: dict[int, list[Row]] = {start: [] for start in missing}
    with connection.cursor() as cursor:
        cursor.execute(sql, [adapt(since), adapt(now)])
        for start, article_id, kind, votes, fresh in cursor.fetchall():
            if int(start) in rows:
                rows[int(start)].append((article_id, kind, votes, fresh))
    return {start: _slot(of_slot) for start, of_slot in rows.items()}


def _slot(rows: list[Row]) -> Slot:
    votes: dict[int, int] = defaultdict(int)
    for article_id, _kind, n, _fresh in rows:
        votes[article_id] += n
    total = sum(votes.values())
    if len(votes) > KEPT_STORIES:
        best = set(nlargest(KEPT_STORIES, votes, key=votes.__getitem__))
        rows = [row for row in rows if row[0] in best]
    return total, list(votes), rows


def _keep(missing: list[int], slots: Slots, now: datetime) -> None:
    over = now.timestamp() - SLOT_SECONDS - GRACE_SECONDS
    fresh = {_key(start): slots[start] for start in missing if start <= over}
    if fresh:
        cache.set_many(fresh, timeout=KEPT_SECONDS)
