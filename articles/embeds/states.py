"""The states of an embed: which may follow which, by whom, and the record of each change.

A check that finds all as it was writes no event. Nobody else writes `Embed.state`.
"""

from typing import Literal

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Embed, EmbedEvent

Who = Literal["worker", "desk"]
State = Embed.State

# What is not here does not happen: the worker never touches what the desk blocked, and a post that
# is gone comes back by an answer that shows it, never by one that says nothing.
TRANSITIONS: dict[tuple[State, State], frozenset[Who]] = {
    (State.PENDING, State.OK): frozenset({"worker"}),
    (State.PENDING, State.DEGRADED): frozenset({"worker"}),
    (State.PENDING, State.GONE): frozenset({"worker", "desk"}),
    (State.PENDING, State.BLOCKED): frozenset({"desk"}),
    (State.OK, State.DEGRADED): frozenset({"worker"}),
    (State.OK, State.GONE): frozenset({"worker", "desk"}),
    (State.OK, State.BLOCKED): frozenset({"desk"}),
    (State.DEGRADED, State.OK): frozenset({"worker"}),
    (State.DEGRADED, State.GONE): frozenset({"worker", "desk"}),
    (State.DEGRADED, State.BLOCKED): frozenset({"desk"}),
    (State.GONE, State.OK): frozenset({"worker"}),
    (State.GONE, State.PENDING): frozenset({"desk"}),
    (State.GONE, State.BLOCKED): frozenset({"desk"}),
    (State.BLOCKED, State.PENDING): frozenset({"desk"}),
}
# The columns that change() writes; its caller saves them.
STATE_FIELDS = ("state", "reason", "held", "gone_at", "missing_since")
MAX_REASON_CHARS = 300
MAX_EVENTS = 50  # of one embed: one that comes and goes for years keeps its last changes


def may(embed: Embed, to: State, who: Who) -> bool:
    """Whether this embed's state may become another one now."""
    held = embed.held and who == "worker"
    return not held and who in TRANSITIONS.get((State(embed.state), to), frozenset())


def change(
    embed: Embed, to: State, *, by: AbstractBaseUser | None = None, reason: str = ""
) -> bool:
    """Bring an embed into a state by a person, or by the worker (`by` None). False, and nothing is
    changed, where the table does not allow it or it is in that state already.

    Must run in the transaction that saves STATE_FIELDS of the row, which is held.
    """
    if not may(embed, to, "desk" if by else "worker"):
        return False
    reason = reason[:MAX_REASON_CHARS]
    EmbedEvent.objects.create(
        embed=embed,
        by=by,  # type: ignore[misc]
        from_state=embed.state,
        to_state=to,
        reason=reason,
    )
    old = embed.events.order_by("-pk").values_list("pk", flat=True)[MAX_EVENTS : 2 * MAX_EVENTS]
    if spare := list(old):
        EmbedEvent.objects.filter(pk__in=spare).delete()
    if to == State.GONE:
        embed.gone_at = embed.missing_since or timezone.now()
    else:
        embed.gone_at = embed.missing_since = None
    embed.state, embed.reason = to, reason
    embed.held = by is not None and to in {State.GONE, State.BLOCKED}
    return True
