"""What readers would see of a set that isn't saved: drawn by their own partials and stylesheet, in
both themes, with the contrast of all that stands on each other. Writes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_POST

from articles.admin.csp import framed_by_us
from newsroom.lib.text import clean_line
from reactions.admin.set_form import SetForm, field_name
from reactions.board_view import BoardView, KindCount
from reactions.models import Board, ReactionKind, ReactionSet
from reactions.pictures import picture_of
from reactions.set_style import COLOURS, THEMES, NoColour, Pair, Style, pairs, stylesheet, tidy

NO_SET = 0  # no row has this number
MOST_MEMBERS = 100
LAST = 100_000  # the place of a row without one
# Numbers as a story might have them: short and long ones, one and none.
SAMPLE = (1_284, 312, 96, 41, 12_007, 8, 1, 0)
CHOSEN = 1  # the second button looks as it does for who chose it


@dataclass(frozen=True, slots=True)
class Side:
    """One theme of the preview."""

    theme: str
    pairs: list[Pair]


def preview_urls() -> list[URLPattern]:
    """For `ReactionSetAdmin.get_urls`."""
    view = admin.site.admin_view
    return [
        path("preview/", view(preview), name="reactions_reactionset_preview"),
        path("<int:pk>/preview/", view(saved_preview), name="reactions_reactionset_saved_preview"),
        path("preview.css", view(preview_sheet), name="reactions_reactionset_preview_sheet"),
    ]


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The set's form as it was typed, complete or not → a page for a frame."""
    _may(request)
    form = SetForm(request.POST)
    form.is_valid()
    question = clean_line(request.POST.get("question", "")) or "The question stands here"
    return page(request, question, list(_members(request.POST)), form.style)


@require_GET
def saved_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a set as it is saved: what the frame shows first."""
    _may(request)
    found = get_object_or_404(ReactionSet, pk=pk)
    members = found.members.select_related("kind").filter(kind__retired_at=None)
    return page(request, found.question, [member.kind for member in members], found.style)


def page(
    request: HttpRequest, question: str, kinds: list[ReactionKind], style: Style
) -> HttpResponse:
    found = list(pairs(style))
    board = BoardView(
        article_id=0, state=Board.State.OPEN, reason="", version=0, question=question,
        kinds=tuple(_sample(kind, n) for n, kind in enumerate(kinds)), set_id=NO_SET,
    )  # fmt: skip
    context = {
        "board": board,
        "chosen": board.kinds[CHOSEN] if len(board.kinds) > CHOSEN else None,
        "sides": [Side(theme, [pair for pair in found if pair.theme == theme]) for theme in THEMES],
        "failing": sum(not pair.passes for pair in found),
        "sheet": _sheet_address(style),
    }
    return framed_by_us(TemplateResponse(request, "admin/reactions/set_preview.html", context))


@require_GET
def preview_sheet(request: HttpRequest) -> HttpResponse:
    """The stylesheet of the style that the address says: ?size=large&light_button=#112233."""
    _may(request)
    colours = {
        theme: {name: request.GET.get(field_name(theme, name), "") for name in COLOURS}
        for theme in THEMES
    }
    try:
        css = stylesheet(NO_SET, tidy({"size": request.GET.get("size"), **colours}))
    except NoColour:
        css = ""
    return HttpResponse(css, content_type="text/css; charset=utf-8")


def _may(request: HttpRequest) -> None:
    if not request.user.has_perm("reactions.view_reactionset"):
        raise PermissionDenied


def _members(data: QueryDict) -> Iterator[ReactionKind]:
    """The kinds of the form's rows that readers would see, in the order typed."""
    rows = []
    for n in range(min(_small(data.get("members-TOTAL_FORMS")) or 0, MOST_MEMBERS)):
        kind, order = (_small(data.get(f"members-{n}-{name}")) for name in ("kind", "order"))
        if kind is not None and f"members-{n}-DELETE" not in data:
            rows.append((LAST if order is None else order, n, kind))
    known = ReactionKind.objects.filter(retired_at=None).in_bulk([kind for *_, kind in rows])
    yield from (known[kind] for *_, kind in sorted(rows) if kind in known)


def _small(text: str | None) -> int | None:
    """A number of at most five digits."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None


def _sample(kind: ReactionKind, number: int) -> KindCount:
    drawing = kind.image.url if kind.image else picture_of(kind.emoji)
    still = default_storage.url(kind.still.name) if kind.still else ""
    votes = SAMPLE[number % len(SAMPLE)]
    return KindCount(kind.pk, kind.slug, kind.label, kind.emoji, drawing, votes, 0, still)


def _sheet_address(style: Style) -> str:
    given: dict[str, Any] = {"size": style["size"]} if "size" in style else {}
    for theme in THEMES:
        given |= {field_name(theme, name): c for name, c in style.get(theme, {}).items()}
    address = reverse("admin:reactions_reactionset_preview_sheet")
    return f"{address}?{urlencode(given)}" if given else ""
