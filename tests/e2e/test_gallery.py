"""A gallery as a reader walks through it, with nothing but links."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.paper import make_paper

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_gallery_is_walked_by_its_links_without_scripts(visit: Callable[..., Visit]) -> None:
    page = visit(make_paper().gallery, javascript=False).page
    first, second = page.locator("#photo-1"), page.locator("#photo-2")
    first.get_by_role("link", name="Next photo").click()
    assert page.url.endswith("#photo-2")
    expect(second).to_be_in_viewport()
    second.get_by_role("link", name="Previous photo").click()
    expect(first).to_be_in_viewport()
