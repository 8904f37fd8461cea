"""The photos of a story on its writing screen: the crop of a placement, pictures that are no photos."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.actions.editing import save_article
from articles.models import Article
from tests import builders
from tests.e2e.conftest import Visit
from tests.e2e.paper import give_photo
from tests.e2e.writing import EDITOR, change, expect_saved, open_screen

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(editor: User) -> Article:
    article = builders.make_draft(headline="The pier", created_by=editor)
    return save_article(article, by=editor)


@pytest.fixture
def desk(visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User) -> Visit:
    seen = visit("/admin/login/")
    sign_in(seen.page, editor)
    return seen


def test_a_placement_gets_a_crop_of_its_own_by_pointer_and_by_keyboard(
    desk: Visit, story: Article
) -> None:
    give_photo(story, slot="lead")
    page = desk.page
    open_screen(page, change(story))
    row = page.locator(".desk-photo").first
    row.get_by_text("Crop", exact=True).click()
    row.get_by_label("Shape here").select_option("1:1")
    square = row.locator("[data-crop='1:1']")
    expect(square).to_be_visible()
    frame = row.locator(".focal__frame")
    box = frame.bounding_box()
    assert box is not None
    frame.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.5})
    page.keyboard.press("Shift+ArrowDown")
    mark = row.get_by_role("button", name="Focal point: 25% from the left, 60% from the top")
    expect(mark).to_be_focused()
    assert square.evaluate("each => each.style.objectPosition") == "25% 60%"
    page.keyboard.press("Control+s")
    expect_saved(page)
    assert story.photo_uses.get().crop == {"ratio": "1:1", "x": 0.25, "y": 0.6}
    assert desk.foreign == []
    assert desk.errors == []
    page.goto(reverse("admin:articles_article_preview", args=[story.pk]))
    hero = page.locator(".story__hero img")
    shape = hero.evaluate("each => each.clientWidth / each.clientHeight")
    assert 0.99 < shape < 1.01
    assert hero.evaluate("each => getComputedStyle(each).objectPosition") == "20% 60%"


def test_a_picture_written_into_the_source_is_a_link_and_the_writer_is_told(
    desk: Visit, story: Article
) -> None:
    page = desk.page
    open_screen(page, change(story))
    picture = '<p>See</p><p><img src="https://elsewhere.example/x.jpg" alt="A cat"></p>'
    page.evaluate(f"html => {EDITOR}.setData(html)", picture)
    page.keyboard.press("Control+s")
    expect(page.locator("#desk-checklist")).to_contain_text(
        "Readers get a link in place of a picture"
    )
    page.goto(reverse("admin:articles_article_preview", args=[story.pk]))
    expect(page.get_by_role("link", name="A cat")).to_have_attribute(
        "href", "https://elsewhere.example/x.jpg"
    )
    assert page.locator(".prose img").count() == 0
