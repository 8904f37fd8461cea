"""The vote. A first one without a cookie is answered with the cookie, a view token and the request
to send it again: a browser that keeps no cookie can't vote, and a loop of bare POSTs counts nothing.
"""

from dataclasses import replace
from enum import Enum
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from reactions import networks, tallies, tokens, visitors
from reactions.models import WITHDRAWN, Vote
from reactions.origin import is_same_origin
from reactions.quotas import Blocked, how_of
from reactions.views.answers import (
    ANCHOR,
    SeeOther,
    is_id,
    payload_of,
    private,
    published_or_404,
    refusal,
    standing_of,
    token_for,
    wants_json,
)
from reactions.visitors import Visitor
from reactions.voting import (
    BoardClosed,
    How,
    NotPublic,
    UnknownKind,
    VoteRefused,
    cast_and_read,
    cast_vote,
    check_ballot,
)

NO_COOKIE = (
    "Your browser did not keep our cookie, a random number by which each reader counts once."
    " Allow it, and try again."
)
STATUS_OF = {
    UnknownKind: HTTPStatus.BAD_REQUEST,
    BoardClosed: HTTPStatus.CONFLICT,
    Blocked: HTTPStatus.FORBIDDEN,
    NotPublic: HTTPStatus.NOT_FOUND,
}


@csrf_exempt  # a page that caches share can hold no token: is_same_origin stands in for it
@require_POST
def vote(request: HttpRequest, article_id: int) -> HttpResponse:
    """Vote (kind=N), withdraw (kind=0) or, without `kind`, only ask for a view token.

    The last is what the script does when a reader who has the cookie reaches for a button, or, with
    `start`, at the first click of one who has not. `leaving` says that the reader goes before the
    token is old enough: the vote then waits.
    """
    if not is_same_origin(request):
        words = "This reaction came from another site, so it was not counted."
        return refusal(request, words, status=HTTPStatus.FORBIDDEN)
    if wants_json(request) and "kind" not in request.POST:
        published_or_404(article_id)
        return private(_token_only(request, article_id))
    try:
        return private(_vote(request, article_id))
    except VoteRefused as refused:
        article = published_or_404(article_id)
        return refusal(request, str(refused), status=STATUS_OF[type(refused)], article=article)


class Look(Enum):
    """How long the sender of a vote had the page before them, as far as we can tell."""

    NONE = 0
    BRIEF = 1
    GOOD = 2


def _vote(request: HttpRequest, article_id: int) -> HttpResponse:
    """The vote itself finds out whether the article is public."""
    kind = _kind(request.POST.get("kind", ""))
    visitor = visitors.visitor_of(request)
    nets = networks.names_of(networks.address_of(request))
    by_form = not wants_json(request)
    if kind == WITHDRAWN:
        how = How(net=nets[0], by_form=by_form)
    else:
        look = Look.NONE if visitor is None else _look_of(request, article_id, visitor, nets)
        if visitor is None or look == Look.NONE:
            check_ballot(article_id, kind)
            return _once_more(request, article_id, kind, visitor)
        how = how_of(article_id, visitor, nets, by_form=by_form)
        if look == Look.BRIEF and how.state == Vote.State.COUNTED:
            how = replace(how, state=Vote.State.QUARANTINED)
    if by_form:
        return _by_form(article_id, visitor, kind, how)
    counted = True
    if visitor is None:
        published_or_404(article_id)
        board = tallies.read_board(article_id)
    else:
        result, board = cast_and_read(article_id, visitor, kind, how)
        counted = kind == WITHDRAWN or result.counted
    return JsonResponse({"kind": kind, "counted": counted, **payload_of(board)})


def _by_form(article_id: int, visitor: Visitor | None, kind: int, how: How) -> HttpResponse:
    article = published_or_404(article_id)
    if visitor is not None:
        cast_vote(article_id, visitor, kind, how)
    return SeeOther(article.get_absolute_url() + ANCHOR)


def _look_of(
    request: HttpRequest, article_id: int, visitor: Visitor, nets: tuple[int, ...]
) -> Look:
    """Does the vote come from somebody who had the page before them?

    A form of a page that caches share holds no token: there an older cookie or a vote that stands,
    to which a change adds nothing, will do.
    """
    token = request.POST.get("token", "")
    if tokens.is_good(token, article_id, visitor, nets):
        return Look.GOOD
    if wants_json(request):
        leaving = "leaving" in request.POST
        brief = leaving and tokens.is_good(token, article_id, visitor, nets, min_ms=0)
        return Look.BRIEF if brief else Look.NONE
    if visitor.age_seconds() >= settings.REACTIONS_YOUNG_SECONDS:
        return Look.GOOD
    voted = Vote.objects.filter(article_id=article_id, visitor=visitor.id).exists()
    return Look.GOOD if voted else Look.NONE


def _once_more(
    request: HttpRequest, article_id: int, kind: int, known: Visitor | None
) -> HttpResponse:
    """Ask for the vote again, with the token that it needs, and with the cookie if that is new."""
    visitor = known or visitors.mint_for(request)
    response: HttpResponse
    if wants_json(request):
        words = "Please try again." if known else NO_COOKIE
        answer = {"error": words, "retry": True, **token_for(request, article_id, visitor)}
        response = JsonResponse(answer, status=HTTPStatus.PRECONDITION_REQUIRED)
    else:
        response = SeeOther(f"{reverse('reactions:confirm', args=[article_id])}?kind={kind}")
    if known is None:
        visitors.remember(response, visitor)
    return response


def _token_only(request: HttpRequest, article_id: int) -> HttpResponse:
    """A view token, and the reaction that stands: what the browser remembers of it may be wrong.

    Without the cookie, that one as well after a click (`start`), else nothing.
    """
    visitor = visitors.visitor_of(request)
    if visitor is not None:
        mine = standing_of(article_id, visitor)
        answer = {"kind": mine.kind, "counted": mine.counted}
        return JsonResponse(answer | token_for(request, article_id, visitor))
    if "start" not in request.POST:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    visitor = visitors.mint_for(request)
    response = JsonResponse(token_for(request, article_id, visitor))
    visitors.remember(response, visitor)
    return response


def _kind(text: str) -> int:
    if not is_id(text):
        raise UnknownKind("Say which reaction: the form has a button for each.")
    return int(text)
