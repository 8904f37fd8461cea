"""What is unusual: pure arithmetic over five minutes of one article's votes, and what is usual for it.

The same functions judge live (reactions.watch), the past (reactions.replay) and the simulation in
tests/bench. Why these rules and numbers: docs/reactions.md, "Abuse".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import sqrt

WINDOW_SECONDS = 300
HALF_LIFE_WINDOWS = 12  # an hour
DECAY = 0.5 ** (1 / HALF_LIFE_WINDOWS)
KNOWN_AFTER_WINDOWS = 6  # half an hour: before that, what is usual on the site counts as well
FLOOR = 4.0  # votes in a window that are never unusual
# Shifts of less are drift, however sure they are.
SHARE_STEP = 0.02
FRESH_STEP = 0.15
NET_MIN_VOTES = 20
PRIOR_VOTES = 100  # of which half are fresh: what is usual before the site knows better


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The settings REACTIONS_…, of the same names (docs/settings.md)."""

    quota: int = 30
    quota_seconds: int = 600
    young_seconds: int = 600
    busy_per_hour: int = 2_000
    alarm_min_votes: int = 60
    alarm_z: float = 6
    alarm_ratio: float = 3
    share_z: float = 8
    fresh_z: float = 6


@dataclass(frozen=True, slots=True)
class Usual:
    """An article's pulse: sums that fade, `mean` votes in a window of weight `weight`."""

    at: float = 0.0  # seconds since 1970: the end of the last window
    windows: int = 0
    mean: float = 0.0
    weight: float = 0.0
    kinds: Mapping[int, float] = field(default_factory=dict)

    @property
    def votes(self) -> float:
        """Votes in a usual window."""
        return self.mean / self.weight if self.weight else 0.0

    @property
    def is_known(self) -> bool:
        return self.windows >= KNOWN_AFTER_WINDOWS


@dataclass(frozen=True, slots=True)
class Window:
    """Five minutes of one article: votes by kind, and by network (all, from fresh cookies)."""

    end: float
    kinds: Mapping[int, int]
    nets: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def votes(self) -> int:
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True)
class Alarm:
    rule: str  # velocity, share, fresh
    n: int
    usual: float
    z: float
    words: str
    kind: int | None = None
    net: int | None = None


def judge(
    window: Window, usual: Usual, limits: Thresholds, *, site_pace: float, fresh_share: float
) -> list[Alarm]:
    """What is unusual about the window.

    `site_pace`: votes in a usual window of the site's liveliest article, for one that is too new to
    be known; `fresh_share`: the site's usual share of votes from cookies of less than a minute.
    """
    if window.votes < limits.alarm_min_votes:
        return list(_fresh(window, limits, fresh_share))
    return [
        *_velocity(window, usual, limits, site_pace),
        *_shares(window, usual, limits),
        *_fresh(window, limits, fresh_share),
    ]


def _velocity(
    window: Window, usual: Usual, limits: Thresholds, site_pace: float
) -> Iterator[Alarm]:
    expected = max(usual.votes, FLOOR, 0.0 if usual.is_known else site_pace)
    z = (window.votes - expected) / sqrt(expected)
    if z > limits.alarm_z and window.votes > limits.alarm_ratio * expected:
        words = f"{window.votes:,} votes in five minutes, usually {expected:,.0f}"
        yield Alarm("velocity", window.votes, expected, z, words)


def _shares(window: Window, usual: Usual, limits: Thresholds) -> Iterator[Alarm]:
    known = sum(usual.kinds.values())
    if known < limits.alarm_min_votes:
        return
    kinds = set(usual.kinds) | set(window.kinds)
    for kind in sorted(kinds):
        n = window.kinds.get(kind, 0)
        usually = (usual.kinds.get(kind, 0.0) + 1) / (known + len(kinds))
        share = n / window.votes
        z = (share - usually) / sqrt(usually * (1 - usually) * (1 / window.votes + 1 / known))
        if z > limits.share_z and share - usually > SHARE_STEP:
            words = f"{share:.0%} of {window.votes:,} votes are of one kind, usually {usually:.0%}"
            yield Alarm("share", n, usually * window.votes, z, words, kind=kind)


def _fresh(window: Window, limits: Thresholds, fresh_share: float) -> Iterator[Alarm]:
    usually = min(max(fresh_share, 0.05), 0.98)
    for net, (votes, fresh) in sorted(window.nets.items()):
        if not net or votes < NET_MIN_VOTES:
            continue
        z = (fresh / votes - usually) / sqrt(usually * (1 - usually) / votes)
        if z > limits.fresh_z and fresh / votes - usually > FRESH_STEP:
            words = (
                f"{fresh:,} of {votes:,} votes from one network have cookies of less than a "
                f"minute, usually {usually:.0%}"
            )
            yield Alarm("fresh", fresh, usually * votes, z, words, net=net)


def is_due(usual: Usual, now: float) -> bool:
    """Is there a whole window since the last one that was learned?"""
    return now - usual.at >= WINDOW_SECONDS


def learn(usual: Usual, window: Window, limits: Thresholds, *, alarmed: bool) -> Usual:
    """The pulse with one more window, and the empty ones since the last. Of an article that was
    never looked at only the time is noted: its first window is not over.

    What is known moves by `alarm_ratio` at most in a window, and its kinds don't while there is an
    alarm: an attack must not make itself usual.
    """
    if not usual.at:
        return replace(usual, at=window.end)
    passed = max(round((window.end - usual.at) / WINDOW_SECONDS), 1) if usual.windows else 1
    faded = DECAY**passed
    votes = float(window.votes)
    if usual.is_known:
        votes = min(votes, limits.alarm_ratio * max(usual.votes, FLOOR))
    kinds = {kind: n * faded for kind, n in usual.kinds.items()}
    if not alarmed:
        for kind, n in window.kinds.items():
            kinds[kind] = kinds.get(kind, 0.0) + n
    return replace(
        usual,
        at=window.end,
        windows=usual.windows + passed,
        mean=usual.mean * faded + votes * (1 - DECAY),
        weight=1 - (1 - usual.weight) * faded,
        kinds=kinds,
    )


def fresh_share_of(votes: int, fresh: int) -> float:
    """The site's usual share of fresh cookies, from a day's votes; half before there are any."""
    return (fresh + PRIOR_VOTES / 2) / (votes + PRIOR_VOTES)


def is_over_quota(mine: int, limits: Thresholds, *, is_busy: bool) -> bool:
    """Does one more first vote, from a young cookie, wait? `mine`: votes of such cookies from its
    network on the article in `quota_seconds`; busy: with `busy_per_hour` counted votes an hour.
    """
    return bool(limits.quota) and mine >= limits.quota and not is_busy
