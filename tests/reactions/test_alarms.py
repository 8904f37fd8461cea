"""The rules, as arithmetic: what is unusual, what is not, and what an attack must not make usual."""

from dataclasses import replace

import pytest

from reactions.alarms import (
    WINDOW_SECONDS,
    Thresholds,
    Usual,
    Window,
    fresh_share_of,
    is_over_quota,
    judge,
    learn,
)

RULES = Thresholds()
EVEN = dict.fromkeys(range(1, 8), 1)


BEGINNING = Usual(at=1_000.0)


def windows(usual: Usual, n: int, kinds: dict[int, int], *, alarmed: bool = False) -> Usual:
    for _ in range(n):
        usual = learn(usual, Window(usual.at + WINDOW_SECONDS, kinds), RULES, alarmed=alarmed)
    return usual


def of(votes_each: int) -> dict[int, int]:
    return dict.fromkeys(EVEN, votes_each)


def rules(window: dict[int, int], usual: Usual, **more: object) -> list[str]:
    parts = {"site_pace": 0.0, "fresh_share": 0.5, **more}
    nets = parts.pop("nets", {})
    looked_at = Window(usual.at + 60, window, nets)  # type: ignore[arg-type]
    return [alarm.rule for alarm in judge(looked_at, usual, RULES, **parts)]  # type: ignore[arg-type]


QUIET = windows(BEGINNING, 24, of(6))  # 42 votes in five minutes: 500 an hour
VIRAL = windows(BEGINNING, 24, of(2_380))  # 200,000 an hour


def test_what_is_usual_is_learned_from_the_first_window_on() -> None:
    seen = learn(Usual(), Window(1_000.0, of(6)), RULES, alarmed=False)
    assert seen == BEGINNING  # its first five minutes are not over
    assert windows(seen, 1, of(6)).votes == pytest.approx(42)
    assert QUIET.votes == pytest.approx(42)
    assert QUIET.is_known
    assert not windows(BEGINNING, 5, of(6)).is_known


def test_the_designs_attack_on_a_viral_article_moves_a_share() -> None:
    kinds = of(2_380) | {3: 2_380 + 3_000}
    (alarm,) = judge(Window(VIRAL.at + 60, kinds), VIRAL, RULES, site_pace=0, fresh_share=0.5)
    assert (alarm.rule, alarm.kind) == ("share", 3)
    assert 40 < alarm.z < 60  # the design says about 50
    assert alarm.words == "27% of 19,660 votes are of one kind, usually 14%"


def test_the_same_attack_on_a_quiet_one_is_a_surge_too() -> None:
    assert rules(of(6) | {3: 3_006}, QUIET) == ["velocity", "share"]


@pytest.mark.parametrize("factor", [1, 2, 2.9])
def test_a_crowd_up_to_three_times_is_no_surge(factor: float) -> None:
    assert rules(of(round(6 * factor)), QUIET) == []


def test_an_honest_surge_with_the_usual_mix_is_velocity_alone() -> None:
    assert rules(of(60), QUIET) == ["velocity"]


def test_a_small_shift_is_drift_however_sure() -> None:
    assert rules(of(2_380) | {3: 2_380 + 380}, VIRAL) == []


def test_few_votes_are_never_unusual() -> None:
    assert rules({3: 59}, QUIET) == []
    assert rules({3: 60}, Usual()) == ["velocity"]


def test_a_new_article_may_be_as_lively_as_the_liveliest() -> None:
    assert rules(of(30), Usual(), site_pace=100) == []
    assert rules(of(60), Usual(), site_pace=100) == ["velocity"]
    assert rules(of(60), QUIET, site_pace=100) == ["velocity"]  # known: its own pace counts


def test_fresh_cookies_of_one_network() -> None:
    some = {5: (100, 100)}
    (alarm,) = judge(Window(1, {1: 1}, some), QUIET, RULES, site_pace=0, fresh_share=0.5)
    assert (alarm.rule, alarm.net, alarm.n) == ("fresh", 5, 100)
    assert rules({1: 1}, QUIET, nets=some, fresh_share=0.9) == []  # most readers here are new
    assert rules({1: 1}, QUIET, nets={5: (19, 19)}) == []
    assert rules({1: 1}, QUIET, nets={5: (5_000, 3_100)}) == []  # sure, and no more than drift
    assert rules({1: 1}, QUIET, nets={5: (100, 60)}) == []
    assert rules({1: 1}, QUIET, nets={0: (100, 100)}) == []


def test_the_usual_share_of_fresh_cookies_starts_at_half() -> None:
    assert fresh_share_of(0, 0) == 0.5
    assert fresh_share_of(100_000, 90_000) == pytest.approx(0.9, abs=0.001)


def test_an_attack_does_not_make_itself_usual() -> None:
    after = windows(QUIET, 3, of(6) | {3: 3_006}, alarmed=True)
    assert after.votes < 2 * QUIET.votes
    assert after.kinds[3] == pytest.approx(after.kinds[4])
    assert rules(of(6) | {3: 3_006}, after) == ["velocity", "share"]


def test_what_was_usual_fades_in_hours_without_votes() -> None:
    later = Window(QUIET.at + 13 * WINDOW_SECONDS, {})
    assert learn(QUIET, later, RULES, alarmed=False).votes == pytest.approx(17, abs=1)


def test_the_quota_is_for_quiet_articles() -> None:
    assert not is_over_quota(29, RULES, is_busy=False)
    assert is_over_quota(30, RULES, is_busy=False)
    assert not is_over_quota(30, RULES, is_busy=True)
    assert not is_over_quota(10**6, replace(RULES, quota=0), is_busy=False)
