"""Taking back what was done: exactly that, and once.

Votes go back into the state they were in, unless a later action moved them on; a vote that its
voter changed meanwhile counts as it stands now.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from articles.models import public_changed
from reactions import blocks
from reactions.models import ActedVote, Action, Block, Board, Vote
from reactions.moderation import log
from reactions.moderation.log import Who
from reactions.moderation.votes import EFFECT, SUMS, State, count_on_sqlite, effect_of

MOVED_TO = {
    Action.Verb.VOID: State.VOID,
    Action.Verb.RELEASE: State.COUNTED,
    Action.Verb.QUARANTINE: State.QUARANTINED,
    Action.Verb.SHADOW_VOTES: State.SHADOW,
}
LEFT_AT = {
    Action.Verb.FREEZE: Board.State.FROZEN,
    Action.Verb.HIDE: Board.State.HIDDEN,
    Action.Verb.THAW: Board.State.OPEN,
    Action.Verb.SHOW: Board.State.OPEN,
}

BACK_ON_POSTGRES = f"""
    WITH chosen AS (
        SELECT vote.article_id, vote.visitor, vote.state, acted.before
          FROM reactions_actedvote acted
          JOIN reactions_vote vote
            ON vote.article_id = acted.article_id AND vote.visitor = acted.visitor
         WHERE acted.action_id = %(action)s AND vote.state = %(state)s {{unmoved}}
         ORDER BY vote.article_id, vote.visitor FOR UPDATE OF vote
    ), moved AS (
        UPDATE reactions_vote vote SET state = chosen.before FROM chosen
         WHERE vote.article_id = chosen.article_id AND vote.visitor = chosen.visitor
        RETURNING vote.article_id, vote.kind, chosen.state AS before, chosen.before AS after
    ), appended AS ({SUMS})
    {EFFECT}
"""  # noqa: S608 (constants only)
STANDING = """
    SELECT vote.article_id, vote.kind, acted.before, COUNT(*)
      FROM reactions_actedvote acted
      JOIN reactions_vote vote ON vote.article_id = acted.article_id AND vote.visitor = acted.visitor
     WHERE acted.action_id = %(action)s AND vote.state = %(state)s {unmoved}
     GROUP BY vote.article_id, vote.kind, acted.before
"""
BACK_ON_SQLITE = """
    UPDATE reactions_vote SET state = acted.before FROM reactions_actedvote acted
     WHERE acted.action_id = %(action)s AND reactions_vote.state = %(state)s
       AND acted.article_id = reactions_vote.article_id AND acted.visitor = reactions_vote.visitor
       {unmoved}
"""
# A later action may have brought a vote to and fro: it is that one's then, by the table's key.
UNMOVED = """AND NOT EXISTS (
    SELECT 1 FROM reactions_actedvote later
     WHERE later.action_id IN ({later}) AND later.article_id = acted.article_id
       AND later.visitor = acted.visitor)"""


class CannotUndo(ValueError):
    """This action can't be taken back; its text says why."""


def why_not(action: Action) -> str:
    """Why the action can't be taken back, in words; empty where it can. `action.undone_by` may have
    been read with it: then this asks the database for nothing but a block's end.
    """
    if action.verb == Action.Verb.UNDO:
        return "An undo stands: do it again instead."
    if action.verb == Action.Verb.CLOSE:
        return "A verdict stands: undo what it did to the votes, or open the case anew."
    if hasattr(action, "undone_by"):
        return "This is undone already."
    if action.effect.get("total") == 0:
        return "It moved no vote."
    if action.verb in {Action.Verb.BAN, Action.Verb.SHADOW}:
        holds = Block.objects.filter(pk=action.effect["block"], until__gt=timezone.now())
        return "" if holds.exists() else "The block is over."
    return ""


def undo(action: Action, by: Who, *, reason: str) -> Action:
    """Take an action back. Returns the Action of that, whose effect says what came of it.

    Raises ReasonMissing, and CannotUndo with the words of `why_not`.
    """
    log.asked_why(reason)
    with transaction.atomic():
        # Of two moderators at once the second waits here and finds it done.
        if refused := why_not(Action.objects.select_for_update().get(pk=action.pk)):
            raise CannotUndo(refused)
        verb = Action.Verb(action.verb)
        if verb in MOVED_TO:
            effect = _votes_back(action, MOVED_TO[verb])
        elif verb in LEFT_AT:
            effect = _boards_back(action, LEFT_AT[verb])
        else:
            effect = _unblock(action)
        return log.write(
            Action.Verb.UNDO, by, reason=reason, filter=action.filter, effect=effect,
            case=action.case, undo_of=action,
        )  # fmt: skip


def _votes_back(action: Action, state: Vote.State) -> dict[str, Any]:
    params = {"action": action.pk, "state": int(state)}
    moved = ActedVote.objects.filter(article_id__in=action.filter["articles"])
    later = _later(action, MOVED_TO).filter(pk__in=moved.values("action_id"))
    numbers = ", ".join(str(number) for number in later.values_list("pk", flat=True))
    unmoved = UNMOVED.format(later=numbers) if numbers else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(BACK_ON_POSTGRES.format(unmoved=unmoved), params)
            return effect_of(cursor.fetchall())
        cursor.execute(STANDING.format(unmoved=unmoved), params)
        rows = cursor.fetchall()
        cursor.execute(BACK_ON_SQLITE.format(unmoved=unmoved), params)
        changes = [(article, kind, state, before, n) for article, kind, before, n in rows]
        count_on_sqlite(cursor, changes)
        return effect_of((article, kind, state, n) for article, kind, _before, n in rows)


def _later(action: Action, verbs: Iterable[Action.Verb]) -> "QuerySet[Action]":
    """Those done after it that stand."""
    return Action.objects.filter(pk__gt=action.pk, verb__in=list(verbs), undone_by=None)


def _boards_back(action: Action, state: Board.State) -> dict[str, Any]:
    """Only boards that are still as the action left them, and by no later action."""
    back: dict[str, list[str]] = {}
    changed: set[str] = set()
    changed.update(
        *(each["boards"] for each in _later(action, LEFT_AT).values_list("effect", flat=True))
    )
    for article_id, (before, reason) in action.effect["boards"].items():
        if article_id in changed:
            continue
        is_open = before == Board.State.OPEN
        fields: dict[str, Any] = {
            "state": before,
            "frozen_reason": reason,
            "version": F("version") + 1,
        }
        if is_open:
            fields |= {"frozen_by": None, "frozen_at": None}
        if Board.objects.filter(pk=article_id, state=state).update(**fields):
            back[article_id] = [state, ""]
    public_changed()
    return {"boards": back}


def _unblock(action: Action) -> dict[str, Any]:
    now = timezone.now()
    ended = Block.objects.filter(pk=action.effect["block"], until__gt=now).update(until=now)
    blocks.forget()
    return {"block": action.effect["block"], "ended": ended}
