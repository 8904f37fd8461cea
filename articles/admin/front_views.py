"""The page where a front is arranged. Thin: the form is arranging's, the verb is curating's."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from articles.actions.curating import FrontConflict, arrange_front, arrangement_of, open_front
from articles.admin.arranging import FrontForm, form_of, obey, plan_of, read_form
from articles.admin.front_page import (  # fmt: skip
    bare_zones,
    fills_of,
    fronts_to_open,
    missing_from,
    picks,
    theirs_of,
    zones_of,
)
from articles.models import Front, Section
from newsroom.lib.text import clean_line


def front_urls() -> list[URLPattern]:
    """The addresses, for `FrontAdmin.get_urls`."""
    guarded = admin.site.admin_view
    return [
        path("home/", guarded(open_home), name="articles_front_home"),
        path("section/<int:pk>/", guarded(open_section), name="articles_front_section"),
        path("<int:pk>/arrange/", guarded(arrange), name="articles_front_arrange"),
    ]


@require_safe
def open_home(request: HttpRequest) -> HttpResponse:
    _check(request)
    return redirect(_address(open_front(None)))


@require_safe
def open_section(request: HttpRequest, pk: int) -> HttpResponse:
    _check(request)
    return redirect(_address(open_front(get_object_or_404(Section, pk=pk))))


@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    _check(request)
    front = get_object_or_404(Front.objects.select_related("section"), pk=pk)
    stored = form_of(arrangement_of(front), front.version)
    if request.method != "POST":
        return _page(request, front, stored)
    form = read_form(request.POST, stored, dict(fills_of(front)))
    command = request.POST.get("do", "save")
    obey(form, command, request.POST)
    if command == "search" or not _save(request, front, form):
        return _page(request, front, form)
    return redirect(_address(front))


def _save(request: HttpRequest, front: Front, form: FrontForm) -> bool:
    plan = plan_of(form)
    for error in form.errors:
        messages.error(request, error)
    if form.errors:
        return False
    by = request.user if isinstance(request.user, AbstractBaseUser) else None
    try:
        arrange_front(front, plan, expected_version=form.version, by=by)
    except FrontConflict as conflict:
        form.version = conflict.version
        form.conflict = True
        return False
    messages.success(request, f"{front} is saved. Readers see it now.")
    return True


def _page(request: HttpRequest, front: Front, form: FrontForm) -> HttpResponse:
    query = clean_line(request.POST.get("q", request.GET.get("q", "")))[:100]
    if "stories" in request.GET:
        aside = {"cards": picks(form, query), "zones": bare_zones(form)}
        return render(request, "admin/articles/front/_picks.html", aside)
    theirs = theirs_of(front, form) if form.conflict else []
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Home page" if front.section is None else f"Front: {front}",
        "front": front,
        "form": form,
        "zones": zones_of(front, form, fills_of(front)),
        "cards": [*missing_from(form, theirs), *picks(form, query)],
        "theirs": theirs,
        "query": query,
        "fronts": fronts_to_open(),
        "view_url": front.section.get_absolute_url() if front.section else reverse("articles:home"),
    }
    status = 409 if form.conflict else 200
    return render(request, "admin/articles/front/arrange.html", context, status=status)


def _address(front: Front) -> str:
    return reverse("admin:articles_front_arrange", args=[front.pk])


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm("articles.change_front"):
        raise PermissionDenied
