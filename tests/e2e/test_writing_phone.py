"""What a phone's screen shows of the writing screen."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.actions.drafting import save_draft, with_fields
from articles.drafts import draft_of
from tests import builders
from tests.e2e.conftest import Visit
from tests.e2e.writing import NEW, change, open_screen

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_headline_shows_all_its_lines_and_the_tools_show_that_they_go_on(
    visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User
) -> None:
    page = visit("/admin/login/", width=360, has_touch=True, is_mobile=True).page
    sign_in(page, editor)
    open_screen(page, NEW)
    headline = page.get_by_label("Headline", exact=True)
    headline.fill("The pier sang for an hour, and nobody asked it to stop. " * 4)
    hidden = headline.evaluate("(field) => field.scrollHeight - field.clientHeight")
    assert hidden <= 0
    # A button cut by the edge: nobody takes the ones before it for all.
    box = page.locator(".cke_button__deskphoto").bounding_box()
    edge = page.locator(".cke_toolbox").bounding_box()
    assert box
    assert edge
    assert box["x"] < edge["x"] + edge["width"] < box["x"] + box["width"]


def test_what_readers_see_of_it_is_said_on_a_phone_too_and_its_history_is_a_tap_away(
    visit: Callable[..., Visit],
    sign_in: Callable[[Page, User], None],
    editor: User,
    axe: Callable[[Page], list[str]],
) -> None:
    story = builders.make_article(headline="Live")
    save_draft(story, with_fields(draft_of(story), headline="Next"), by=editor)
    save_draft(story, with_fields(draft_of(story), headline="Last"), by=editor)
    page = visit("/admin/login/", width=360, has_touch=True, is_mobile=True).page
    sign_in(page, editor)
    open_screen(page, change(story))
    expect(page.locator("#desk-unpublished")).to_be_visible()
    page.get_by_role("link", name="History", exact=True).tap()
    expect(page.locator("h1")).to_have_text("History")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert axe(page) == []
    page.locator(".desk-history__row", has_text="Next").get_by_role("button").tap()
    expect(page.locator(".messagelist")).to_contain_text("is the draft now")
    expect(page.get_by_label("Headline", exact=True)).to_have_value("Next")
