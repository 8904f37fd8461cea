"""Taking the demo's crowd back: its votes off the counts and the hours, its lines out of the ledger."""

from collections import Counter

from django.db import transaction
from django.db.models import F

from reactions import moderation
from reactions.demo import VISITORS
from reactions.demo.history import count
from reactions.hours import hour_of
from reactions.models import WITHDRAWN, ActedVote, Case, Event, Hour, Vote

WORDS = "It was a part of the demo, which was taken away."


@transaction.atomic
def remove() -> int:
    """Delete every demo vote; how many there were. What moderators did stays written down; a case on
    a story without other votes is closed.
    """
    votes = Vote.objects.filter(visitor__in=VISITORS)
    rows = list(votes.values_list("article_id", "kind", "state", "at"))
    counted = [row for row in rows if row[1] != WITHDRAWN and row[2] == Vote.State.COUNTED]
    votes.delete()
    count(Counter({key: -n for key, n in Counter(row[:2] for row in counted).items()}))
    hours = Counter((article, kind, hour_of(at)) for article, kind, _, at in counted)
    for (article, kind, hour), n in hours.items():
        mine = Hour.objects.filter(article=article, kind=kind, hour=hour, n__gte=n)
        mine.update(n=F("n") - n, fresh=0)
    Hour.objects.filter(n=0).delete()
    for model in (Event, ActedVote):
        model.objects.filter(visitor__in=VISITORS).delete()
    _close_cases()
    return len(rows)


def _close_cases() -> None:
    for case in Case.objects.filter(closed_at=None):
        if not Vote.objects.filter(article=case.article_id).exists():
            moderation.close_case(case, None, verdict=Case.Verdict.ABUSE, reason=WORDS)
