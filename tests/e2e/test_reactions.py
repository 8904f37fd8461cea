"""What a reader's browser adds to the bar: tabs, double clicks, reloads, no cookies, no motion.

Voting itself, by script, form and keyboard, is in test_reaction_bar.py.
"""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from reactions.models import Base, Board, ReactionKind, Vote
from reactions.voting import cast_vote
from tests import builders
from tests.e2e.conftest import Visit
from tests.reactions.conftest import new_visitor

pytestmark = pytest.mark.django_db(transaction=True)

CONFIRM = "One more click, once a year"
KINDS = ["Thumbs up", "Heart", "Laugh", "Wow", "Love", "Disappointed", "Crying"]


@pytest.fixture
def story() -> Article:
    return builders.make_article()


def button(page: Page, label: str) -> Locator:
    return page.locator(f'.reaction[data-label="{label}"]')


def vote(page: Page, label: str) -> None:
    button(page, label).click()
    expect(page.get_by_role("status")).to_have_text(f"You chose {label}. Thank you.")


def kind(slug: str) -> int:
    return int(ReactionKind.objects.get(slug=slug).pk)


def test_a_plain_visit_leaves_no_trace(story: Article, visit: Callable[..., Visit]) -> None:
    asked: list[str] = []
    seen = visit("/")
    seen.page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    seen.page.goto(story.get_absolute_url())
    seen.page.locator("#reactions").scroll_into_view_if_needed()
    seen.page.wait_for_load_state("networkidle")
    assert seen.context.cookies() == []
    assert seen.page.evaluate("Object.keys(localStorage)") == []
    assert not [line for line in asked if line.startswith("POST")]
    names = seen.page.locator(".reaction").evaluate_all("all => all.map((e) => e.ariaLabel)")
    assert names == [f"{label}, 0 reactions" for label in KINDS]


def test_the_cookie_is_a_random_number_that_scripts_cannot_read(
    story: Article, visit: Callable[..., Visit]
) -> None:
    seen = visit(story.get_absolute_url())
    vote(seen.page, "Heart")
    (cookie,) = seen.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert seen.page.evaluate("document.cookie") == ""


def test_a_double_click_counts_once(story: Article, visit: Callable[..., Visit]) -> None:
    page = visit(story.get_absolute_url()).page
    button(page, "Heart").dblclick()
    expect(page.get_by_role("status")).to_have_text("You chose Heart. Thank you.")
    expect(button(page, "Heart")).to_have_attribute("aria-label", "Heart, 1 reaction")
    page.reload()
    expect(button(page, "Heart")).to_have_attribute("aria-label", "Heart, 1 reaction")
    assert Vote.objects.count() == 1


def test_a_double_click_without_scripts_counts_once(
    story: Article, visit: Callable[..., Visit], settings: LazySettings
) -> None:
    settings.REACTIONS_TOKEN_MIN_MS = 0  # whoever clicks like a machine is asked again
    page = visit(story.get_absolute_url(), javascript=False).page
    button(page, "Heart").click()
    expect(page.locator("h1")).to_have_text(CONFIRM)
    button(page, "Heart").dblclick()
    expect(button(page, "Heart")).to_have_attribute("aria-label", "Heart, 1 reaction")
    assert Vote.objects.count() == 1


def test_two_tabs_are_one_reader_and_the_last_choice_stands(
    story: Article, visit: Callable[..., Visit]
) -> None:
    seen = visit(story.get_absolute_url())
    other = seen.tab(story.get_absolute_url())
    vote(seen.page, "Heart")
    vote(other, "Wow")
    assert Vote.objects.get().kind == kind("wow")
    for page in (seen.page, other):
        page.reload()
        expect(button(page, "Wow")).to_have_attribute("aria-pressed", "true")
        expect(button(page, "Wow")).to_have_attribute("aria-label", "Wow, 1 reaction")
        expect(button(page, "Heart")).to_have_attribute("aria-label", "Heart, 0 reactions")
    assert not seen.errors


def test_a_vote_can_be_undone_after_a_reload(story: Article, visit: Callable[..., Visit]) -> None:
    cast_vote(story.pk, new_visitor(), kind("heart"))
    page = visit(story.get_absolute_url()).page
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    vote(page, "Heart")
    expect(button(page, "Heart")).to_have_attribute("aria-label", "Heart, 2 reactions")
    page.reload()
    page.get_by_role("button", name="Undo my reaction").click()
    expect(page.get_by_role("status")).to_have_text("Your reaction is undone.")
    expect(button(page, "Heart")).to_have_attribute("aria-label", "Heart, 1 reaction")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    page.reload()
    expect(button(page, "Heart")).to_have_attribute("aria-label", "Heart, 1 reaction")
    expect(button(page, "Heart")).to_have_attribute("aria-pressed", "false")


def test_a_vote_taken_back_on_the_reader_s_own_page_is_gone(
    story: Article, visit: Callable[..., Visit]
) -> None:
    seen = visit(story.get_absolute_url())
    vote(seen.page, "Heart")
    seen.page.get_by_role("link", name="Your reaction:").click()
    expect(seen.page.locator(".notice")).to_contain_text("You chose Heart")
    seen.page.get_by_role("button", name="Undo my reaction").click()
    expect(button(seen.page, "Heart")).to_have_attribute("aria-label", "Heart, 0 reactions")
    assert Vote.objects.get().kind == 0


