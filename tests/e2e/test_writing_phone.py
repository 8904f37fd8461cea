"""What a phone's screen shows of the writing screen."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page

from tests.e2e.conftest import Visit
from tests.e2e.writing import NEW, open_screen

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
