"""The reader's list of reactions, and erasing them, with and without scripts."""

import re
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect

from articles.models import Article
from reactions.models import Vote
from tests import builders
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/privacy/reactions"
ERASE = "Erase all of them and the cookie"


@pytest.fixture
def story() -> Article:
    return builders.make_article(headline="A harbour, and what became of it in forty years")


def react(page: Page, story: Article) -> None:
    page.goto(story.get_absolute_url())
    page.locator('.reaction[data-label="Heart"]').click()
    expect(page.get_by_role("status")).to_have_text("You chose Heart. Thank you.")


def test_a_reader_finds_the_page_and_erases_everything(
    story: Article, visit: Callable[..., Visit]
) -> None:
    seen = visit(story.get_absolute_url())
    react(seen.page, story)
    seen.page.get_by_role("link", name="Your reactions", exact=True).click()
    expect(seen.page.locator(".own-reactions__item")).to_contain_text(["Heart"])
    seen.page.get_by_role("button", name=ERASE).click()
    expect(seen.page.get_by_role("status")).to_contain_text("Erased: 1 reaction")
    assert not Vote.objects.exists()
    assert seen.context.cookies() == []
    seen.page.wait_for_function("localStorage.length === 0")
    seen.page.goto(story.get_absolute_url())
    heart = seen.page.locator('.reaction[data-label="Heart"]')
    expect(heart).to_have_attribute("aria-pressed", "false")
    expect(heart).to_have_attribute("aria-label", "Heart, 0 reactions")
    assert not seen.errors


def test_it_works_without_scripts(
    story: Article, visit: Callable[..., Visit], settings: LazySettings
) -> None:
    settings.REACTIONS_TOKEN_MIN_MS = 0  # whoever clicks like a machine is asked again
    seen = visit(f"/r/{story.pk}/mine", javascript=False)
    seen.page.locator('.reaction[data-label="Heart"]').click()
    expect(seen.page.get_by_role("heading", level=1)).to_have_text("One more click, once a year")
    seen.page.locator('.reaction[data-label="Heart"]').click()
    expect(seen.page).to_have_url(re.compile(f"{story.get_absolute_url()}#reactions$"))
    seen.page.goto(f"/r/{story.pk}/mine")
    seen.page.get_by_role("link", name="All your reactions").click()
    seen.page.get_by_role("button", name=ERASE).press("Enter")
    expect(seen.page.get_by_role("status")).to_contain_text("Erased: 1 reaction")
    assert not Vote.objects.exists()
    assert seen.context.cookies() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_in_all_its_states(
    scheme: str, story: Article, visit: Callable[..., Visit], axe: Callable[[Page], list[str]]
) -> None:
    seen = visit(PAGE, scheme=scheme, reduced_motion="reduce")
    assert seen.context.cookies() == []
    assert axe(seen.page) == []
    react(seen.page, story)
    seen.page.goto(PAGE)
    for width in (320, 1280):
        seen.page.set_viewport_size({"width": width, "height": 900})
        assert axe(seen.page) == []
        assert seen.page.evaluate("document.scrollingElement.scrollWidth") == width
    seen.page.get_by_role("button", name=ERASE).click()
    expect(seen.page.get_by_role("status")).to_contain_text("Erased: 1 reaction")
    assert axe(seen.page) == []
