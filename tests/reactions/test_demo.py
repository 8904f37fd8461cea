"""Demo reactions: made through the real way, told from readers' votes, taken back exactly."""

from io import StringIO

import pytest
from django.core.management import call_command

from reactions.management.commands.demo_reactions import DEMO_VISITORS
from reactions.models import Board, ReactionSet, Vote
from reactions.tallies import differences, read_board
from reactions.visitors import mint
from reactions.voting import cast_vote
from tests import builders

pytestmark = pytest.mark.django_db


def demo(*arguments: str) -> str:
    out = StringIO()
    call_command("demo_reactions", *arguments, stdout=out)
    return out.getvalue()


def counts(article_id: int) -> dict[int, int]:
    board = read_board(article_id)
    return {kind.id: kind.votes for kind in board.kinds} if board else {}


def test_every_published_story_gets_votes_and_drafts_none(kinds: object) -> None:
    story, draft = builders.make_article(), builders.make_draft()
    assert "demo reactions made" in demo()
    assert sum(counts(story.pk).values()) >= 60
    assert not Vote.objects.filter(article=draft)
    assert set(Vote.objects.values_list("visitor", flat=True)) <= set(DEMO_VISITORS)


def test_a_second_run_adds_nothing(kinds: object) -> None:
    story = builders.make_article()
    demo()
    before = counts(story.pk)
    demo()
    assert counts(story.pk) == before


def test_removal_leaves_the_readers_votes(kinds: object) -> None:
    story = builders.make_article()
    kind = next(iter(counts(story.pk)))
    cast_vote(story.pk, mint(), kind)
    demo()
    assert "taken back" in demo("--remove")
    assert sum(counts(story.pk).values()) == 1
    assert not list(differences())


def test_the_second_set_belongs_to_its_section_unless_the_desk_chose_another(
    kinds: object,
) -> None:
    screen = builders.make_section(slug="screen")
    story = builders.make_article(section=screen)
    demo()
    board = read_board(story.pk)
    assert board is not None
    assert board.question == "Would you watch it?"
    assert len(board.kinds) == 4
    ReactionSet.objects.filter(section=screen).update(question="Ours?")
    demo()
    board = read_board(story.pk)
    assert board is not None
    assert board.question == "Ours?"


def test_a_hidden_bar_gets_no_votes(kinds: object) -> None:
    story = builders.make_article()
    Board.objects.for_article(story.pk)
    Board.objects.update(state="hidden", frozen_reason="Not here.")
    demo()
    assert not Vote.objects.exists()
