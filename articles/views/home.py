"""The home page: what the front's slots hold, then the newest, nothing twice."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from articles.caching import public_page
from articles.fragments import Pieces, kept
from articles.fronts import home_front
from articles.metadata import list_meta
from articles.navigation import site_nav
from articles.views.old_address import find_redirect
from newsroom.lib.html import trusted

PARTS = ("top", "river", "strips")  # templates/articles/_home_*.html
# WordPress's short addresses: /?p=97592 is a story, not the home page.
OLD_QUERY_KEYS = frozenset({"p", "page_id", "attachment_id"})


@public_page(never=OLD_QUERY_KEYS)
def home(request: HttpRequest) -> HttpResponse:
    if not OLD_QUERY_KEYS.isdisjoint(request.GET) and (moved := find_redirect(request)):
        return moved
    context = {
        "pieces": kept("home", pieces_of_home),
        "meta": list_meta(settings.SITE_NAME, settings.SITE_TAGLINE, "/"),
    }
    return render(request, "articles/home.html", context)


def pieces_of_home() -> Pieces:
    """What an editor and time have put on the page: the top, the newest, the sections. 5 queries."""
    context = {"front": home_front(site_nav())}
    parts = {name: render_to_string(f"articles/_home_{name}.html", context) for name in PARTS}
    return {name: trusted(html.strip()) for name, html in parts.items()}
