"""The moderators' list: every published story is in it, voted on or not, and no draft is."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reactions.models import Board
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
