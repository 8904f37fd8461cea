import pytest
import time_machine

from articles.models import Article
from reactions import tallies
from reactions.models import Board, Delta, Event, ReactionKind, ReactionSet, SetKind, Tally, Vote
from reactions.models.event import BY_FORM, FIRST
from reactions.visitors import Visitor
from reactions.voting import BoardClosed, How, UnknownKind, VoteResult, cast_vote, check_ballot
from tests.builders import make_article, make_section
from tests.reactions.conftest import new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def counted(article: Article) -> dict[int, int]:
    """Kinds with votes, as readers would see them."""
    board = tallies.read_board(article.pk)
    assert board is not None
    return {kind.id: kind.votes for kind in board.kinds if kind.votes}


def test_a_vote_counts_once(story: Article, visitor: Visitor, heart: int) -> None:
    assert cast_vote(story.pk, visitor, heart) == VoteResult(kind=heart, changed=True)
    assert counted(story) == {heart: 1}


def test_the_same_vote_again_changes_nothing(story: Article, visitor: Visitor, heart: int) -> None:
    cast_vote(story.pk, visitor, heart)
    before = Vote.objects.values().get()
    assert cast_vote(story.pk, visitor, heart) == VoteResult(kind=heart, changed=False)
    assert Vote.objects.values().get() == before
    assert counted(story) == {heart: 1}


def test_a_change_moves_the_count(story: Article, visitor: Visitor, heart: int, wow: int) -> None:
    cast_vote(story.pk, visitor, heart)
    assert cast_vote(story.pk, visitor, wow).changed
    assert counted(story) == {wow: 1}
    vote = Vote.objects.get()
    assert (vote.kind, vote.prev) == (wow, heart)


