"""A ranking is made by one request at a time, however many want it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from reactions import heat, popular
from reactions.heat import MONTH, NOW
from tests.live import PATIENCE_SECONDS

pytestmark = pytest.mark.services
MAKER, OTHERS = 1, 4


class Made:
    """Stands in for `heat.read`: counts, and is at it until `go`."""

    def __init__(self) -> None:
        self.n = 0
        self.begun, self.go = Event(), Event()

    def __call__(self, *_: object) -> list[heat.Heat]:
        self.n += 1
        self.begun.set()
        assert self.go.wait(PATIENCE_SECONDS)
        return []


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    cache.clear()
    made = Made()
    monkeypatch.setattr(heat, "read", made)
    return made


def test_of_a_crowd_that_finds_nothing_kept_one_makes_it(made: Made) -> None:
    with ThreadPoolExecutor(MAKER + OTHERS) as pool:
        crowd = [pool.submit(popular.ranking, NOW) for _ in range(MAKER + OTHERS)]
        assert made.begun.wait(PATIENCE_SECONDS)
        made.go.set()
        assert {str(each.result()) for each in crowd} == {"{0: []}"}
    assert made.n == 1


@pytest.mark.parametrize(("period", "seconds"), [(NOW, 30), (MONTH, 300)], ids=["now", "month"])
def test_who_comes_while_the_next_is_made_gets_the_last(
    made: Made, period: heat.Period, seconds: int
) -> None:
    made.go.set()
    popular.ranking(period)
    popular.ranking(period)
    assert made.n == 1
    with time_machine.travel(timezone.now() + timedelta(seconds=seconds + 1), tick=False):
        made.begun.clear()
        made.go.clear()
        with ThreadPoolExecutor(MAKER) as pool:
            maker = pool.submit(popular.ranking, period)
            assert made.begun.wait(PATIENCE_SECONDS)
            assert [popular.ranking(period) for _ in range(OTHERS)] == [{0: []}] * OTHERS
            made.go.set()
            maker.result()
        popular.ranking(period)
        assert made.n == 2
