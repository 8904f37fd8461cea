"""What the live board says of five minutes of a story: pure arithmetic and words.

The sums are the alarms' (reactions.alarms), so that the board shows a story move before there is a
case. Sparklines are points in a box of 100 by SPARK, the y axis down.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from reactions.alarms import FLOOR, SHARE_STEP, WINDOW_SECONDS, Usual

SPARK = 24
MARGIN = 2  # so that a line at the edge isn't cut in half
MINUTE_SLOTS = 4  # a share of fifteen seconds jumps about: four slots are one point
# With fewer votes a share says nothing: now, and in what is known of the story.
FEW_NOW = 10
FEW_KNOWN = 20
NOTICEABLE_Z = 3.0
RATIO = 1.5  # times usual: worth a word


@dataclass(frozen=True, slots=True)
class Mover:
    """The kind whose share moved most against what is usual, shares from 0 to 1."""

    kind: int
    share: float
    usually: float
    z: float

    @property
    def is_noticeable(self) -> bool:
        return abs(self.z) >= NOTICEABLE_Z and abs(self.share - self.usually) > SHARE_STEP


def mover_of(kinds: Mapping[int, int], usual: Usual) -> Mover | None:
    """None where there are too few votes to say, now or in what is known."""
    votes, known = sum(kinds.values()), sum(usual.kinds.values())
    if votes < FEW_NOW or known < FEW_KNOWN:
        return None
    moved = []
    every = sorted({*kinds, *usual.kinds})
    for kind in every:
        usually = (usual.kinds.get(kind, 0.0) + 1) / (known + len(every))
        share = kinds.get(kind, 0) / votes
        spread = sqrt(usually * (1 - usually) * (1 / votes + 1 / known))
        moved.append(Mover(kind, share, usually, (share - usually) / spread if spread else 0.0))
    # Of two that moved alike the one that grew: votes come, shares only make room.
    return max(moved, key=lambda each: (round(abs(each.z), 6), each.z))


def mix_words(mover: Mover | None, name: str) -> str:
    """What moved, like "Angry 41%, usually 12%". `name`: the kind's label."""
    if mover is None:
        return "Too few votes to say"
    if not mover.is_noticeable:
        return "As usual"
    return f"{name} {mover.share:.0%}, usually {mover.usually:.0%}"


def pace_words(votes: int, seconds: float, usual: Usual) -> str:
    """The pace against what is usual for the story. `votes` came in `seconds`."""
    if not usual.is_known:
        return "Nothing is usual yet" if votes else ""
    expected = max(usual.votes, FLOOR) * seconds / WINDOW_SECONDS
    ratio = votes / expected if expected else 0.0
    if ratio >= RATIO:
        return f"{number(ratio)}× what is usual"
    return f"Usually {number(usual.votes * 60 / WINDOW_SECONDS)}"


def number(value: float) -> str:
    """One digit after the point below ten, none above: 0.4, 12, 1,240."""
    short = round(value, 0 if value >= 10 else 1)
    return f"{short:,.0f}" if short == int(short) else f"{short:.1f}"


@dataclass(frozen=True, slots=True)
class Spark:
    """`points`: of a polyline; `usual`: how far down the dashed line lies, None without one."""

    points: str
    usual: float | None


def pace_spark(by_slot: Sequence[int], usual: Usual, slot_seconds: int) -> Spark:
    """Votes slot by slot. The one that runs is left out: it would always fall."""
    over = by_slot[:-1]
    each = usual.votes * slot_seconds / WINDOW_SECONDS if usual.is_known else None
    return _spark(over, max(*over, 2 * (each or 0.0), 1.0), each)


def share_spark(slots: Sequence[int], all_slots: Sequence[int], usually: float) -> Spark:
    """The share of one kind, minute by minute; a minute without votes is as usual."""
    shares = []
    for start in range(0, len(slots), MINUTE_SLOTS):
        votes = sum(all_slots[start : start + MINUTE_SLOTS])
        part = sum(slots[start : start + MINUTE_SLOTS])
        shares.append(part / votes if votes else usually)
    return _spark(shares, min(max(*shares, 2 * usually), 1.0), usually)


def _spark(values: Sequence[float], top: float, usual: float | None) -> Spark:
    step = 100 / max(len(values) - 1, 1)
    points = " ".join(f"{place * step:.1f},{_down(n, top)}" for place, n in enumerate(values))
    return Spark(points, None if usual is None else _down(usual, top))


def _down(value: float, top: float) -> float:
    return round(SPARK - MARGIN - min(value / top, 1.0) * (SPARK - 2 * MARGIN), 1)
