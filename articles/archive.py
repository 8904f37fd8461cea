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
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles.cards import without_bylines
from articles.listing import ids_of
from articles.models import Article, ArticleQuerySet
from articles.models.prepared import Given, PreparedTogether

HEADLINES_PER_MONTH = 3
SPANS_A_QUERY = 1_000  # three values each; SQLite takes 32,766
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

    @property
    def limits(self) -> tuple[datetime, datetime]:
        """From this moment on, and before that one."""
        return _midnight(self.first), _midnight(self.after)

    def articles(self) -> ArticleQuerySet:
        """What readers see of these days."""
        return _published_between(*self.limits)


def published_in(place: int | str = "") -> ArticleQuerySet:
    """What readers see between the `Given`s `since` and `before`, of this place: the newest first."""
    return _published_between(Given(f"since{place}"), Given(f"before{place}")).newest()


def _published_between(since: Any, before: Any) -> ArticleQuerySet:
    # The limits first: of two ends, these and now, SQLite takes the first one that is written into
    # its index, and would read an old month from today on back.
    return Article.objects.filter(publish_at__gte=since, publish_at__lt=before).published()


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
    """Those whose span has a story. 1 query for 1,000 spans, each one look into the index.

    The spans are rows and the look is written once: a part of a UNION for each took PostgreSQL
    longer to plan than to read.
    """
    look, looked_for = _first_story_since()
    found: list[date] = []
    for start in range(0, len(spans), SPANS_A_QUERY):
        part = spans[start : start + SPANS_A_QUERY]
        rows = ", ".join(["(%s, %s, %s)"] * len(part))
        values = [
            value for place, span in enumerate(part, start) for value in (place, *_limits(span))
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH span (place, since, before) AS (VALUES {rows}) "  # noqa: S608
                f"SELECT place FROM span WHERE ({look}) < span.before ORDER BY place",
                [*values, *looked_for],
            )
            found += [days[place] for (place,) in cursor.fetchall()]
    return found


def _first_story_since() -> tuple[str, tuple[Any, ...]]:
    """The SQL of a look: when the first story since the row `span` begins came out."""
    # A LIMIT and no EXISTS: of that PostgreSQL makes a join, which reads every story. And no end:
    # SQLite goes on to it, or to now, where a span has no story.
    after = Article.objects.published().filter(publish_at__gte=RawSQL("span.since", ()))
    return after.order_by("publish_at").values("publish_at")[:1].query.sql_with_params()


def _limits(span: Span) -> list[Any]:
    return [connection.ops.adapt_datetimefield_value(moment) for moment in span.limits]


def headlines_of(year: int) -> list[tuple[date, list[Article]]]:
    """The months of a year that have stories, with the newest of each. 2 queries."""
    months = [date(year, month, 1) for month in range(12, 0, -1)]
    given: dict[str, datetime] = {}
    for place, month in enumerate(months):
        given[f"since{place}"], given[f"before{place}"] = Span.of_month(year, month.month).limits
    ids = ids_of(_headlines, **given)
    articles = without_bylines([pk for some in ids for pk in some])
    return [
        (month, [articles[pk] for pk in some if pk in articles])
        for month, some in zip(months, ids, strict=True)
        if some
    ]


_headlines = PreparedTogether(
    lambda: [
        published_in(place).values_list("pk", "publish_at")[:HEADLINES_PER_MONTH]
        for place in range(12)
    ]
)


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
