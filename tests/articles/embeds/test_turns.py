"""Whose turn it is when the sweep asks: the desk's first, and no more than there is room for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.actions.embedding import switch_provider
from articles.embeds import hosts
from articles.embeds.turns import Priority, take_turns
from articles.models import Embed
from articles.models.embed import MAX_ATTEMPTS
from tests import builders

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def make(**fields: object) -> Embed:
    values = {"next_check_at": timezone.now() - HOUR, "priority": Priority.DESK, **fields}
    return builders.make_embed(**values)


def test_the_desk_comes_before_an_import_and_that_before_a_second_look() -> None:
    now = timezone.now()
    recheck = make(priority=Priority.RECHECK, next_check_at=now - 9 * HOUR)
    imported = [make(priority=Priority.IMPORT, next_check_at=now - 5 * HOUR) for _ in range(3)]
    late, later = make(), make(next_check_at=now - 2 * HOUR)
    turns = take_turns(10)
    assert turns[:2] == [(later.pk, Priority.DESK), (late.pk, Priority.DESK)]
    assert {pk for pk, _ in turns[2:5]} == {embed.pk for embed in imported}
    assert turns[5:] == [(recheck.pk, Priority.RECHECK)]


def test_what_is_not_due_gets_no_turn() -> None:
    now = timezone.now()
    make(next_check_at=now + HOUR)
    make(next_check_at=None)
    make(lease_until=now + HOUR)
    make(attempts=MAX_ATTEMPTS)
    freed = make(lease_until=now - HOUR)
    assert take_turns(10) == [(freed.pk, Priority.DESK)]


def test_nothing_is_asked_for_twice_while_its_message_waits() -> None:
    for _ in range(5):
        make(priority=Priority.IMPORT)
    first = take_turns(3)
    assert len(first) == 3
    assert take_turns(3) == []
    wanted = make()
    assert take_turns(3) == []  # the queue is full: its nudge is on its way by itself
    assert len(take_turns(5)) == 2
    assert wanted.pk in set(
        Embed.objects.filter(queued_until__isnull=False).values_list("pk", flat=True)
    )
    Embed.objects.update(queued_until=timezone.now() - HOUR)
    assert len(take_turns(10)) == 6


def test_rows_that_are_done_make_room() -> None:
    for _ in range(4):
        make()
    done = [pk for pk, _ in take_turns(2)]
    Embed.objects.filter(pk__in=done).update(next_check_at=None)
    assert len(take_turns(2)) == 2


def test_a_host_that_must_rest_gets_no_messages() -> None:
    make()
    hosts.wait_for("graph.facebook.com")
    hosts.paused("graph.facebook.com", 600, "429")
    other = make(provider="x", media_id="20")
    assert take_turns(10) == [(other.pk, Priority.DESK)]


def test_a_provider_that_is_switched_off_gets_none(editor: object) -> None:
    make()
    switch_provider("instagram", off=True, by=None)
    assert take_turns(10) == []
