"""The worker's part of an embed: claim the row, ask, apply the answer, draw the card, save once.

At-least-once delivery and an idempotent row make effectively-once: a message that comes twice,
late, or for a row that is done changes nothing (security.md 4.1 in the design documents). The
claim's lease is the lock of a post, and its end the proof: what was learned is written only while
the row still has the lease that it was asked under. Nothing is locked while a provider is asked.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.embeds.answers import Outcome
from articles.embeds.asking import Learned, ask
from articles.embeds.provider import EmbedRef
from articles.embeds.redraw import CARD_FIELDS, draw
from articles.embeds.rows import known_or_new
from articles.embeds.schedule import (
    CONFIRM_AFTER,
    GONE_FOR,
    MAX_FAILURES,
    after_failure,
    later,
    next_look,
)
from articles.embeds.states import MAX_REASON_CHARS, STATE_FIELDS, State, change
from articles.models import Embed, EmbedUse, public_changed

LEASE_SECONDS = 60
OnWait = Callable[[str, float], None]
WORK_FIELDS = (
    *STATE_FIELDS, *CARD_FIELDS, "title", "author_name", "author_url", "width", "height",
    "suggested", "snapshot", "attempts", "failures", "next_check_at", "priority", "lease_until",
    "checked_at", "fetched_at", "alias_of",
)  # fmt: skip


def mark(point: str) -> None:
    """Where a worker may die: tests end the process here. Points in the order of the work:
    "claimed", "answered", "saved" (not committed yet), "committed".
    """


def resolve(embed_id: int, *, on_wait: OnWait | None = None) -> bool:
    """Bring one embed up to date. True if this call did the work, False if there was none to do.
    `on_wait` is told the host, and the seconds, where it isn't this post's turn to ask.

    The lease and the count of attempts are written before the work: a row that kills its worker
    is tried a few times and then left, and two workers never ask for the same post.
    """
    lease = _claim(embed_id)
    if lease is None:
        return False
    mark("claimed")
    learned = ask(Embed.objects.get(pk=embed_id))
    mark("answered")
    done, target = _write(embed_id, lease, learned)
    mark("committed")
    if on_wait is not None and learned.host:
        on_wait(learned.host, learned.outcome.retry_after_seconds or 0.0)
    if target is not None:
        resolve(
            target, on_wait=on_wait
        )  # the post that a short link led to; one that is known is not due
    return done


def _claim(embed_id: int) -> datetime | None:
    """The lease, or None where there is nothing to do or another worker does it."""
    now = timezone.now()
    lease = now + timedelta(seconds=LEASE_SECONDS)
    due = Embed.objects.due(now).filter(pk=embed_id)
    return lease if due.update(lease_until=lease, attempts=F("attempts") + 1) else None


@transaction.atomic
def _write(embed_id: int, lease: datetime, learned: Learned) -> tuple[bool, int | None]:
    """Write what was learned. Whether it was written, and the row to go on with.

    Nothing is written where the lease is no longer ours: another worker took the row over, or the
    desk decided about it while we asked.
    """
    rows = Embed.objects.select_for_update()
    embed = rows.filter(pk=embed_id, lease_until=lease).first()
    if embed is None:
        return False, None
    shown = (embed.card_html, embed.render_version)
    now = timezone.now()
    target = _join(embed, learned.found) if learned.found else None
    _apply(embed, learned.outcome, now)
    if learned.snapshot is not None:
        embed.snapshot = {**learned.snapshot, "at": now.isoformat(timespec="seconds")}
    if learned.outcome.state != "wait":
        embed.priority = Embed.Priority.RECHECK
    draw(embed)
    embed.lease_until = embed.queued_until = None
    embed.save(update_fields=[*WORK_FIELDS, "queued_until"])
    mark("saved")
    if target or shown != (embed.card_html, embed.render_version):
        public_changed()
    return True, target.pk if target else None


def _join(short: Embed, found: EmbedRef) -> Embed:
    """Make the short link another name of the post it leads to, wherever it is used."""
    target, _made = known_or_new(found, Embed.Priority(short.priority))
    EmbedUse.objects.filter(embed=short).update(embed=target)
    short.alias_of = target
    if short.quote and not target.quote:
        target.quote, target.quote_author = short.quote, short.quote_author
        target.render_version = 0
        target.save(update_fields=["quote", "quote_author", "render_version"])
    return target


def _apply(embed: Embed, outcome: Outcome, now: datetime) -> None:
    """Write the outcome into the row (not saved here). What was known before stays known."""
    if outcome.state == "wait":
        # Nobody was asked: it keeps its place, and the claim does not count.
        embed.attempts = max(embed.attempts - 1, 0)
        embed.next_check_at = now + timedelta(seconds=outcome.retry_after_seconds or 0)
        return
    embed.attempts = 0
    embed.checked_at = now
    embed.failures = embed.failures + 1 if outcome.state == "retry" else 0
    {"ok": _fine, "degraded": _unclear, "retry": _failed, "gone": _missing}[outcome.state](
        embed, outcome, now
    )


def _fine(embed: Embed, outcome: Outcome, now: datetime) -> None:
    embed.missing_since = None
    change(embed, State.OK)
    if embed.state == State.OK:
        embed.reason = ""
    embed.next_check_at = None if embed.held or embed.alias_of else next_look(embed, now)
    facts = outcome.facts
    if facts is None:
        return
    embed.title = facts.title or embed.title
    embed.author_name = facts.author_name or embed.author_name
    embed.author_url = facts.author_url or embed.author_url
    embed.width = facts.width or embed.width
    embed.height = facts.height or embed.height
    embed.fetched_at = now
    offered = {
        "text": facts.text,
        "author": facts.author_name,
        "date": facts.published.isoformat() if facts.published else "",
        "picture": facts.thumbnail_url,
    }
    embed.suggested = {name: value for name, value in offered.items() if value}


def _unclear(embed: Embed, outcome: Outcome, now: datetime) -> None:
    change(embed, State.DEGRADED, reason=outcome.reason)
    _say(embed, outcome)
    embed.next_check_at = next_look(embed, now)


def _failed(embed: Embed, outcome: Outcome, now: datetime) -> None:
    # A post that was fine yesterday is not worse for a provider's bad minute.
    if embed.state == State.PENDING:
        change(embed, State.OK if embed.fetched_at else State.DEGRADED, reason=outcome.reason)
    _say(embed, outcome)
    if embed.failures > MAX_FAILURES:
        embed.next_check_at = next_look(embed, now)
    else:
        embed.next_check_at = after_failure(embed.failures, outcome.retry_after_seconds, now)


def _missing(embed: Embed, outcome: Outcome, now: datetime) -> None:
    """Gone by the second answer that says so, some time after the first."""
    if embed.state == State.GONE:
        embed.next_check_at = now + later(GONE_FOR)
        return
    first = embed.missing_since
    if first is None:
        if embed.state == State.PENDING:
            change(embed, State.DEGRADED, reason=outcome.reason)
        embed.missing_since = first = now
    elif now - first >= CONFIRM_AFTER:
        change(embed, State.GONE, reason=outcome.reason)
        embed.next_check_at = now + later(GONE_FOR)
        return
    _say(embed, outcome)
    embed.next_check_at = first + later(CONFIRM_AFTER)


def _say(embed: Embed, outcome: Outcome) -> None:
    """The newest reason, where the state stays as it was. A post that is gone keeps its own."""
    if embed.state != State.GONE:
        embed.reason = outcome.reason[:MAX_REASON_CHARS]
