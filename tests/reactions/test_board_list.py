"""The moderators' list: every published story is in it, voted on or not, and no draft is."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reactions import moderation
from reactions.models import Board, ReactionSet
from tests import builders


@pytest.mark.django_db
def test_show_all_is_offered_where_something_is_narrowed_down(
    moderator: User, kinds: object
) -> None:
    builders.make_article(headline="Just out")
    desk = Client()
    desk.force_login(moderator)
    address = reverse("admin:reactions_board_changelist")
    for query, offered in (("", False), ("?q=just", True), ("?state__exact=open", True)):
        page = desk.get(address + query).content.decode()
        assert ("1 result (" in page, "Show all</a>" in page) == (offered, offered)
        assert ('name="state__exact" value="open"' in page) is ("state" in query)


@pytest.mark.django_db
def test_a_story_can_be_frozen_before_its_first_vote(moderator: User, kinds: object) -> None:
    story, draft = builders.make_article(headline="Just out"), builders.make_draft(headline="Later")
    desk = Client()
    desk.force_login(moderator)
    address = reverse("admin:reactions_board_changelist")
    page = desk.get(address).content.decode()
    assert "Just out" in page
    assert "Later" not in page
    desk.post(
        address, {"action": "freeze", "_selected_action": [story.pk], "reason": "Names a minor."}
    )
    assert Board.objects.get(pk=story.pk).state == "frozen"
    assert not Board.objects.filter(pk=draft.pk).exists()


@pytest.fixture
def moderate(moderator: User, kinds: object) -> Callable[..., str]:
    desk = Client()
    desk.force_login(moderator)

    def post(**data: object) -> str:
        address = reverse("admin:reactions_board_changelist") + "?q=ferry"
        return desk.post(address, {"index": 0, **data}, follow=True).content.decode()

    return post


@pytest.mark.django_db
def test_a_refused_verb_keeps_the_ticks_and_what_was_typed(moderate: Callable[..., str]) -> None:
    first, second, other = (builders.make_article(headline=f"A ferry, part {n}") for n in "123")
    own = ReactionSet.objects.create(slug="own", question="Roomies?")
    ticks = [first.pk, other.pk]
    no_reason = {"action": "freeze", "_selected_action": ticks, "reason": " ", "use": own.pk}
    page = moderate(**no_reason, select_across="1")
    assert "Say why" in page
    assert f'<option value="{own.pk}" selected>' in page
    assert '<option value="freeze" selected>' in page
    assert ticked(page) == {first.pk, other.pk}
    assert second.headline in page
    assert 'name="select_across" value="0"' in page
    assert re.search(r'<input[^>]*name="reason"[^>]*aria-invalid="true"', page)

    page = moderate(action="freeze", reason="Names a minor.")
    assert "tick the stories first" in page
    assert 'value="Names a minor."' in page
    page = moderate(action="", reason="Names a minor.", _selected_action=[second.pk])
    assert "choose an action first" in page
    assert ticked(page) == {second.pk}
    assert not Board.objects.exclude(state="open").exists()
    page = moderate(action="freeze", reason="Names a minor.", _selected_action=[second.pk])
    assert "Reactions changed on 1 of 1 story." in page
    assert ticked(page) == set()


def ticked(page: str) -> set[int]:
    boxes = re.findall(r'<input[^>]*name="_selected_action"[^>]*>', page)
    return {
        int(found[1])
        for box in boxes
        if "checked" in box and (found := re.search(r'value="(\d+)"', box))
    }


@pytest.mark.django_db
def test_the_list_says_what_has_become_of_a_bar(
    moderate: Callable[..., str], moderator: User
) -> None:
    shut, ended = (
        builders.make_article(headline="A ferry"),
        builders.make_article(headline="A ferry 2"),
    )
    Board.objects.make_missing()
    Board.objects.filter(pk=ended.pk).update(sealed_at=timezone.now())
    moderation.freeze(Board.objects.filter(pk=shut.pk), moderator, reason="Names a minor.")
    page = moderate(action="")
    assert f"Frozen by {moderator.username}, " in page
    assert ": “Names a minor.”</td>" in page
    assert '<td class="field-how_it_stands">Ended</td>' in page
