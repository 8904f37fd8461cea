"""The page this project was born from, imported and read: nothing of it is lost on the way."""

import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from articles.embeds.work import resolve
from articles.models import Article, Embed
from tests.cases import shared_path
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.django_db(transaction=True)

SEED = "seed/000_7dbf4336f65663ee.txt"
OLD_PATH = "/kendrick-lamar-releases-the-short-film-for-his-track-we-cry-together/"
POST = "https://www.instagram.com/p/Ch-W8bVuxXD/"
SECURITY_GUARD = (
    "/kendrick-lamar-responds-to-viral-video-of-security-guard-crying-at-his-show-"
    "its-all-about-the-feeling/"
)


@pytest.fixture
def story() -> Article:
    call_command("import_page", str(shared_path(SEED)), publish=True, verbosity=0)
    (embed,) = Embed.objects.all()
    assert resolve(embed.pk)
    return Article.objects.get()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_old_page_is_a_story_of_ours(
    width: int, story: Article, visit: Callable[..., Visit], axe: Callable[[Page], list[str]]
) -> None:
    seen = visit(OLD_PATH, width=width, reduced_motion="reduce")
    page = seen.page
    expect(page).to_have_url(re.compile(re.escape(story.get_absolute_url()) + "$"))
    expect(page.locator("h1")).to_have_text(
        "Kendrick Lamar releases the short film for his track We Cry Together"
    )
    caption = page.locator(".story__hero figcaption")
    expect(caption.locator(".figure__caption")).to_have_text("Kendrick Lamar")
    expect(caption.locator(".figure__credit")).to_contain_text("Joseph Okpako/WireImage")
    prose = page.locator(".prose")
    expect(prose.get_by_text("Mr. Morale & The Big Steppers")).not_to_have_count(0)
    assert prose.locator("[style]").count() == 0
    assert "&;" not in prose.inner_text()
    assert seen.errors == []
    assert seen.foreign == []
    assert page.evaluate("document.scrollingElement.scrollWidth") == width
    assert axe(page) == []


def test_its_links_lead_where_they_did(story: Article, visit: Callable[..., Visit]) -> None:
    links = visit(story.get_absolute_url()).page.locator(".prose p a, .prose li a")
    targets = links.evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert SECURITY_GUARD in targets
    assert any(t.startswith("https://www.hotnewhiphop.com/kendrick-lamar-") for t in targets)
    assert not [target for target in targets if "theshaderoom" in target]


def test_its_post_waits_for_a_click(story: Article, visit: Callable[..., Visit]) -> None:
    seen = visit(story.get_absolute_url(), stub="<p>The post</p>")
    card = seen.page.locator("figure.embed--instagram")
    expect(card.get_by_role("link", name="See it on Instagram")).to_have_attribute("href", POST)
    assert seen.foreign == []
    card.get_by_role("button", name="Show the post from Instagram").click()
    expect(card.locator("iframe").content_frame.locator("p")).to_have_text("The post")
    assert seen.foreign == [f"{POST}embed/captioned/"]


def test_its_reaction_bar_counts_from_zero(story: Article, visit: Callable[..., Visit]) -> None:
    page = visit(story.get_absolute_url()).page
    expect(page.locator("#reactions h2")).to_have_text("What Do You Think Roomies?")
    names = page.locator(".reaction").evaluate_all("all => all.map((e) => e.ariaLabel)")
    kinds = ["Thumbs up", "Heart", "Laugh", "Wow", "Love", "Disappointed", "Crying"]
    assert names == [f"{kind}, 0 reactions" for kind in kinds]
    page.get_by_role("button", name="Crying").click()
    expect(page.get_by_role("status")).to_have_text("You chose Crying. Thank you.")
    page.reload()
    expect(page.get_by_role("button", name="Crying")).to_have_accessible_name("Crying, 1 reaction")


def test_it_is_on_the_front_page_too(story: Article, visit: Callable[..., Visit]) -> None:
    page = visit("/").page
    page.get_by_role("link", name=story.headline).first.click()
    expect(page.locator("h1")).to_have_text(story.headline)
