"""Charts as geometry: pure arithmetic, drawn by templates/admin/reactions/chart/chart.html.

Across, everything is in percent of the chart's width and text keeps its size, so one drawing fits
a phone and a wide screen; down, in pixels. A series has a look (0 to 7): a hue and a pattern of its
own, so that no two need to be told apart by colour alone. Each chart carries its figures as a table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

LOOKS = 8
PLOT = 180.0  # pixels between the highest gridline and the axis
TOP = 26.0  # above the plot: what stands at marks and at the highest gridline
FOOT = 22.0  # below it: the ticks' words
ROW = 40.0  # one bar with its words
TICKS = 5  # at most, across: they fit 320 pixels
GAP = 0.15  # of a column's width stays free
COLUMN_AT_MOST = 12.0  # percent: few columns don't become walls


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of thing, a value for each column. Its look is taken modulo LOOKS."""

    label: str
    values: tuple[float, ...]
    look: int = 0

    @property
    def total(self) -> float:
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle: x and width in percent, y and height in pixels."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    """Text at x percent and y pixels; anchor is SVG's (start, middle, end)."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Mark:
    """A line down the plot at x percent, with words: something happened here."""

    x: float
    words: Words


@dataclass(frozen=True, slots=True)
class Group:
    """All that is drawn of one series: rectangles, or a line's points in 100 × PLOT."""

    label: str
    look: int
    total: str
    blocks: tuple[Block, ...] = ()
    points: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """`key` makes the ids of a page's charts different; `spots` are invisible columns that say
    their figures under a pointer; `head` and `rows` are the figures as a table.
    """

    key: str
    title: str
    words: str
    height: float
    groups: tuple[Group, ...]
    grid: tuple[Words, ...] = ()
    ticks: tuple[Words, ...] = ()
    marks: tuple[Mark, ...] = ()
    labels: tuple[Words, ...] = ()
    spots: tuple[tuple[Block, str], ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    top: float = TOP
    plot: float = PLOT

    @property
    def axis(self) -> float:
        """Where the axis lies, in pixels from the top."""
        return self.top + self.plot

    @property
    def looks(self) -> list[int]:
        return sorted({group.look for group in self.groups})

    @property
    def is_empty(self) -> bool:
        return not any(group.blocks or group.points for group in self.groups)


def stacked(
    key: str,
    title: str,
    words: str,
    columns: Sequence[str],
    series: Sequence[Series],
    *,
    marks: Iterable[tuple[float, str]] = (),
) -> Chart:
    """Columns of stacked values. `columns`: each one's name, like "14:05"; `marks`: (a place as a
    share of the whole width, its words). Raises ValueError where a series has not a value for each.
    """
    _check(columns, series)
    sums = [sum(each.values[place] for each in series) for place in range(len(columns))]
    top = nice_top(max(sums, default=0))
    heaped = [0.0] * len(columns)
    groups = []
    for each in series:
        blocks = []
        for place, value in enumerate(each.values):
            if value > 0:
                x, width = _column(place, len(columns))
                y = _down(heaped[place] + value, top)
                blocks.append(Block(x, y, width, round(value * PLOT / top, 2)))
                heaped[place] += value
        groups.append(_group(each, tuple(blocks)))
    return _over_time(key, title, words, columns, series, tuple(groups), top, marks)


def lined(
    key: str,
    title: str,
    words: str,
    columns: Sequence[str],
    series: Sequence[Series],
    *,
    marks: Iterable[tuple[float, str]] = (),
) -> Chart:
    """A line for each series, otherwise as `stacked`."""
    _check(columns, series)
    top = nice_top(max((value for each in series for value in each.values), default=0))
    groups = []
    for each in series:
        points = (
            f"{_percent((place + 0.5) / len(columns))},{round(PLOT - value * PLOT / top, 2)}"
            for place, value in enumerate(each.values)
        )
        groups.append(_group(each, points=" ".join(points)))
    return _over_time(key, title, words, columns, series, tuple(groups), top, marks)


def bars(key: str, title: str, words: str, rows: Sequence[tuple[str, float, str]]) -> Chart:
    """Horizontal bars, the longest as wide as the chart. `rows`: (name, value, what is said of it)."""
    most = max((value for _, value, _ in rows), default=0) or 1
    blocks, labels = [], []
    for place, (name, value, said) in enumerate(rows):
        y = place * ROW
        labels += [Words(0, y + 15, name, "start"), Words(100, y + 15, said, "end")]
        if value > 0:
            blocks.append(Block(0, y + 22, max(_percent(value / most), 0.5), 10))
    group = Group(title, 0, number(sum(value for _, value, _ in rows)), tuple(blocks))
    return Chart(
        key, title, words, len(rows) * ROW, (group,), labels=tuple(labels), top=0,
        plot=len(rows) * ROW, head=("", "Votes", "Share"),
        rows=tuple((name, number(value), said) for name, value, said in rows),
    )  # fmt: skip


def histogram(
    key: str,
    title: str,
    words: str,
    bins: Sequence[tuple[str, float]],
    *,
    looks: Sequence[int] = (),
) -> Chart:
    """One column a bin, its number above it. `looks`: one for each bin; else all are alike."""
    top = max((value for _, value in bins), default=0) or 1
    whole = sum(value for _, value in bins)
    groups, labels, ticks = [], [], []
    for place, (name, value) in enumerate(bins):
        x, width = _column(place, len(bins), at_most=100)
        middle = _percent((place + 0.5) / len(bins))
        y = _down(value, top)
        blocks = (Block(x, y, width, round(value * PLOT / top, 2)),) if value > 0 else ()
        look = looks[place] if looks else 0
        groups.append(Group(name, look, number(value), blocks))
        labels.append(Words(middle, y - 6, number(value)))
        ticks.append(Words(middle, TOP + PLOT + 16, name))
    rows = tuple((name, number(value), share(value, whole)) for name, value in bins)
    return Chart(
        key, title, words, TOP + PLOT + FOOT, tuple(groups), labels=tuple(labels),
        ticks=tuple(ticks), head=("", "Votes", "Share"), rows=rows,
    )  # fmt: skip


def nice_top(most: float) -> float:
    """The highest gridline: 1, 2, 4, 5 or 10 times a power of ten, not below `most`."""
    if most <= 4:
        return 4.0
    power = 10.0 ** floor(log10(most))
    return next(step * power for step in (1, 2, 4, 5, 10) if step * power >= most)


def number(value: float) -> str:
    """12,345; a fraction with one digit."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def share(part: float, whole: float) -> str:
    """As 12%; what is there is never said to be 0%."""
    percent = 100 * part / whole if whole else 0.0
    return "<1%" if 0 < percent < 1 else f"{percent:.0f}%"


def ticks_of(columns: Sequence[str], y: float) -> tuple[Words, ...]:
    """At most TICKS of the columns' names, evenly apart, each under its column."""
    step = max(ceil(len(columns) / TICKS), 1)
    found = []
    for place in range(0, len(columns), step):
        x = _percent((place + 0.5) / len(columns))
        anchor = "start" if x < 5 else "end" if x > 95 else "middle"
        at = 0 if anchor == "start" else 100 if anchor == "end" else x
        found.append(Words(at, y, columns[place], anchor))
    return tuple(found)


def _over_time(
    key: str,
    title: str,
    words: str,
    columns: Sequence[str],
    series: Sequence[Series],
    groups: tuple[Group, ...],
    top: float,
    marks: Iterable[tuple[float, str]],
) -> Chart:
    rows = tuple(
        (name, *(number(each.values[place]) for each in series))
        for place, name in enumerate(columns)
    )
    return Chart(
        key=key,
        title=title,
        words=words,
        height=TOP + PLOT + FOOT,
        groups=groups,
        grid=tuple(Words(0, _down(top * part, top), number(top * part)) for part in (0.5, 1)),
        ticks=ticks_of(columns, TOP + PLOT + 16),
        marks=tuple(_mark(place, text) for place, text in marks),
        spots=tuple(_spot(place, row, series) for place, row in enumerate(rows)),
        head=("", *(each.label for each in series)),
        rows=rows,
    )


def _spot(place: int, row: Sequence[str], series: Sequence[Series]) -> tuple[Block, str]:
    width = 100 / max(len(series[0].values), 1) if series else 100.0
    said = ", ".join(
        f"{each.label} {n}" for each, n in zip(series, row[1:], strict=True) if n != "0"
    )
    return Block(round(place * width, 3), TOP, round(width, 3), PLOT), f"{row[0]}: {said or '0'}"


def _mark(place: float, text: str) -> Mark:
    x = _percent(min(max(place, 0.0), 1.0))
    is_left = x <= 55
    return Mark(x, Words(x, TOP - 12, text, "start" if is_left else "end"))


def _group(series: Series, blocks: tuple[Block, ...] = (), points: str = "") -> Group:
    return Group(series.label, series.look % LOOKS, number(series.total), blocks, points)


def _column(place: int, many: int, *, at_most: float = COLUMN_AT_MOST) -> tuple[float, float]:
    """(x, width) in percent, in the middle of its share of the width."""
    whole = 100 / many
    width = min(whole * (1 - GAP), at_most)
    return round(place * whole + (whole - width) / 2, 3), round(width, 3)


def _check(columns: Sequence[str], series: Sequence[Series]) -> None:
    if any(len(each.values) != len(columns) for each in series):
        raise ValueError("A series has a value for each column.")


def _down(value: float, top: float) -> float:
    return round(TOP + PLOT - value * PLOT / top, 2)


def _percent(part: float) -> float:
    return round(100 * part, 3)
