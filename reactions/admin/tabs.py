"""The row of tabs that all pages of the reactions' desk share: what this login may open, no more.

`{% load reactions_desk %}{% reaction_tabs %}` draws it (templates/admin/reactions/_tabs.html).
Lists and forms of the app's models have it already, by admin/reactions/change_list.html and
change_form.html; a page of one's own puts it into `{% block pretitle %}`. Which tab is the current
one is read from the address's name, so nobody passes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    current: bool


# (label, any one of these rights, address, what its other addresses' names begin with)
TABS: tuple[tuple[str, tuple[str, ...], str, tuple[str, ...]], ...] = (
    ("Live", ("view_board",), "reactions_desk:live", ("live",)),
    ("Cases", ("view_case",), "admin:reactions_case_changelist", ("reactions_case_",)),
    ("Actions", ("view_action",), "admin:reactions_action_changelist", ("reactions_action_",)),
    ("Blocks", ("view_block",), "admin:reactions_block_changelist", ("reactions_block_",)),
    (
        "Boards", ("view_board",), "admin:reactions_board_changelist",
        ("reactions_board_", "reactions_base_"),
    ),
    (
        "Sets", ("view_reactionset",), "admin:reactions_reactionset_changelist",
        ("reactions_reactionset_", "reactions_reactionkind_"),
    ),
    ("Analytics", ("view_hour",), "reactions_desk:analytics", ("analytics",)),
    ("Export", ("view_board", "view_hour", "view_action"), "reactions_desk:export", ("export",)),
)  # fmt: skip


def tabs(request: HttpRequest) -> list[Tab]:
    """The tabs this login may open, in order. No query beyond the login's rights."""
    return list(_tabs(request))


def _tabs(request: HttpRequest) -> Iterator[Tab]:
    here = (request.resolver_match and request.resolver_match.url_name) or ""
    for label, rights, address, names in TABS:
        if any(request.user.has_perm(f"reactions.{right}") for right in rights):
            yield Tab(label, reverse(address), here.startswith(names))
