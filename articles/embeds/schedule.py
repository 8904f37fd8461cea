"""When an embed's provider is asked again: soon after a failure, rarely about an old story.

Every time has jitter: rows that were asked together must not come back together.
"""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from articles.embeds.providers import PROVIDERS
from articles.models import Article, Embed, EmbedUse

# A failure that may pass: 5 minutes, doubled each time, and 6 hours at most.
FIRST_RETRY_SECONDS = 300
MAX_RETRY_SECONDS = 6 * 3_600
# After these many in a row (two days) it is asked as often as if it had answered.
MAX_FAILURES = 12
# "Not found" once is an odd answer; twice in this time it is gone.
CONFIRM_AFTER = timedelta(hours=1)
GONE_FOR = timedelta(days=30)
# How often by the age of the newest public story that has the post.
BY_AGE = (
    (timedelta(days=7), timedelta(days=1)),
    (timedelta(days=30), timedelta(days=3)),
    (timedelta(days=180), timedelta(days=10)),
)
AT_LAST = timedelta(days=30)
JITTER = 0.2
PLAN_LIMIT = 1_000
# What can be asked at all. A post of any other provider is known as well as it ever will be.
ASKABLE = frozenset(provider.slug for provider in PROVIDERS if provider.oembed)


def after_failure(failures: int, retry_after_seconds: float | None, now: datetime) -> datetime:
    """The next try after so many failures in a row, never before the provider wishes."""
    # The power is bounded first: a row may fail for years.
    wait = min(FIRST_RETRY_SECONDS * 2 ** min(failures - 1, 10), MAX_RETRY_SECONDS)
    return now + later(timedelta(seconds=max(wait, retry_after_seconds or 0)))


def next_look(embed: Embed, now: datetime) -> datetime | None:
    """When to look after a post that has been asked about; None for one that no reader sees: the
    plan finds it when one does. 1 query.
    """
    if embed.provider not in ASKABLE or not settings.EMBED_FETCH:
        return None
    public = Article.objects.published().filter(embed_uses__embed=embed)
    newest = public.aggregate(newest=Max("publish_at"))["newest"]
    return now + later(interval(now - newest)) if newest else None


def interval(age: timedelta) -> timedelta:
    """How long a post in a story of this age is left alone."""
    return next((wait for limit, wait in BY_AGE if age < limit), AT_LAST)


def later(wait: timedelta) -> timedelta:
    return wait * (1 + JITTER * random.random())  # noqa: S311  (no secret)


def plan(now: datetime | None = None) -> int:
    """Give a time to posts that readers see and that have none (a draft was published, an import,
    an older version of Newsroom), an earlier one to those that a new story took up, and their post
    to uses that were saved while a short link was being followed. How many changed.

    From beat, hourly: what it does twice changes nothing.
    """
    if not settings.EMBED_FETCH:
        return 0
    now = now or timezone.now()
    fresh, soon = BY_AGE[0]
    young = Article.objects.published().filter(publish_at__gt=now - fresh)
    taken_up = Q(pk__in=EmbedUse.objects.filter(article__in=young).values("embed"))
    public = Exists(Article.objects.published().filter(pk=OuterRef("article")))
    seen = EmbedUse.objects.filter(public, embed=OuterRef("pk"))
    known = Embed.objects.filter(
        provider__in=ASKABLE, held=False, alias_of=None, failures=0, missing_since=None
    ).exclude(state__in=[Embed.State.PENDING, Embed.State.GONE])
    late = known.filter(taken_up, next_check_at__gt=now + soon * (1 + JITTER))
    without = known.filter(Exists(seen), next_check_at=None)
    moved = _spread(late.values_list("pk", flat=True)[:PLAN_LIMIT], soon, now=now)
    moved += _spread(
        without.order_by("pk").values_list("pk", flat=True)[:PLAN_LIMIT], soon, now=now
    )
    return moved + _follow_aliases()


def _spread(ids: Iterable[int], within: timedelta, *, now: datetime) -> int:
    """Give each of them a time of its own in the time to come."""
    rows = [
        Embed(pk=pk, next_check_at=now + within * random.random(), priority=Embed.Priority.RECHECK)  # noqa: S311
        for pk in ids
    ]
    return Embed.objects.bulk_update(rows, ["next_check_at", "priority"], batch_size=200)


def _follow_aliases() -> int:
    uses = list(EmbedUse.objects.filter(embed__alias_of__isnull=False).select_related("embed"))
    for use in uses:
        use.embed_id = use.embed.alias_of_id or use.embed_id
    return EmbedUse.objects.bulk_update(uses, ["embed"], batch_size=200)
