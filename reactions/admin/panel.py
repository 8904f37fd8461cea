"""Reactions on the newsroom board: what readers react to now. Published stories only: a moderator
sees nothing of drafts.
"""

from collections.abc import Iterator

from django.db.models import Sum
from django.http import HttpRequest
from django.urls import reverse

from articles.admin.board import Panel, Row, fill, listing, register
from articles.models import Article
from reactions.insight.stories import headline_of
from reactions.models import Board, Case, Tally

RECENT_STORIES = 50
# What a headline is made of: no text of a story comes along.
OF_STORY = ("article__headline", "article__slug", "article__first_published_at")


@register
def reaction_cases(request: HttpRequest) -> Iterator[Panel]:
    """Open cases, the last alarmed first."""
    if not request.user.has_perm("reactions.view_case"):
        return
    cases = Case.objects.filter(closed_at=None).select_related("article")
    found = cases.only("opened_at", "alarms", *OF_STORY).order_by("-last_alarm_at")
    empty, every = "No open case.", listing("reactions_case", state="open")
    panel = Panel("cases", "Reaction cases", empty, all_url=every, calm=True)
    yield fill(panel, found, _case)


def _case(case: Case) -> Row:
    return Row(
        headline_of(case.article),
        reverse("admin:reactions_case_change", args=[case.pk]),
        "opened",
        when=case.opened_at,
        problem=case.alarms[0]["words"] if case.alarms else "",
    )


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
    live = reverse("reactions_desk:live")
    panel = Panel(
        "reactions", "New stories, by reactions", empty, all_url=live, all_label="Live board"
    )
    yield fill(panel, found, _row)  # type: ignore[type-var, arg-type]


def _row(found: dict[str, object]) -> Row:
    state = str(found["article__reaction_board__state"] or Board.State.OPEN)
    votes = found["votes"]
    return Row(
        str(found["article__headline"]),
        reverse("admin:reactions_board_change", args=[found["article_id"]]),
        f"{votes:,} reaction{'s' if votes != 1 else ''}",
        problem="" if state == Board.State.OPEN else Board.State(state).label,
    )
