"""The newsroom board: the admin's index. Panels of what waits for somebody, by role.

Whoever has something to show registers a maker of a panel: reactions does, and articles doesn't
know of it. A panel is one query that an index answers, cut at BOUND rows: the board costs the same
at a hundred articles and at a million.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

SHOWN = 7
BOUND = 50  # more are not counted: "50+"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits. `end_url` takes it down by a button, `ways` lead to what mends it."""

    title: str
    url: str = ""
    note: str = ""
    when: datetime | None = None
    until: bool = False
    problem: str = ""
    end_url: str = ""
    ways: "tuple[QuickAction, ...]" = ()


@dataclass(frozen=True, slots=True)
class Panel:
    key: str
    title: str
    empty: str
    rows: tuple[Row, ...] = ()
    count: str = "0"
    all_url: str = ""
    all_label: str = "All"
    # Empty, it goes to the end: nobody has to do anything about it.
    calm: bool = False


@dataclass(frozen=True, slots=True)
class QuickAction:
    label: str
    url: str


PanelMaker = Callable[[HttpRequest], Iterable[Panel]]
Some = TypeVar("Some", bound=Model)
_makers: list[PanelMaker] = []


def register(maker: PanelMaker) -> PanelMaker:
    """Have these panels on the board of whoever they are for: the maker looks at the login."""
    _makers.append(maker)
    return maker


def fill(
    panel: Panel, found: "QuerySet[Some]", row: Callable[[Some], Row], *, shown: int = SHOWN
) -> Panel:
    """The panel with its first rows and their bounded number. 1 query."""
    rows = list(found[: BOUND + 1])
    return Panel(
        panel.key,
        panel.title,
        panel.empty,
        tuple(map(row, rows[:shown])),
        f"{BOUND}+" if len(rows) > BOUND else str(len(rows)),
        panel.all_url,
        panel.all_label,
        panel.calm,
    )


def listing(model: str, **filters: Any) -> str:
    """The address of a list of the desk with filters, like listing("articles_article", q="x")."""
    query = urlencode(filters)
    return reverse(f"admin:{model}_changelist") + (f"?{query}" if query else "")


def index(request: HttpRequest) -> HttpResponse:
    """The board in place of the admin's index."""
    panels = [panel for maker in _makers for panel in maker(request)]
    return admin.site.index(
        request,
        {
            "title": "The desk",
            "panels": sorted(panels, key=lambda panel: panel.calm and not panel.rows),
            "quick_actions": quick_actions(request),
            "may_search": request.user.has_perm("articles.view_article"),
        },
    )


def quick_actions(request: HttpRequest) -> list[QuickAction]:
    wanted = (
        ("articles.add_article", "New article", "articles_article_add"),
        ("articles.add_photo", "Add photos", "articles_photo_add"),
        ("articles.add_banner", "Put up a banner", "articles_banner_add"),
        ("articles.change_front", "Edit the home page", "articles_front_home"),
    )
    return [
        QuickAction(label, reverse(f"admin:{name}"))
        for right, label, name in wanted
        if request.user.has_perm(right)
    ]
