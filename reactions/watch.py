"""Looking at the last five minutes of votes, by Celery's beat and never in a reader's request.

What is unusual (reactions.alarms) opens a case, or adds to the open one. First votes alone are
looked at: a reader who changes her mind a hundred times is no crowd.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Max, Sum
from django.utils import timezone

from articles.models import Article
from reactions.alarms import (
    KNOWN_AFTER_WINDOWS,
    NET_MIN_VOTES,
    WINDOW_SECONDS,
    Alarm,
    Thresholds,
    Usual,
    Window,
    fresh_share_of,
    is_due,
    judge,
    learn,
)
from reactions.hours import FRESH_SECONDS
from reactions.limits import limits
from reactions.models import Case, Hour, Pulse
from reactions.models.event import FIRST, STATE_BITS
from reactions.models.vote import Vote
from reactions.moderation import VoteFilter, open_case, preview, quarantine

WATCH_LOCK = 0x77617463  # an advisory lock's number: any, but always the same
WINDOW = timedelta(seconds=WINDOW_SECONDS)
DAY = timedelta(days=1)
PULSES_KEPT = timedelta(days=7)
PULSE = ["at", "windows", "mean", "weight", "kinds"]

FIRST_VOTES = f"""
      FROM reactions_event
     WHERE at > %s AND at <= %s AND kind > 0 AND flags & {FIRST} > 0
       AND flags & {STATE_BITS} <> {Vote.State.SHADOW.value}
"""
BY_KIND = f"SELECT article_id, kind, COUNT(*) {FIRST_VOTES} GROUP BY article_id, kind"
BY_NET = f"""
    SELECT article_id, net, COUNT(*),
           SUM(CASE WHEN cookie_age_s < {FRESH_SECONDS} THEN 1 ELSE 0 END) {FIRST_VOTES} AND net <> 0
     GROUP BY article_id, net HAVING COUNT(*) >= {NET_MIN_VOTES}
"""


def run(now: datetime | None = None) -> list[Case]:
    """Judge the five minutes before `now`; returns the cases that got alarms.

    One at a time on PostgreSQL: another call meanwhile does nothing. On SQLite no vote waits while it
    reads; two at once open one case and write the same pulses.
    """
    now = now or timezone.now()
    if connection.vendor != "postgresql":
        return _run(now)
    with transaction.atomic():
        return _run(now) if _is_alone() else []


def _run(now: datetime) -> list[Case]:
    rules, cases, learned = limits(), [], []
    windows = _windows(now)
    usual = usual_of(windows)
    pace, fresh = _site_pace(now), _fresh_share(now)
    for article_id, window in windows.items():
        mine = usual.get(article_id, Usual())
        alarms = judge(window, mine, rules, site_pace=pace, fresh_share=fresh)
        case = open_case(article_id, alarms, now) if alarms else None
        if case is not None:
            cases.append(case)
            _hold(case, alarms, now, rules)
        if is_due(mine, window.end):
            learned.append(_pulse(article_id, learn(mine, window, rules, alarmed=bool(alarms))))
    Pulse.objects.bulk_create(
        learned, update_conflicts=True, unique_fields=["article"], update_fields=PULSE
    )
    Pulse.objects.filter(at__lt=now - PULSES_KEPT).delete()
    return cases


def _is_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [WATCH_LOCK])
        return bool(cursor.fetchone()[0])


def _windows(now: datetime) -> dict[int, Window]:
    """Of articles that are there and got a vote."""
    adapt = connection.ops.adapt_datetimefield_value
    times = [adapt(now - WINDOW), adapt(now)]
    kinds: dict[int, dict[int, int]] = {}
    nets: dict[int, dict[int, tuple[int, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(BY_KIND, times)
        for article_id, kind, votes in cursor.fetchall():
            kinds.setdefault(article_id, {})[kind] = votes
        cursor.execute(BY_NET, times)
        for article_id, net, votes, fresh in cursor.fetchall():
            nets.setdefault(article_id, {})[net] = (votes, fresh)
    there = Article.objects.filter(pk__in=kinds).values_list("pk", flat=True)
    return {pk: Window(now.timestamp(), kinds[pk], nets.get(pk, {})) for pk in there}


def usual_of(article_ids: Iterable[int]) -> dict[int, Usual]:
    """What is usual for these articles; those never looked at are missing. 1 query."""
    return {
        pulse.pk: Usual(
            pulse.at.timestamp(),
            pulse.windows,
            pulse.mean,
            pulse.weight,
            {int(kind): n for kind, n in pulse.kinds.items()},
        )
        for pulse in Pulse.objects.filter(pk__in=article_ids)
    }


def _pulse(article_id: int, usual: Usual) -> Pulse:
    return Pulse(
        article_id=article_id,
        at=datetime.fromtimestamp(usual.at, UTC),
        windows=usual.windows,
        mean=usual.mean,
        weight=usual.weight,
        kinds={str(kind): round(n, 3) for kind, n in usual.kinds.items()},
    )


def _site_pace(now: datetime) -> float:
    lively = Pulse.objects.filter(at__gt=now - timedelta(hours=1), windows__gte=KNOWN_AFTER_WINDOWS)
    return float(lively.aggregate(most=Max(F("mean") / F("weight")))["most"] or 0.0)


def _fresh_share(now: datetime) -> float:
    day = Hour.objects.filter(hour__gt=now - DAY).aggregate(votes=Sum("n"), fresh=Sum("fresh"))
    return fresh_share_of(day["votes"] or 0, day["fresh"] or 0)


def _hold(case: Case, alarms: list[Alarm], now: datetime, rules: Thresholds) -> None:
    """With REACTIONS_AUTO_QUARANTINE: what an alarm is about, young cookies only, waits."""
    if not settings.REACTIONS_AUTO_QUARANTINE:
        return
    for alarm in alarms:
        if alarm.kind is None and alarm.net is None:
            continue  # a surge: anybody
        votes = VoteFilter(
            articles=(case.article_id,),
            kinds=() if alarm.kind is None else (alarm.kind,),
            nets=() if alarm.net is None else (alarm.net,),
            since=now - WINDOW,
            younger_than_s=rules.young_seconds,
        )
        if preview(votes).removed:
            quarantine(votes, None, reason=alarm.words, case=case)
