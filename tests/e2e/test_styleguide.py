"""The style guide in a browser: each component, accessible in both themes at both widths."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_reader import check_every_screen

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_style_guide_is_accessible_in_every_theme(
    visit: Callable[..., Visit],
    axe: Callable[[Page], list[str]],
    sign_in: Callable[[Page, User], None],
    writer: User,
) -> None:
    seen = visit("/", reduced_motion="reduce")
    sign_in(seen.page, writer)
    seen.page.goto("/styleguide/")
    expect(seen.page.locator("h1")).to_have_text("Style guide")

    def axe_but_for_twins(page: Page) -> list[str]:
        """Components that a page has once stand here in several states."""
        twins = ("landmark-", "duplicate-id", "region", "page-has-heading-one")
        return [found for found in axe(page) if not found.startswith(twins)]

    check_every_screen(seen, axe_but_for_twins)
