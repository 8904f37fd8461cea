"""Paths that nothing else answers: an old address leads on, a removed one says so, the rest is 404."""

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve
from django.utils import timezone

from articles.caching import permanent_redirect, public_page
from articles.models import Article, Redirect

MAX_PATH_CHARS = 700  # the column's size; nothing longer was ever stored


@public_page
def old_address(request: HttpRequest, path: str) -> HttpResponse:
    """The last pattern of all: it sees only what no page of ours claimed."""
    if not request.path.endswith("/") and _is_ours(f"{request.path}/"):
        query = request.META.get("QUERY_STRING", "")
        return permanent_redirect(f"{request.path}/" + (f"?{query}" if query else ""))
    return redirect_or_404(request)


def _is_ours(path: str) -> bool:
    return resolve(path).url_name != "old_address"


def redirect_or_404(request: HttpRequest) -> HttpResponse:
    """Follow the redirect table in one hop. Raises Http404 where it knows nothing."""
    if moved := find_redirect(request):
        return moved
    # Only what readers have seen is gone; what they never saw was never there.
    match = request.resolver_match
    is_story = match and match.url_name == "article"
    if match and is_story and Article.objects.gone().filter(**match.kwargs).exists():
        return gone(request)
    raise Http404("No page here.")


def find_redirect(request: HttpRequest) -> HttpResponse | None:
    """The answer of the redirect table, if it has one for this path and query. 1 query."""
    wanted = _candidates(request)
    rows = Redirect.objects.select_related("target_article").filter(old_path__in=wanted)
    found = {row.old_path: row for row in rows}
    row = next((found[path] for path in wanted if path in found), None)
    return _follow(request, row) if row else None


def _candidates(request: HttpRequest) -> list[str]:
    """The path as stored: with its query first (WordPress's /?p=ID), then alone, / or not."""
    path = request.path
    query = request.META.get("QUERY_STRING", "")
    wanted = [f"{path}?{query}"] if query else []
    wanted += [path, path.rstrip("/") if path.endswith("/") else f"{path}/"]
    # PostgreSQL takes no NUL, not even to compare with.
    return [path for path in wanted if 1 < len(path) <= MAX_PATH_CHARS and "\0" not in path]


def _follow(request: HttpRequest, row: Redirect) -> HttpResponse:
    if row.status == Redirect.Status.GONE:
        return gone(request)
    if row.target_article_id:
        visible = Article.objects.published().filter(pk=row.target_article_id).first()
        if visible is None:
            raise Http404("No page here.")
        target = visible.get_absolute_url()
    else:
        target = row.target_path
        if target in _candidates(request):  # "/a" to "/a/" where no page is: a circle
            raise Http404("No page here.")
    Redirect.objects.filter(pk=row.pk).update(hits=F("hits") + 1, last_hit=timezone.now())
    response = permanent_redirect(target)
    response.status_code = row.status
    return response


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/410.html", status=410)
