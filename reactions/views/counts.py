"""The counts as JSON: the same for every reader, and for any cache."""

from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from articles.models import Article
from reactions import tallies
from reactions.board_view import BoardView
from reactions.views.answers import is_id, payload_of, private

COUNTS_CACHING = "public, max-age=0, s-maxage=5, stale-while-revalidate=30"
COUNTS_CACHE_SECONDS = 1
MAX_IDS = 50


@require_safe
def counts(request: HttpRequest, article_id: int) -> HttpResponse:
    """{"v": version, "state": …, "counts": {kind: shown number}} of one public article; with "words"
    for readers where its bar is closed.
    """
    board = _public_boards([article_id]).get(article_id)
    if board is None:
        # The same words for a hidden bar and for a story that isn't public. Kept by caches like
        # counts: the readers whose bar was hidden before their eyes go on asking.
        words = {"error": "This story takes no reactions."}
        return _shared(words, status=HTTPStatus.NOT_FOUND)
    return _shared(payload_of(board))


@require_safe
def counts_of_many(request: HttpRequest) -> HttpResponse:
    """{article: counts} for ?ids=1,2,3 (50 at most); what isn't public is left out."""
    asked = [text for text in request.GET.get("ids", "").split(",") if text]
    if not 0 < len(asked) <= MAX_IDS or not all(map(is_id, asked)):
        words = f"Name 1 to {MAX_IDS} articles: ?ids=1,2,3"
        return private(JsonResponse({"error": words}, status=HTTPStatus.BAD_REQUEST))
    boards = _public_boards(sorted({int(text) for text in asked}))
    return _shared({str(number): payload_of(board) for number, board in boards.items()})


def _public_boards(ids: list[int]) -> dict[int, BoardView]:
    """Boards of published articles, at most a second old: one look at the database for a crowd."""
    keys = {f"reactions:{number}": number for number in ids}
    known: dict[str, BoardView] = cache.get_many(list(keys))
    unknown = [number for key, number in keys.items() if key not in known]
    found = {board.article_id: board for board in known.values()}
    if unknown:
        public = Article.objects.published().among(unknown).values_list("pk", flat=True)
        fresh = tallies.read_boards(list(public))
        cache.set_many({f"reactions:{n}": fresh[n] for n in fresh}, timeout=COUNTS_CACHE_SECONDS)
        found |= fresh
    return found


def _shared(payload: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    """For any cache; ConditionalGetMiddleware adds the ETag, from the very bytes."""
    response = JsonResponse(payload, status=status)
    response["Cache-Control"] = COUNTS_CACHING
    return response
