"""Votes that wait: what is counted after a day by itself, and what waits for a person."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from reactions import moderation, tallies, tasks
from reactions.insight.waiting import WAITING
from reactions.models import Action, Block, Case, Vote
from reactions.moderation import CannotUndo, VoteFilter
from reactions.moderation.cases import WAITING_ON
from reactions.voting import How, cast_vote
from tests.builders import make_article
from tests.reactions.conftest import new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]
WAITS, COUNTS = Vote.State.QUARANTINED, Vote.State.COUNTED
TWO_DAYS = timedelta(days=2)


def old_votes(article: Article, kind: int, n: int, state: int = WAITS) -> VoteFilter:
    """Of two days ago; and what finds just these."""
    voters = [new_visitor() for _ in range(n)]
    for voter in voters:
        cast_vote(article.pk, voter, kind, How(state=state))
    mine = tuple(voter.id for voter in voters)
    Vote.objects.filter(visitor__in=mine).update(at=timezone.now() - TWO_DAYS)
    return VoteFilter((article.pk,), visitors=mine)


def test_what_a_person_put_there_waits_for_a_person(
    story: Article, moderator: User, heart: int, wow: int
) -> None:
    old_votes(story, heart, 3)
    by_hand = old_votes(story, wow, 2, COUNTS)
    moderation.quarantine(by_hand, moderator, reason="A farm?")
    assert tasks.release() == 3
    assert tasks.release() == 0
    assert Action.objects.count() == 2  # what found nothing wrote nothing
    moderation.release(by_hand, moderator, reason="Readers.")
    assert moderation.preview(VoteFilter((story.pk,))).of == 5


@pytest.mark.parametrize("released_by", ["moderator", "system"])
def test_a_release_that_was_taken_back_is_not_made_again(
    story: Article, moderator: User, heart: int, released_by: str
) -> None:
    votes = old_votes(story, heart, 4)
    if released_by == "system":
        assert tasks.release() == 4
        action = Action.objects.get()
    else:
        action = moderation.release(votes, moderator, reason="Readers.")
    moderation.undo(action, moderator, reason="No, a farm.")
    assert tasks.release() == 0
    assert moderation.preview(votes).waiting == 4
    assert tallies.differences() == []


def test_a_void_that_was_taken_back_leaves_what_waited_to_a_person(
    story: Article, moderator: User, heart: int
) -> None:
    votes = old_votes(story, heart, 4)
    moderation.undo(moderation.void(votes, moderator, reason="x"), moderator, reason="y")
    assert tasks.release() == 0


def test_what_the_system_let_wait_later_is_its_own_again(
    story: Article, moderator: User, heart: int
) -> None:
    votes = old_votes(story, heart, 4, COUNTS)
    moderation.quarantine(votes, moderator, reason="A farm?")
    moderation.release(votes, moderator, reason="Readers.")
    moderation.quarantine(votes, None, reason="An alarm.")
    assert tasks.release() == 4


def test_a_quarantine_of_a_person_that_was_taken_back_is_none(
    story: Article, moderator: User, heart: int
) -> None:
    votes = old_votes(story, heart, 2, COUNTS)
    done = moderation.quarantine(votes, moderator, reason="A farm?")
    moderation.undo(done, moderator, reason="Readers.")
    assert moderation.preview(votes).removed == 2


def test_what_a_person_let_wait_waits_when_their_login_is_gone(
    story: Article, moderator: User, heart: int, wow: int
) -> None:
    by_hand, undone = (old_votes(story, kind, 2, COUNTS) for kind in (heart, wow))
    moderation.quarantine(by_hand, moderator, reason="A farm?")
    alarm = moderation.quarantine(undone, None, reason="An alarm.")
    released = moderation.release(undone, None, reason="A day.")
    moderation.undo(released, moderator, reason="No, a farm.")
    moderator.delete()
    assert tasks.release() == 0
    assert Action.objects.get(pk=alarm.pk).by_name == ""
    assert set(Action.objects.exclude(by_name="").values_list("by_name", "by")) == {
        ("moderator", None)
    }


@pytest.mark.parametrize("sql", [WAITING_ON, WAITING], ids=["to release", "to show"])
def test_what_waits_is_found_by_its_index(story: Article, heart: int, sql: str) -> None:
    old_votes(story, heart, 2)
    moment = [connection.ops.adapt_datetimefield_value(timezone.now())] * sql.count("%s")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # two rows are read faster without
            cursor.execute(f"EXPLAIN {sql}", moment)
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", moment)
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "vote_quarantined" in plan


def test_a_filter_may_say_which_states(story: Article, moderator: User, heart: int) -> None:
    old_votes(story, heart, 3)
    old_votes(story, heart, 2, COUNTS)
    waiting = VoteFilter((story.pk,), states=(WAITS,))
    seen = moderation.preview(waiting)
    assert (seen.removed, seen.waiting, seen.waiting_kinds) == (0, 3, {heart: 3})
    assert moderation.quarantine(waiting, moderator, reason="x").effect["total"] == 0
    assert moderation.void(waiting, moderator, reason="x").effect["total"] == 3
    assert VoteFilter.from_json(waiting.as_json()) == waiting
    by_hand = VoteFilter((story.pk,), not_by_hand=True)
    assert VoteFilter.from_json(by_hand.as_json()) == by_hand


def test_a_story_is_looked_into_by_hand_also_in_the_quiet_hour(
    story: Article, moderator: User
) -> None:
    case = moderation.look_into(story.pk, moderator, reason="A reader wrote.")
    assert case.alarms[0]["words"] == "Opened by moderator: A reader wrote."
    assert moderation.look_into(story.pk, moderator, reason="Me too.") == case
    moderation.close_case(case, moderator, verdict="clean", reason="x")
    assert moderation.look_into(story.pk, moderator, reason="Again.") != case
    with pytest.raises(moderation.ReasonMissing):
        moderation.look_into(make_article().pk, moderator, reason=" ")
    assert Case.objects.count() == 2


def test_what_cant_be_undone_says_why(story: Article, moderator: User, heart: int) -> None:
    votes = old_votes(story, heart, 1)
    nothing = moderation.quarantine(votes, moderator, reason="x")
    void = moderation.void(votes, moderator, reason="x")
    assert moderation.why_not(void) == ""
    undone = moderation.undo(void, moderator, reason="y")
    case = moderation.look_into(story.pk, moderator, reason="x")
    verdict = moderation.close_case(case, moderator, verdict="clean", reason="x")
    soon = timezone.now() + timedelta(hours=1)
    ban = moderation.ban(moderator, until=soon, reason="x", net=7)
    assert moderation.why_not(ban) == ""
    for action, words in (
        (nothing, "moved no vote"), (Action.objects.get(pk=void.pk), "undone already"),
        (undone, "An undo stands"), (verdict, "A verdict stands"),
    ):  # fmt: skip
        assert words in moderation.why_not(action)
        with pytest.raises(CannotUndo, match=words):
            moderation.undo(action, moderator, reason="z")


def test_a_block_that_is_over_is_not_lifted(moderator: User) -> None:
    soon = timezone.now() + timedelta(hours=1)
    ban = moderation.ban(moderator, until=soon, reason="x", net=7)
    Block.objects.update(until=timezone.now())
    with pytest.raises(CannotUndo, match="over"):
        moderation.undo(ban, moderator, reason="z")


def test_what_waits_without_a_case_is_on_the_list_of_cases(
    story: Article, moderator: User, heart: int
) -> None:
    old_votes(story, heart, 3)
    client = Client()
    client.force_login(moderator)
    url, look = reverse("admin:reactions_case_changelist"), f"/look/{story.pk}/"
    page = client.get(url).content.decode()
    assert "Votes that wait without a case" in page
    assert look in page
    assert story.headline in page
    moderation.look_into(story.pk, moderator, reason="Three of them.")
    page = client.get(url).content.decode()
    assert "Votes that wait without a case" not in page
