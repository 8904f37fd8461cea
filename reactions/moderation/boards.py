"""What moderators do to a bar: freeze, thaw, hide, show. Each asks who, and why.

Freezing and hiding take effect for every vote whose statement starts after the commit. The
reason of a freeze is shown to readers; all reasons go to the admin's history and into an Action.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import public_changed
from reactions.models import Action, Board, Case
from reactions.moderation import log


def freeze(boards: Iterable[Board], by: User, *, reason: str, case: Case | None = None) -> int:
    """Stop votes on open bars; counts stay to be seen. Returns how many bars changed."""
    verb, takes = Action.Verb.FREEZE, {Board.State.OPEN}
    return _close(verb, boards, by, reason=reason, state=Board.State.FROZEN, takes=takes, case=case)


def hide(boards: Iterable[Board], by: User, *, reason: str, case: Case | None = None) -> int:
    """Take bars off their pages, counts included. Returns how many changed."""
    shown = {Board.State.OPEN, Board.State.FROZEN}
    verb = Action.Verb.HIDE
    return _close(verb, boards, by, reason=reason, state=Board.State.HIDDEN, takes=shown, case=case)


def thaw(boards: Iterable[Board], by: User, *, reason: str, case: Case | None = None) -> int:
    """Let frozen bars take votes again. Returns how many changed."""
    return _open(Action.Verb.THAW, boards, by, reason=reason, takes={Board.State.FROZEN}, case=case)


def show(boards: Iterable[Board], by: User, *, reason: str, case: Case | None = None) -> int:
    """Put hidden bars back, open for votes. Returns how many changed."""
    return _open(Action.Verb.SHOW, boards, by, reason=reason, takes={Board.State.HIDDEN}, case=case)


def _close(
    verb: Action.Verb,
    boards: Iterable[Board],
    by: User,
    *,
    reason: str,
    state: Board.State,
    takes: set[Board.State],
    case: Case | None,
) -> int:
    fields = {
        "state": state,
        "frozen_by": by,
        "frozen_at": timezone.now(),
        "frozen_reason": log.asked_why(reason),
    }
    return _change(verb, boards, by, reason=reason, takes=takes, fields=fields, case=case)


def _open(
    verb: Action.Verb,
    boards: Iterable[Board],
    by: User,
    *,
    reason: str,
    takes: set[Board.State],
    case: Case | None,
) -> int:
    fields = {
        "state": Board.State.OPEN,
        "frozen_by": None,
        "frozen_at": None,
        "frozen_reason": "",
    }
    return _change(verb, boards, by, reason=reason, takes=takes, fields=fields, case=case)


def _change(
    verb: Action.Verb,
    boards: Iterable[Board],
    by: User,
    *,
    reason: str,
    takes: set[Board.State],
    fields: Mapping[str, object],
    case: Case | None,
) -> int:
    words = log.asked_why(reason)
    with transaction.atomic():
        # Of two moderators at once one changes the row; the other finds it changed.
        wanted = Board.objects.select_for_update(of=("self",)).filter(
            pk__in=[board.pk for board in boards]
        )
        changed = list(wanted.filter(state__in=takes).select_related("article").order_by("pk"))
        if not changed:
            return 0
        before = {str(board.pk): [board.state, board.frozen_reason] for board in changed}
        ids = [board.pk for board in changed]
        Board.objects.filter(pk__in=ids).update(**fields, version=F("version") + 1)
        about: dict[str, Any] = {"filter": {"articles": ids}, "effect": {"boards": before}}
        log.write(verb, by, reason=words, case=case, **about)
        LogEntry.objects.log_actions(
            user_id=by.pk,
            queryset=changed,
            action_flag=CHANGE,
            change_message=f"{fields['state']}: {words}",
        )
        public_changed()
    return len(changed)
