"""Writing down what was done."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from newsroom.lib.text import clean_line
from reactions.models import Action, Case

REASON_MAX = 300  # as its columns
Who = User | None  # None: the system


class ReasonMissing(ValueError):
    """A moderator gave no reason, or one that is no reason; its text says so."""


def asked_why(reason: str) -> str:
    """The reason in one line; raises ReasonMissing where there is none, or too much of it."""
    words = clean_line(reason)
    if not words:
        raise ReasonMissing("Say why: the reason is kept, and readers of a frozen bar see it.")
    if len(words) > REASON_MAX:
        raise ReasonMissing(f"Say why in {REASON_MAX} characters: these are {len(words):,}.")
    return words


def write(verb: Action.Verb, by: Who, *, reason: str, **fields: Any) -> Action:
    """A new Action; raises ReasonMissing. In the transaction of what it is about."""
    name = by.get_username() if by else ""
    return Action.objects.create(
        verb=verb, by=by, by_name=name, at=timezone.now(), reason=asked_why(reason), **fields
    )


def set_effect(action: Action, effect: dict[str, Any]) -> Action:
    """What the action turned out to do: known a statement later, in the same transaction."""
    Action.objects.filter(pk=action.pk).update(effect=effect)
    action.effect = effect
    return action


def latest_open_case(article_id: int) -> Case | None:
    return Case.objects.filter(article_id=article_id, closed_at=None).first()
