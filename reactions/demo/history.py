"""The crowd's votes as rows: votes, counts, hours, and the ledger of the days that it keeps.

Written as the vote's own statement leaves them (reactions.voting), many at once and each at its time,
which no vote can choose.
"""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Article
from reactions import tallies
from reactions.demo import SEED, VISITORS, curve, tastes
from reactions.hours import FRESH_SECONDS, GRACE, hour_of
from reactions.models import Board, Event, Hour, Vote
from reactions.models.event import FIRST
from reactions.tallies import ROLL_LOCK, read_boards

NETWORKS = 240
READERS = VISITORS[:4_000]  # the rest are the attackers' (reactions.demo.scenes)
HOUR = timedelta(hours=1)
AGAIN_HOURS = 11  # since when an old story goes round again


@dataclass(frozen=True, slots=True)
class Ballot:
    """One made-up vote."""

    article_id: int
    visitor: int
    kind: int
    at: datetime
    net: int
    cookie_age_s: int
    state: int = Vote.State.COUNTED


def react(now: datetime) -> int:
    """Votes on every published story with an open bar that has none of the demo's; how many."""
    dice = random.Random(SEED)  # noqa: S311  (a demo, not a secret)
    nets = [dice.getrandbits(62) + 1 for _ in range(NETWORKS)]
    stories = Article.objects.published().newest().only("pk", "slug", "publish_at")
    boards = read_boards([story.pk for story in stories])
    done = set(Vote.objects.filter(visitor__in=VISITORS).values_list("article_id", flat=True))
    ballots: list[Ballot] = []
    for story in stories:
        board = boards.get(story.pk)
        if board and board.is_open and story.pk not in done:
            kinds = {kind.slug: kind.id for kind in board.kinds}
            ballots += _of_story(dice, story, kinds, nets, now)
    write(ballots, now)
    write_hours(ballots, now)
    return len(ballots)


def _of_story(
    dice: random.Random, story: Article, kinds: dict[str, int], nets: Sequence[int], now: datetime
) -> Iterable[Ballot]:
    letters, crowd = tastes.TASTES.get(story.slug, (tastes.ANY, tastes.CROWD))
    liked = [kinds[tastes.KINDS[letter]] for letter in letters if tastes.KINDS[letter] in kinds]
    choices = [*(liked or kinds.values()), *kinds.values()]  # now and then anything
    age = (now - (story.publish_at or now)) / HOUR
    local = timezone.localtime(now)
    hour = local.hour + local.minute / 60
    times = [*curve.arrivals(dice, crowd, age, hour)]
    times += curve.arrivals(dice, tastes.AGAIN.get(story.slug, 0), min(age, AGAIN_HOURS), hour)
    for visitor, ago in zip(dice.sample(READERS, k=len(times)), times, strict=True):
        yield Ballot(
            story.pk, visitor, dice.choice(choices), now - ago * HOUR,
            curve.network(dice, nets), curve.cookie_age(dice),
        )  # fmt: skip


@transaction.atomic
def write(ballots: Sequence[Ballot], now: datetime) -> None:
    """Each ballot a first vote of its visitor; G2 holds at the commit."""
    counted = [each for each in ballots if each.state == Vote.State.COUNTED]
    Board.objects.bulk_create(
        (Board(article_id=pk) for pk in {each.article_id for each in ballots}),
        ignore_conflicts=True,
    )
    Vote.objects.bulk_create(
        Vote(
            article_id=each.article_id, visitor=each.visitor, kind=each.kind, state=each.state,
            at=each.at,
        )
        for each in ballots
    )  # fmt: skip
    count(Counter((each.article_id, each.kind) for each in counted))
    kept_since = now - timedelta(days=settings.REACTIONS_LEDGER_DAYS)
    Event.objects.bulk_create(
        Event(
            at=each.at, article_id=each.article_id, visitor=each.visitor, net=each.net,
            cookie_age_s=each.cookie_age_s, prev=0, kind=each.kind, flags=each.state | FIRST,
        )
        for each in ballots
        if each.at > kept_since
    )  # fmt: skip


def count(sums: Counter[tuple[int, int]]) -> None:
    """Move the tallies by {(article, kind): votes}, in the caller's transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ROLL_LOCK])
            for article_id, _ in sums:
                tallies.settle(cursor, article_id)
        tallies.add_sums(cursor, [(article, kind, n) for (article, kind), n in sums.items()])
    Board.objects.filter(pk__in={article for article, _ in sums}).update(version=F("version") + 1)


@transaction.atomic
def write_hours(ballots: Iterable[Ballot], now: datetime) -> None:
    """Of the hours that are over; the running one is the ledger's."""
    sums: Counter[tuple[int, int, datetime]] = Counter()
    fresh: Counter[tuple[int, int, datetime]] = Counter()
    end = hour_of(now - GRACE)
    for each in ballots:
        if each.state != Vote.State.COUNTED or each.at >= end:
            continue
        key = (each.article_id, each.kind, hour_of(each.at))
        sums[key] += 1
        fresh[key] += each.cookie_age_s < FRESH_SECONDS
    there = {hour.pk: hour for hour in Hour.objects.filter(article__in={key[0] for key in sums})}
    Hour.objects.bulk_create(
        (
            Hour(
                article_id=key[0], kind_id=key[1], hour=key[2],
                n=n + (there[key].n if key in there else 0),
                fresh=fresh[key] + (there[key].fresh if key in there else 0),
            )
            for key, n in sums.items()
        ),
        update_conflicts=True,
        unique_fields=["article", "kind", "hour"],
        update_fields=["n", "fresh"],
    )  # fmt: skip
