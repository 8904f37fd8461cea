"""The newest stories of a tag or a contributor, found in the shorter of two ways.

A common tag's are found among the newest stories of all, one by one until there are enough; for a
rare one that would be the whole archive, and all of its own are read and sorted, which for a common
one would be a fifth of it. Databases choose by statistics, which SQLite doesn't keep by itself and
which don't know whether a tag is common now or was ten years ago. So the first way is gone for a
bounded while, and the second where that wasn't enough: in one statement, and both are exact.
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from articles.models.article import Article

# So many of the newest stories are looked at for each of its own: reading one of those, past its
# body, takes about as long. But no more of its own are counted than COUNTED, and these for each
# story wanted: what one in twenty stories is about is found on any page.
LOOKS, COUNTED, COUNTED_EACH = 4, 1_000, 5


def newest_of(uses: QuerySet[Any, Any], story: str, *, depth: Any, **within: Any) -> RawSQL:
    """For `Article.objects.filter(pk__in=…).newest()[:depth]`: the numbers of these stories, and at
    times of some that come after them, of those that readers may see and that `uses` names as its
    `story`; `within` narrows (`section=1`). Values may be `Given`s.
    """
    uses = uses.order_by()
    public = Article.objects.published().filter(**within)
    recent = Article.objects.filter(**within) if within else Article.objects.released()
    recent = recent.filter(publish_at__lte=Now()).newest()
    recent = recent.filter(publish_at__gte=_floor(recent, uses, depth))
    # Whether readers may see it is asked last: what comes before is read from indexes alone.
    of_it = Exists(uses.filter(**{story: OuterRef("pk")}))
    recent = recent.filter(of_it).filter(Exists(public.filter(pk=OuterRef("pk"))))
    walk, walk_values = _sql(recent.values("pk"))
    own = public.one_by_one().filter(pk__in=uses.values(story)).newest()
    read, read_values = _sql(own.values("pk"))
    # The inner limit of what is read is one that PostgreSQL can plan by; the outer one lets it be
    # read, or not at all.
    sql = (
        f"WITH near AS ({walk} LIMIT %s) SELECT pk FROM near"  # noqa: S608
        f" UNION ALL SELECT pk FROM (SELECT pk FROM ({read} LIMIT %s) own"
        " LIMIT (SELECT CASE WHEN COUNT(*) < %s THEN %s ELSE 0 END FROM near)) every"
    )
    return RawSQL(sql, (*walk_values, depth, *read_values, depth, depth, depth))  # noqa: S611


def _floor(recent: QuerySet[Article], uses: QuerySet[Any, Any], depth: Any) -> RawSQL:
    """The time back to which the newest are gone through; year 1 where that is all of them."""
    newest, newest_values = _sql(recent.values("publish_at"))
    few, few_values = _sql(uses.values("pk"))
    sql = (
        f"COALESCE(({newest} LIMIT 1 OFFSET (SELECT {LOOKS} * COUNT(*) FROM"  # noqa: S608
        f" ({few} LIMIT {COUNTED} + {COUNTED_EACH} * %s) few)), '0001-01-01')"
    )
    return RawSQL(sql, (*newest_values, *few_values, depth))  # noqa: S611


def _sql(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    return rows.query.sql_with_params()
