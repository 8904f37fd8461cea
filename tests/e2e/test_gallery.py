"""A gallery as a reader walks through it, with nothing but links."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from articles.models import PhotoUse
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


def test_on_paper_every_photo_has_its_credit_and_its_shape(visit: Callable[..., Visit]) -> None:
    paper = make_paper()
    PhotoUse.objects.filter(slot="gallery").update(crop={"ratio": "1:1"})
    page = visit(paper.gallery, javascript=False).page
    page.emulate_media(media="print")
    figures = page.locator(".figure:visible")
    assert figures.count() > 1
    for figure in figures.all():
        expect(figure.locator(".figure__credit")).to_be_visible()
    squares = page.locator(".gallery img[data-ratio='1:1']")
    assert squares.count()
    for square in squares.all():
        square.evaluate("each => each.decode()")
        assert 0.99 < square.evaluate("each => each.clientWidth / each.clientHeight") < 1.01
