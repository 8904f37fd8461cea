"""Voting and counting over HTTP. With a script a vote answers JSON, without one a redirect.

No GET changes anything, sets a cookie, or (the reader's own page apart) depends on who asks. A
first vote without a cookie is answered with the cookie and the request to send it again: a
browser that keeps no cookie can't vote, and a loop of bare POSTs counts nothing.
"""

from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from articles.caching import public_page
from articles.metadata import list_meta
from articles.models import Article
from reactions import popular, tallies, visitors
from reactions.models import WITHDRAWN, Vote
from reactions.origin import is_same_origin
from reactions.tallies import BoardView
from reactions.voting import BoardClosed, UnknownKind, VoteRefused, cast_vote, check_ballot

COUNTS_CACHING = "public, max-age=0, s-maxage=5, stale-while-revalidate=30"
COUNTS_CACHE_SECONDS = 1
MAX_IDS = 50
MAX_ID_DIGITS = 18  # fits a bigint
ANCHOR = "#reactions"
RANKING = 10
RANKING_NOTE = "What readers react to most now. Newer stories weigh more."
STATUS_OF = {UnknownKind: HTTPStatus.BAD_REQUEST, BoardClosed: HTTPStatus.CONFLICT}


class SeeOther(HttpResponseRedirect):
    status_code = HTTPStatus.SEE_OTHER


@csrf_exempt  # a page that caches share can hold no token: is_same_origin stands in for it
@require_POST
def vote(request: HttpRequest, article_id: int) -> HttpResponse:
    """Vote (kind=N), withdraw (kind=0) or, without `kind`, only ask for the cookie.

    The last is what the script does when a reader reaches for a button.
    """
    if not is_same_origin(request):
        words = "This reaction came from another site, so it was not counted."
        return _refusal(request, words, status=HTTPStatus.FORBIDDEN)
    article = _published_or_404(article_id)
    if _wants_json(request) and "kind" not in request.POST:
        return _with_cookie(request, HttpResponse(status=HTTPStatus.NO_CONTENT))
    try:
        return _private(_vote(request, article))
    except VoteRefused as refusal:
        return _refusal(request, str(refusal), status=STATUS_OF[type(refusal)], article=article)


def _vote(request: HttpRequest, article: Article) -> HttpResponse:
    kind = _kind(request.POST.get("kind", ""))
    visitor = visitors.visitor_of(request)
    if visitor is not None:
        cast_vote(article.pk, visitor, kind)
    elif kind != WITHDRAWN:
        check_ballot(article.pk, kind)
        return _with_cookie(request, _once_more(request, article, kind))
    if _wants_json(request):
        return JsonResponse({"kind": kind, **_payload(tallies.read_board(article.pk))})
    return SeeOther(article.get_absolute_url() + ANCHOR)


@require_safe
def confirm(request: HttpRequest, article_id: int) -> HttpResponse:
    """Without a script, the one extra click of a reader whose browser had no cookie yet."""
    article = _published_or_404(article_id)
    board = _board_or_404(article_id)
    chosen = [kind for kind in board.kinds if str(kind.id) == request.GET.get("kind")]
    if not chosen:
        raise Http404
    has_cookie = visitors.visitor_of(request) is not None
    context = {"article": article, "board": board, "kind": chosen[0], "has_cookie": has_cookie}
    return _private(render(request, "reactions/confirm.html", context))


@require_safe
def mine(request: HttpRequest, article_id: int) -> HttpResponse:
    """What this reader chose here, to change or undo it. The only page that depends on who asks."""
    article = _published_or_404(article_id)
    board = _board_or_404(article_id)
    visitor = visitors.visitor_of(request)
    votes = Vote.objects.filter(article_id=article_id, visitor=visitor.id if visitor else 0)
    kind = votes.values_list("kind", flat=True).first() or WITHDRAWN
    chosen = next((each for each in board.kinds if each.id == kind), None)
    context = {"article": article, "board": board, "kind": kind, "chosen": chosen}
    return _private(render(request, "reactions/mine.html", context))


