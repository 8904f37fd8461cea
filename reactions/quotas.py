"""How a vote is taken: counted, kept waiting, kept in the shadow, or refused.

The quota is for votes from young cookies on quiet articles: there a crowd from one network is
unusual, and honest readers are few. On a busy one it would hold up thousands of them (mobile
carriers put whole cities behind a few addresses), so it is off there and the alarms watch instead.
"""

import time
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from reactions import blocks
from reactions.alarms import Thresholds, is_over_quota
from reactions.limits import limits
from reactions.models import Block, Vote
from reactions.models.event import FIRST, STATE_BITS
from reactions.networks import UNKNOWN
from reactions.statements import Statement
from reactions.visitors import Visitor
from reactions.voting import How, VoteRefused

HOUR = timedelta(hours=1)
BUSY_SECONDS = 10.0  # how long an article is taken for busy or quiet without asking again
REMEMBERED = 10_000  # articles

# Both stop at the number that decides: an attack makes neither long.
COUNTED_LATELY = Statement(
    "reactions_lately",
    f"""
    SELECT COUNT(*) FROM (
        SELECT 1 FROM reactions_event
         WHERE article_id = %(article)s AND at > %(since)s AND flags & {STATE_BITS} = 0
         ORDER BY at DESC LIMIT %(enough)s) counted
    """,  # noqa: S608 (constants only)
    article="bigint", since="timestamptz", enough="integer",
)  # fmt: skip
OF_NETWORK = Statement(
    "reactions_of_network",
    f"""
    SELECT COUNT(*) FROM (
        SELECT 1 FROM reactions_event
         WHERE article_id = %(article)s AND at > %(since)s AND net = %(net)s
           AND cookie_age_s < %(young)s AND kind > 0 AND flags & {FIRST} > 0
         ORDER BY at DESC LIMIT %(enough)s) young
    """,  # noqa: S608
    article="bigint", since="timestamptz", net="bigint", young="integer", enough="integer",
)  # fmt: skip

# Of this process: by article, until when it is taken for what.
_busy: dict[int, tuple[float, bool]] = {}


class Blocked(VoteRefused):
    """A moderator blocked the visitor or the network."""


def how_of(
    article_id: int, visitor: Visitor, nets: tuple[int, ...], *, by_form: bool = False
) -> How:
    """How the visitor's vote is to be cast. `nets`: the network's names, today's first.

    Raises Blocked, in words for the reader. Costs no query for a cookie that is not young or on an
    article known to be busy, else one, and now and then another.
    """
    mode = blocks.mode_of(visitor.id, nets)
    if mode == Block.Mode.REJECT:
        raise Blocked("Reactions from your connection are paused. Please try again tomorrow.")
    state = Vote.State.COUNTED
    if mode == Block.Mode.SHADOW:
        state = Vote.State.SHADOW
    elif _must_wait(article_id, visitor, nets[0]):
        state = Vote.State.QUARANTINED
    return How(net=nets[0], state=state, by_form=by_form)


def forget() -> None:
    """Of this process: ask again which articles are busy."""
    _busy.clear()


def _must_wait(article_id: int, visitor: Visitor, net: int) -> bool:
    rules = limits()
    if not rules.quota or net == UNKNOWN or visitor.age_seconds() >= rules.young_seconds:
        return False
    if _is_busy(article_id, rules):
        return False
    since = timedelta(seconds=rules.quota_seconds)
    young = {"net": net, "young": rules.young_seconds}
    mine = _count(OF_NETWORK, article_id, since, rules.quota, **young)
    return is_over_quota(mine, rules, is_busy=False)


def _is_busy(article_id: int, rules: Thresholds) -> bool:
    """Does it get so many counted votes an hour that there is no quota?"""
    now = time.monotonic()
    until, busy = _busy.get(article_id, (0.0, False))
    if until <= now:
        counted = _count(COUNTED_LATELY, article_id, HOUR, rules.busy_per_hour)
        busy = counted >= rules.busy_per_hour
        if len(_busy) >= REMEMBERED:
            _busy.clear()
        _busy[article_id] = (now + BUSY_SECONDS, busy)
    return busy


def _count(
    statement: Statement, article_id: int, since: timedelta, enough: int, **more: int
) -> int:
    moment = connection.ops.adapt_datetimefield_value(timezone.now() - since)
    params = {"article": article_id, "since": moment, "enough": enough, **more}
    return int(statement.rows(params)[0][0])
