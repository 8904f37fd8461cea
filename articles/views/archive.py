"""The archive by year, month and day. A date without stories is left to the redirects: WordPress
had addresses of the same form.
"""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format

from articles import archive
from articles.caching import public_page
from articles.cards import CardList
from articles.listing import ListPage, page_of
from articles.metadata import PageMeta, list_meta
from articles.views.old_address import redirect_or_404

A_WEEK = [date(2024, 1, day) for day in range(1, 8)]  # a Monday and what follows, for their names


@public_page
def archive_index(request: HttpRequest) -> HttpResponse:
    path = reverse("articles:archive")
    context = {
        "months": archive.months_of(archive.years()),
        "meta": list_meta("Archive", "Everything we have published, by day.", path),
    }
    return render(request, "articles/archive.html", context)


@public_page
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    months = archive.headlines_of(year)
    if not months:
        return redirect_or_404(request)
    context = {"year": year, "months": months, "meta": _meta(str(year), request)}
    return render(request, "articles/archive_year.html", context)


@public_page
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    page = _page(request, archive.Span.of_month(year, month))
    if not len(page):
        return redirect_or_404(request)
    first = date(year, month, 1)
    context = {
        "first": first,
        "page": page,
        "by_day": archive.by_day(page),
        "days": set(archive.days_of(year, month)),
        "weeks": archive.weeks_of(year, month),
        "weekdays": [date_format(day, "D") for day in A_WEEK],
        "meta": _meta(date_format(first, "F Y"), request, page.number),
    }
    return render(request, "articles/archive_month.html", context)


@public_page
def archive_day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    try:
        asked = date(year, month, day)
    except ValueError:  # 30 February
        return redirect_or_404(request)
    page = _page(request, archive.Span.of_day(asked))
    if not len(page):
        return redirect_or_404(request)
    context = {
        "day": asked,
        "page": page,
        "meta": _meta(date_format(asked, "j F Y"), request, page.number),
    }
    return render(request, "articles/archive_day.html", context)


def _page(request: HttpRequest, span: archive.Span) -> ListPage:
    since, before = span.limits
    return page_of(request, _stories, since=since, before=before)


_stories = CardList(archive.published_in)


def _meta(name: str, request: HttpRequest, page: int = 1) -> PageMeta:
    return list_meta(name, f"What we published: {name}.", request.path, page=page)
