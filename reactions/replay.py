"""The rules over votes of the past: what would have waited, what would have opened a case.

In memory, in the order of time, by the same functions that judge live. Also what the simulation in
tests/bench runs.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from reactions.alarms import (
    NET_MIN_VOTES,
    WINDOW_SECONDS,
    Alarm,
    Thresholds,
    Usual,
    Window,
    fresh_share_of,
    is_due,
    is_over_quota,
    judge,
    learn,
)
from reactions.hours import FRESH_SECONDS
from reactions.models import Event
from reactions.models.event import FIRST

LOOK_SECONDS = 15.0  # as often as beat runs the watch
HOUR_SECONDS = 3_600.0
STEP = timedelta(hours=1)  # of the ledger, read and sorted at once


class Line(NamedTuple):
    """A first vote, as the ledger has it."""

    at: float  # seconds since 1970
    article: int
    net: int
    cookie_age_s: int
    kind: int


class Found(NamedTuple):
    """An alarm of an article, and when it was heard first."""

    at: float
    alarm: Alarm


@dataclass(slots=True)
class _Story:
    """One article's last hour and its last five minutes."""

    counted: deque[float] = field(default_factory=deque)
    young: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    window: deque[tuple[float, int, int, bool]] = field(default_factory=deque)
    kinds: Counter[int] = field(default_factory=Counter)
    nets: Counter[int] = field(default_factory=Counter)
    fresh: Counter[int] = field(default_factory=Counter)
    usual: Usual = field(default_factory=Usual)


class Scorer:
    """Feed it first votes in the order of time; it says of each whether it would wait.

    `pace`: votes in five minutes of the site's liveliest story before the first line.
    """

    def __init__(self, limits: Thresholds, *, pace: float = 0.0) -> None:
        self.pace = pace
        self.limits = limits
        self.votes: Counter[int] = Counter()
        self.waiting: Counter[int] = Counter()
        self.found: dict[int, list[Found]] = {}  # by article: the first of each rule
        self._stories: dict[int, _Story] = {}
        self._look_at = 0.0
        self._hours: Counter[int] = Counter()
        self._fresh_hours: Counter[int] = Counter()

    def feed(self, line: Line) -> bool:
        """True if the vote would be quarantined."""
        self._look_at = self._look_at or line.at + LOOK_SECONDS
        while line.at >= self._look_at:
            self._look(self._look_at)
            self._look_at += LOOK_SECONDS
        story = self._stories.get(line.article)
        if story is None:
            story = self._stories[line.article] = _Story()
        waits = self._waits(story, line)
        self.votes[line.article] += 1
        self.waiting[line.article] += waits
        self._enter(story, line, waits)
        return waits

    def _waits(self, story: _Story, line: Line) -> bool:
        rules = self.limits
        while story.counted and story.counted[0] <= line.at - HOUR_SECONDS:
            story.counted.popleft()
        if not line.net or line.cookie_age_s >= rules.young_seconds:
            return False
        mine = story.young[line.net]
        while mine and mine[0] <= line.at - rules.quota_seconds:
            mine.popleft()
        busy = len(story.counted) >= rules.busy_per_hour
        return is_over_quota(len(mine), rules, is_busy=busy)

    def _enter(self, story: _Story, line: Line, waits: bool) -> None:
        if not waits:
            story.counted.append(line.at)
        if line.net and line.cookie_age_s < self.limits.young_seconds:
            story.young[line.net].append(line.at)
        is_fresh = line.cookie_age_s < FRESH_SECONDS
        story.window.append((line.at, line.kind, line.net, is_fresh))
        story.kinds[line.kind] += 1
        story.nets[line.net] += 1
        story.fresh[line.net] += is_fresh
        if not waits:
            hour = int(line.at // HOUR_SECONDS)
            self._hours[hour] += 1
            self._fresh_hours[hour] += is_fresh

    def _look(self, now: float) -> None:
        known = [story.usual.votes for story in self._stories.values() if story.usual.is_known]
        pace, share = max(known, default=self.pace), self._fresh_share(now)
        for article, story in self._stories.items():
            self._leave(story, now)
            if not story.window:
                continue
            window = self._window(story, now)
            alarms = judge(window, story.usual, self.limits, site_pace=pace, fresh_share=share)
            for alarm in alarms:
                self._note(article, Found(now, alarm))
            if is_due(story.usual, now):
                story.usual = learn(story.usual, window, self.limits, alarmed=bool(alarms))

    def _note(self, article: int, found: Found) -> None:
        known = self.found.setdefault(article, [])
        if found.alarm.rule not in {each.alarm.rule for each in known}:
            known.append(found)

    def _leave(self, story: _Story, now: float) -> None:
        while story.window and story.window[0][0] <= now - WINDOW_SECONDS:
            _, kind, net, is_fresh = story.window.popleft()
            story.kinds[kind] -= 1
            story.nets[net] -= 1
            story.fresh[net] -= is_fresh

    def _window(self, story: _Story, now: float) -> Window:
        nets = {
            net: (votes, story.fresh[net])
            for net, votes in story.nets.items()
            if net and votes >= NET_MIN_VOTES
        }
        return Window(now, {kind: n for kind, n in story.kinds.items() if n}, nets)

    def _fresh_share(self, now: float) -> float:
        """Of the hours that are over, a day back: as the table of hours has them."""
        this = int(now // HOUR_SECONDS)
        day = range(this - 24, this)
        votes = sum(self._hours[hour] for hour in day)
        return fresh_share_of(votes, sum(self._fresh_hours[hour] for hour in day))


def replay(limits: Thresholds, *, since: datetime, until: datetime) -> Scorer:
    """The ledger's first votes between two times under these thresholds. Writes nothing."""
    scorer = Scorer(limits)
    for line in _ledger(since, until):
        scorer.feed(line)
    scorer._look(until.timestamp())
    return scorer


def _ledger(since: datetime, until: datetime) -> Iterator[Line]:
    fields = ("at", "article_id", "net", "cookie_age_s", "kind", "flags")
    while since < until:
        end = min(since + STEP, until)
        rows = Event.objects.filter(at__gte=since, at__lt=end, kind__gt=0).order_by("at", "pk")
        for at, article, net, age, kind, flags in rows.values_list(*fields).iterator():
            if flags & FIRST:
                yield Line(at.astimezone(UTC).timestamp(), article, net, age, kind)
        since = end
