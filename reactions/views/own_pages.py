"""Two pages for readers without a script: one more click, and their own reaction to a story."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reactions import visitors
from reactions.views.answers import (
    board_or_404,
    private,
    published_or_404,
    standing_of,
    token_for,
)


@require_safe
def confirm(request: HttpRequest, article_id: int) -> HttpResponse:
    """Without a script, the one extra click of a reader whose browser had no cookie yet."""
    article = published_or_404(article_id)
    board = board_or_404(article_id)
    chosen = [kind for kind in board.kinds if str(kind.id) == request.GET.get("kind")]
    if not chosen:
        raise Http404
    visitor = visitors.visitor_of(request)
    context = {"article": article, "board": board, "kind": chosen[0], "has_cookie": bool(visitor)}
    context |= token_for(request, article.pk, visitor)
    return private(render(request, "reactions/confirm.html", context))


@require_safe
def mine(request: HttpRequest, article_id: int) -> HttpResponse:
    """What this reader chose here, to change or undo it. The numbers hold the own reaction, which
    others may not see yet.
    """
    article = published_or_404(article_id)
    board = board_or_404(article_id)
    visitor = visitors.visitor_of(request)
    mine = standing_of(article_id, visitor)
    if not mine.counted:
        board = board.with_one_more(mine.kind)
    context = {
        "article": article,
        "board": board,
        "kind": mine.kind,
        "chosen": next((each for each in board.kinds if each.id == mine.kind), None),
        "page_url": settings.SITE_URL + article.get_absolute_url(),
        "headline": article.headline,
    }
    context |= token_for(request, article.pk, visitor)
    return private(render(request, "reactions/mine.html", context))
