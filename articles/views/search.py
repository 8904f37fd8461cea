"""The search page: a GET form, the stories that fit, and help where none does."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.caching import public_page
from articles.metadata import list_meta
from articles.models import Article
from articles.navigation import offered_sections
from articles.search import SearchPage, TooSlow, search
from articles.search.asked import PARAMETERS, Asked, read
from articles.search.finding import MAX_PAGES
from articles.search.suggesting import near_names, popular_tags

MAX_PAGE_DIGITS = 6
DESCRIPTION_CACHE = "public, max-age=86400"


# Not kept: everybody's words would push the pages that many read out of the cache.
@public_page(params=[*PARAMETERS, "page"], never=["q"])
def search_page(request: HttpRequest) -> HttpResponse:
    asked = read(request.GET)
    number = _page_number(request)
    try:
        page, too_slow = search(asked.query, page=number), False
    except TooSlow:
        page, too_slow = SearchPage(number=number), True
    title = f"“{asked.text}”" if asked.text else "Search"
    context = {
        "asked": asked,
        "page": page,
        "too_slow": too_slow,
        "cut": asked.query.parsed.cut,
        "max_pages": MAX_PAGES,
        "all_sections": offered_sections(),
        "kinds": Article.Kind.choices,
        "meta": list_meta(title, "", asked.address(page=number), robots="noindex, follow"),
        **_links(asked, page),
        **(_help(asked) if not page.total else {}),
    }
    return render(request, "articles/search.html", context)


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_PAGE_DIGITS and int(text)):
        raise Http404("No such page.")
    return int(text)


def _links(asked: Asked, page: SearchPage) -> dict[str, Any]:
    last = min(page.number, page.num_pages + 1)
    return {
        "previous": asked.address(page=last - 1) if last > 1 else "",
        "next": asked.address(page=page.number + 1) if page.number < page.num_pages else "",
    }


def _help(asked: Asked) -> dict[str, Any]:
    return {"near": near_names(asked.text), "popular": popular_tags()}


@public_page
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser searches this site from its address bar."""
    response = render(
        request,
        "articles/opensearch.xml",
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )
    response["Cache-Control"] = DESCRIPTION_CACHE
    return response
