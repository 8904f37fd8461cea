"""Pace and mix in words and lines: arithmetic, no database."""

import pytest

from reactions.alarms import Usual
from reactions.insight.live_words import (
    MARGIN,
    SPARK,
    mix_words,
    mover_of,
    number,
    pace_spark,
    pace_words,
    share_spark,
)

KNOWN = Usual(at=1.0, windows=30, mean=20.0, weight=1.0, kinds={1: 170.0, 2: 170.0})


def test_the_kind_that_moved_most_is_named_with_both_shares() -> None:
    mover = mover_of({1: 10, 2: 90}, KNOWN)
    assert mover is not None
    assert mover.is_noticeable
    assert abs(mover.share - mover.usually) == pytest.approx(0.4)
    up = mover_of({1: 5, 2: 5, 3: 90}, KNOWN)
    assert up is not None
    assert mix_words(up, "Wow") == "Wow 90%, usually 0%"


def test_what_chance_does_is_as_usual() -> None:
    assert mix_words(mover_of({1: 9, 2: 11}, KNOWN), "Wow") == "As usual"


@pytest.mark.parametrize(
    ("kinds", "usual"),
    [({1: 9}, KNOWN), ({1: 500}, Usual()), ({}, KNOWN)],
    ids=["few votes", "unknown story", "none"],
)
def test_of_few_votes_nothing_is_said(kinds: dict[int, int], usual: Usual) -> None:
    assert mover_of(kinds, usual) is None
    assert mix_words(None, "") == "Too few votes to say"


@pytest.mark.parametrize(
    ("votes", "words"),
    [(80, "4× what is usual"), (20, "Usually 4"), (0, "Usually 4"), (31, "1.6× what is usual")],
)
def test_the_pace_stands_beside_what_is_usual(votes: int, words: str) -> None:
    assert pace_words(votes, 300, KNOWN) == words


def test_a_new_story_has_no_usual_pace() -> None:
    assert pace_words(80, 300, Usual(windows=2, mean=1, weight=0.1)) == "Nothing is usual yet"
    assert pace_words(0, 300, Usual()) == ""


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0"), (0.44, "0.4"), (3, "3"), (12.6, "13"), (1_240.2, "1,240")]
)
def test_numbers_are_short(value: float, words: str) -> None:
    assert number(value) == words


def heights(points: str) -> list[float]:
    return [float(pair.split(",")[1]) for pair in points.split()]


def test_a_pace_is_drawn_slot_by_slot_without_the_running_one() -> None:
    spark = pace_spark([0, 10, 0], KNOWN, 15)
    assert heights(spark.points) == [SPARK - MARGIN, MARGIN]
    assert spark.usual == pytest.approx(20.0)  # one vote a slot, of ten at the top
    assert pace_spark([0, 0, 0], Usual(), 15).usual is None


def test_a_share_is_drawn_minute_by_minute() -> None:
    spark = share_spark([0] * 4 + [5] * 4, [0] * 4 + [10] * 4, 0.25)
    assert heights(spark.points) == [12.0, MARGIN]  # a minute without votes is as usual
    assert spark.usual == 12.0
