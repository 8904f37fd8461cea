"""Charts: what is drawn is what was given, inside the chart, and said in a table."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from reactions import charts
from reactions.charts import PLOT, TOP, Chart, Series

SERIES = [Series("Heart", (1, 0, 3), look=0), Series("Wow", (3, 0, 5), look=9)]
COLUMNS = ["14:00", "14:05", "14:10"]
MARKS = [(0.2, "Alarm"), (0.9, "Later")]


def test_columns_stand_on_each_other_and_on_the_axis() -> None:
    chart = charts.stacked("votes", "Votes", "Every five minutes", COLUMNS, SERIES)
    heart, wow = chart.groups
    assert (len(heart.blocks), len(wow.blocks)) == (2, 2)  # nothing is drawn of nothing
    assert heart.blocks[0].y + heart.blocks[0].height == chart.axis
    assert wow.blocks[0].y + wow.blocks[0].height == heart.blocks[0].y
    assert wow.blocks[0].height == 3 * heart.blocks[0].height
    assert wow.look == 1  # another one's look, rather than none
    assert wow.total == "8"
    assert chart.rows == (("14:00", "1", "3"), ("14:05", "0", "0"), ("14:10", "3", "5"))
    assert [said for _, said in chart.spots] == [
        "14:00: Heart 1, Wow 3", "14:05: 0", "14:10: Heart 3, Wow 5",
    ]  # fmt: skip


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=80))
def test_whatever_the_figures_nothing_leaves_the_chart(values: list[int]) -> None:
    series = [Series("a", tuple(values)), Series("b", tuple(values), look=1)]
    columns = [str(place) for place in range(len(values))]
    for chart in (
        charts.stacked("k", "t", "w", columns, series),
        charts.histogram("k", "t", "w", list(zip(columns, values, strict=True))),
        charts.bars(
            "k", "t", "w", [(name, n, "") for name, n in zip(columns, values, strict=True)]
        ),
    ):
        for block in (block for group in chart.groups for block in group.blocks):
            assert block.x >= -0.01
            assert block.x + block.width <= 100.01
            assert block.y >= -0.01
            assert block.y + block.height <= chart.height + 0.01
    assert len(charts.lined("k", "t", "w", columns, series).ticks) <= charts.TICKS


def test_a_line_has_a_point_for_each_column() -> None:
    chart = charts.lined("votes", "Votes", "", COLUMNS, SERIES[:1], marks=MARKS)
    (line,) = chart.groups
    assert line.points == f"16.667,{PLOT * 3 / 4} 50.0,{PLOT} 83.333,{PLOT / 4}"
    assert [(mark.x, mark.words.anchor) for mark in chart.marks] == [(20, "start"), (90, "end")]


@pytest.mark.parametrize("draw", [charts.stacked, charts.lined])
def test_a_series_has_a_value_for_each_column(draw: object) -> None:
    with pytest.raises(ValueError, match="each column"):
        draw("k", "t", "w", COLUMNS, [Series("a", (1,))])  # type: ignore[operator]


def test_bars_are_as_long_as_their_value_and_a_small_one_is_seen() -> None:
    chart = charts.bars(
        "nets", "Networks", "", [("a", 400, "80%"), ("b", 100, "20%"), ("c", 1, "")]
    )
    widths = [block.width for block in chart.groups[0].blocks]
    assert widths == [100, 25, 0.5]
    assert chart.rows[0] == ("a", "400", "80%")


def test_a_histogram_says_its_numbers() -> None:
    chart = charts.histogram("ages", "Ages", "", [("< 1 min", 3), ("older", 0)], looks=[1, 0])
    assert [words.text for words in chart.labels] == ["3", "0"]
    assert chart.rows == (("< 1 min", "3", "100%"), ("older", "0", "0%"))
    assert chart.labels[0].y < TOP


@pytest.mark.parametrize(
    ("most", "top"),
    [(0, 4), (3, 4), (5, 5), (9, 10), (11, 20), (399, 400), (401, 500), (999, 1000)],
)
def test_gridlines_are_round_numbers(most: float, top: float) -> None:
    assert charts.nice_top(most) == top


def test_shares_in_words() -> None:
    assert [charts.share(*pair) for pair in ((1, 3), (1, 1000), (0, 3), (0, 0))] == [
        "33%", "<1%", "0%", "0%",
    ]  # fmt: skip
    assert (charts.number(12_345), charts.number(2.25)) == ("12,345", "2.2")


DRAWN = {
    "stacked": charts.stacked("k", "Votes", "Now", COLUMNS, SERIES, marks=MARKS),
    "lined": charts.lined("k", "Votes", "Now", COLUMNS, SERIES),
    "bars": charts.bars("k", "Votes", "Now", [("n", 4, "9%")]),
    "histogram": charts.histogram("k", "Votes", "Now", [("n", 4)]),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_has_a_name_words_and_its_figures(name: str) -> None:
    html = render_to_string("admin/reactions/chart/chart.html", {"chart": DRAWN[name]})
    assert 'role="img" aria-labelledby="k-title k-words"' in html
    assert '<th scope="row">' in html
    assert "style=" not in html
    assert "Wow" in html or name not in {"stacked", "lined"}


def test_nothing_to_draw_is_said() -> None:
    chart: Chart = charts.stacked("k", "Votes", "", [], [])
    assert "No votes to draw." in render_to_string(
        "admin/reactions/chart/chart.html", {"chart": chart}
    )
