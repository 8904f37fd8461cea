from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article
from reactions import tallies
from reactions.models import Tally, Vote
from reactions.voting import cast_vote
from tests.reactions.conftest import new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def check(*args: str) -> str:
    out = StringIO()
    call_command("reactions_check", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def wrong(story: Article, heart: int) -> str:
    """A tally that says 9 of 1; how the command puts it."""
    cast_vote(story.pk, new_visitor(), heart)
    tallies.roll()
    Tally.objects.update(n=9)
    return f"article {story.pk}, kind {heart}: 1 votes, tallied 9"


def test_it_says_that_all_is_well(story: Article, heart: int) -> None:
    cast_vote(story.pk, new_visitor(), heart)
    assert check() == "Every tally equals its votes.\n"
    assert check("--repair") == "Every tally equals its votes.\n"


def test_it_fails_on_a_difference_and_touches_nothing(wrong: str) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="1 differ"):
        call_command("reactions_check", stdout=out)
    assert wrong in out.getvalue()
    assert Tally.objects.get().n == 9


def test_it_repairs_when_told_to(wrong: str) -> None:
    assert check("--repair") == f"{wrong}\nRepaired 1.\n"
    assert check() == "Every tally equals its votes.\n"


def test_it_repairs_a_tally_whose_votes_still_wait_to_be_folded(story: Article, heart: int) -> None:
    voters = [new_visitor() for _ in range(3)]
    for voter in voters:
        cast_vote(story.pk, voter, heart)
    Vote.objects.exclude(visitor=voters[0].id).delete()
    assert check("--repair").endswith("Repaired 1.\n")
    assert check() == "Every tally equals its votes.\n"
    tallies.roll()
    assert Tally.objects.get().n == 1
