"""Attacks on reactions, run through the product's own rules: `python tests/bench/reaction_attacks.py`.

Honest readers come from networks by Zipf's law, so that the largest holds 8 to 10 % of them (a mobile
carrier's gateway: harsh on purpose); six in ten have a cookie of the last minute, as first-time
readers do. An attack is 3,000 votes for one kind in five minutes. Prints the table of
docs/reactions.md. No database, no network; the same numbers at every run.
"""

import os
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
os.environ.setdefault("LOCAL", "1")

import django

django.setup()

from reactions.alarms import Thresholds  # noqa: E402 (Django first)
from reactions.replay import Line, Scorer  # noqa: E402

ARTICLES = {"quiet, 500 votes/h": 500, "busy, 20,000/h": 20_000, "viral, 200,000/h": 200_000}
KINDS = range(1, 8)
LIKED = (24, 22, 18, 12, 10, 8, 6)  # the honest mix, in per cent
STORY = 1
NETWORKS = 20_000
FRESH, YOUNG = 0.6, 0.1  # shares of cookies of less than a minute, of up to ten
QUIET_BEFORE_SECONDS = 2 * 3_600
ATTACK_SECONDS, ATTACK_VOTES, ATTACK_KIND = 300, 3_000, 7
ATTACK_NET = 10**9


@dataclass(frozen=True)
class Attack:
    """`net_of` and `age_of` the attack's vote number n."""

    net_of: Callable[[int], int]
    age_of: Callable[[int], int]


ATTACKS: dict[str, Attack | None] = {
    "none": None,
    "one host, a new cookie for each vote": Attack(lambda n: ATTACK_NET, lambda n: 1),
    "a /24 with a jar of cookies": Attack(lambda n: ATTACK_NET, lambda n: 60 + n % 500),
    "four networks": Attack(lambda n: ATTACK_NET + n % 4, lambda n: 1),
    "1,000 networks": Attack(lambda n: ATTACK_NET + n % 1_000, lambda n: 1),
    "1,000 networks, cookies of a day": Attack(lambda n: ATTACK_NET + n % 1_000, lambda n: 90_000),
}


def honest(per_hour: int, start: float, end: float, dice: random.Random) -> Iterator[Line]:
    weights = list(accumulate(1 / rank for rank in range(1, NETWORKS + 1)))
    at = start
    while (at := at + dice.expovariate(per_hour / 3_600)) < end:
        luck = dice.random()
        age = 20 if luck < FRESH else 300 if luck < FRESH + YOUNG else 90_000
        (net,) = dice.choices(range(1, NETWORKS + 1), cum_weights=weights)
        (kind,) = dice.choices(KINDS, LIKED)
        yield Line(at, STORY, net, age, kind)


def attack_lines(attack: Attack | None, start: float) -> Iterator[Line]:
    for number in range(ATTACK_VOTES if attack else 0):
        at = start + number * ATTACK_SECONDS / ATTACK_VOTES
        yield Line(at, STORY, attack.net_of(number), attack.age_of(number), ATTACK_KIND)


def run(per_hour: int, attack: Attack | None) -> str:
    """A row's figures: honest votes held, attack's votes held, alarms and when."""
    start = 1_000_000_000.0
    begins, ends = start + QUIET_BEFORE_SECONDS, start + QUIET_BEFORE_SECONDS + 600
    scorer = Scorer(Thresholds(), pace=per_hour / 12)  # the site has had such a story before
    held = {True: 0, False: 0}
    votes = {True: 0, False: 0}
    readers = honest(per_hour, start, ends, random.Random(per_hour))
    for line in merge(readers, attack_lines(attack, begins)):
        bad = line.net >= ATTACK_NET
        votes[bad] += 1
        held[bad] += scorer.feed(line)
    found = scorer.found.get(STORY, [])
    before = [each.alarm.rule for each in found if each.at < begins]
    after = {each.alarm.rule: each.at - begins for each in found if each.at >= begins}
    first = f"{min(after.values()):.0f} s: {', '.join(after)}" if after else "–"
    caught = f"{held[True] / votes[True]:.1%}" if votes[True] else "–"
    shares = f"{held[False]:,} of {votes[False]:,} ({held[False] / votes[False]:.2%})"
    return f"{shares} | {caught} | {first} | {', '.join(before) or '–'}"


def main() -> None:
    print(
        "| article | attack | honest votes that wait | attack's votes that wait | case after | false alarms before |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    for article, per_hour in ARTICLES.items():
        for name, attack in ATTACKS.items():
            print(f"| {article} | {name} | {run(per_hour, attack)} |", flush=True)


if __name__ == "__main__":
    main()
