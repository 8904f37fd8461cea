"""What a view says of its page: the same for every reader, told apart by these parameters alone."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from functools import wraps
from typing import Any, overload
from urllib.parse import parse_qsl, urlencode

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.views.decorators.http import require_safe

from articles import site_clock
from articles.fragments import page_of

# For browsers: always ask. For nginx and CDNs: share it for a second. Without stale-if-error, which
# nginx also follows on a 404: a page that was taken away would stay for a day. And without
# stale-while-revalidate, whose whole seconds would add one or two to what a change may take.
PUBLIC_PAGE = "public, max-age=0, s-maxage=1"
# Read by CDNs only (RFC 9213). They follow stale-if-error where it belongs, on 5xx.
CDN_PAGE = "public, max-age=1, stale-if-error=86400"
# Browsers keep a move for minutes; what many readers share asks again after a second.
REDIRECT_CACHE = "public, max-age=300, s-maxage=1"
KEEP_SECONDS = 60.0
KEEP_MISSING_SECONDS = 10.0
MAX_QUERY_CHARS = 1_000
MAX_QUERY_FIELDS = 20

# The ticket that the page cache puts into the WSGI environment, which is request.META.
TICKET = "newsroom.page_ticket"
CONDITIONS = (
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
)

View = Callable[..., HttpResponse]

_parameters: set[str] = set()
_never_kept: set[str] = set()


NO_MOMENT = site_clock.Moment((0, 0), 0.0, 0.0, (datetime.min.replace(tzinfo=UTC), 0.0))


class Ticket:
    """For one request: the view writes here that, and how long, its page may be kept."""

    keep_seconds = 0.0
    moment = NO_MOMENT


@overload
def public_page(view: View) -> View: ...
@overload
def public_page(
    *, params: Collection[str] = ..., never: Collection[str] = ...
) -> Callable[[View], View]: ...
def public_page(
    view: View | None = None, *, params: Collection[str] = ("page",), never: Collection[str] = ()
) -> Any:
    """GET and HEAD only; the same bytes for every reader, revalidated by ETag.

    `params` are what the view reads of the query: it sees no others in request.GET, so that no
    other can change its page. A query with one of `never` is not kept at all, and comes whole.
    """
    _parameters.update(params)
    _never_kept.update(never)

    def decorate(view: View) -> View:
        @require_safe
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.COOKIES.clear()  # nobody's page: nothing of a reader reaches it
            if not never or _never_kept.isdisjoint(request.GET):
                _narrow(request, params)
            response = _render(view, request, *args, **kwargs)
            response.setdefault("Cache-Control", PUBLIC_PAGE)
            if response["Cache-Control"] == PUBLIC_PAGE:
                response["CDN-Cache-Control"] = CDN_PAGE
            return response

        return wrapped

    return decorate if view is None else decorate(view)


def permanent_redirect(path: str) -> HttpResponse:
    response = HttpResponsePermanentRedirect(path)
    response["Cache-Control"] = REDIRECT_CACHE
    return response


def _render(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    ticket = request.META.get(TICKET)
    if ticket is None:  # no page cache in front: Django's own middleware answers conditions
        return view(request, *args, **kwargs)
    ticket.moment = site_clock.current()  # before the first query of the page
    ticket.keep_seconds = KEEP_SECONDS
    for name in CONDITIONS:  # the cache needs the whole page, and judges them itself
        request.META.pop(name, None)
    try:
        with page_of(ticket.moment):
            return view(request, *args, **kwargs)
    except Http404:
        ticket.keep_seconds = KEEP_MISSING_SECONDS
        raise


def _narrow(request: HttpRequest, params: Collection[str]) -> None:
    if request.GET:
        fields = [(k, v) for k, values in request.GET.lists() if k in params for v in values]
        request.GET = QueryDict(urlencode(fields))


def canonical_query(query: str) -> str | None:
    """What of a query string can tell pages apart, always in the same order; None where the
    answer must not be kept.
    """
    # WSGI hands raw bytes over as Latin-1, Django reads them as UTF-8: two questions, one key.
    if len(query) > MAX_QUERY_CHARS or not query.isascii():
        return None
    try:
        fields = parse_qsl(query, keep_blank_values=True, max_num_fields=MAX_QUERY_FIELDS)
    except ValueError:
        return None
    if not _never_kept.isdisjoint(name for name, _ in fields):
        return None
    # Values keep their order within a name: of two, the last one counts.
    known = [name for name in sorted({name for name, _ in fields}) if name in _parameters]
    return urlencode([(name, value) for name in known for key, value in fields if key == name])
