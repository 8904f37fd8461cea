"""Reactions against views, for the hours of which views are known (reactions.page_views).

Votes and views are those of the same hours. The first and the last hour that logs reach into may be
known in part and are left out; so is an hour in which no view is known.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.cache import cache
from django.db import connection
from django.db.models import Max, Min

from reactions.hours import HOUR
from reactions.insight.analytics_period import Period
from reactions.insight.analytics_sums import KEPT_SECONDS, counted, public
from reactions.models import Views

FEW = 100  # views: a rate of less says nothing
PER = 1_000
RATES = """
    WITH {counted},
    viewed AS MATERIALIZED (
        SELECT article_id, hour, n FROM reactions_views WHERE hour >= %s AND hour < %s),
    known AS MATERIALIZED (SELECT DISTINCT hour FROM viewed),
    sums (article_id, votes, views) AS MATERIALIZED (
        SELECT article_id, SUM(votes), SUM(views) FROM (
            SELECT article_id, n AS votes, 0 AS views FROM counted
             WHERE hour IN (SELECT hour FROM known)
            UNION ALL SELECT article_id, 0, n FROM viewed) parts
         GROUP BY article_id),
    public (id, section_id) AS MATERIALIZED ({public}),
    mine AS MATERIALIZED (
        SELECT sums.article_id, sums.votes, sums.views, public.section_id
          FROM sums JOIN public ON public.id = sums.article_id)
    SELECT 'hours', COUNT(*), 0, 0 FROM known
    UNION ALL SELECT 'section', section_id, SUM(votes), SUM(views) FROM mine GROUP BY section_id
    UNION ALL SELECT 'story', article_id, votes, views FROM mine WHERE article_id IN ({top})
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """Votes and views of the same hours."""

    votes: int = 0
    views: int = 0

    @property
    def per_thousand(self) -> float | None:
        """None where so few views are known that it would say nothing."""
        return PER * self.votes / self.views if self.views >= FEW else None


@dataclass(slots=True)
class Rates:
    """By section (None: without one) and by story; of how many hours."""

    hours: int = 0
    sections: dict[int | None, Rate] = field(default_factory=dict)
    stories: dict[int, Rate] = field(default_factory=dict)

    @property
    def all(self) -> Rate:
        each = self.sections.values()
        return Rate(sum(rate.votes for rate in each), sum(rate.views for rate in each))


def rates_of(period: Period, section: int | None, stories: Collection[int]) -> Rates:
    """The period's rates, of one section's stories or all, and of these stories; kept for a minute.
    1 query where no views are known, else 3.
    """
    since = period.since.isoformat() if period.since else ""
    key = f"reactions-rates-{section}-{since}-{period.until:%Y%m%d%H%M}".replace(":", "")
    rates: Rates | None = cache.get(key)
    if rates is None:
        known = _known(period)
        rates = _read(known, section, stories) if known is not None else Rates()
        cache.set(key, rates, KEPT_SECONDS)
    return rates


def _known(period: Period) -> Period | None:
    """The part of the period in which hours are known as a whole."""
    ends = Views.objects.aggregate(first=Min("hour"), last=Max("hour"))
    if ends["first"] is None:
        return None
    first: datetime = ends["first"] + HOUR
    since = max(first, period.since) if period.since else first
    until = min(ends["last"], period.until)
    return replace(period, since=since, until=until) if since < until else None


def _read(known: Period, section: int | None, stories: Collection[int]) -> Rates:
    counted_sql, counted_params = counted(known)
    public_sql, public_params = public("sums", section)
    top = ", ".join(["%s"] * len(stories)) or "NULL"
    sql = RATES.format(counted=counted_sql, public=public_sql, top=top)
    adapt = connection.ops.adapt_datetimefield_value
    moments = [adapt(known.since), adapt(known.until)]
    rates = Rates()
    with connection.cursor() as cursor:
        cursor.execute(sql, [*counted_params, *moments, *public_params, *stories])
        for part, number, votes, views in cursor.fetchall():
            if part == "hours":
                rates.hours = int(number)
            elif part == "section":
                rates.sections[number] = Rate(int(votes), int(views))
            else:
                rates.stories[number] = Rate(int(votes), int(views))
    return rates
