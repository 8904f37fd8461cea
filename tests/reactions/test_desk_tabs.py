"""One row of tabs over the reactions' desk: what a login may open, and where it is."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.models import Article
from reactions.models import Board
from tests.reactions.test_admin import desk, with_rights

pytestmark = [pytest.mark.django_db, pytest.mark.services]
BOARDS = reverse("admin:reactions_board_changelist")


def row_of(page: str) -> dict[str, bool]:
    """{label: is it the current one}."""
    (nav,) = re.findall(r'<nav class="desk-tabs".*?</nav>', page, re.DOTALL)
    links = re.findall(r'<a href="[^"]+"( aria-current="page")?>([^<]+)</a>', nav)
    return {label: bool(mark) for mark, label in links}


def test_every_list_and_form_has_it_and_says_where_one_is(moderator: User, story: Article) -> None:
    Board.objects.for_article(story.pk)
    client = desk(moderator)
    for address in (BOARDS, reverse("admin:reactions_board_change", args=[story.pk])):
        row = row_of(client.get(address).content.decode())
        assert row["Boards"]
        assert not row["Sets"]
    kinds = client.get(reverse("admin:reactions_reactionkind_changelist")).content.decode()
    assert [label for label, is_here in row_of(kinds).items() if is_here] == ["Sets"]


def test_a_moderator_has_all_of_it(moderator: User, kinds: object) -> None:
    client = desk(moderator)
    page = client.get(reverse("reactions_desk:live")).content.decode()
    assert list(row_of(page)) == [
        "Live", "Cases", "Actions", "Blocks", "Boards", "Sets", "Analytics", "Export",
    ]  # fmt: skip
    (nav,) = re.findall(r'<nav class="desk-tabs".*?</nav>', page, re.DOTALL)
    for address in re.findall(r'href="([^"]+)"', nav):
        there = client.get(address).content.decode()
        assert re.search(f'<a href="{address}" aria-current="page">', there), address
        assert list(row_of(there).values()).count(True) == 1


def test_it_leads_only_where_one_may_go() -> None:
    page = desk(with_rights("view_reactionset")).get(
        reverse("admin:reactions_reactionset_changelist")
    )
    assert row_of(page.content.decode()) == {"Sets": True}


def test_a_popup_has_none(moderator: User, story: Article) -> None:
    page = desk(moderator).get(BOARDS + "?_popup=1").content.decode()
    assert "desk-tabs" not in page