def test_a_browser_that_keeps_no_cookie_is_told_so(
    story: Article, visit: Callable[..., Visit]
) -> None:
    seen = visit(story.get_absolute_url(), javascript=False)
    button(seen.page, "Heart").click()
    expect(seen.page.locator("h1")).to_have_text(CONFIRM)
    seen.context.clear_cookies()
    seen.page.reload()
    expect(seen.page.locator("h1")).to_have_text("Your browser did not keep our cookie")
    expect(seen.page.locator(".reaction")).to_have_count(0)
    seen.page.get_by_role("link", name="Back to the story").click()
    expect(seen.page.locator("h1")).to_have_text(story.headline)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_frozen_bar_shows_counts_and_why_and_takes_nothing(
    javascript: bool, story: Article, visit: Callable[..., Visit]
) -> None:
    cast_vote(story.pk, new_visitor(), kind("heart"))
    Board.objects.filter(pk=story.pk).update(state="frozen", frozen_reason="The debate is over.")
    page = visit(story.get_absolute_url(), javascript=javascript).page
    expect(page.locator("#reactions")).to_contain_text(
        "Reactions to this story are closed: The debate is over."
    )
    expect(button(page, "Heart")).to_have_attribute("aria-label", "Heart, 1 reaction")
    assert page.locator(".reaction:enabled").count() == 0
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_a_bar_frozen_meanwhile_says_why_without_scripts_too(
    story: Article,
    visit: Callable[..., Visit],
    axe: Callable[[Page], list[str]],
    settings: LazySettings,
) -> None:
    settings.REACTIONS_TOKEN_MIN_MS = 0  # whoever clicks like a machine is asked again
    page = visit(f"/r/{story.pk}/mine", reduced_motion="reduce").page  # this page has no script
    button(page, "Heart").click()
    expect(page.locator("h1")).to_have_text(CONFIRM)
    button(page, "Heart").click()
    expect(page.locator("h1")).to_have_text(story.headline)
    page.goto(f"/r/{story.pk}/mine")
    Board.objects.update(state="frozen", frozen_reason="The debate is over.")
    button(page, "Wow").click()
    expect(page.locator("h1")).to_have_text("Your reaction was not counted")
    expect(page.locator("main")).to_contain_text("The debate is over.")
    assert axe(page) == []


def test_a_hidden_bar_is_not_there(story: Article, visit: Callable[..., Visit]) -> None:
    Board.objects.create(article=story, state="hidden", frozen_reason="Under attack.")
    seen = visit(story.get_absolute_url())
    expect(seen.page.locator("#reactions, .reaction")).to_have_count(0)
    expect(seen.page.locator("main")).not_to_contain_text("Under attack.")
    assert not seen.errors


def test_imported_counts_are_shown_and_named(story: Article, visit: Callable[..., Visit]) -> None:
    Base.objects.create(
        article=story,
        kind_id=kind("heart"),
        n=1234,
        source="wpreactions",
        imported_at=timezone.now(),
    )
    page = visit(story.get_absolute_url()).page
    expect(page.locator("#reactions")).to_contain_text("Includes 1,234 from the old site.")
    vote(page, "Heart")
    expect(button(page, "Heart")).to_have_attribute("aria-label", "Heart, 1,235 reactions")


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_jumps_for_readers_who_want_no_motion(
    motion: str, story: Article, visit: Callable[..., Visit]
) -> None:
    page = visit(story.get_absolute_url(), reduced_motion=motion).page
    button(page, "Heart").click()
    picture = button(page, "Heart").locator(".reaction__picture")
    moving = picture.evaluate("(e) => getComputedStyle(e).animationName !== 'none'")
    assert moving == (motion == "no-preference")
    slow = button(page, "Heart").evaluate(
        "(e) => parseFloat(getComputedStyle(e).transitionDuration) > 0"
    )
    assert slow == (motion == "no-preference")


def test_sharing_is_offered_after_a_vote_as_plain_links(
    story: Article, visit: Callable[..., Visit]
) -> None:
    seen = visit(story.get_absolute_url())
    share = seen.page.locator(".reactions__share")
    expect(share).to_be_hidden()
    vote(seen.page, "Heart")
    expect(share).to_be_visible()
    expect(share.get_by_role("link")).to_have_text(["E-mail", "WhatsApp", "Facebook", "X"])
    assert seen.foreign == []


def test_the_reader_s_own_page_and_the_confirmation_are_accessible(
    story: Article, visit: Callable[..., Visit], axe: Callable[[Page], list[str]]
) -> None:
    seen = visit(f"/r/{story.pk}/mine", reduced_motion="reduce")
    button(seen.page, "Heart").click()
    pages = [seen.page.url, f"/r/{story.pk}/mine"]
    for width in (320, 1280):
        for path in pages:
            seen.page.set_viewport_size({"width": width, "height": 900})
            seen.page.goto(path)
            assert axe(seen.page) == []
            assert seen.page.evaluate("document.scrollingElement.scrollWidth") == width