@require_safe
def counts(request: HttpRequest, article_id: int) -> HttpResponse:
    """{"v": version, "state": …, "counts": {kind: shown number}} of one public article."""
    board = _public_boards([article_id]).get(article_id)
    if board is None:
        words = {"error": "There is no such story."}
        return _private(JsonResponse(words, status=HTTPStatus.NOT_FOUND))
    return _shared(_payload(board))


@require_safe
def counts_of_many(request: HttpRequest) -> HttpResponse:
    """{article: counts} for ?ids=1,2,3 (50 at most); what isn't public is left out."""
    asked = [text for text in request.GET.get("ids", "").split(",") if text]
    if not 0 < len(asked) <= MAX_IDS or not all(map(_is_id, asked)):
        words = f"Name 1 to {MAX_IDS} articles: ?ids=1,2,3"
        return _private(JsonResponse({"error": words}, status=HTTPStatus.BAD_REQUEST))
    boards = _public_boards(sorted({int(text) for text in asked}))
    return _shared({str(number): _payload(board) for number, board in boards.items()})


@public_page
def most_reacted(request: HttpRequest) -> HttpResponse:
    """The ranking as a page. The same for every reader, like any page of the paper."""
    stories = popular.most_reacted(RANKING, cards=Article.objects.published().for_cards())
    meta = list_meta("Most reacted", RANKING_NOTE, reverse("most_reacted"))
    context = {"stories": stories, "note": RANKING_NOTE, "meta": meta}
    return render(request, "reactions/most_reacted.html", context)


def _public_boards(ids: list[int]) -> dict[int, BoardView]:
    """Boards of published articles, at most a second old: one look at the database for a crowd."""
    keys = {f"reactions:{number}": number for number in ids}
    known: dict[str, BoardView] = cache.get_many(list(keys))
    unknown = [number for key, number in keys.items() if key not in known]
    public = Article.objects.published().filter(pk__in=unknown).values_list("pk", flat=True)
    fresh = tallies.read_boards(list(public)) if unknown else {}
    cache.set_many({f"reactions:{n}": fresh[n] for n in fresh}, timeout=COUNTS_CACHE_SECONDS)
    return {board.article_id: board for board in known.values()} | fresh


def _published_or_404(article_id: int) -> Article:
    return get_object_or_404(
        Article.objects.published().only("pk", "slug", "headline"), pk=article_id
    )


def _board_or_404(article_id: int) -> BoardView:
    board = tallies.read_board(article_id)
    if board is None:
        raise Http404
    return board


def _once_more(request: HttpRequest, article: Article, kind: int) -> HttpResponse:
    if _wants_json(request):
        words = "Your browser needs our cookie to react. Please try again."
        return JsonResponse(
            {"error": words, "retry": True}, status=HTTPStatus.PRECONDITION_REQUIRED
        )
    return SeeOther(f"{reverse('reactions:confirm', args=[article.pk])}?kind={kind}")


def _with_cookie(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if visitors.visitor_of(request) is None:
        visitors.remember(response, visitors.mint())
    return _private(response)


def _refusal(
    request: HttpRequest, words: str, *, status: HTTPStatus, article: Article | None = None
) -> HttpResponse:
    if _wants_json(request):
        return _private(JsonResponse({"error": words}, status=status))
    context = {"words": words, "article": article}
    return _private(render(request, "reactions/refused.html", context, status=status))


def _payload(board: BoardView | None) -> dict[str, Any]:
    if board is None:  # its set was emptied a moment ago
        return {"v": 0, "state": "hidden", "counts": {}}
    return {"v": board.version, "state": board.state, "counts": board.counts()}


def _shared(payload: dict[str, Any]) -> HttpResponse:
    """For any cache; ConditionalGetMiddleware adds the ETag, from the very bytes."""
    response = JsonResponse(payload)
    response["Cache-Control"] = COUNTS_CACHING
    return response


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MAX_ID_DIGITS


def _kind(text: str) -> int:
    if not _is_id(text):
        raise UnknownKind("Say which reaction: the form has a button for each.")
    return int(text)
