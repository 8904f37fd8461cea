from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from reactions import blocks, moderation
from reactions.models import Action, Block
from reactions.moderation import BlockTooLong, ReasonMissing

pytestmark = [pytest.mark.django_db, pytest.mark.services]
NET, VISITOR = 2**62 + 5, 2**61 + 7


def in_hours(hours: float) -> object:
    return timezone.now() + timedelta(hours=hours)


@pytest.mark.parametrize(("verb", "mode"), [("ban", "reject"), ("shadow", "shadow")])
@pytest.mark.parametrize("who", [{"visitor": VISITOR}, {"net": NET}])
def test_a_block_holds_at_once_and_its_undo_ends_it(
    moderator: User, verb: str, mode: str, who: dict[str, int]
) -> None:
    blocks.mode_of(VISITOR, (NET,))
    do = getattr(moderation, verb)
    action = do(moderator, until=in_hours(24), reason="A farm.", **who)
    assert blocks.mode_of(VISITOR, (NET,)) == mode
    assert action.verb == verb
    assert action.filter["until"]
    assert [action.filter[name] for name in who] == [str(n) for n in who.values()]
    undone = moderation.undo(action, moderator, reason="Wrong one.")
    assert undone.effect["ended"] == 1
    assert blocks.mode_of(VISITOR, (NET,)) is None
    assert "until" in str(Block.objects.get())


def test_a_network_is_blocked_for_two_days_at_most(moderator: User) -> None:
    with pytest.raises(BlockTooLong, match="48 hours"):
        moderation.ban(moderator, until=in_hours(49), reason="x", net=NET)
    moderation.ban(moderator, until=in_hours(47.9), reason="x", net=NET)
    with pytest.raises(BlockTooLong, match="a year"):
        moderation.shadow(moderator, until=in_hours(24 * 400), reason="x", visitor=VISITOR)
    moderation.shadow(moderator, until=in_hours(24 * 300), reason="x", visitor=VISITOR)


@pytest.mark.parametrize("who", [{}, {"net": NET, "visitor": VISITOR}, {"net": 0}])
def test_a_block_names_one(moderator: User, who: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="Name a visitor or a network"):
        moderation.ban(moderator, until=in_hours(1), reason="x", **who)


def test_a_block_has_an_end_ahead_and_a_reason(moderator: User) -> None:
    with pytest.raises(ValueError, match="in the future"):
        moderation.ban(moderator, until=in_hours(-1), reason="x", net=NET)
    with pytest.raises(ReasonMissing):
        moderation.ban(moderator, until=in_hours(1), reason=" ", net=NET)
    assert not Block.objects.exists()
    assert not Action.objects.exists()
