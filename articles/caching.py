"""What caches may do with a reader page: share it for a moment, always ask whether it changed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

PUBLIC_PAGE = "public, max-age=0, s-maxage=1, stale-while-revalidate=60, stale-if-error=86400"
View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """GET and HEAD only; the same bytes for every reader, revalidated by ETag."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.setdefault("Cache-Control", PUBLIC_PAGE)
        return response

    return wrapped
