"""Demo reactions: as readers' and moderators' own, told from readers' votes, taken back exactly."""

import random
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from articles.models import Article
from reactions.demo import VISITORS, curve, scenes, tastes
from reactions.hours import GRACE, hour_of
from reactions.models import Action, Board, Case, Event, Hour, ReactionKind, ReactionSet, Vote
from reactions.popular import most_reacted
from reactions.tallies import differences, read_board
from reactions.visitors import mint
from reactions.voting import cast_vote
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.services, pytest.mark.usefixtures("kinds")]


def demo(*arguments: str) -> str:
    out = StringIO()
    call_command("demo_reactions", *arguments, stdout=out)
    return out.getvalue()


def counts(article_id: int) -> dict[int, int]:
    board = read_board(article_id)
    return {kind.id: kind.votes for kind in board.kinds} if board else {}


def story(slug: str = "", *, hours: float = 200) -> Article:
    publish_at = timezone.now() - timedelta(hours=hours)
    given = {"slug": slug} if slug else {}
    return builders.make_article(publish_at=publish_at, **given)


def test_every_published_story_gets_votes_and_drafts_none() -> None:
    published, draft = story(), builders.make_draft()
    assert "demo reactions made" in demo()
    assert sum(counts(published.pk).values()) >= tastes.CROWD / 2
    assert not Vote.objects.filter(article=draft)
    assert set(Vote.objects.values_list("visitor", flat=True)) <= set(VISITORS)


def test_votes_are_spread_from_publication_to_now_and_every_count_agrees() -> None:
    published = story(hours=50)
    demo()
    now, running = timezone.now(), hour_of(timezone.now() - GRACE)
    times = list(Vote.objects.values_list("at", flat=True))
    assert published.publish_at is not None
    assert all(published.publish_at < at < now for at in times)
    assert max(times) - min(times) > timedelta(hours=20)
    assert differences() == []
    folded = sum(Hour.objects.values_list("n", flat=True))
    assert folded == sum(at < running for at in times)
    assert Event.objects.count() == len(times)
    assert not Hour.objects.filter(hour__gte=running)
    assert [each.article for each in most_reacted(5)] == [published]


def test_a_second_run_adds_nothing() -> None:
    published = story()
    story(scenes.OPEN.story, hours=3)
    demo()
    before = counts(published.pk), Vote.objects.count(), Case.objects.count()
    demo()
    assert (counts(published.pk), Vote.objects.count(), Case.objects.count()) == before


def test_removal_leaves_the_readers_votes_and_hours() -> None:
    published, attacked = story(), story(scenes.OPEN.story, hours=3)
    kind = next(iter(counts(published.pk)))
    cast_vote(published.pk, mint(), kind)
    earlier = hour_of(timezone.now()) - timedelta(hours=5)
    Hour.objects.create(
        article=published, kind=ReactionKind.objects.get(pk=kind), hour=earlier, n=3, fresh=0
    )
    demo()
    assert "taken back" in demo("--remove")
    assert (sum(counts(published.pk).values()), counts(attacked.pk)[kind]) == (1, 0)
    assert list(Hour.objects.values_list("hour", "n")) == [(earlier, 3)]
    assert Event.objects.count() == 1
    assert differences() == []
    assert not Case.objects.filter(closed_at=None)
    demo()
    assert sum(counts(published.pk).values()) > 1


def test_the_sets_belong_to_their_section_and_story_unless_the_desk_chose_others() -> None:
    screen = builders.make_section(slug="screen")
    in_section = builders.make_article(section=screen)
    coat = story("your-coat-is-a-diary")
    demo()
    board, own = read_board(in_section.pk), read_board(coat.pk)
    assert board is not None
    assert own is not None
    assert (board.question, len(board.kinds)) == ("Would you watch it?", 5)
    assert (own.question, len(own.kinds)) == ("Will you stop washing yours?", 3)
    assert sum(own.counts().values())
    ReactionSet.objects.filter(section=screen).update(question="Ours?")
    demo()
    board = read_board(in_section.pk)
    assert board is not None
    assert board.question == "Ours?"


def test_a_hidden_bar_gets_no_votes() -> None:
    hidden = story()
    Board.objects.for_article(hidden.pk)
    Board.objects.update(state="hidden", frozen_reason="Not here.")
    demo()
    assert not Vote.objects.exists()


@pytest.mark.parametrize("minute", [0, 7, 14, 45])
def test_an_attack_of_this_hour_has_an_open_case_and_votes_that_wait(minute: int) -> None:
    """At any minute of an hour: part of the attack may lie in one that is over and counted."""
    started = timezone.now().replace(minute=minute) - timedelta(hours=1)
    with time_machine.travel(started):
        attacked = story(scenes.OPEN.story, hours=3)
        demo()
    (case,) = Case.objects.all()
    assert (case.article, case.closed_at) == (attacked, None)
    assert {alarm["rule"] for alarm in case.alarms} >= {"velocity", "fresh"}
    waiting = Vote.objects.filter(state=Vote.State.QUARANTINED)
    assert waiting.count() == scenes.OPEN.votes - 30 * scenes.OPEN.networks
    assert differences() == []


def test_yesterdays_attack_was_judged_with_one_action_undone() -> None:
    attacked, calm = story(scenes.JUDGED.story, hours=24), story(hours=30)
    User.objects.create(username="moderator")
    demo()
    (case,) = Case.objects.all()
    assert (case.article, case.verdict) == (attacked, Case.Verdict.ABUSE)
    assert case.closed_at is not None
    assert case.opened_at < case.closed_at < timezone.now() - timedelta(hours=19)
    actions = list(Action.objects.filter(case=case).order_by("at"))
    verbs = [action.verb for action in actions]
    assert verbs[:3] == ["void", "undo", "void"]
    assert verbs[-1] == "close"
    assert actions[1].undo_of == actions[0]
    assert actions[0].effect["counted"] >= actions[2].effect["counted"] == scenes.JUDGED.votes
    void = Vote.objects.filter(state=Vote.State.VOID)
    assert set(void.values_list("article", flat=True)) == {attacked.pk}
    assert void.count() == scenes.JUDGED.votes
    assert sum(counts(calm.pk).values())
    assert differences() == []


def test_the_closed_bar_says_why_in_words_for_readers() -> None:
    closed = story(scenes.CLOSED_BAR)
    User.objects.create(username="moderator")
    demo()
    board = read_board(closed.pk)
    assert board is not None
    assert (board.is_open, board.reason) == (False, scenes.CLOSED_WORDS)
    assert sum(board.counts().values())


def test_every_taste_is_a_kind(kinds: dict[str, ReactionKind]) -> None:
    assert set(tastes.KINDS.values()) <= set(kinds)
    letters = "".join(words for words, _ in tastes.TASTES.values()) + tastes.ANY
    assert set(letters) <= set(tastes.KINDS)


@pytest.mark.parametrize("now_hour", [0.0, 4.5, 13.2, 23.9])
@pytest.mark.parametrize("age", [0.4, 30.0, 3_000.0])
def test_nobody_comes_before_the_story_or_after_now(age: float, now_hour: float) -> None:
    dice = random.Random(1)
    came = list(curve.arrivals(dice, 300, age, now_hour))
    assert all(0 < ago <= age for ago in came)
    assert len(came) <= 300
    assert len(came) > 200 or age < 1_000
