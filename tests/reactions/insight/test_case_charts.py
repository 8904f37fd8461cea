"""What the charts of a case say in words: of one, of many, of none."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from reactions.insight.case_charts import draw
from reactions.insight.case_figures import Figures, Net, Span

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def words(votes: int, nets: list[int], networks: int) -> tuple[str, str]:
    span = Span(NOON, NOON + timedelta(minutes=10), timedelta(minutes=1))
    cube = Counter({(0, 1, 0): votes} if votes else {})
    rows = tuple(Net(number, n, 0) for number, n in enumerate(nets, 1))
    over_time, networks_, _ages = draw(Figures(span, cube, rows, networks, votes), {}, [])
    return over_time.words, networks_.words


@pytest.mark.parametrize(
    ("given", "votes", "networks"),
    [
        ((0, [], 0), "0 votes, changes", ""),
        ((1, [1], 1), "1 vote, changes", "All came from one network."),
        ((1_234, [1_000], 2), "1,234 votes,", "The largest of 2 networks. Another has 19%."),
        ((1_234, [1_000], 40), "1,234 votes,", "The largest of 40 networks. 39 others share 19%."),
    ],
    ids=["none", "one", "one other", "many"],
)
def test_words_fit_how_many_there_are(
    given: tuple[int, list[int], int], votes: str, networks: str
) -> None:
    over_time, of_networks = words(*given)
    assert over_time.startswith(votes)
    assert of_networks == networks
