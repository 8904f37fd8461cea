"""Whose turn it is: the rows that the sweep asks workers for, the desk's before all others.

No more than a worker needs: what was asked for and waits in a queue is not asked for again before
its message has expired, and a host that may not be asked now gets no messages at all.
"""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils import timezone

from articles.embeds.hosts import free_requests, waiting_hosts
from articles.embeds.provider import Provider
from articles.embeds.providers import PROVIDERS
from articles.models import Embed, providers_off

MESSAGE_SECONDS = 60
# Rows that had to wait are due again within this time.
SOON = timedelta(seconds=5)
Priority = Embed.Priority


def take_turns(limit: int) -> list[tuple[int, Priority]]:
    """The next rows, as many as there is room for among `limit` messages, marked as asked for."""
    now = timezone.now()
    due = Embed.objects.due(now)
    room = limit - due.filter(queued_until__gt=now).count()
    unasked = due.filter(Q(queued_until=None) | Q(queued_until__lte=now))
    turns: list[tuple[int, Priority]] = []
    for priority in Priority:
        if room <= len(turns):
            break
        rows = unasked.filter(priority=priority).exclude(provider__in=_resting(priority))
        ids = rows.order_by("next_check_at").values_list("pk", flat=True)
        turns += [(pk, priority) for pk in ids[: room - len(turns)]]
    _mark(turns, now)
    return turns


def take_turns_of(host: str) -> tuple[list[tuple[int, Priority]], bool]:
    """The next of the rows that ask this host, as many as it may be asked now, marked as asked for;
    and whether more of them are to be gone on with in a moment.
    """
    now = timezone.now()
    slugs = {provider.slug for provider in PROVIDERS if host in _asked_by(provider)}
    rows = Embed.objects.filter(provider__in=slugs - providers_off())
    unasked = Q(queued_until=None) | Q(queued_until__lte=now)
    asked = rows.due(now).exclude(unasked).count()
    turns: list[tuple[int, Priority]] = []
    for priority in Priority:
        free = free_requests(host, urgent=priority == Priority.DESK)
        if free is None:
            return [], False
        due = rows.due(now).filter(unasked, priority=priority).order_by("next_check_at")
        ids = due.values_list("pk", flat=True)[: max(free - asked - len(turns), 0)]
        turns += [(pk, priority) for pk in ids]
    _mark(turns, now)
    return turns, rows.due(now + SOON).filter(unasked).exists()


def give_back(ids: list[int]) -> None:
    """These were not asked for after all: no message of theirs is on its way."""
    if ids:
        Embed.objects.filter(pk__in=ids).update(queued_until=None)


def _mark(turns: list[tuple[int, Priority]], now: datetime) -> None:
    Embed.objects.filter(pk__in=[pk for pk, _ in turns]).update(
        queued_until=now + timedelta(seconds=MESSAGE_SECONDS)
    )


def _asked_by(provider: Provider) -> set[str | None]:
    """The hosts that are asked about a provider's posts, and where its short links lead."""
    oembed = {urlsplit(provider.oembed.endpoint).hostname} if provider.oembed else set()
    return oembed | provider.short_hosts


def _resting(priority: Priority) -> frozenset[str]:
    """Providers that are asked nothing now: switched off, or their host must wait."""
    hosts = waiting_hosts(urgent=priority == Priority.DESK)
    asked = {p.slug: urlsplit(p.oembed.endpoint).hostname for p in PROVIDERS if p.oembed}
    return providers_off() | {slug for slug, host in asked.items() if host in hosts}
