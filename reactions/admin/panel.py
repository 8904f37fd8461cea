"""Reactions on the newsroom board: what readers react to now. Published stories only: a moderator
sees nothing of drafts.
"""

from collections.abc import Iterator

from django.db.models import Sum
from django.http import HttpRequest
from django.urls import reverse

from articles.admin.board import Panel, Row, fill, listing, register
from articles.models import Article
from reactions.models import Board, Tally

RECENT_STORIES = 50


@register
def latest_reactions(request: HttpRequest) -> Iterator[Panel]:
    if not request.user.has_perm("reactions.view_board"):
        return
    recent = Article.objects.published().newest()[:RECENT_STORIES]
    found = (
        Tally.objects.filter(article__in=recent.values("pk"), n__gt=0)
        .values("article_id", "article__headline", "article__reaction_board__state")
        .annotate(votes=Sum("n"))
        .order_by("-votes", "-article_id")
    )
    empty = "Nobody has reacted to the newest stories yet."
    panel = Panel("reactions", "Latest reactions", empty, all_url=listing("reactions_board"))
    yield fill(panel, found, _row)  # type: ignore[type-var, arg-type]


def _row(found: dict[str, object]) -> Row:
    state = str(found["article__reaction_board__state"] or Board.State.OPEN)
    votes = found["votes"]
    return Row(
        str(found["article__headline"]),
        reverse("admin:reactions_board_change", args=[found["article_id"]]),
        f"{votes} reaction{'s' if votes != 1 else ''}",
        problem="" if state == Board.State.OPEN else Board.State(state).label,
    )
