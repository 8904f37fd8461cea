"""Cases: opened by alarms, closed by people; and what becomes of the votes that waited."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from reactions.alarms import WINDOW_SECONDS, Alarm
from reactions.models import Action, Case, Vote
from reactions.moderation import log
from reactions.moderation.filters import VoteFilter
from reactions.moderation.log import Who
from reactions.moderation.votes import move, preview, release

ALARMS_KEPT = 50
# After a case was closed the article's alarms are quiet for so long: what was judged goes on.
QUIET = timedelta(hours=1)
BY_HAND = "hand"  # the rule of a case that a person opened
LOOK_BACK = timedelta(hours=6)

# The state is written out: only so does either database take the index of what waits.
WAITING_ON = f"""
    SELECT DISTINCT article_id FROM reactions_vote
     WHERE state = {Vote.State.QUARANTINED.value} AND at < %s
"""  # noqa: S608 (constants only)


class CaseClosed(ValueError):
    """The case has a verdict already."""


def open_case(article_id: int, alarms: Sequence[Alarm], now: datetime) -> Case | None:
    """The article's open case with these alarms added, or a new one; None in the quiet hour after
    a verdict. Two callers at once: one case results.
    """
    noted = [_as_json(alarm, now) for alarm in alarms]
    with transaction.atomic():
        last = Case.objects.select_for_update().filter(article_id=article_id).first()
        if last is not None and last.closed_at is not None and last.closed_at > now - QUIET:
            return None
        if last is None or last.closed_at is not None:
            since = now - timedelta(seconds=WINDOW_SECONDS)
            fresh = Case(
                article_id=article_id, opened_at=now, since=since, last_alarm_at=now, alarms=noted
            )
            Case.objects.bulk_create([fresh], ignore_conflicts=True)
            return log.latest_open_case(article_id)
        last.last_alarm_at = now
        last.alarms = _merged(last.alarms, noted)
        last.save(update_fields=["last_alarm_at", "alarms"])
        return last


def look_into(article_id: int, by: User, *, reason: str) -> Case:
    """The article's open case, or a new one that a person opens without an alarm, also in the
    quiet hour. Raises ReasonMissing.
    """
    words, now = log.asked_why(reason), timezone.now()
    note = {"rule": BY_HAND, "at": now.isoformat(), "n": 0, "usual": 0, "z": 0}
    note["words"] = f"Opened by {by.get_username()}: {words}"
    fresh = Case(
        article_id=article_id, opened_at=now, since=now - LOOK_BACK, last_alarm_at=now,
        alarms=[note],
    )  # fmt: skip
    Case.objects.bulk_create([fresh], ignore_conflicts=True)  # one is open: it stays as it is
    return Case.objects.get(article_id=article_id, closed_at=None)


def close_case(case: Case, by: Who, *, verdict: str, reason: str) -> Action:
    """Give the verdict: CLEAN counts the article's votes that waited, ABUSE voids them.

    What was counted stays so (see void). Returns the closing's Action; raises ReasonMissing,
    CaseClosed, ValueError for another verdict.
    """
    words, verdict = log.asked_why(reason), Case.Verdict(verdict)
    with transaction.atomic():
        closed = Case.objects.filter(pk=case.pk, closed_at=None).update(
            closed_at=timezone.now(), closed_by=by, verdict=verdict, reason=words
        )
        if not closed:
            raise CaseClosed("This case is closed already.")
        votes = VoteFilter((case.article_id,))
        if verdict == Case.Verdict.CLEAN:
            moved = release(votes, by, reason=words, case=case)
        else:
            verb, states = Action.Verb.VOID, [Vote.State.QUARANTINED]
            moved = move(votes, states, Vote.State.VOID, verb, by, reason=words, case=case)
        return log.write(
            Action.Verb.CLOSE, by, reason=words, case=case,
            filter={"case": case.pk}, effect={"verdict": verdict, **moved.effect},
        )  # fmt: skip


def release_waiting(now: datetime | None = None) -> int:
    """Count votes that waited for REACTIONS_RELEASE_HOURS on articles without an open case that was
    alarmed since; returns how many. The system's own action: a case that nobody closes keeps no
    reader's vote for ever. What a person let wait, or brought back to waiting by an undo, waits for
    a person.
    """
    before = (now or timezone.now()) - timedelta(hours=settings.REACTIONS_RELEASE_HOURS)
    released = 0
    for article_id in _waiting_on(before):
        votes = VoteFilter((article_id,), voted_before=before, not_by_hand=True)
        if preview(votes).waiting:
            action = release(votes, None, reason="Nothing unusual was found in a day.")
            released += action.effect["total"]
    return released


def _waiting_on(before: datetime) -> list[int]:
    """Articles with votes that have waited since, and without an open case that is in doubt."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING_ON, [connection.ops.adapt_datetimefield_value(before)])
        articles = {article_id for (article_id,) in cursor.fetchall()}
    in_doubt = Case.objects.filter(closed_at=None, last_alarm_at__gte=before)
    return sorted(articles - set(in_doubt.values_list("article_id", flat=True)))


def _as_json(alarm: Alarm, now: datetime) -> dict[str, Any]:
    words = asdict(alarm) | {"at": now.isoformat(), "z": round(alarm.z, 1)}
    words["usual"] = round(alarm.usual, 1)
    if alarm.net is not None:
        words["net"] = str(alarm.net)  # 63 bits: scripts would round it
    return {key: value for key, value in words.items() if value is not None}


def _merged(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One alarm for each rule, kind and network: the strongest."""
    best: dict[tuple[Any, ...], dict[str, Any]] = {}
    for alarm in [*old, *new]:
        key = (alarm["rule"], alarm.get("kind"), alarm.get("net"))
        if key not in best or alarm["z"] > best[key]["z"]:
            best[key] = alarm
    return sorted(best.values(), key=lambda alarm: -alarm["z"])[:ALARMS_KEPT]
