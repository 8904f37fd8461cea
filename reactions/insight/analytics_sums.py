"""Sums of votes over a period: from the hours, and from the ledger where no hour is counted yet.

Votes of stories that readers see now. One statement reads the period once and adds it up by kind and
hour, by section and by story: what it costs grows with the period's hours, stories and kinds, and with
the votes of the running hour.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from articles.models import Article
from reactions.hours import HOUR
from reactions.insight.analytics_period import Period
from reactions.models import Hour
from reactions.models.event import STATE_BITS

TOP = 20
KEPT_SECONDS = 60

TRUNCATED = {
    "postgresql": "date_trunc('hour', at, 'UTC')",
    "sqlite": "strftime('%%Y-%%m-%%d %%H:00:00', at)",
}
# "public" is made of the stories that have votes (see public): SQLite has an index of it at once.
COUNTED = """
    counted (article_id, kind_id, hour, n) AS MATERIALIZED (
        SELECT article_id, kind_id, hour, n FROM reactions_hour
         WHERE {hours_since} hour < %s
        UNION ALL
        SELECT article_id, kind, {hour}, COUNT(*) FROM reactions_event
         WHERE {events_since} at < %s AND kind > 0 AND flags & {state} = 0
         GROUP BY 1, 2, 3)
"""
SUMS = """
    WITH {counted},
    public (id, section_id) AS MATERIALIZED ({public}),
    mine AS MATERIALIZED (
        SELECT counted.article_id, counted.kind_id, counted.hour, counted.n, public.section_id
          FROM counted JOIN public ON public.id = counted.article_id)
    SELECT 'hour', kind_id, hour, SUM(n) FROM mine GROUP BY kind_id, hour
    UNION ALL SELECT 'section', section_id, {nothing}, SUM(n) FROM mine GROUP BY section_id
    UNION ALL SELECT 'stories', COUNT(DISTINCT article_id), {nothing}, 0 FROM mine
    UNION ALL SELECT 'story', best.article_id, {nothing}, best.n FROM (
        SELECT article_id, SUM(n) AS n FROM mine GROUP BY article_id
         ORDER BY 2 DESC, 1 DESC LIMIT {top}) best
"""
NOTHING = {"postgresql": "NULL::timestamptz", "sqlite": "NULL"}


@dataclass(slots=True)
class Sums:
    """Votes by (hour, kind), by section (None: without one), by story (the TOP with most, in
    order); how many stories have any.
    """

    hours: dict[tuple[datetime, int], int] = field(default_factory=dict)
    sections: dict[int | None, int] = field(default_factory=dict)
    top: dict[int, int] = field(default_factory=dict)
    stories: int = 0

    @property
    def votes(self) -> int:
        return sum(self.hours.values())

    @property
    def kinds(self) -> dict[int, int]:
        """By kind, the one chosen most first."""
        sums: dict[int, int] = {}
        for (_hour, kind), n in self.hours.items():
            sums[kind] = sums.get(kind, 0) + n
        return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def sums_of(period: Period, section: int | None = None) -> Sums:
    """The period's sums, of one section's stories or all; kept for a minute. 2 queries."""
    since = period.since.isoformat() if period.since else ""
    key = f"reactions-sums-{section}-{since}-{period.until:%Y%m%d%H%M}".replace(":", "")
    sums: Sums | None = cache.get(key)
    if sums is None:
        sums = _read(period, section)
        cache.set(key, sums, KEPT_SECONDS)
    return sums


def _read(period: Period, section: int | None) -> Sums:
    counted_sql, counted_params = counted(period)
    public_sql, public_params = public("counted", section)
    sql = SUMS.format(
        counted=counted_sql, public=public_sql, nothing=NOTHING[connection.vendor], top=TOP
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*counted_params, *public_params])
        return _gather(cursor.fetchall())


def counted(period: Period) -> tuple[str, list[Any]]:
    """The votes of the period as a table of a WITH clause, and its parameters. 1 query."""
    last = Hour.objects.aggregate(last=Max("hour"))["last"]
    uncounted = last + HOUR if last else None
    starts = [moment for moment in (period.since, uncounted) if moment is not None]
    events_since = max(starts) if starts else None
    sql = COUNTED.format(
        hours_since="hour >= %s AND" if period.since else "",
        events_since="at >= %s AND" if events_since else "",
        hour=TRUNCATED[connection.vendor], state=STATE_BITS,
    )  # fmt: skip
    moments = [period.since, period.until, events_since, period.until]
    adapt = connection.ops.adapt_datetimefield_value
    return sql, [adapt(moment) for moment in moments if moment is not None]


def public(table: str, section: int | None) -> tuple[str, tuple[Any, ...]]:
    """(number, section) of the stories in `table`, one of ours, that readers see, and parameters:
    each is looked up by its number, where a plain join would have SQLite read all that was ever
    published, again for each hour.
    """
    seen = Article.objects.published().filter(pk=OuterRef("pk"))
    asked = RawSQL(f"SELECT article_id FROM {table}", [])  # noqa: S608, S611 (never from outside)
    stories = Article.objects.filter(Exists(seen), pk__in=asked).order_by()
    if section is not None:
        stories = stories.filter(section=section)
    rows: QuerySet[Any, Any] = stories.values_list("pk", "section")
    return rows.query.sql_with_params()


def _gather(rows: list[tuple[Any, ...]]) -> Sums:
    sums = Sums()
    for part, number, hour, votes in rows:
        if part == "hour":
            sums.hours[_moment(hour), number] = int(votes)
        elif part == "section":
            sums.sections[number] = int(votes)
        elif part == "story":
            sums.top[number] = int(votes)
        else:
            sums.stories = int(number)
    sums.sections = dict(sorted(sums.sections.items(), key=lambda item: -item[1]))
    sums.top = dict(sorted(sums.top.items(), key=lambda item: (-item[1], -item[0])))
    return sums


def _moment(value: datetime | str) -> datetime:
    """SQLite hands out text."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
