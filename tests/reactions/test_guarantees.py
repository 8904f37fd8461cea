"""The design's guarantees, with real threads and real commits, on whichever engine runs.

G1: at most one row for a visitor and an article. G2: at every commit, tally and waiting deltas
are the counted votes. G3: what was answered is committed (and stays so after kill -9:
test_exactness.py). G4: a vote again is a no-op. G5: what others see is seconds old at most.
G6: voiding and undoing keep G2 (test_verbs.py). G7: a freeze holds for whatever begins after it.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from articles.models import Article
from reactions import moderation, tallies
from reactions.models import Board, Delta, Vote
from reactions.views.counts import COUNTS_CACHE_SECONDS
from reactions.visitors import Visitor
from reactions.voting import BoardClosed, VoteResult, cast_vote
from tests.live import eventually

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]
THREADS = 16


def in_threads(*jobs: Callable[[], object]) -> list[object]:
    """Run all at once, each on its own connection; their results, or the first error."""
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        start.wait()
        try:
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def shown(article: Article) -> dict[int, int]:
    board = tallies.read_board(article.pk)
    assert board is not None
    return {kind.id: kind.votes for kind in board.kinds if kind.votes}


def test_g1_and_g4_many_identical_first_votes_make_one_row(story: Article, heart: int) -> None:
    visitor = Visitor(id=1, issued_at=0)

    def vote_often() -> list[VoteResult]:
        return [cast_vote(story.pk, visitor, heart) for _ in range(1_000 // THREADS)]

    results = in_threads(*[vote_often] * THREADS)
    assert sum(each.changed for result in results for each in result) == 1  # type: ignore[attr-defined]
    assert Vote.objects.count() == 1
    assert shown(story) == {heart: 1}
    assert tallies.differences() == []


def test_g2_holds_at_every_moment_of_a_churn(story: Article, heart: int, wow: int) -> None:
    """Voters share visitors and change their minds; one thread folds, one looks all the time."""
    done = threading.Event()
    running = THREADS - 2
    left = [running]
    lock = threading.Lock()

    def voter(number: int) -> Callable[[], None]:
        def churn() -> None:
            try:
                for step in range(40):
                    visitor = Visitor(id=1 + (number + step) % 5, issued_at=0)
                    cast_vote(story.pk, visitor, (heart, wow, 0)[(number * step) % 3])
            finally:
                with lock:
                    left[0] -= 1
                    if not left[0]:
                        done.set()

        return churn

    def roller() -> None:
        while not done.is_set():
            tallies.roll(limit=7)

    def watcher() -> int:
        looks = 0
        while not done.is_set():
            assert tallies.differences() == []
            looks += 1
        return looks

    results = in_threads(*[voter(number) for number in range(running)], roller, watcher)
    assert results[-1]
    while tallies.roll():
        pass
    assert tallies.differences() == []
    assert not Delta.objects.exists()
    standing = list(Vote.objects.filter(kind__gt=0).values_list("kind", flat=True))
    assert shown(story) == {kind: standing.count(kind) for kind in set(standing)}


def test_g3_an_answered_vote_is_seen_by_others_at_once(story: Article, heart: int) -> None:
    in_threads(lambda: cast_vote(story.pk, Visitor(id=1, issued_at=0), heart))
    assert Vote.objects.get().kind == heart
    assert shown(story) == {heart: 1}


def test_g5_others_see_a_vote_within_seconds_although_nothing_was_folded(
    story: Article, heart: int, reader: Client
) -> None:
    url = f"/r/{story.pk}.json"
    assert reader.get(url).json()["counts"][str(heart)] == 0
    cast_vote(story.pk, Visitor(id=1, issued_at=0), heart)
    # By the clock on the wall: a Redis has no other.
    eventually(lambda: reader.get(url).json()["counts"][str(heart)] == 1, "others see the vote")
    assert "max-age=0, s-maxage=5" in reader.get(url)["Cache-Control"]
    assert COUNTS_CACHE_SECONDS <= 1


def test_first_votes_on_a_new_article_make_one_board(story: Article, heart: int) -> None:
    def vote(number: int) -> Callable[[], object]:
        return lambda: cast_vote(story.pk, Visitor(id=number, issued_at=0), heart)

    in_threads(*[vote(number) for number in range(1, THREADS + 1)])
    assert Board.objects.count() == 1
    assert shown(story) == {heart: THREADS}


def test_g7_a_freeze_holds_for_every_later_vote(
    story: Article, heart: int, django_user_model: type
) -> None:
    """Whoever was answered before the freeze is counted, whoever came later is not."""
    moderator = django_user_model.objects.create_user("m")
    cast_vote(story.pk, Visitor(id=999, issued_at=0), heart)

    def voter(number: int) -> Callable[[], int]:
        def vote() -> int:
            accepted = 0
            for step in range(10):
                try:
                    cast_vote(story.pk, Visitor(id=number * 100 + step, issued_at=0), heart)
                except BoardClosed:
                    return accepted
                accepted += 1
            return accepted

        return vote

    def freeze() -> int:
        moderation.freeze(Board.objects.all(), moderator, reason="Cool down.")
        return 0

    results = in_threads(*[voter(number) for number in range(1, 8)], freeze)
    assert shown(story) == {heart: 1 + sum(results)}  # type: ignore[arg-type]
    with pytest.raises(BoardClosed):
        cast_vote(story.pk, Visitor(id=998, issued_at=0), heart)


def test_rolling_while_another_rolls_does_nothing(story: Article, heart: int) -> None:
    if connection.vendor != "postgresql":
        assert tallies.roll() == 0  # nothing ever waits on SQLite
        return
    cast_vote(story.pk, Visitor(id=1, issued_at=0), heart)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [tallies.ROLL_LOCK])
        assert in_threads(tallies.roll) == [0]
    assert tallies.roll() == 1


def test_repairing_under_votes_stays_right(story: Article, heart: int, wow: int) -> None:
    from reactions.models import Tally

    cast_vote(story.pk, Visitor(id=1, issued_at=0), heart)
    tallies.roll()
    Tally.objects.update(n=50)

    def vote() -> None:
        for step in range(40):
            cast_vote(story.pk, Visitor(id=2 + step % 3, issued_at=0), (heart, wow)[step % 2])

    in_threads(vote, vote, lambda: [tallies.repair() for _ in range(5)], tallies.roll)
    assert tallies.differences() == []
