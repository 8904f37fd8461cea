"""PostgreSQL: a first vote is answered with the counts of a moment ago and itself, without reading them
again; every other with what stands now.
"""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from reactions import recent, tallies, voting
from reactions.board_view import BoardView
from reactions.models import ReactionKind, ReactionSet, SetKind, Vote
from reactions.voting import How, NotPublic, VoteResult, cast_and_read, cast_vote
from tests.reactions.conftest import new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]
Answer = tuple[VoteResult, BoardView | None]


def counts_of(answer: Answer) -> dict[str, int]:
    assert answer[1] is not None
    return {kind: n for kind, n in answer[1].counts().items() if n}


def test_every_answer_holds_the_voters_own_vote(story: Article, heart: int, wow: int) -> None:
    first, second = new_visitor(), new_visitor()
    loves, wows = str(heart), str(wow)
    assert counts_of(cast_and_read(story.pk, first, heart)) == {loves: 1}
    assert counts_of(cast_and_read(story.pk, second, heart)) == {loves: 2}
    assert counts_of(cast_and_read(story.pk, second, heart)) == {loves: 2}
    assert counts_of(cast_and_read(story.pk, second, wow)) == {loves: 1, wows: 1}
    assert counts_of(cast_and_read(story.pk, second, 0)) == {loves: 1}
    assert counts_of(cast_and_read(story.pk, second, heart)) == {loves: 2}
    assert counts_of(cast_and_read(story.pk, new_visitor(), wow)) == {loves: 2, wows: 1}
    assert tallies.differences() == []


def test_first_votes_within_a_second_read_the_counts_once(story: Article, heart: int) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite reads them at once")
    first = cast_and_read(story.pk, new_visitor(), heart)
    with CaptureQueriesContext(connection) as queries:
        second = cast_and_read(story.pk, new_visitor(), heart)
    assert len(queries) == 1
    now = tallies.read_board(story.pk)
    assert first[1]
    assert second[1]
    assert now
    assert first[1].version < second[1].version == now.version  # a script takes the newer of two
    recent.forget()
    assert counts_of(cast_and_read(story.pk, new_visitor(), heart)) == {str(heart): 3}


def test_a_vote_that_waits_is_in_no_count(story: Article, heart: int) -> None:
    cast_and_read(story.pk, new_visitor(), heart)
    waits = How(state=Vote.State.QUARANTINED)
    answer = cast_and_read(story.pk, new_visitor(), heart, waits)
    assert (answer[0].counted, counts_of(answer)) == (False, {str(heart): 1})


def test_a_kind_that_came_a_moment_ago_is_in_the_answer(
    story: Article, heart: int, kinds: dict[str, ReactionKind]
) -> None:
    cast_and_read(story.pk, new_visitor(), heart)
    SetKind.objects.create(set=ReactionSet.objects.get(is_default=True), kind=kinds["poo"])
    answer = cast_and_read(story.pk, new_visitor(), kinds["poo"].pk)
    assert counts_of(answer) == {str(heart): 1, str(kinds["poo"].pk): 1}


def test_it_is_forgotten_after_a_second_and_keeps_no_more_than_it_may(
    story: Article, heart: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast_vote(story.pk, new_visitor(), heart)
    board = tallies.read_board(story.pk)
    assert board
    now = 100.0
    monkeypatch.setattr(recent, "time", SimpleNamespace(monotonic=lambda: now))
    recent.keep(board, 99.5)
    assert recent.recent(story.pk) == board
    recent.keep(board, 99.0)
    assert recent.recent(story.pk) is None
    recent.forget()
    monkeypatch.setattr(recent, "MOST", 2)
    for number in (1, 2, 3):
        recent.keep(replace(board, article_id=number), now)
    assert [recent.recent(number) is not None for number in (1, 2, 3)] == [False, False, True]


def test_counts_that_another_thread_read_meanwhile_stay(
    story: Article, heart: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite reads them at once")
    cast_and_read(story.pk, new_visitor(), heart)
    write = voting._cast

    def slow(*args: Any, **kwargs: Any) -> Any:
        written = write(*args, **kwargs)
        cast_vote_of_another()
        return written

    def cast_vote_of_another() -> None:
        monkeypatch.setattr(voting, "_cast", write)
        recent.forget()  # its second is over
        cast_and_read(story.pk, new_visitor(), heart)

    monkeypatch.setattr(voting, "_cast", slow)
    assert counts_of(cast_and_read(story.pk, new_visitor(), heart)) == {str(heart): 2}
    assert counts_of(cast_and_read(story.pk, new_visitor(), heart)) == {str(heart): 4}


def test_the_vote_itself_finds_out_whether_the_story_is_public(story: Article, heart: int) -> None:
    cast_and_read(story.pk, new_visitor(), heart)
    Article.objects.update(status=Article.Status.WITHDRAWN)
    with pytest.raises(NotPublic):
        cast_and_read(story.pk, new_visitor(), heart)
    with pytest.raises(NotPublic):
        cast_vote(story.pk + 1, new_visitor(), heart)
    assert Vote.objects.count() == 1
