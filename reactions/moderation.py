"""What moderators do to a bar: freeze, thaw, hide, show. Each asks who, and why.

Freezing and hiding take effect for every vote whose statement starts after the commit. The
reason of a freeze is shown to readers; all reasons go to the admin's history.
"""

from collections.abc import Iterable, Mapping

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import public_changed
from reactions.models import Board


class ReasonMissing(ValueError):
    """A moderator gave no reason."""


def freeze(boards: Iterable[Board], by: AbstractBaseUser, *, reason: str) -> int:
    """Stop votes on open bars; counts stay to be seen. Returns how many bars changed."""
    return _close(boards, by, reason=reason, state=Board.State.FROZEN, takes={Board.State.OPEN})


def hide(boards: Iterable[Board], by: AbstractBaseUser, *, reason: str) -> int:
    """Take bars off their pages, counts included. Returns how many changed."""
    shown = {Board.State.OPEN, Board.State.FROZEN}
    return _close(boards, by, reason=reason, state=Board.State.HIDDEN, takes=shown)


def thaw(boards: Iterable[Board], by: AbstractBaseUser, *, reason: str) -> int:
    """Let frozen bars take votes again. Returns how many changed."""
    return _open(boards, by, reason=reason, takes={Board.State.FROZEN})


def show(boards: Iterable[Board], by: AbstractBaseUser, *, reason: str) -> int:
    """Put hidden bars back, open for votes. Returns how many changed."""
    return _open(boards, by, reason=reason, takes={Board.State.HIDDEN})


def _close(
    boards: Iterable[Board],
    by: AbstractBaseUser,
    *,
    reason: str,
    state: Board.State,
    takes: set[Board.State],
) -> int:
    fields = {
        "state": state,
        "frozen_by": by,
        "frozen_at": timezone.now(),
        "frozen_reason": reason.strip(),
    }
    return _change(boards, by, reason=reason, takes=takes, fields=fields)


def _open(
    boards: Iterable[Board], by: AbstractBaseUser, *, reason: str, takes: set[Board.State]
) -> int:
    fields = {
        "state": Board.State.OPEN,
        "frozen_by": None,
        "frozen_at": None,
        "frozen_reason": "",
    }
    return _change(boards, by, reason=reason, takes=takes, fields=fields)


def _change(
    boards: Iterable[Board],
    by: AbstractBaseUser,
    *,
    reason: str,
    takes: set[Board.State],
    fields: Mapping[str, object],
) -> int:
    if not reason.strip():
        raise ReasonMissing("Say why: the reason is kept, and readers of a frozen bar see it.")
    with transaction.atomic():
        changed = [
            board
            for board in boards
            # The state is asked in the UPDATE: of two moderators at once, one changes the row.
            if Board.objects.filter(pk=board.pk, state__in=takes).update(
                **fields, version=F("version") + 1
            )
        ]
        LogEntry.objects.log_actions(
            user_id=by.pk,
            queryset=changed,
            action_flag=CHANGE,
            change_message=f"{fields['state']}: {reason.strip()}",
        )
        public_changed()
    return len(changed)