def test_zero_withdraws_and_a_new_vote_counts_again(
    story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    assert cast_vote(story.pk, visitor, 0) == VoteResult(kind=0, changed=True)
    assert counted(story) == {}
    cast_vote(story.pk, visitor, heart)
    assert counted(story) == {heart: 1}


def test_withdrawing_nothing_makes_no_row(story: Article, visitor: Visitor) -> None:
    assert cast_vote(story.pk, visitor, 0) == VoteResult(kind=0, changed=False)
    assert not Vote.objects.exists()


def test_visitors_and_articles_are_counted_apart(
    story: Article, visitor: Visitor, heart: int
) -> None:
    other = make_article()
    for article, who in [(story, visitor), (story, new_visitor()), (other, visitor)]:
        cast_vote(article.pk, who, heart)
    assert counted(story) == {heart: 2}
    assert counted(other) == {heart: 1}


def test_the_first_vote_makes_the_board(story: Article, visitor: Visitor, heart: int) -> None:
    assert not Board.objects.exists()
    cast_vote(story.pk, visitor, heart)
    assert Board.objects.get().article_id == story.pk


@pytest.mark.parametrize("kind", [-1, 32_767, 32_768, 10**18])
def test_a_kind_that_does_not_exist_is_refused(story: Article, visitor: Visitor, kind: int) -> None:
    with pytest.raises(UnknownKind, match="no such reaction"):
        cast_vote(story.pk, visitor, kind)
    assert not Vote.objects.exists()


def test_a_kind_of_another_set_is_refused(
    story: Article, visitor: Visitor, kinds: dict[str, ReactionKind]
) -> None:
    with pytest.raises(UnknownKind):
        cast_vote(story.pk, visitor, kinds["poo"].pk)


def test_a_set_without_kinds_takes_no_vote(story: Article, visitor: Visitor, heart: int) -> None:
    SetKind.objects.all().delete()
    with pytest.raises(UnknownKind):
        cast_vote(story.pk, visitor, heart)


def test_a_retired_kind_takes_no_vote_but_gives_back_its_own(
    story: Article, visitor: Visitor, kinds: dict[str, ReactionKind]
) -> None:
    kind = kinds["heart"]
    cast_vote(story.pk, visitor, kind.pk)
    ReactionKind.objects.filter(pk=kind.pk).update(retired_at=story.publish_at)
    with pytest.raises(UnknownKind):
        cast_vote(story.pk, new_visitor(), kind.pk)
    assert cast_vote(story.pk, visitor, 0).changed
    assert tallies.differences() == []


@pytest.mark.parametrize(
    ("state", "words"), [("frozen", "closed: Cool down."), ("hidden", "switched off")]
)
@pytest.mark.parametrize("withdraw", [False, True])
def test_a_closed_board_writes_nothing(
    story: Article, visitor: Visitor, heart: int, state: str, words: str, withdraw: bool
) -> None:
    cast_vote(story.pk, visitor, heart)
    before = Vote.objects.values().get()
    Board.objects.update(state=state, frozen_reason="Cool down.")
    for who in (visitor, new_visitor()):
        with pytest.raises(BoardClosed, match=words):
            cast_vote(story.pk, who, 0 if withdraw else heart)
    assert Vote.objects.values().get() == before
    assert tallies.differences() == []


def test_a_board_that_reopens_all_the_time_ends_in_words(
    story: Article, visitor: Visitor, heart: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    Board.objects.create(article=story, state="frozen", frozen_reason="x")
    monkeypatch.setattr("reactions.voting.check_ballot", lambda *args: None)
    with pytest.raises(BoardClosed, match="try again"):
        cast_vote(story.pk, visitor, heart)


@pytest.mark.parametrize("state", [Vote.State.QUARANTINED, Vote.State.VOID, Vote.State.SHADOW])
def test_a_vote_that_is_not_counted_moves_no_count(
    story: Article, visitor: Visitor, heart: int, wow: int, state: int
) -> None:
    cast_vote(story.pk, new_visitor(), heart)
    Vote.objects.create(
        article=story, visitor=visitor.id, kind=heart, state=state, at=story.publish_at
    )
    assert cast_vote(story.pk, visitor, wow).changed
    assert counted(story) == {heart: 1}
    assert tallies.differences() == []


def test_the_ballot_asks_the_section_then_the_default(
    kinds: dict[str, ReactionKind], visitor: Visitor
) -> None:
    section = make_section()
    story = make_article(section=section)
    poo = kinds["poo"].pk
    with pytest.raises(UnknownKind):
        check_ballot(story.pk, poo)
    of_section = ReactionSet.objects.create(slug="s", question="Q?", section=section)
    SetKind.objects.create(set=of_section, kind_id=poo)
    check_ballot(story.pk, poo)
    assert cast_vote(story.pk, visitor, poo).changed


def test_the_boards_own_set_wins(kinds: dict[str, ReactionKind], visitor: Visitor) -> None:
    section = make_section()
    story = make_article(section=section)
    of_section = ReactionSet.objects.create(slug="s", question="Q?", section=section)
    SetKind.objects.create(set=of_section, kind=kinds["poo"])
    own = ReactionSet.objects.create(slug="o", question="O?")
    SetKind.objects.create(set=own, kind=kinds["angry"])
    Board.objects.create(article=story, set=own)
    assert cast_vote(story.pk, visitor, kinds["angry"].pk).changed
    with pytest.raises(UnknownKind):
        cast_vote(story.pk, visitor, kinds["poo"].pk)


def test_the_ledger_says_what_each_change_did(
    story: Article, visitor: Visitor, heart: int, wow: int
) -> None:
    with time_machine.travel(visitor.issued_at + 90, tick=False):
        for kind, how in [(heart, How(net=77)), (heart, How(net=77)), (wow, How(by_form=True))]:
            cast_vote(story.pk, visitor, kind, how)
        cast_vote(story.pk, visitor, 0, How(state=Vote.State.SHADOW))  # what stands keeps its state
    events = Event.objects.order_by("pk")
    assert [(e.prev, e.kind, e.net, e.flags) for e in events] == [
        (0, heart, 77, FIRST), (heart, wow, 0, BY_FORM), (wow, 0, 0, 0),
    ]  # fmt: skip
    assert {(e.article_id, e.visitor, e.cookie_age_s) for e in events} == {
        (story.pk, visitor.id, 90)
    }


def test_a_vote_that_was_refused_leaves_no_line(
    story: Article, visitor: Visitor, heart: int
) -> None:
    Board.objects.create(article=story, state="frozen", frozen_reason="x")
    with pytest.raises(BoardClosed):
        cast_vote(story.pk, visitor, heart)
    assert not Event.objects.exists()


@pytest.mark.parametrize("state", [Vote.State.QUARANTINED, Vote.State.SHADOW])
def test_a_vote_may_be_kept_and_not_counted(
    story: Article, visitor: Visitor, heart: int, wow: int, state: int
) -> None:
    first = cast_vote(story.pk, visitor, heart, How(state=state))
    assert first == VoteResult(kind=heart, changed=True, counted=False)
    assert cast_vote(story.pk, visitor, heart).counted is False
    assert cast_vote(story.pk, visitor, wow) == VoteResult(kind=wow, changed=True, counted=False)
    assert counted(story) == {}
    assert Vote.objects.get().state == state
    assert [event.flags & 3 for event in Event.objects.all()] == [state, state]
    assert tallies.differences() == []


def test_deleting_an_article_takes_its_votes_along(
    story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    story.delete()
    assert [m.objects.count() for m in (Vote, Tally, Delta, Event)] == [0, 0, 0, 0]
