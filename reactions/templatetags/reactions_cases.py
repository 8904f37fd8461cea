"""What the page of a story's bar says of its cases and of what was done to it."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from reactions.insight import history
from reactions.models import Action, Board, Case, ReactionKind

register = template.Library()
CASES = 10


@register.inclusion_tag("admin/reactions/_story_cases.html", takes_context=True)
def story_cases(context: Any, board: Board | None) -> dict[str, Any]:
    """{% story_cases board %}: cases, what was done, and the way to a case by hand; for each login
    what it may see. 3 queries.
    """
    request = context["request"]
    may = request.user.has_perm
    shown: dict[str, Any] = {"request": request, "board": board, "next": request.path}
    if board is None or not board.pk:
        return shown
    shown["may_undo"] = may("reactions.undo_action")
    if may("reactions.freeze_board") or may("reactions.hide_board"):
        bars = reverse("admin:reactions_board_changelist")
        shown["verbs_url"] = f"{bars}?{urlencode({'q': board.article.slug})}"
    if may("reactions.view_case"):
        shown["cases"] = list(Case.objects.filter(article=board.article_id)[:CASES])
        is_open = any(case.closed_at is None for case in shown["cases"])
        if may("reactions.close_case") and not is_open:
            shown["look_url"] = reverse("admin:reactions_case_look", args=[board.article_id])
    if may("reactions.view_action"):
        actions = history.rows(Action.objects.filter(history.about(board.article_id)))
        kinds = ReactionKind.objects.in_bulk()
        shown["history"] = history.lines(actions[: history.SHOWN], kinds)
    return shown
