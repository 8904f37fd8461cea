"""What readers react to most now: shown counts, worth less with every hour since publication.

Looks at the newest CANDIDATES stories only, so the cost doesn't grow with the archive. The number
beside a story is the plain sum that its own bar shows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import number_format

from articles.models import Article, ArticleQuerySet
from reactions.models import Board
from reactions.pictures import picture_of
from reactions.sets import SET_OF_ARTICLE
from reactions.tallies import KindCount

CANDIDATES = 200
KINDS_SHOWN = 3
GRACE_HOURS = 12  # a story's first hours count alike: nothing wins by being a minute old
GRAVITY = 1.2

COUNTS = """
    WITH recent (id, publish_at, section_id) AS (%(recent)s)
    SELECT article.id, article.publish_at, kind.id, kind.slug, kind.label, kind.emoji, kind.image,
           SUM(part.n)
      FROM recent article
      LEFT JOIN reactions_board board ON board.article_id = article.id
      JOIN reactions_setkind member ON member.set_id = %(set)s
      JOIN reactions_reactionkind kind
        ON kind.id = member.kind_id AND kind.retired_at IS NULL
      JOIN (SELECT article_id, kind_id, n FROM reactions_tally
            UNION ALL SELECT article_id, kind_id, d FROM reactions_delta
            UNION ALL SELECT article_id, kind_id, n FROM reactions_base WHERE shown) part
        ON part.article_id = article.id AND part.kind_id = kind.id
     WHERE COALESCE(board.state, 'open') <> %%s
     GROUP BY article.id, article.publish_at, kind.id, kind.slug, kind.label, kind.emoji,
              kind.image
    HAVING SUM(part.n) > 0
     ORDER BY article.id, 8 DESC, kind.id
"""


@dataclass(frozen=True, slots=True)
class Popular:
    """One story of the list: how many reacted, and with what most."""

    article: Article
    total: int
    kinds: tuple[KindCount, ...]

    @property
    def number(self) -> str:
        return number_format(self.total, use_l10n=True, force_grouping=True)


def most_reacted(limit: int, *, cards: ArticleQuerySet | None = None) -> list[Popular]:
    """The stories with the highest scores. 2 queries: the counts, the stories."""
    best = sorted(_scored(), key=lambda row: (row[0], row[1]), reverse=True)[:limit]
    stories = Article.objects.published() if cards is None else cards
    articles = stories.in_bulk([pk for _, pk, _, _ in best])
    return [Popular(articles[pk], total, kinds) for _, pk, total, kinds in best if pk in articles]


def _scored() -> Iterable[tuple[float, int, int, tuple[KindCount, ...]]]:
    now = timezone.now()
    for (pk, out), group in groupby(_counts(), key=lambda row: (row[0], row[1])):
        rows = list(group)
        total = sum(int(row[7]) for row in rows)
        hours = max((now - _moment(out)).total_seconds() / 3_600, 0) + GRACE_HOURS
        yield total / hours**GRAVITY, pk, total, tuple(map(_kind, rows[:KINDS_SHOWN]))


def _counts() -> list[tuple[Any, ...]]:
    """(article, published, kind …, number) of the newest stories, the chosen most first."""
    newest = Article.objects.published().newest()[:CANDIDATES]
    recent = newest.values_list("pk", "publish_at", "section")
    sql, params = recent.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            COUNTS % {"recent": sql, "set": SET_OF_ARTICLE}, [*params, Board.State.HIDDEN]
        )
        return list(cursor.fetchall())


def _moment(value: datetime | str) -> datetime:
    """SQLite hands out text."""
    moment = parse_datetime(value) if isinstance(value, str) else value
    if moment is None:
        raise ValueError(f"{value!r} is no time.")
    return moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)


def _kind(row: tuple[Any, ...]) -> KindCount:
    _, _, number, slug, label, emoji, image, votes = row
    drawing = default_storage.url(image) if image else picture_of(emoji)
    return KindCount(number, slug, label, emoji, drawing, int(votes), 0)
