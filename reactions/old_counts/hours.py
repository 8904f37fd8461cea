"""Old reactions by hour, into the table that analytics read.

Imported hours lie before the story's first hour of our own and before the one that is running, so
that the two never add up in one row and counting ours again (reactions.hours) can't undo an import.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from django.db import connection
from django.db.models import Min, Q
from django.utils import timezone

from reactions.hours import GRACE
from reactions.models import Hour
from reactions.old_counts.folding import Gathered
from reactions.old_counts.statements import insert_many

INSERT = "INSERT INTO reactions_hour (article_id, kind_id, hour, n, fresh) {rows}"
ROW = "(%s, %s, %s, %s, 0)"
TYPES = ("bigint", "smallint", "timestamptz", "integer")


def write_hours(stories: Sequence[Gathered], ends: dict[int, datetime]) -> dict[int, datetime]:
    """Put the stories' hours in place of those of an earlier import, which lie before `ends`.

    Returns the new ends. Call reactions.hours.fold() before, and both in the caller's transaction.
    """
    running = (timezone.now() - GRACE).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    own = dict(
        Hour.objects.filter(_any(stories, ends, after=True))
        .order_by()
        .values_list("article")
        .annotate(first=Min("hour"))
    )
    again = [story for story in stories if story.article in ends]
    if again:
        Hour.objects.filter(_any(again, ends, after=False)).delete()
    new_ends = {s.article: min(own.get(s.article, running), running) for s in stories}
    with connection.cursor() as cursor:
        insert_many(cursor, INSERT, ROW, TYPES, _rows(stories, new_ends))
    return new_ends


def _any(stories: Iterable[Gathered], ends: dict[int, datetime], *, after: bool) -> Q:
    known = [story.article for story in stories if story.article in ends]
    lookup = "hour__gte" if after else "hour__lt"
    found = Q(article__in=[story.article for story in stories if story.article not in ends])
    for article in known:
        found |= Q(article=article, **{lookup: ends[article]})
    return found


def _rows(
    stories: Iterable[Gathered], ends: dict[int, datetime]
) -> Iterator[tuple[int, int, object, int]]:
    adapt = lru_cache(maxsize=20_000)(connection.ops.adapt_datetimefield_value)
    for story in stories:
        for (kind, hour), n in story.hours.items():
            if hour < ends[story.article]:
                yield story.article, kind, adapt(hour), n
