"""Arranging a front in a browser: by pointer, by keyboard, by finger, and without scripts."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.actions.curating import Placement, SlotPlan, arrange_front, arrangement_of, open_front
from articles.models import Article, Banner, Front
from tests import builders
from tests.e2e.conftest import Visit, tap
from tests.e2e.test_reader import check_every_screen

pytestmark = pytest.mark.django_db(transaction=True)

Open = Callable[..., Visit]
SignIn = Callable[[Page, User], None]


@pytest.fixture
def stories() -> list[Article]:
    return [
        builders.make_article(
            headline=f"Story {name}", publish_at=timezone.now() - timezone.timedelta(hours=n + 1)
        )
        for n, name in enumerate(["One", "Two", "Three", "Four"])
    ]


@pytest.fixture
def front(stories: list[Article]) -> Front:
    """One leads, Two and Three are on top; Four stands aside."""
    front = open_front(None)
    top = tuple(Placement(article.pk) for article in stories[1:3])
    plans = [SlotPlan("lead", (Placement(stories[0].pk),)), SlotPlan("top", top)]
    return arrange_front(front, plans, expected_version=1, by=None)


@pytest.fixture
def arrange(visit: Open, sign_in: SignIn, editor: User, front: Front) -> Callable[..., Visit]:
    def open_page(**options: object) -> Visit:
        seen = visit("/admin/login/", **options)
        sign_in(seen.page, editor)
        if "width" not in options:  # both ends of every way are on the screen
            seen.page.set_viewport_size({"width": 1280, "height": 1800})
        seen.page.goto("/admin/articles/front/home/")
        return seen

    return open_page


def headlines(page: Page, slot: str) -> list[str]:
    found: list[str] = page.locator(f"[data-zone={slot}] .fcard__headline").all_inner_texts()
    return [each.removeprefix("Story ") for each in found]


def card(page: Page, name: str) -> Locator:
    return page.locator(f"[data-headline='Story {name}']")


def grip(page: Page, name: str) -> Locator:
    return card(page, name).locator("[data-grip]")


def stored(front: Front) -> dict[str, list[str]]:
    names = dict(Article.objects.values_list("pk", "headline"))
    return {
        plan.key: [names[e.article_id].removeprefix("Story ") for e in plan.entries]
        for plan in arrangement_of(front)
    }


def save(seen: Visit) -> None:
    seen.page.get_by_role("button", name="Save the page").click()
    expect(seen.page.locator(".messagelist")).to_contain_text("Readers see it now")
    assert not seen.errors
    assert not seen.foreign


def drag(page: Page, name: str, onto: Locator) -> None:
    """The mouse takes the grip and lets go over the upper part of something else."""
    onto.scroll_into_view_if_needed()
    start, end = grip(page, name).bounding_box(), onto.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 30, steps=3)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 8, steps=8)
    page.mouse.up()


def test_a_story_is_dragged_from_the_side_and_between_slots(
    arrange: Callable[..., Visit], front: Front
) -> None:
    seen = arrange()
    page = seen.page
    drag(page, "Four", card(page, "Two"))
    assert headlines(page, "top") == ["Four", "Two", "Three"]
    drag(page, "Three", page.locator("[data-zone=focus]"))
    assert headlines(page, "focus") == ["Three"]
    expect(page.locator("[data-dirty]")).to_be_visible()
    assert stored(front)["top"] == ["Two", "Three"], "nothing is saved before Save"
    save(seen)
    assert stored(front) == {"lead": ["One"], "top": ["Four", "Two"], "focus": ["Three"]}


def test_a_drag_is_given_up_by_escape(arrange: Callable[..., Visit]) -> None:
    page = arrange().page
    start = grip(page, "Three").bounding_box()
    target = card(page, "One").bounding_box()
    assert start
    assert target
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 30, steps=3)
    page.mouse.move(target["x"] + 200, target["y"] + 8, steps=5)
    expect(card(page, "One")).to_have_class("fcard drop-before")
    expect(page.locator(".fronts__carried")).to_have_text("Story Three")
    page.keyboard.press("Escape")
    page.mouse.up()
    assert headlines(page, "top") == ["Two", "Three"]
    assert headlines(page, "lead") == ["One"]


def test_a_story_is_moved_by_the_keyboard_alone(
    arrange: Callable[..., Visit], front: Front
) -> None:
    seen = arrange()
    page = seen.page
    said = page.locator("[data-announcer]")
    grip(page, "Three").focus()
    page.keyboard.press("Space")
    expect(said).to_contain_text("picked up, Top, 2 of 2")
    page.keyboard.press("ArrowUp")
    expect(said).to_contain_text("Top, 1 of 2")
    page.keyboard.press("ArrowUp")
    expect(said).to_contain_text("Lead, 2 of 2")
    page.keyboard.press("ArrowUp")
    expect(grip(page, "Three")).to_be_focused()
    page.keyboard.press("Space")
    expect(said).to_contain_text("dropped, Lead, 1 of 2")
    grip(page, "Four").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert headlines(page, "top")[0] == "Four"
    page.keyboard.press("Escape")
    assert headlines(page, "top") == ["Two"]
    save(seen)
    assert stored(front)["lead"] == ["Three", "One"]


def test_buttons_ends_and_headlines_need_no_reload(
    arrange: Callable[..., Visit], front: Front, stories: list[Article]
) -> None:
    seen = arrange()
    page = seen.page
    address = page.url
    card(page, "Two").get_by_role("button", name="Down").click()
    assert headlines(page, "top") == ["Three", "Two"]
    card(page, "Two").get_by_role("button", name="Take off").click()
    card(page, "Four").locator("select").select_option("focus")
    card(page, "Four").get_by_role("button", name="Put there").click()
    assert headlines(page, "focus") == ["Four"]
    card(page, "Four").locator("summary").click()
    card(page, "Four").get_by_label("Headline on this page").fill("Shorter")
    card(page, "Four").get_by_role("button", name="Tonight").click()
    card(page, "Four").get_by_label("Pinned").check()
    assert headlines(page, "focus") == ["Shorter"]
    assert page.url == address
    save(seen)
    assert stored(front) == {"lead": ["One"], "top": ["Three"], "focus": ["Four"]}
    entry = stories[3].slot_entries.get()
    assert (entry.headline_override, entry.pinned) == ("Shorter", True)
    assert entry.until


def test_a_search_finds_stories_without_leaving_the_page(arrange: Callable[..., Visit]) -> None:
    builders.make_article(headline="Story Pier", publish_at="2020-01-01T00:00Z")
    page = arrange().page
    page.get_by_label("Search the headlines").fill("pier")
    expect(page.locator(".fronts__aside [data-card]")).to_have_count(1)
    drag(page, "Pier", card(page, "Two"))
    assert headlines(page, "top") == ["Pier", "Two", "Three"]


def test_what_time_fills_in_gives_way_to_a_story_put_there(arrange: Callable[..., Visit]) -> None:
    page = arrange().page
    ghost = page.locator(".zone--top [data-ghost]")
    expect(ghost).to_have_text(["Story Four"])
    drag(page, "Four", card(page, "Two"))
    expect(ghost).to_be_hidden()
    expect(page.locator(".zone--top [data-count]")).to_have_text("3")


def test_the_page_asks_before_an_unsaved_arrangement_is_left(
    arrange: Callable[..., Visit],
) -> None:
    page = arrange().page
    card(page, "Two").get_by_role("button", name="Down").click()
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/admin/")
    assert asked == ["beforeunload"]


def test_everything_works_without_scripts(arrange: Callable[..., Visit], front: Front) -> None:
    page = arrange(javascript=False).page
    assert page.locator("[data-grip]:visible").count() == 0
    with page.expect_navigation():
        card(page, "Two").get_by_role("button", name="Down").click()
    assert stored(front)["top"] == ["Three", "Two"]
    card(page, "Four").locator("select").select_option("focus")
    with page.expect_navigation():
        card(page, "Four").get_by_role("button", name="Put there").click()
    assert stored(front)["focus"] == ["Four"]
    with page.expect_navigation():
        card(page, "Three").get_by_role("button", name="Take off").click()
    assert stored(front)["top"] == ["Two"]


def test_a_finger_does_it_on_a_phone(arrange: Callable[..., Visit], front: Front) -> None:
    seen = arrange(width=360, has_touch=True, is_mobile=True)
    page = seen.page
    start, end = grip(page, "Three").bounding_box(), card(page, "Two").bounding_box()
    assert start
    assert end
    touch = page.context.new_cdp_session(page)

    def finger(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    page.evaluate("y => scrollTo(0, y)", end["y"] - 200)
    top = page.evaluate("scrollY")
    x, y = start["x"] + 18, start["y"] + 30 - top
    finger("touchStart", (x, y))
    finger("touchMove", (x, y - 20))
    finger("touchMove", (x, end["y"] + 6 - top))
    expect(card(page, "Three")).to_have_class("fcard is-lifted")
    finger("touchMove", (x, end["y"] + 4 - top))
    finger("touchEnd")
    assert headlines(page, "top") == ["Three", "Two"]
    tap(card(page, "Two").get_by_role("button", name="Take off"))
    assert headlines(page, "top") == ["Three"]
    save(seen)
    assert stored(front)["top"] == ["Three"]


# --- How it looks ------------------------------------------------------------------------------
def test_fronts_board_and_banner_are_accessible_on_every_screen(
    arrange: Callable[..., Visit], axe: Callable[[Page], list[str]], editor: User
) -> None:
    now = timezone.now()
    banner = Banner.objects.create(
        text="The pier is closed", starts=now, ends=now + timezone.timedelta(hours=1)
    )
    builders.make_draft(created_by=editor)
    builders.make_article(publish_at=now + timezone.timedelta(hours=4))
    seen = arrange(reduced_motion="reduce")
    for path in ("", "/admin/", f"/admin/articles/banner/{banner.pk}/change/"):
        if path:
            seen.page.goto(path)
        check_every_screen(seen, axe)
        seen.errors.clear()  # axe's own styles, which the policy refuses


def test_the_login_is_accessible_on_every_screen(
    visit: Open, axe: Callable[[Page], list[str]]
) -> None:
    seen = visit("/admin/login/", reduced_motion="reduce")
    check_every_screen(seen, axe)
