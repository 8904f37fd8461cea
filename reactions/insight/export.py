"""What of the reactions can be taken away as a file: tallies, hours, views, actions, row by row.

No visitor, network or block is in any of them, and no story that the login may not read. Rows come in
pieces, so that a file of a million rows takes the memory of a few hundred. The columns are documented
in docs/reactions.md, "Taking it away".
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from articles.models import Article, ArticleQuerySet
from reactions.models import Action, Hour, ReactionKind, Views

AT_ONCE = 500
Value = str | int | datetime | list[Any] | dict[str, int] | None
Row = Sequence[Value]

TALLIES = (
    "article", "slug", "headline", "section", "published_at", "kind", "votes", "imported",
)  # fmt: skip
HOURS = ("hour", "article", "slug", "headline", "section", "kind", "votes", "fresh")
VIEWS = ("hour", "article", "slug", "headline", "section", "views")
ACTIONS = (
    "at", "action", "by", "verb", "articles", "kinds", "since", "until", "younger_than_s",
    "moved", "counted", "by_kind", "reason", "case", "undo_of",
)  # fmt: skip

COUNTS = """
    SELECT article_id, kind_id, SUM(votes), SUM(imported)
      FROM (SELECT article_id, kind_id, n AS votes, 0 AS imported
              FROM reactions_tally WHERE article_id IN ({ids})
            UNION ALL SELECT article_id, kind_id, d, 0
              FROM reactions_delta WHERE article_id IN ({ids})
            UNION ALL SELECT article_id, kind_id, CASE WHEN source = 'sealed' THEN n ELSE 0 END,
                             CASE WHEN source = 'sealed' THEN 0 ELSE n END
              FROM reactions_base WHERE shown AND article_id IN ({ids})) parts
     GROUP BY article_id, kind_id HAVING SUM(votes) + SUM(imported) > 0
     ORDER BY article_id, kind_id
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: from `since` up to before `until`; of one section's stories, or all."""

    stories: ArticleQuerySet  # what the login may read
    since: datetime | None = None
    until: datetime | None = None
    section: int | None = None

    def of_section(self) -> ArticleQuerySet:
        return self.stories.filter(section=self.section) if self.section else self.stories

    def within(self, rows: "QuerySet[Any]", moment: str) -> "QuerySet[Any]":
        if self.since is not None:
            rows = rows.filter(**{f"{moment}__gte": self.since})
        return rows if self.until is None else rows.filter(**{f"{moment}__lt": self.until})


def tallies(wanted: Wanted) -> Iterator[Row]:
    """TALLIES, a row for each story and kind that has votes; the period is of publication.
    2 queries for each AT_ONCE stories.
    """
    kinds = _kinds()
    stories = wanted.within(wanted.of_section(), "publish_at").order_by("pk")
    columns = ("pk", "slug", "headline", "section__slug", "publish_at")
    last = 0
    while some := list(stories.filter(pk__gt=last).values_list(*columns)[:AT_ONCE]):
        by_pk = {row[0]: row for row in some}
        for article_id, kind, votes, imported in _counts(list(by_pk)):
            yield *by_pk[article_id], kinds[kind], int(votes), int(imported)
        last = some[-1][0]


def _counts(ids: list[int]) -> list[tuple[int, int, int, int]]:
    sql = COUNTS.format(ids=", ".join(["%s"] * len(ids)))
    with connection.cursor() as cursor:
        cursor.execute(sql, ids * 3)
        return list(cursor.fetchall())


def hours(wanted: Wanted) -> Iterator[Row]:
    """HOURS, from reactions' Hour: hours that are over, votes that were counted at once."""
    kinds = _kinds()
    found = Hour.objects.filter(article__in=wanted.of_section().order_by().values("pk"))
    rows = wanted.within(found, "hour").order_by("hour", "article_id", "kind_id")
    columns = (
        "hour", "article_id", "article__slug", "article__headline", "article__section__slug",
        "kind_id", "n", "fresh",
    )  # fmt: skip
    for row in rows.values_list(*columns).iterator(chunk_size=AT_ONCE):
        yield *row[:5], kinds[row[5]], *row[6:]


def views(wanted: Wanted) -> Iterator[Row]:
    """VIEWS, from reactions' Views: as far as access logs were counted. Apart from the hours, which
    have a row for each kind and none for what nobody reacted to.
    """
    found = Views.objects.filter(article__in=wanted.of_section().order_by().values("pk"))
    rows = wanted.within(found, "hour").order_by("hour", "article_id")
    columns = (
        "hour", "article_id", "article__slug", "article__headline", "article__section__slug", "n",
    )  # fmt: skip
    yield from rows.values_list(*columns).iterator(chunk_size=AT_ONCE)


def actions(wanted: Wanted) -> Iterator[Row]:
    """ACTIONS, the oldest first: of all sections, an action may be about several. Of what an action
    was about and did, only what is named here comes along: the rest names visitors and networks.
    """
    kinds = _kinds()
    rows = wanted.within(Action.objects.all(), "at").order_by("at", "pk")
    for each in rows.iterator(chunk_size=AT_ONCE):
        about, effect = each.filter, each.effect
        by_kind = {_kind(kinds, kind): n for kind, n in effect.get("kinds", {}).items()}
        yield (
            each.at, each.pk, each.by_name or "system", each.verb,
            about.get("articles", []), [_kind(kinds, kind) for kind in about.get("kinds", [])],
            about.get("since"), about.get("until"), about.get("younger_than_s"),
            effect.get("total"), effect.get("counted"), by_kind, each.reason, each.case_id,
            each.undo_of_id,
        )  # fmt: skip


def _kinds() -> dict[int, str]:
    return dict(ReactionKind.objects.values_list("pk", "slug"))


def _kind(kinds: dict[int, str], number: Any) -> str:
    return kinds.get(int(number), str(number))


def as_cells(rows: Iterable[Row]) -> Iterator[list[str]]:
    """Each value as text: times in UTC (ISO 8601), lists with spaces, sums as heart=3 wow=1."""
    for row in rows:
        yield [_cell(value) for value in row]


def _cell(value: Value) -> str:
    if isinstance(value, datetime):
        return _iso(value)
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, dict):
        return " ".join(f"{name}={n}" for name, n in value.items())
    return "" if value is None else str(value)


def as_ndjson(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """A JSON object a line, keys as the columns."""
    for row in rows:
        values = (_iso(value) if isinstance(value, datetime) else value for value in row)
        yield json.dumps(dict(zip(columns, values, strict=True)), ensure_ascii=False) + "\n"


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def readable(user: Any) -> ArticleQuerySet:
    """The stories whose numbers this login may take away."""
    return Article.objects.readable_by(user)
