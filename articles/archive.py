"""The archive by date: which years, months and days have stories, and the stories of each.

Nothing is counted: each month or day is one look into the index of the newest, so a page costs
the same in an archive of a million stories. Days are those of the site's own time zone.
"""

from calendar import Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from articles.listing import PARTS_A_QUERY, ids_of
from articles.models import Article, ArticleQuerySet

HEADLINES_PER_MONTH = 3
# Years of four digits have addresses. A slip in a date ("0202") leaves no page in pieces.
FIRST = datetime(1000, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Span:
    """From the first moment of a day to the first moment after another."""

    first: date
    after: date

    @classmethod
    def of_year(cls, year: int) -> "Span":
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def of_month(cls, year: int, month: int) -> "Span":
        return cls(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1))

    @classmethod
    def of_day(cls, day: date) -> "Span":
        return cls(day, day + timedelta(days=1))

    def articles(self) -> ArticleQuerySet:
        """What readers see of these days."""
        return Article.objects.published().filter(
            publish_at__gte=_midnight(self.first), publish_at__lt=_midnight(self.after)
        )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def years() -> list[int]:
    """Every year from the newest story's to the oldest's, without gaps. 2 queries."""
    dated = Article.objects.published().filter(publish_at__gte=FIRST)
    published = dated.values_list("publish_at", flat=True)
    newest = published.order_by("-publish_at").first()
    oldest = published.order_by("publish_at").first()
    if not (newest and oldest):
        return []
    first, last = timezone.localtime(oldest).year, timezone.localtime(newest).year
    return list(range(last, first - 1, -1))


def months_of(years: Iterable[int]) -> list[date]:
    """The first days of the months that have stories, the newest first. 1 query."""
    months = [date(year, month, 1) for year in years for month in range(12, 0, -1)]
    return _with_stories(months, [Span.of_month(day.year, day.month) for day in months])


def days_of(year: int, month: int) -> list[date]:
    """The days of a month that have stories. 1 query."""
    span = Span.of_month(year, month)
    days = [span.first + timedelta(n) for n in range((span.after - span.first).days)]
    return _with_stories(days, [Span.of_day(day) for day in days])


def _with_stories(days: Sequence[date], spans: Sequence[Span]) -> list[date]:
    """Those whose span has a story. 1 query for 400 spans, each one look into the index."""
    found: set[int] = set()
    sql, params, places = _one_story_of(spans[0]) if spans else ("", [], [])
    for start in range(0, len(spans), PARTS_A_QUERY):
        values: list[Any] = []
        for span in spans[start : start + PARTS_A_QUERY]:
            for place, value in zip(places, _limits(span), strict=True):
                params[place] = value
            values += params
        parts = range(start, start + len(spans[start : start + PARTS_A_QUERY]))
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(sql.format(n) for n in parts), values)
            found.update(number for (number,) in cursor.fetchall())
    return [day for number, day in enumerate(days) if number in found]


def _one_story_of(span: Span) -> tuple[str, list[Any], list[int]]:
    """The SQL for one span, its values, and which of them are the span's limits: written by Django
    once and not for each of three hundred months, which took a second.
    """
    story = span.articles().order_by("publish_at").values_list("pk")[:1]
    sql, params = story.query.sql_with_params()
    places = [params.index(limit) for limit in _limits(span)]
    return f"SELECT {{0}} FROM ({sql}) part{{0}}", list(params), places  # noqa: S608


def _limits(span: Span) -> list[Any]:
    moments = (_midnight(span.first), _midnight(span.after))
    return [connection.ops.adapt_datetimefield_value(moment) for moment in moments]


def headlines_of(year: int) -> list[tuple[date, list[Article]]]:
    """The months of a year that have stories, with the newest of each. 2 queries."""
    months = [date(year, month, 1) for month in range(12, 0, -1)]
    ids = ids_of(
        [Span.of_month(year, day.month).articles().newest()[:HEADLINES_PER_MONTH] for day in months]
    )
    articles = (
        Article.objects.published()
        .select_related("section")
        .defer("body_html", "body_text")
        .in_bulk([pk for some in ids for pk in some])
    )
    return [
        (month, [articles[pk] for pk in some if pk in articles])
        for month, some in zip(months, ids, strict=True)
        if some
    ]


def by_day(articles: Iterable[Article]) -> list[tuple[date, list[Article]]]:
    """A list's stories under their days, in the order they come."""
    days: dict[date, list[Article]] = {}
    for article in articles:
        if article.publish_at:
            days.setdefault(timezone.localdate(article.publish_at), []).append(article)
    return list(days.items())


def weeks_of(year: int, month: int) -> list[list[date | None]]:
    """The month as a calendar's rows, Monday first; None where a day belongs to another month."""
    weeks = Calendar().monthdatescalendar(year, month)
    return [[day if day.month == month else None for day in week] for week in weeks]
