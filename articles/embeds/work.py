"""The worker's part of an embed: claim the row, ask the provider, draw the card, save once.

At-least-once delivery and an idempotent row make effectively-once: a message that comes twice,
late, or for a row that is done changes nothing (security.md 4.1 in the design documents).
"""

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from articles.embeds.answers import Outcome, interpret
from articles.embeds.provider import Provider
from articles.embeds.providers import by_slug
from articles.embeds.render import RENDER_VERSION
from articles.embeds.rows import card_html_of, ref_of
from articles.models import Embed, public_changed
from newsroom.lib import http

LEASE_SECONDS = 60
# After a failed try the next one waits: a provider that is down is asked less and less.
BACKOFF_SECONDS = (60, 300, 1_800, 21_600, 86_400)
JITTER = 0.2  # rows that failed together must not come back together


def resolve(embed_id: int) -> bool:
    """Bring one embed up to date. True if this call did the work, False if there was none to do.

    The lease and the count of attempts are written before the work: a row that kills its worker
    is tried a few times and then left, and two workers never ask for the same post.
    """
    if not _claim(embed_id):
        return False
    embed = Embed.objects.get(pk=embed_id)
    shown = (embed.card_html, embed.render_version)
    provider = by_slug(embed.provider)
    if embed.state == Embed.State.BLOCKED:
        outcome = Outcome("ok")  # the newsroom's decision: nobody is asked, nothing changes
    elif provider is None:
        outcome = Outcome("degraded", reason=f"No provider is called “{embed.provider}”.")
    else:
        outcome = ask(embed, provider)
    _apply(embed, outcome)
    # What the desk wrote while the provider was asked belongs on the card.
    embed.refresh_from_db(fields=["quote", "quote_author", "quote_date", "rights_note"])
    embed.card_html = card_html_of(embed)
    embed.render_version = RENDER_VERSION
    embed.lease_until = None
    embed.save(
        update_fields=[
            "state", "reason", "title", "author_name", "author_url", "width", "height",
            "attempts", "next_check_at", "lease_until", "fetched_at", "card_html", "render_version",
        ]
    )  # fmt: skip
    if shown != (embed.card_html, embed.render_version):
        public_changed()
    return True


def ask(embed: Embed, provider: Provider) -> Outcome:
    """What the provider says of the post, now. Asks nobody where its terms forbid keeping the
    answer, where there is no id to ask for yet, or where the newsroom switched fetching off.
    """
    url = provider.oembed_url(ref_of(embed))
    if not settings.EMBED_FETCH or url is None or provider.oembed is None:
        return Outcome("ok")
    if not provider.oembed.keeps:
        return Outcome("ok")
    try:
        answer = http.get(url, hosts=provider.oembed.hosts)
    except http.Refused as refusal:
        return Outcome("degraded", reason=str(refusal))
    except http.Unreachable as failure:
        return Outcome("retry", reason=str(failure))
    return interpret(answer.status, answer.headers, body=answer.body, provider=provider)


def _apply(embed: Embed, outcome: Outcome) -> None:
    """Write the outcome into the row (not saved here). What was known before stays known."""
    now = timezone.now()
    embed.reason = outcome.reason[:300]
    embed.next_check_at = None
    if outcome.state == "retry":
        # A post that was fine yesterday is not worse for a provider's bad minute.
        embed.state = Embed.State.OK if embed.fetched_at else Embed.State.DEGRADED
        embed.next_check_at = _next_try(embed.attempts, outcome.retry_after_seconds)
        return
    embed.attempts = 0
    if embed.state != Embed.State.BLOCKED:
        embed.state = Embed.State(outcome.state)
    if outcome.facts:
        embed.title = outcome.facts.title or embed.title
        embed.author_name = outcome.facts.author_name or embed.author_name
        embed.author_url = outcome.facts.author_url or embed.author_url
        embed.width = outcome.facts.width or embed.width
        embed.height = outcome.facts.height or embed.height
        embed.fetched_at = now


def _next_try(attempts: int, retry_after_seconds: int | None) -> datetime | None:
    """When to ask again: later each time, never before the provider wishes; None to give up."""
    if attempts > len(BACKOFF_SECONDS):
        return None
    wait = BACKOFF_SECONDS[attempts - 1] * (1 + JITTER * random.random())  # noqa: S311
    return timezone.now() + timedelta(seconds=max(wait, retry_after_seconds or 0))


def _claim(embed_id: int) -> bool:
    now = timezone.now()
    return bool(
        Embed.objects.due(now)
        .filter(pk=embed_id)
        .update(lease_until=now + timedelta(seconds=LEASE_SECONDS), attempts=F("attempts") + 1)
    )
