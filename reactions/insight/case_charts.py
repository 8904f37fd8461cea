"""A case's figures as charts (reactions.charts)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from reactions import charts
from reactions.charts import Chart, Series
from reactions.insight.case_figures import NET_SAMPLE, Figures
from reactions.insight.names import name_of
from reactions.models import ReactionKind

DAY = timedelta(days=1)


def draw(
    figures: Figures, kinds: Mapping[int, ReactionKind], marks: Sequence[tuple[datetime, str]]
) -> list[Chart]:
    """Votes by kind over time, networks, cookies' ages. `marks`: what happened when."""
    return [_over_time(figures, kinds, marks), _networks(figures), _ages(figures)]


def kind_name(number: int, kinds: Mapping[int, ReactionKind]) -> str:
    return str(kinds[number]) if number in kinds else f"Kind {number}"


def _over_time(
    figures: Figures, kinds: Mapping[int, ReactionKind], marks: Sequence[tuple[datetime, str]]
) -> Chart:
    span = figures.span
    many, found = len(span.columns), sorted({kind for _, kind, _ in figures.cube})
    values = {kind: [0] * many for kind in found}
    for (column, kind, _), n in figures.cube.items():
        if column < many:
            values[kind][column] += n
    series = [
        Series(kind_name(kind, kinds), tuple(values[kind]), _look(kind, kinds)) for kind in found
    ]
    form = "%H:%M" if span.until - span.since < DAY else "%-d %b %H:%M"
    columns = [timezone.localtime(moment).strftime(form) for moment in span.columns]
    minutes = int(span.step / timedelta(minutes=1))
    votes = "1 vote" if figures.votes == 1 else f"{figures.votes:,} votes"
    words = f"{votes}, changes of mind included. A column is {_long(minutes)}."
    places = [(span.place(moment), text) for moment, text in marks if moment >= span.since]
    return charts.stacked("over-time", "Votes by kind", words, columns, series, marks=places)


def _networks(figures: Figures) -> Chart:
    whole = figures.sampled
    rows = [
        (
            "Not known" if not each.net else f"Network {name_of(each.net)}",
            float(each.votes),
            f"{each.votes:,} · {charts.share(each.votes, whole)}",
        )
        for each in figures.nets
    ]
    rest = whole - sum(each.votes for each in figures.nets)
    others = figures.networks - len(figures.nets)
    words = f"The largest of {figures.networks:,} networks"
    words = "All came from one network" if figures.networks == 1 else words
    words += f", in the newest {NET_SAMPLE:,} votes." if whole == NET_SAMPLE else "."
    words = words if rows else ""
    if others > 0:
        of_others = "Another has" if others == 1 else f"{others:,} others share"
        words += f" {of_others} {charts.share(rest, whole)}."
    return charts.bars("networks", "Networks", words, rows)


def _ages(figures: Figures) -> Chart:
    words = "How old a reader’s cookie was when it voted."
    return charts.histogram("ages", "Age of the cookies", words, figures.by_age())


def _look(kind: int, kinds: Mapping[int, ReactionKind]) -> int:
    """The same for a kind in every case."""
    numbers = sorted(kinds)
    return numbers.index(kind) if kind in kinds else len(numbers)


def _long(minutes: int) -> str:
    if minutes == 1:
        return "a minute"
    if minutes < 60:
        return f"{minutes} minutes"
    hours = minutes // 60
    return "an hour" if hours == 1 else f"{hours} hours" if hours < 24 else "a day"
