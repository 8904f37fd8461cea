"""Taking back what was done to a bar: as it was, unless somebody did more to it since."""

import pytest
from django.contrib.auth.models import User

from articles.models import Article
from reactions import moderation
from reactions.models import Action, Board

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_boards_go_back_to_how_they_were(story: Article, moderator: User) -> None:
    board = Board.objects.for_article(story.pk)
    moderation.freeze([board], moderator, reason="Cool down.")
    moderation.hide([board], moderator, reason="Out.")
    hidden, frozen = Action.objects.all()
    moderation.undo(hidden, moderator, reason="x")
    board.refresh_from_db()
    assert (board.state, board.frozen_reason) == ("frozen", "Cool down.")
    moderation.undo(frozen, moderator, reason="x")
    board.refresh_from_db()
    assert (board.state, board.frozen_reason, board.frozen_by) == ("open", "", None)


def test_a_board_that_was_changed_since_stays(story: Article, moderator: User) -> None:
    board = Board.objects.for_article(story.pk)
    moderation.freeze([board], moderator, reason="x")
    frozen = Action.objects.get()
    moderation.thaw([board], moderator, reason="x")
    undone = moderation.undo(frozen, moderator, reason="x")
    board.refresh_from_db()
    assert board.state == "open"
    assert undone.effect == {"boards": {}}


def test_a_board_that_was_frozen_again_stays_so(story: Article, moderator: User) -> None:
    board = Board.objects.for_article(story.pk)
    moderation.freeze([board], moderator, reason="x")
    frozen = Action.objects.get()
    moderation.thaw([board], moderator, reason="x")
    moderation.freeze([board], moderator, reason="Names a minor.")
    assert moderation.undo(frozen, moderator, reason="x").effect == {"boards": {}}
    moderation.undo(Action.objects.filter(verb="freeze").latest("pk"), moderator, reason="x")
    board.refresh_from_db()
    assert board.state == "open"
