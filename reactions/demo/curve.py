"""When readers come: pure arithmetic over hours.

Most come in the first day and ever fewer after; some find a story weeks later. They read more in the
evening than at four in the morning.
"""

import random
from collections.abc import Iterator, Sequence

# Hours after publication that readers come on average, and how many do: at once, in the next days,
# and who finds it later.
WAVES = ((2.5, 0.4), (20.0, 0.48), (260.0, 0.12))
# How many read at each hour of their day, against the liveliest.
RHYTHM = (
    0.25, 0.14, 0.09, 0.07, 0.08, 0.14, 0.3, 0.52, 0.66, 0.62, 0.58, 0.62,
    0.8, 0.74, 0.62, 0.6, 0.66, 0.76, 0.86, 0.96, 1.0, 0.94, 0.7, 0.42,
)  # fmt: skip


def arrivals(
    dice: random.Random,
    readers: int,
    age_hours: float,
    now_hour: float,
) -> Iterator[float]:
    """How many hours ago each of the readers came who have come by now, of a story so old.

    `readers` are all who ever will; `now_hour`: the hour of their day, 0 to 24.
    """
    means, shares = zip(*WAVES, strict=True)
    for _ in range(readers):
        after = dice.expovariate(1 / dice.choices(means, shares)[0])
        ago = age_hours - after
        # Whoever would come at a quiet hour comes in the next lively one, or isn't there yet.
        while ago > 0 and dice.random() > RHYTHM[int((now_hour - ago) % 24)]:
            ago -= dice.random() * 2
        if ago > 0:
            yield ago


def cookie_age(dice: random.Random) -> int:
    """Seconds: a third come for the first time, others have reacted before."""
    if dice.random() < 0.33:
        return dice.randint(2, 50)
    return int(dice.expovariate(1 / 2_000_000)) + 900


def network(dice: random.Random, nets: Sequence[int]) -> int:
    """One of the networks: the first hold the most readers."""
    return nets[min(int(dice.paretovariate(0.9)) - 1, len(nets) - 1)]
