import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import Article
from reactions import tallies, tasks
from reactions.models import Board, Delta, ReactionKind, Tally, Vote
from reactions.tallies import Difference
from reactions.visitors import Visitor
from reactions.voting import cast_vote
from tests.builders import make_article
from tests.reactions.conftest import new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def roll_all() -> None:
    while tallies.roll(limit=3):
        pass


def test_reading_nothing_asks_nothing() -> None:
    assert tallies.read_boards([]) == {}
    assert tallies.read_board(12345) is None


def test_folding_changes_no_count(story: Article, visitor: Visitor, heart: int, wow: int) -> None:
    cast_vote(story.pk, visitor, heart)
    cast_vote(story.pk, visitor, wow)
    cast_vote(story.pk, new_visitor(), wow)
    before = tallies.read_board(story.pk)
    roll_all()
    assert tallies.read_board(story.pk) == before  # the version, too
    assert not Delta.objects.exists()
    assert Tally.objects.get(kind_id=wow).n == 2


def test_the_version_never_falls(story: Article, heart: int) -> None:
    versions = []
    for _ in range(3):
        for step in (lambda: cast_vote(story.pk, new_visitor(), heart), tallies.roll):
            step()
            board = tallies.read_board(story.pk)
            assert board is not None
            versions.append(board.version)
    assert versions == sorted(versions)
    assert len(set(versions)) == 3


def test_a_tally_can_fall_by_more_than_one_roll_adds(story: Article, heart: int) -> None:
    voters = [new_visitor() for _ in range(3)]
    for voter in voters:
        cast_vote(story.pk, voter, heart)
    roll_all()
    for voter in voters:
        cast_vote(story.pk, voter, 0)
    tallies.roll()
    assert Tally.objects.get(kind_id=heart).n == 0
    assert tallies.differences() == []


def test_rolling_counts_what_it_folded(story: Article, heart: int) -> None:
    for _ in range(4):
        cast_vote(story.pk, new_visitor(), heart)
    folded = [tallies.roll(limit=3), tallies.roll(limit=3), tallies.roll()]
    assert folded == ([3, 1, 0] if connection.vendor == "postgresql" else [0, 0, 0])


def test_the_task_rolls_until_nothing_waits(
    story: Article, heart: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded = iter([5, 5, 2])
    monkeypatch.setattr(tallies, "ROLL_LIMIT", 5)
    monkeypatch.setattr(tallies, "roll", lambda: next(folded))
    tasks.roll()
    assert list(folded) == []


def test_the_task_ends_although_votes_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []
    monkeypatch.setattr(tallies, "roll", lambda: rounds.append(1) or tallies.ROLL_LIMIT)
    tasks.roll()
    assert len(rounds) == tasks.MAX_ROUNDS


def test_the_task_has_the_name_that_beat_calls(settings: object) -> None:
    from django.conf import settings as product

    assert tasks.roll.name in {job["task"] for job in product.CELERY_BEAT_SCHEDULE.values()}


def test_a_wrong_tally_is_found_and_repaired(story: Article, heart: int, wow: int) -> None:
    for _ in range(3):
        cast_vote(story.pk, new_visitor(), heart)
    roll_all()
    Tally.objects.filter(kind_id=heart).update(n=7)
    Tally.objects.create(article=story, kind_id=wow, n=2)
    wrong = [Difference(story.pk, heart, 3, 7), Difference(story.pk, wow, 0, 2)]
    assert tallies.differences() == wrong
    assert tallies.repair() == wrong
    assert tallies.differences() == []
    assert Tally.objects.get(kind_id=heart).n == 3


def test_a_missing_tally_is_made(story: Article, heart: int) -> None:
    cast_vote(story.pk, new_visitor(), heart)
    Tally.objects.all().delete()
    Delta.objects.all().delete()
    assert tallies.repair() == [Difference(story.pk, heart, 1, 0)]
    assert Tally.objects.get().n == 1


def test_votes_that_do_not_count_are_no_difference(story: Article, heart: int) -> None:
    Vote.objects.create(
        article=story, visitor=5, kind=heart, state=Vote.State.VOID, at=story.publish_at
    )
    assert tallies.differences() == []


def test_boards_are_read_together(kinds: object, heart: int) -> None:
    stories = [make_article() for _ in range(3)]
    for number, story in enumerate(stories):
        for _ in range(number):
            cast_vote(story.pk, new_visitor(), heart)
    boards = tallies.read_boards([story.pk for story in stories])
    assert [boards[story.pk].counts()[str(heart)] for story in stories] == [0, 1, 2]


def test_two_callers_make_one_board(story: Article) -> None:
    first = Board.objects.for_article(story.pk)
    assert Board.objects.for_article(story.pk) == first
    assert Board.objects.count() == 1


class AnyHistory(TestCase):
    """Whatever is voted and folded in whatever order, the sum is the votes (G2)."""

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.one_of(
                st.tuples(st.integers(1, 4), st.integers(0, 3)),  # visitor, kind
                st.just("roll"),
            ),
            max_size=30,
        )
    )
    def test_the_counts_are_the_votes(self, steps: list[tuple[int, int] | str]) -> None:
        from importlib import import_module

        from django.apps import apps

        import_module("reactions.migrations.0002_default_kinds").add_defaults(apps, None)
        ids = list(ReactionKind.objects.values_list("pk", flat=True)[:3])
        story = make_article()
        stands: dict[int, int] = {}
        for step in steps:
            if isinstance(step, str):
                tallies.roll(limit=2)
                continue
            who, kind = step[0], ids[step[1] - 1] if step[1] else 0
            result = cast_vote(story.pk, Visitor(id=who, issued_at=0), kind)
            assert result.changed is (stands.get(who, 0) != kind)
            stands[who] = kind
            assert tallies.differences() == []
        board = tallies.read_board(story.pk)
        assert board is not None
        expected = {kind: list(stands.values()).count(kind) for kind in ids}
        assert {kind.id: kind.votes for kind in board.kinds if kind.id in ids} == expected
