"""Analytics: how readers reacted in a period, by story, section, kind and hour, against the period
before. Published stories; times in the newsroom's zone. Charts are reactions.charts'.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from itertools import islice

from django.utils import timezone

from articles.models import Article, Section
from reactions.charts import LOOKS, Chart, Series, bars, lined, number, share, stacked
from reactions.insight.analytics_period import Period, Steps, steps
from reactions.insight.analytics_sums import Sums, sums_of
from reactions.insight.analytics_views import Rate, Rates, rates_of
from reactions.models import ReactionKind

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HEAT = 5  # shades of the map, 0 for no vote
SHARES_SHOWN = 5  # lines that can be told apart
SECTIONS_SHOWN = 12
EXACT_BELOW = 10


@dataclass(frozen=True, slots=True)
class TopStory:
    pk: int
    headline: str
    section: str
    votes: str
    share: str
    rate: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A weekday: (hour's name, votes, shade from 0 to HEAT) for each hour of the day."""

    day: str
    cells: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """`change`: in words against the period before, "" where there is none to compare with. `rate`:
    reactions per 1,000 views, `views` those of the hours that `views_words` names; "" where no views
    are known.
    """

    votes: str
    change: str
    stories: str
    a_day: str
    views: str
    rate: str
    views_words: str
    charts: tuple[Chart, ...]
    heat: tuple[HeatRow, ...]
    heat_words: str
    top: tuple[TopStory, ...]
    is_empty: bool


def report(period: Period, section: int | None = None) -> Report:
    """The period in figures and charts. 10 queries at most, 3 of them while sums are kept."""
    zone = timezone.get_current_timezone()
    now, before = sums_of(period, section), None
    if period.before is not None:
        before = sums_of(period.before, section)
    rates = rates_of(period, section, now.top)
    first = period.since or min((hour for hour, _kind in now.hours), default=period.until)
    columns = steps(first, period.until, zone)
    days = max((period.until - first).total_seconds() / 86_400, 1.0)
    map_, said = _heat(now, zone)
    return Report(
        votes=number(now.votes),
        change=_change(now.votes, before.votes) if before is not None else "",
        stories=number(now.stories),
        a_day=number(round(now.votes / days)),
        views=number(rates.all.views) if rates.hours else "",
        rate=_rate(rates.all),
        views_words=_known_words(rates),
        charts=_charts(now, before, rates, columns, zone),
        heat=map_,
        heat_words=said,
        top=_top(now, rates),
        is_empty=not now.votes,
    )


def _rate(rate: Rate | None) -> str:
    """Reactions per 1,000 views, with a digit after the point where it tells more."""
    found = rate.per_thousand if rate is not None else None
    if found is None:
        return ""
    return f"{found:.1f}" if 0 < found < EXACT_BELOW else number(round(found))


def _known_words(rates: Rates) -> str:
    """Of which hours the views are; "" where none are known."""
    if not rates.hours:
        return ""
    hours = "one hour" if rates.hours == 1 else f"{number(rates.hours)} hours"
    return f"Views are known for {hours} of this time; rates are of the votes and views of these."


def _charts(
    now: Sums, before: Sums | None, rates: Rates, columns: Steps, zone: tzinfo
) -> tuple[Chart, ...]:
    series = _series(now, columns, zone)
    sums = [sum(each.values[place] for each in series) for place in range(len(columns.names))]
    most = max(range(len(sums)), key=sums.__getitem__) if any(sums) else None
    unit = columns.unit
    over_time = (
        f"By {unit}. Most: {number(sums[most])}, {columns.names[most]}." if most is not None else ""
    )
    return (
        stacked("time", "Reactions over time", over_time, columns.names, series),
        _shares(series[:SHARES_SHOWN], sums, columns),
        _by_kind(now, before),
        _by_hour(now, zone),
        _by_section(now, rates),
    )


def _series(sums: Sums, columns: Steps, zone: tzinfo) -> list[Series]:
    """One for each kind, the one chosen most first; beyond LOOKS the rest is one."""
    labels = _labels()
    values = {kind: [0.0] * len(columns.names) for kind in sums.kinds}
    for (hour, kind), n in sums.hours.items():
        place = columns.place(hour.astimezone(zone))
        if place is not None:
            values[kind][place] += n
    each = [
        Series(labels.get(kind, f"Kind {kind}"), tuple(counts), look)
        for look, (kind, counts) in enumerate(values.items())
    ]
    if len(each) <= LOOKS:
        return each
    rest = [sum(column) for column in zip(*(one.values for one in each[LOOKS - 1 :]), strict=True)]
    return [*each[: LOOKS - 1], Series("Others", tuple(rest), LOOKS - 1)]


