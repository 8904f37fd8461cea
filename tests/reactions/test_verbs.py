"""Void, release, shadow, and their undo: exact to the vote (G6), also while readers vote."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from reactions import moderation, tallies
from reactions.models import ActedVote, Action, Event, Vote
from reactions.moderation import CannotUndo, ReasonMissing, VoteFilter
from reactions.visitors import Visitor
from reactions.voting import How, cast_vote
from tests.builders import make_article
from tests.reactions.conftest import new_visitor
from tests.reactions.test_guarantees import in_threads

pytestmark = [pytest.mark.django_db, pytest.mark.services]
COUNTED, QUARANTINED = Vote.State.COUNTED, Vote.State.QUARANTINED


def shown(article: Article) -> dict[int, int]:
    board = tallies.read_board(article.pk)
    assert board is not None
    return {kind.id: kind.votes for kind in board.kinds if kind.votes}


def votes(article: Article, kind: int, n: int, **how: int) -> list[Visitor]:
    voters = [new_visitor(age_seconds=how.pop("age", 5_000)) for _ in range(n)]
    for voter in voters:
        cast_vote(article.pk, voter, kind, How(**how))  # type: ignore[arg-type]
    return voters


def states(article: Article) -> dict[int, int]:
    return dict(Vote.objects.filter(article=article).values_list("visitor", "state"))


def test_g6_voiding_and_undoing_are_exact(
    story: Article, moderator: User, heart: int, wow: int
) -> None:
    votes(story, heart, 5, net=9)
    votes(story, heart, 3, net=9, state=QUARANTINED)
    votes(story, heart, 4)
    votes(story, wow, 2)
    before, all_states = shown(story), states(story)
    attack = VoteFilter((story.pk,), nets=(9,))

    seen = moderation.preview(attack)
    assert (seen.removed, seen.of, seen.waiting, seen.kinds) == (5, 11, 3, {heart: 5})
    assert seen.words == "would remove 5 of 11"

    done = moderation.void(attack, moderator, reason=" A farm. ")
    assert shown(story) == {heart: 4, wow: 2}
    assert tallies.differences() == []
    assert done.effect == {"total": 8, "counted": 5, "kinds": {str(heart): 8}}
    assert (done.verb, done.by, done.reason) == ("void", moderator, "A farm.")
    assert VoteFilter.from_json(done.filter) == attack
    assert moderation.preview(attack).removed == 0

    undone = moderation.undo(done, moderator, reason="Readers after all.")
    assert (shown(story), states(story)) == (before, all_states)
    assert tallies.differences() == []
    assert undone.undo_of == done
    assert undone.effect["total"] == 8


def test_what_a_filter_finds(story: Article, heart: int, wow: int) -> None:
    other = make_article()
    (mine,) = votes(story, heart, 1, net=5, age=30)
    votes(story, heart, 2, age=700)
    votes(story, wow, 4)
    votes(other, heart, 8, net=5)
    (withdrawn,) = votes(story, heart, 1)
    cast_vote(story.pk, withdrawn, 0)
    long_ago = timezone.now() - timedelta(days=2)
    Event.objects.filter(article=story, kind=wow).update(at=long_ago)
    day_ago, both = timezone.now() - timedelta(days=1), (story.pk, other.pk)

    def found(**parts: object) -> int:
        articles = parts.pop("articles", (story.pk,))
        return moderation.preview(VoteFilter(articles, **parts)).removed  # type: ignore[arg-type]

    assert found() == 7
    assert found(articles=both) == 15
    assert found(kinds=(heart,)) == 3
    assert found(kinds=(heart, wow)) == 7
    assert found(visitors=(mine.id,)) == 1
    assert found(nets=(5,)) == 1
    assert found(articles=both, nets=(5,)) == 9
    assert found(younger_than_s=600) == 1
    assert found(since=day_ago) == 3
    assert found(until=day_ago) == 4
    assert found(since=day_ago, kinds=(wow,)) == 0
    assert found(voted_before=day_ago) == 0
    assert found(nets=(12345,)) == 0


def test_a_filter_names_its_articles() -> None:
    with pytest.raises(ValueError, match="Name the article"):
        VoteFilter(())


def test_a_filter_survives_json() -> None:
    import json

    now = timezone.now()
    full = VoteFilter(
        (1, 2), kinds=(3,), since=now, until=now, nets=(2**62 + 1,), visitors=(2**62 + 3,),
        younger_than_s=60, voted_before=now,
    )  # fmt: skip
    for each in (full, VoteFilter((1,))):
        assert VoteFilter.from_json(json.loads(json.dumps(each.as_json()))) == each
    assert VoteFilter((1,)).as_json() == {"articles": [1]}


def test_releasing_counts_what_waited_and_nothing_else(
    story: Article, moderator: User, heart: int
) -> None:
    votes(story, heart, 2, state=QUARANTINED)
    votes(story, heart, 1, state=Vote.State.SHADOW)
    votes(story, heart, 1, state=Vote.State.VOID)
    done = moderation.release(VoteFilter((story.pk,)), moderator, reason="Clean.")
    assert (shown(story), done.effect["total"]) == ({heart: 2}, 2)
    moderation.undo(done, moderator, reason="No.")
    assert shown(story) == {}
    assert tallies.differences() == []


def test_a_vote_in_the_shadow_is_released_by_nobody_but_its_undo(
    story: Article, moderator: User, heart: int
) -> None:
    votes(story, heart, 2)
    done = moderation.shadow_votes(VoteFilter((story.pk,)), moderator, reason="x")
    moderation.release(VoteFilter((story.pk,)), moderator, reason="x")
    assert shown(story) == {}
    moderation.undo(done, moderator, reason="x")
    assert shown(story) == {heart: 2}


def test_quarantine_and_its_undo(story: Article, moderator: User, heart: int) -> None:
    votes(story, heart, 2)
    done = moderation.quarantine(VoteFilter((story.pk,)), None, reason="x")
    assert done.by is None
    assert shown(story) == {}
    moderation.undo(done, moderator, reason="x")
    assert shown(story) == {heart: 2}


def test_voters_who_changed_meanwhile_count_as_they_stand(
    story: Article, moderator: User, heart: int, wow: int
) -> None:
    changes, withdraws, _stays = votes(story, heart, 3)
    done = moderation.void(VoteFilter((story.pk,)), moderator, reason="x")
    cast_vote(story.pk, changes, wow)
    cast_vote(story.pk, withdraws, 0)
    assert shown(story) == {}
    moderation.undo(done, moderator, reason="x")
    assert shown(story) == {heart: 1, wow: 1}
    assert tallies.differences() == []


def test_what_a_later_action_moved_on_stays(story: Article, moderator: User, heart: int) -> None:
    first, _second = votes(story, heart, 2, state=QUARANTINED)
    done = moderation.void(VoteFilter((story.pk,)), moderator, reason="x")
    Vote.objects.filter(visitor=first.id).update(state=Vote.State.SHADOW)
    undone = moderation.undo(done, moderator, reason="x")
    assert undone.effect["total"] == 1
    assert sorted(states(story).values()) == [QUARANTINED, Vote.State.SHADOW]


def test_what_a_later_action_brought_there_again_is_that_one_s(
    story: Article, moderator: User, heart: int
) -> None:
    votes(story, heart, 2)
    everything = VoteFilter((story.pk,))
    alarm = moderation.quarantine(everything, None, reason="An alarm.")
    moderation.release(everything, moderator, reason="Readers.")
    farm = moderation.quarantine(everything, moderator, reason="A farm.")
    assert moderation.undo(alarm, moderator, reason="x").effect["total"] == 0
    assert shown(story) == {}
    assert moderation.undo(farm, moderator, reason="x").effect["total"] == 2
    assert shown(story) == {heart: 2}
    assert tallies.differences() == []


def test_an_action_is_undone_once_and_an_undo_never(
    story: Article, moderator: User, heart: int
) -> None:
    votes(story, heart, 1)
    done = moderation.void(VoteFilter((story.pk,)), moderator, reason="x")
    undone = moderation.undo(done, moderator, reason="x")
    with pytest.raises(CannotUndo, match="already"):
        moderation.undo(done, moderator, reason="x")
    with pytest.raises(CannotUndo, match="stand"):
        moderation.undo(undone, moderator, reason="x")
    assert shown(story) == {heart: 1}


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_done_without_a_reason(
    story: Article, moderator: User, heart: int, reason: str
) -> None:
    votes(story, heart, 1)
    everything = VoteFilter((story.pk,))
    done = moderation.void(everything, moderator, reason="x")
    for verb in (moderation.void, moderation.release, moderation.shadow_votes):
        with pytest.raises(ReasonMissing):
            verb(everything, moderator, reason=reason)
    with pytest.raises(ReasonMissing):
        moderation.undo(done, moderator, reason=reason)
    assert Action.objects.count() == 1


def test_the_audit_is_never_rewritten(story: Article, moderator: User, heart: int) -> None:
    votes(story, heart, 1)
    done = moderation.void(VoteFilter((story.pk,)), moderator, reason="x")
    with pytest.raises(TypeError, match="rewritten"):
        done.save()
    with pytest.raises(TypeError, match="forgotten"):
        done.delete()
    assert str(done) == "Void: x"
    assert str(ActedVote.objects.get()).startswith("A vote on article")


def test_moving_is_one_statement(story: Article, moderator: User, heart: int) -> None:
    votes(story, heart, 3)
    with CaptureQueriesContext(connection) as queries:
        moderation.void(VoteFilter((story.pk,)), moderator, reason="x")
    moving = [q["sql"] for q in queries if "reactions_vote" in q["sql"]]
    # PostgreSQL: states, the note of each vote, and deltas together.
    assert len(moving) == (1 if connection.vendor == "postgresql" else 3)


@pytest.mark.django_db(transaction=True)
def test_g6_voiding_and_undoing_under_votes_stay_exact(
    story: Article, heart: int, wow: int
) -> None:
    """Readers vote, a roller folds, a moderator voids and undoes, somebody looks all the time."""
    everyone = VoteFilter((story.pk,))
    done = threading.Event()
    votes(story, heart, 1)  # what moves no vote can't be undone

    def vote() -> None:
        for step in range(60):
            visitor = Visitor(id=1 + step % 7, issued_at=0)
            cast_vote(story.pk, visitor, (heart, wow, 0)[step % 3])

    def moderate() -> None:
        try:
            for _ in range(8):
                action = moderation.void(everyone, None, reason="x")
                moderation.undo(action, None, reason="x")
        finally:
            done.set()

    def roll() -> None:
        while not done.is_set():
            tallies.roll(limit=5)

    def look() -> int:
        while not done.is_set():
            assert tallies.differences() == []
        return 1

    in_threads(vote, vote, moderate, roll, look)
    while tallies.roll():
        pass
    assert tallies.differences() == []
    with transaction.atomic():
        standing = list(Vote.objects.filter(kind__gt=0, state=0).values_list("kind", flat=True))
    assert shown(story) == {kind: standing.count(kind) for kind in set(standing)}
