"""What belongs to the site and to no app: health, robots.txt, error pages."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.caching import PUBLIC_PAGE, public_page
from articles.search import for_path

MAX_SEARCHED_CHARS = 200


@require_safe
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 with the database answering, 503 without."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "ok"})


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /r/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """What browsers ask for where a page names no icon: the admin's pages, pictures, feeds."""
    response = HttpResponseRedirect(static("img/favicon.svg"))
    response["Cache-Control"] = "public, max-age=86400"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain_error(400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    of_desk = request.path.startswith(reverse("admin:index"))
    stories = [] if of_desk or not _has_words(request.path) else for_path(request.path)
    response = render(request, "errors/404.html", {"stories": stories}, status=404)
    if of_desk:
        response["Cache-Control"] = "private, no-store"
    else:
        response["Cache-Control"] = PUBLIC_PAGE
    return response


def _has_words(path: str) -> bool:
    """Whether a search by it may find anything: what scanners and broken links ask for is not."""
    return len(path) <= MAX_SEARCHED_CHARS and any(letter.isalpha() for letter in path)


def server_error(request: HttpRequest) -> HttpResponse:
    return _plain_error(500)


def _plain_error(status: int) -> HttpResponse:
    """A page that asks nothing: no database, no session, no context processor."""
    context: dict[str, Any] = {"site_name": settings.SITE_NAME}
    return HttpResponse(render_to_string(f"errors/{status}.html", context), status=status)