def _shares(series: Sequence[Series], sums: Sequence[float], columns: Steps) -> Chart:
    """A line for each; its number in the legend is its share of all."""
    percent = [
        replace(each, values=tuple(_percent(*pair) for pair in zip(each.values, sums, strict=True)))
        for each in series
    ]
    words = f"Percent of each {columns.unit}’s reactions."
    drawn = lined("shares", "Shares of the kinds", words, columns.names, percent)
    of_all = [share(each.total, sum(sums)) for each in series]
    groups = (replace(group, total=part) for group, part in zip(drawn.groups, of_all, strict=True))
    return replace(drawn, groups=tuple(groups))


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _by_kind(now: Sums, before: Sums | None) -> Chart:
    labels, earlier = _labels(), before.kinds if before is not None else {}
    rows = []
    for kind, n in now.kinds.items():
        said = f"{number(n)} · {share(n, now.votes)}"
        change = _change(n, earlier.get(kind, 0)) if before is not None else ""
        rows.append((labels.get(kind, f"Kind {kind}"), n, f"{said} · {change}" if change else said))
    against = "Share, and change against the time before." if before is not None else "With share."
    return bars("kinds", "By kind", against, rows)


def _by_section(sums: Sums, rates: Rates) -> Chart:
    names = dict(Section.objects.values_list("pk", "name"))
    rows = []
    for pk, n in islice(sums.sections.items(), SECTIONS_SHOWN):
        rate = _rate(rates.sections.get(pk))
        said = f"{number(n)} · {share(n, sums.votes)}" + (f" · {rate}‰" if rate else "")
        rows.append((names.get(pk, "") if pk else "Without a section", n, said))
    words = "The section a story is in now."
    if any("‰" in said for _name, _n, said in rows):
        words += " ‰: reactions per 1,000 views."
    return bars("sections", "By section", words, rows)


def _by_hour(sums: Sums, zone: tzinfo) -> Chart:
    hours = [0.0] * 24
    for (hour, _kind), n in sums.hours.items():
        hours[hour.astimezone(zone).hour] += n
    names = [f"{hour:02}:00" for hour in range(24)]
    words = f"Most between {_span(hours.index(max(hours)))}." if any(hours) else ""
    return stacked("hours", "By hour of the day", words, names, [Series("Votes", tuple(hours))])


def _heat(sums: Sums, zone: tzinfo) -> tuple[tuple[HeatRow, ...], str]:
    """The map of weekdays and hours, and its busiest cell in words."""
    counts: dict[tuple[int, int], int] = {}
    for (hour, _kind), n in sums.hours.items():
        local = hour.astimezone(zone)
        at = (local.weekday(), local.hour)
        counts[at] = counts.get(at, 0) + n
    most = max(counts.values(), default=0)
    rows = tuple(
        HeatRow(
            name, tuple(_heat_cell(hour, counts.get((day, hour), 0), most) for hour in range(24))
        )
        for day, name in enumerate(WEEKDAYS)
    )
    if not most:
        return rows, ""
    day, busiest = max(counts, key=lambda at: (counts[at], at))
    return rows, f"Most on {WEEKDAYS[day]} between {_span(busiest)}: {number(most)}."


def _heat_cell(hour: int, votes: int, most: int) -> tuple[str, str, int]:
    shade = -(-HEAT * votes // most) if most else 0
    return f"{hour:02}", number(votes), shade


def _span(hour: int) -> str:
    return f"{hour:02}:00 and {(hour + 1) % 24:02}:00"


def _top(sums: Sums, rates: Rates) -> tuple[TopStory, ...]:
    columns = ("headline", "slug", "section__name")
    rows = Article.objects.published().among(sums.top).values("pk", *columns)
    stories = {row["pk"]: row for row in rows}
    return tuple(
        TopStory(
            pk, stories[pk]["headline"] or stories[pk]["slug"], stories[pk]["section__name"] or "",
            number(n), share(n, sums.votes), _rate(rates.stories.get(pk)),
        )
        for pk, n in sums.top.items()
        if pk in stories
    )  # fmt: skip


def _change(now: int, before: int) -> str:
    """Like "+12%"; "new" where there was nothing before, "" where there is nothing at all."""
    if not before:
        return "new" if now else ""
    percent = round(100 * (now - before) / before)
    return f"{percent:+,}%".replace("-", "−") if percent else "as before"


def _labels() -> Mapping[int, str]:
    return dict(ReactionKind.objects.values_list("pk", "label"))
