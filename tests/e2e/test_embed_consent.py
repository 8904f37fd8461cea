"""What a reader allowed for good: remembered in this browser alone, and taken back in the footer."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from articles.embeds.providers import PROVIDERS
from articles.models import Article
from tests import builders
from tests.e2e.conftest import Visit
from tests.e2e.paper import POSTS, make_full_story
from tests.e2e.test_embeds import FRAMES, STUB, card

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story() -> Article:
    return make_full_story()


def test_consent_is_remembered_for_one_provider_and_can_be_withdrawn(
    story: Article, visit: Callable[..., Visit]
) -> None:
    seen = visit(story.get_absolute_url(), stub=STUB)
    footer = seen.page.locator("[data-embeds-allowed]")
    expect(footer).to_be_hidden()
    card(seen.page, "youtube").get_by_label("Always show YouTube").check()
    frame = card(seen.page, "youtube").locator("iframe")
    expect(frame.content_frame.locator("body")).to_contain_text("The post by")
    assert seen.foreign == [FRAMES["youtube"]]
    assert seen.context.cookies() == []
    expect(footer).to_be_visible()

    other = make_full_story()
    seen.page.goto(other.get_absolute_url())
    card(seen.page, "youtube").scroll_into_view_if_needed()
    expect(card(seen.page, "youtube").locator("iframe")).to_have_count(1)
    for provider in POSTS.keys() - {"youtube"}:
        card(seen.page, provider).scroll_into_view_if_needed()
        expect(card(seen.page, provider).locator("iframe")).to_have_count(0)
    assert set(seen.foreign) == {FRAMES["youtube"]}

    footer.locator("summary").click()
    footer.get_by_role("button", name="Ask again before showing YouTube").click()
    expect(footer).to_be_hidden()
    seen.foreign.clear()
    seen.page.reload()
    card(seen.page, "youtube").scroll_into_view_if_needed()
    expect(card(seen.page, "youtube").get_by_label("Always show YouTube")).not_to_be_checked()
    expect(seen.page.locator("iframe")).to_have_count(0)
    assert seen.foreign == []
    assert seen.errors == []


def test_any_page_lists_what_was_allowed_each_with_its_way_back(
    visit: Callable[..., Visit],
) -> None:
    seen = visit("/", width=320)
    allowed = json.dumps([[provider.slug, provider.name] for provider in PROVIDERS])
    seen.page.evaluate("names => localStorage.setItem('embeds', names)", allowed)
    seen.page.reload()
    footer = seen.page.locator("[data-embeds-allowed]")
    footer.locator("summary").click()
    expect(footer.get_by_role("button")).to_have_count(len(PROVIDERS))
    assert seen.page.evaluate("document.scrollingElement.scrollWidth") == 320
    footer.get_by_role("button", name="Ask again before showing Vimeo").click()
    expect(footer.get_by_role("button")).to_have_count(len(PROVIDERS) - 1)
    expect(footer.locator("summary")).to_be_focused()
    left = seen.page.evaluate("localStorage.getItem('embeds')")
    assert "Vimeo" not in left
    assert "YouTube" in left
    assert seen.errors == []


@pytest.mark.parametrize("stored", ["no JSON", '["youtube"]', "7", '[["youtube","<b>You"]]'])
def test_what_another_hand_wrote_into_the_storage_does_no_harm(
    stored: str, visit: Callable[..., Visit]
) -> None:
    seen = visit(builders.make_article().get_absolute_url())
    seen.page.evaluate("text => localStorage.setItem('embeds', text)", stored)
    seen.page.reload()
    expect(seen.page.locator("h1")).to_be_visible()
    assert seen.page.locator("[data-embeds-allowed] b").count() == 0
    assert seen.errors == []
