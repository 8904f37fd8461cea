"""What the views of the crowd answer with, and how they read what they were asked."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from articles.models import Article
from articles.models.prepared import Given, PreparedInstances
from reactions import networks, tallies, tokens
from reactions.board_view import BoardView
from reactions.models import WITHDRAWN, Board, Vote
from reactions.visitors import Visitor

MAX_ID_DIGITS = 18  # fits a bigint
ANCHOR = "#reactions"
SWITCHED_OFF = "Reactions to this story are switched off."

# Asked by every vote: its SQL is written once.
_published = PreparedInstances(
    lambda: Article.objects.published().filter(pk=Given("pk")), Article, ("slug", "headline")
)


class SeeOther(HttpResponseRedirect):
    status_code = HTTPStatus.SEE_OTHER


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MAX_ID_DIGITS


def published_or_404(article_id: int) -> Article:
    found = _published(pk=article_id)
    if not found:
        raise Http404
    return found[0]


def board_or_404(article_id: int) -> BoardView:
    board = tallies.read_board(article_id)
    if board is None:
        raise Http404
    return board


def payload_of(board: BoardView | None) -> dict[str, Any]:
    """{"v": version, "state": …, "counts": {kind: shown number}}, and why not if it takes no votes."""
    if board is None:  # hidden, or its set was emptied, a moment ago
        return {"v": 0, "state": Board.State.HIDDEN, "words": SWITCHED_OFF, "counts": {}}
    payload = {"v": board.version, "state": board.state, "counts": board.counts()}
    return payload if board.is_open else payload | {"words": board.closed_words}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a visitor has said of a story. `counted` says no more of a vote than that others see it:
    whether it waits, is void or in the shadow, nobody is told.
    """

    kind: int = WITHDRAWN
    counted: bool = True


def standing_of(article_id: int, visitor: Visitor | None) -> Standing:
    """The visitor's vote on the article; 1 query by the table's key, none for who has no cookie."""
    if visitor is None:
        return Standing()
    votes = Vote.objects.filter(article_id=article_id, visitor=visitor.id)
    kind, state = votes.values_list("kind", "state").first() or (WITHDRAWN, Vote.State.COUNTED)
    return Standing(kind, counted=kind == WITHDRAWN or state == Vote.State.COUNTED)


def token_for(request: HttpRequest, article_id: int, visitor: Visitor | None) -> dict[str, Any]:
    """{"token", "wait"}: good after `wait` milliseconds. Empty for who has no cookie."""
    if visitor is None:
        return {"token": "", "wait": 0}
    net = networks.names_of(networks.address_of(request))[0]
    token = tokens.mint(article_id, visitor, net)
    return {"token": token, "wait": settings.REACTIONS_TOKEN_MIN_MS}


def private(response: HttpResponse) -> HttpResponse:
    """For the one who asked: kept by no cache, listed by no search engine."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def refusal(
    request: HttpRequest, words: str, *, status: HTTPStatus, article: Article | None = None
) -> HttpResponse:
    """No, and why. A script is told as well what has become of the bar, if that is why."""
    if wants_json(request):
        answer: dict[str, Any] = {"error": words}
        if article is not None and status == HTTPStatus.CONFLICT:
            answer |= payload_of(tallies.read_board(article.pk))
        return private(JsonResponse(answer, status=status))
    context = {"words": words, "article": article}
    return private(render(request, "reactions/refused.html", context, status=status))
