"""Sealed boards: the sum stays to the last vote, who voted is gone, and the bar says so."""

import threading
import time
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, generation
from reactions import erasure, sealing, tallies
from reactions.models import Base, Board, Hour, Tally, Vote
from reactions.visitors import Visitor
from reactions.voting import BoardClosed, How, cast_vote
from tests.builders import make_article
from tests.reactions.conftest import new_visitor
from tests.reactions.test_guarantees import in_threads

pytestmark = [pytest.mark.django_db, pytest.mark.services]
LONG_AGO = timezone.now() - timedelta(days=181)


@pytest.fixture
def old(kinds: object) -> Article:
    return make_article(publish_at=LONG_AGO - timedelta(days=9))


def vote_long_ago(article: Article, *choices: int, state: int = 0) -> list[Visitor]:
    voters = [new_visitor() for _ in choices]
    for voter, kind in zip(voters, choices, strict=True):
        cast_vote(article.pk, voter, kind, How(state=state))
    Vote.objects.filter(article=article).update(at=LONG_AGO)
    return voters


def shown(article: Article) -> dict[str, int]:
    board = tallies.read_board(article.pk)
    assert board is not None
    return {kind: n for kind, n in board.counts().items() if n}


@pytest.mark.parametrize("roll_first", [False, True])
def test_the_sum_stays_and_the_votes_go(
    old: Article, heart: int, wow: int, roll_first: bool
) -> None:
    vote_long_ago(old, heart, heart, wow)
    vote_long_ago(old, heart, state=Vote.State.QUARANTINED)
    before = shown(old)
    if roll_first:
        tallies.roll()
    assert sealing.seal() == 1
    assert shown(old) == before == {str(heart): 2, str(wow): 1}
    assert not Vote.objects.exists()
    assert set(Tally.objects.values_list("n", flat=True)) <= {0}
    assert {(b.kind_id, b.n, b.source, b.shown) for b in Base.objects.all()} == {
        (heart, 2, "sealed", True), (wow, 1, "sealed", True),
    }  # fmt: skip
    assert tallies.differences() == []
    assert sealing.seal() == 0


def test_the_bar_says_that_it_has_ended(
    old: Article, heart: int, reader: Client, returning: Client
) -> None:
    (voter, *_) = vote_long_ago(old, heart)
    Base.objects.create(article=old, kind_id=heart, n=7, source="wpreactions", imported_at=LONG_AGO)
    before = generation()
    sealing.seal()
    assert generation() != before  # kept pages go
    page = reader.get(old.get_absolute_url()).content.decode()
    assert "Reactions to this story have ended." in page
    assert "Includes 7 from the old site." in page
    assert 'aria-label="Heart, 8 reactions"' in page
    for who, kind in ((voter, 0), (new_visitor(), heart)):
        with pytest.raises(BoardClosed, match="have ended"):
            cast_vote(old.pk, who, kind)
    assert reader.get(f"/r/{old.pk}.json").json()["state"] == "ended"
    mine = returning.get(reverse("reactions:mine", args=[old.pk])).content.decode()
    assert "have ended" in mine


def test_only_what_rests_is_sealed(kinds: object, heart: int) -> None:
    unvoted = make_article(publish_at=LONG_AGO - timedelta(days=1))
    Board.objects.for_article(unvoted.pk)
    young = make_article()
    vote_long_ago(young, heart)
    touched = make_article(publish_at=LONG_AGO - timedelta(days=1))
    vote_long_ago(touched, heart, heart)
    cast_vote(touched.pk, new_visitor(), heart)
    counted = make_article(publish_at=LONG_AGO - timedelta(days=1))
    vote_long_ago(counted, heart)
    Hour.objects.create(article=counted, kind_id=heart, hour=timezone.now(), n=1, fresh=0)
    assert sealing.seal() == 0
    assert not Board.objects.exclude(sealed_at=None).exists()
    assert cast_vote(unvoted.pk, new_visitor(), heart).changed


def test_a_frozen_bar_keeps_its_moderators_words(old: Article, heart: int) -> None:
    vote_long_ago(old, heart)
    Board.objects.update(state="frozen", frozen_reason="Cool down.")
    sealing.seal()
    board = tallies.read_board(old.pk)
    assert board is not None
    assert board.closed_words == "Reactions to this story are closed: Cool down."
    assert shown(old) == {str(heart): 1}


def test_zero_days_seal_nothing(old: Article, heart: int, settings: LazySettings) -> None:
    settings.REACTIONS_SEAL_DAYS = 0
    vote_long_ago(old, heart)
    assert sealing.seal() == 0


def test_many_boards_take_several_calls(
    kinds: object, heart: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "BOARDS_AT_ONCE", 2)
    for _ in range(3):
        vote_long_ago(make_article(publish_at=LONG_AGO - timedelta(days=1)), heart)
    assert [sealing.seal() for _ in range(3)] == [2, 1, 0]


def test_it_waits_while_another_folds(old: Article, heart: int, monkeypatch: object) -> None:
    vote_long_ago(old, heart)
    monkeypatch.setattr(tallies, "lock", lambda cursor: False)  # type: ignore[attr-defined]
    assert sealing.seal() == 0
    assert shown(old) == {str(heart): 1}
    monkeypatch.undo()  # type: ignore[attr-defined]
    assert sealing.seal() == 1


@pytest.mark.django_db(transaction=True)
def test_votes_at_work_are_waited_for(old: Article, heart: int) -> None:
    """What began before the board was closed may still write: folded only when it is over."""
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time: nothing is at work while a board is closed")
    vote_long_ago(old, heart)
    with transaction.atomic():
        Vote.objects.count()  # a transaction of ours is open
        assert in_threads(sealing.seal) == [0]
    assert Board.objects.get().sealed_at is not None
    assert Vote.objects.count() == 1
    assert in_threads(sealing.seal) == [1]
    assert shown(old) == {str(heart): 1}
    assert tallies.differences() == []


@pytest.mark.django_db(transaction=True)
def test_an_erasure_at_work_is_waited_for(old: Article, heart: int) -> None:
    """It began after the board was closed, so that nothing but the rows themselves can tell."""
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time: nothing is at work while a board is folded")
    (voter, _) = vote_long_ago(old, heart, heart)
    now = timezone.now()
    sealing._close(now)
    erased = threading.Event()

    def erase() -> None:
        with transaction.atomic():
            erasure.erase(voter)
            erased.set()
            time.sleep(0.5)  # the fold is on its way

    def fold() -> bool:
        erased.wait()
        return sealing._fold(old.pk, now)

    assert in_threads(erase, fold) == [None, True]
    tallies.roll()
    assert shown(old) == {str(heart): 1}
    assert tallies.differences() == []
