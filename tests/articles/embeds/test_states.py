"""The states of an embed: the table, and the record of each change."""

from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.embeds import states
from articles.embeds.states import TRANSITIONS, State, change, may
from articles.models import Embed, EmbedEvent
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["worker", "desk"])
@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_nothing_happens_that_is_not_in_the_table(
    before: Embed.State, after: Embed.State, who: str, editor: User
) -> None:
    embed = builders.make_embed(state=before, reason="As it was")
    allowed = who in TRANSITIONS.get((before, after), frozenset())
    assert change(embed, after, by=editor if who == "desk" else None, reason="Why") == allowed
    assert embed.state == (after if allowed else before)
    assert embed.reason == ("Why" if allowed else "As it was")
    events = EmbedEvent.objects.values_list("from_state", "to_state", "by", "reason")
    by = editor.pk if who == "desk" else None
    assert list(events) == ([(before, after, by, "Why")] if allowed else [])


def test_every_state_can_be_reached_and_left() -> None:
    pairs = set(TRANSITIONS)
    assert {to for _, to in pairs} == {origin for origin, _ in pairs} == set(State)


def test_what_the_desk_decided_no_answer_changes(editor: User) -> None:
    embed = builders.make_embed(state=State.OK)
    assert change(embed, State.GONE, by=editor, reason="A reader wrote")
    assert embed.held
    assert not may(embed, State.OK, "worker")
    assert not change(embed, State.OK)
    assert change(embed, State.PENDING, by=editor)
    assert not embed.held
    assert change(embed, State.OK)


def test_a_post_is_gone_since_it_was_missed_first() -> None:
    missed = timezone.now() - timedelta(hours=2)
    embed = builders.make_embed(state=State.OK, missing_since=missed)
    assert change(embed, State.GONE)
    assert embed.gone_at == missed
    assert change(embed, State.OK)
    assert (embed.gone_at, embed.missing_since) == (None, None)


def test_one_that_comes_and_goes_keeps_its_last_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "MAX_EVENTS", 3)
    embed = builders.make_embed(state=State.OK)
    other = builders.make_embed(state=State.OK)
    change(other, State.DEGRADED)
    for number in range(4):
        change(embed, State.DEGRADED, reason=f"down {number}")
        change(embed, State.OK, reason=f"up {number}")
    assert [event.reason for event in embed.events.all()] == ["up 3", "down 3", "up 2"]
    assert other.events.count() == 1
    assert str(embed.events.first()) == f"{embed}: degraded → ok"


def test_a_long_reason_is_cut_to_its_column() -> None:
    embed = builders.make_embed(state=State.OK)
    change(embed, State.DEGRADED, reason="x" * 1000)
    assert len(embed.reason) == len(EmbedEvent.objects.get().reason) == states.MAX_REASON_CHARS
