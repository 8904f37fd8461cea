"""Votes that wait on stories without an open case: nobody would look for them there."""

from dataclasses import dataclass

from django.db import connection

from articles.models import Article
from reactions.insight.stories import headline_of
from reactions.models import Vote

SHOWN = 20

# The state is written out: only so does either database take the index of what waits.
WAITING = f"""
    SELECT article_id, COUNT(*) FROM reactions_vote
     WHERE state = {Vote.State.QUARANTINED.value} AND kind > 0
       AND article_id NOT IN (SELECT article_id FROM reactions_case WHERE closed_at IS NULL)
     GROUP BY article_id ORDER BY 2 DESC, 1 LIMIT {SHOWN}
"""  # noqa: S608 (constants only)


@dataclass(frozen=True, slots=True)
class Waiting:
    article_id: int
    story: str
    votes: int


def waiting_stories() -> list[Waiting]:
    """Those with the most votes that wait, SHOWN of them. 2 queries."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        found = dict(cursor.fetchall())
    stories = Article.objects.only("headline", "slug", "first_published_at").in_bulk(found)
    return [Waiting(pk, headline_of(stories[pk]), n) for pk, n in found.items() if pk in stories]
