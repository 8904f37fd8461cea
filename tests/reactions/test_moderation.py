import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from articles.models import Article
from reactions import moderation
from reactions.models import Board
from tests.builders import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def board(story: Article) -> Board:
    return Board.objects.for_article(story.pk)


VERBS = {
    ("open", moderation.freeze): "frozen",
    ("open", moderation.hide): "hidden",
    ("frozen", moderation.hide): "hidden",
    ("frozen", moderation.thaw): "open",
    ("hidden", moderation.show): "open",
}


@pytest.mark.parametrize(
    "verb", [moderation.freeze, moderation.thaw, moderation.hide, moderation.show]
)
@pytest.mark.parametrize("state", ["open", "frozen", "hidden"])
def test_each_verb_takes_the_states_it_is_for(
    board: Board, moderator: User, state: str, verb: object
) -> None:
    Board.objects.update(state=state, frozen_reason="before")
    changed = verb([board], moderator, reason=" Cool down. ")  # type: ignore[operator]
    board.refresh_from_db()
    expected = VERBS.get((state, verb))  # type: ignore[call-overload]
    assert changed == (expected is not None)
    assert board.state == (expected or state)
    assert board.version == changed
    if expected == "open":
        assert (board.frozen_by, board.frozen_at, board.frozen_reason) == (None, None, "")
    elif expected:
        assert (board.frozen_by, board.frozen_reason) == (moderator, "Cool down.")
        assert board.frozen_at is not None
    else:
        assert board.frozen_reason == "before"


@pytest.mark.parametrize(
    "verb", [moderation.freeze, moderation.thaw, moderation.hide, moderation.show]
)
@pytest.mark.parametrize("reason", ["", "  "])
def test_no_verb_goes_without_a_reason(
    board: Board, moderator: User, verb: object, reason: str
) -> None:
    with pytest.raises(moderation.ReasonMissing, match="Say why"):
        verb([board], moderator, reason=reason)  # type: ignore[operator]
    board.refresh_from_db()
    assert board.state == "open"
    assert not LogEntry.objects.exists()


def test_who_did_what_and_why_is_kept(board: Board, moderator: User) -> None:
    other = Board.objects.for_article(make_article().pk)
    assert moderation.freeze([board, other], moderator, reason="Cool down.") == 2
    moderation.thaw([board], moderator, reason="Calm again.")
    kept = LogEntry.objects.filter(object_id=str(board.pk)).order_by("pk")
    assert [entry.change_message for entry in kept] == ["frozen: Cool down.", "open: Calm again."]
    assert {entry.user for entry in kept} == {moderator}
    assert LogEntry.objects.count() == 3


def test_nothing_changed_is_not_logged(board: Board, moderator: User) -> None:
    assert moderation.thaw([board], moderator, reason="x") == 0
    assert not LogEntry.objects.exists()
