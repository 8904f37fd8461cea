"""The set editor in a browser: the preview follows, contrast refuses, kinds move by keys and mouse."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import FrameLocator, Page, expect

from articles.models import Article
from reactions.models import ReactionSet
from tests import builders
from tests.e2e.conftest import Visit
from tests.e2e.test_reader import check_every_screen

pytestmark = pytest.mark.django_db(transaction=True)

Open = Callable[..., Visit]
SignIn = Callable[[Page, User], None]
NAVY = "rgb(18, 52, 86)"


@pytest.fixture
def story() -> Article:
    return builders.make_article()


@pytest.fixture
def edit(visit: Open, sign_in: SignIn, moderator: User, story: Article) -> Callable[..., Visit]:
    def open_page(**options: object) -> Visit:
        seen = visit("/admin/login/", **options)
        sign_in(seen.page, moderator)
        number = ReactionSet.objects.get(is_default=True).pk
        seen.page.goto(f"/admin/reactions/reactionset/{number}/change/")
        return seen

    return open_page


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[name=set-preview]")


def labels(page: Page) -> list[str]:
    return page.locator(".reactions .reaction__label").all_inner_texts()


def save(page: Page) -> None:
    with page.expect_navigation():
        page.click("[name=_save]")


def test_the_preview_follows_the_typing_and_contrast_refuses(
    edit: Callable[..., Visit], story: Article
) -> None:
    seen = edit()
    page = seen.page
    verdict = page.locator("[data-verdict]")
    expect(verdict).to_have_text("Contrast passes AA in both themes.")
    page.fill("#id_question", "How was it?")
    expect(frame(page).locator(".side--dark h2")).to_have_text("How was it?")

    page.fill("#id_light_button", "#123456")
    expect(verdict).to_contain_text("too little contrast: the set can’t be saved like this")
    button = frame(page).locator(".side--light .reaction").first
    expect(button).to_have_css("background-color", NAVY)
    expect(frame(page).locator(".side--light .ratio--fails").first).to_contain_text("would pass")
    save(page)
    refusal = page.locator(".field-light_button .errorlist").first
    expect(refusal).to_contain_text("needs 4.5:1")
    expect(page.locator("#id_question")).to_have_value("How was it?")
    expect(page.locator("#id_light_button")).to_have_value("#123456")

    page.fill("#id_light_text", "#ffffff")
    page.fill("#id_light_chosen", "#5a1a24")
    expect(verdict).to_have_text("Contrast passes AA in both themes.")
    save(page)
    page.goto(story.get_absolute_url())
    expect(page.locator(".reactions__question")).to_have_text("How was it?")
    expect(page.locator(".reaction").first).to_have_css("background-color", NAVY)
    expect(page.locator(".reaction__label").first).to_have_css("color", "rgb(255, 255, 255)")
    assert not seen.errors


def test_a_size_makes_the_pictures_larger_and_leaves_the_targets_large(
    edit: Callable[..., Visit],
) -> None:
    page = edit().page
    button = frame(page).locator(".side--light .reaction").first
    expect(button).to_be_visible()
    widths = {}
    for size in ("small", "normal", "large"):
        page.select_option("#id_size", size)
        applied = {"small": "80px", "normal": "100px", "large": "130px"}[size]
        expect(button).to_have_css("min-height", applied)
        box = button.locator("img").bounding_box()
        assert box
        widths[size] = box["width"]
    assert widths == pytest.approx({"small": 25.6, "normal": 32, "large": 41.6}, abs=0.1)


def test_a_picked_colour_is_a_typed_one(edit: Callable[..., Visit]) -> None:
    page = edit().page
    page.locator("input[type=color]").first.fill("#123456")
    expect(page.locator("#id_light_button")).to_have_value("#123456")
    button = frame(page).locator(".side--light .reaction").first
    expect(button).to_have_css("background-color", NAVY)


def test_kinds_move_by_keyboard(edit: Callable[..., Visit], story: Article) -> None:
    page = edit().page
    first = page.locator("#members-0")
    first.locator("[data-move='1']").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # the button went with its row, and the focus with it
    expect(page.locator(".set-order [role=status]")).to_have_text("👍 Thumbs up: place 3 of 8.")
    expect(frame(page).locator(".side--light .reaction__label").nth(2)).to_have_text("Thumbs up")
    save(page)
    page.goto(story.get_absolute_url())
    assert labels(page)[:3] == ["Heart", "Laugh", "Thumbs up"]


def test_kinds_are_dragged_and_added(edit: Callable[..., Visit], story: Article) -> None:
    page = edit().page
    page.set_viewport_size(
        {"width": 1280, "height": 2400}
    )  # both ends of the way are on the screen
    page.locator("#members-7 select").select_option(label="😡 Angry")
    grip, target = page.locator("#members-7 [data-grip]"), page.locator("#members-0 [data-grip]")
    start, goal = grip.bounding_box(), target.bounding_box()
    assert start
    assert goal
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 5, goal["y"] + 5, steps=25)
    page.mouse.up()
    expect(frame(page).locator(".side--light .reaction__label").first).to_have_text("Angry")
    save(page)
    page.goto(story.get_absolute_url())
    assert labels(page)[:2] == ["Angry", "Thumbs up"]


def test_without_a_script_there_are_a_button_and_numbers(
    edit: Callable[..., Visit], story: Article
) -> None:
    page = edit(javascript=False).page
    page.fill("#id_question", "No script?")
    page.fill("#id_light_text", "#aaaaaa")
    page.fill("#id_members-0-order", "50")
    page.get_by_role("button", name="Preview").click()
    expect(frame(page).locator(".side--light h2")).to_have_text("No script?")
    expect(frame(page).locator(".side--light .ratio--fails").first).to_contain_text("would pass")
    expect(frame(page).locator(".side--light .reaction__label").first).to_have_text("Heart")
    expect(page.locator("#id_question")).to_have_value("No script?")
    page.fill("#id_light_text", "")
    save(page)
    page.goto(story.get_absolute_url())
    assert labels(page)[-1] == "Thumbs up"


def test_it_is_accessible(edit: Callable[..., Visit], axe: Callable[[Page], list[str]]) -> None:
    seen = edit(reduced_motion="reduce")
    expect(seen.page.locator("[data-verdict]")).not_to_be_empty()
    check_every_screen(seen, axe)
