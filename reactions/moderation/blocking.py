"""Blocks: a visitor, or a network for two days at most, refused or in the shadow."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from reactions import blocks
from reactions.models import Action, Block, Case
from reactions.moderation import log
from reactions.moderation.log import Who

NET_AT_MOST = timedelta(hours=48)
VISITOR_AT_MOST = timedelta(days=366)  # a cookie lives no longer


class BlockTooLong(ValueError):
    """A block that would hold for longer than is fair to others; its text says how long."""


def ban(
    by: Who,
    *,
    until: datetime,
    reason: str,
    visitor: int | None = None,
    net: int | None = None,
    case: Case | None = None,
) -> Action:
    """Refuse new votes of a visitor or a network's name until then; undoing still works for them.

    Votes that stand are not touched (see void). Returns the Action; raises ReasonMissing,
    BlockTooLong (a network, behind which many live: 48 hours), ValueError unless exactly one of
    `visitor` and `net` is given or `until` is over.
    """
    return _block(Block.Mode.REJECT, by, until, reason, visitor, net, case)


def shadow(
    by: Who,
    *,
    until: datetime,
    reason: str,
    visitor: int | None = None,
    net: int | None = None,
    case: Case | None = None,
) -> Action:
    """Keep new votes without counting them; the voter sees them counted. Otherwise as `ban`."""
    return _block(Block.Mode.SHADOW, by, until, reason, visitor, net, case)


def _block(
    mode: Block.Mode,
    by: Who,
    until: datetime,
    reason: str,
    visitor: int | None,
    net: int | None,
    case: Case | None,
) -> Action:
    now = timezone.now()
    if (visitor is None) == (net is None) or net == 0:
        raise ValueError("Name a visitor or a network.")
    if until <= now:
        raise ValueError("A block ends in the future.")
    if until - now > (NET_AT_MOST if visitor is None else VISITOR_AT_MOST):
        longest = "48 hours: many readers share one" if visitor is None else "a year"
        raise BlockTooLong(f"A block holds for at most {longest}.")
    words = log.asked_why(reason)
    verb = Action.Verb.BAN if mode == Block.Mode.REJECT else Action.Verb.SHADOW
    who = {"visitor": str(visitor)} if net is None else {"net": str(net)}
    with transaction.atomic():
        block = Block.objects.create(
            visitor=visitor, net=net, mode=mode, at=now, until=until, by=by, reason=words
        )
        action = log.write(
            verb, by, reason=words, case=case, effect={"block": block.pk},
            filter=who | {"until": until.isoformat()},
        )  # fmt: skip
    blocks.forget()
    return action
