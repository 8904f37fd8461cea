"""The reaction bar in a real browser, with and without a script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from articles.models import Article
from reactions.models import Board, Vote
from reactions.voting import cast_vote
from tests.builders import make_article
from tests.reactions.conftest import heart, kinds, new_visitor, wow

__all__ = ["heart", "kinds", "wow"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(kinds: object) -> Article:
    return make_article(body_html="<p>Text.</p>")


def button(page: Page, kind: int) -> Locator:
    return page.locator(f'.reaction[value="{kind}"]')


def named(page: Page, kind: int, name: str) -> None:
    expect(button(page, kind)).to_have_attribute("aria-label", name)


def test_without_a_script_a_reader_votes_changes_and_undoes(
    visit: Callable[..., object], story: Article, heart: int, wow: int
) -> None:
    page = visit(story.get_absolute_url(), javascript=False).page  # type: ignore[attr-defined]
    button(page, heart).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One more click, once a year")
    assert not Vote.objects.exists()
    button(page, heart).click()
    expect(page).to_have_url(re.compile(rf"{story.get_absolute_url()}#reactions$"))
    named(page, heart, "Heart, 1 reaction")

    button(page, wow).click()  # no second confirmation
    named(page, wow, "Wow, 1 reaction")
    page.get_by_role("link", name="Your reaction").click()
    expect(page.locator(".notice")).to_contain_text("You chose Wow")
    expect(button(page, wow)).to_have_attribute("aria-pressed", "true")

    page.get_by_role("button", name="Undo my reaction").click()
    named(page, wow, "Wow, 0 reactions")
    assert Vote.objects.get().kind == 0


def test_the_count_moves_at_once_and_survives_a_reload(
    visit: Callable[..., object], story: Article, heart: int
) -> None:
    seen = visit(story.get_absolute_url(), width=360)
    page = seen.page  # type: ignore[attr-defined]
    held: list[Route] = []
    page.route("**/vote", lambda route: held.append(route))  # noqa: PLW0108 (Playwright looks into it)
    button(page, heart).click()
    named(page, heart, "Heart, 1 reaction")  # no answer has come yet
    expect(button(page, heart)).to_have_attribute("aria-pressed", "true")
    assert not Vote.objects.exists()
    while Vote.objects.count() == 0:  # the cookie is asked for first, then the vote is sent
        page.wait_for_timeout(20)
        while held:
            held.pop().continue_()
    expect(page.get_by_role("status")).to_have_text("You chose Heart. Thank you.")
    page.reload()
    named(page, heart, "Heart, 1 reaction")
    expect(button(page, heart)).to_have_attribute("aria-pressed", "true")
    assert Vote.objects.get().kind == heart
    assert not seen.errors  # type: ignore[attr-defined]
    assert not seen.foreign  # type: ignore[attr-defined]


def test_changing_one_s_mind_fast_ends_at_the_last_choice(
    visit: Callable[..., object], story: Article, heart: int, wow: int
) -> None:
    page = visit(story.get_absolute_url()).page  # type: ignore[attr-defined]
    for kind in (heart, wow, heart, heart, wow):
        button(page, kind).click()
    expect(page.get_by_role("status")).to_have_text("You chose Wow. Thank you.")
    named(page, heart, "Heart, 0 reactions")
    named(page, wow, "Wow, 1 reaction")
    assert Vote.objects.get().kind == wow


def test_the_keyboard_is_enough(visit: Callable[..., object], story: Article, heart: int) -> None:
    page = visit(story.get_absolute_url()).page  # type: ignore[attr-defined]
    button(page, heart).focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_have_text("You chose Heart. Thank you.")
    page.get_by_role("button", name="Undo my reaction").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Your reaction is undone.")
    expect(button(page, heart)).to_be_focused()
    assert Vote.objects.get().kind == 0


@pytest.mark.parametrize("failure", ["offline", "broken"])
def test_a_vote_that_fails_goes_back_and_says_so(
    visit: Callable[..., object], story: Article, heart: int, failure: str
) -> None:
    page = visit(story.get_absolute_url()).page  # type: ignore[attr-defined]
    page.route(
        "**/vote",
        lambda route: (
            route.abort() if failure == "offline" else route.fulfill(status=500, body="x")
        ),
    )
    button(page, heart).click()
    expect(page.get_by_role("status")).to_contain_text("was not saved")
    named(page, heart, "Heart, 0 reactions")
    expect(button(page, heart)).to_have_attribute("aria-pressed", "false")


def test_a_bar_frozen_meanwhile_says_why(
    visit: Callable[..., object], story: Article, heart: int
) -> None:
    page = visit(story.get_absolute_url()).page  # type: ignore[attr-defined]
    Board.objects.create(article=story, state="frozen", frozen_reason="Cool down.")
    button(page, heart).click()
    expect(page.get_by_role("status")).to_contain_text("Cool down.")
    named(page, heart, "Heart, 0 reactions")


def test_others_votes_appear_when_the_bar_comes_near(
    visit: Callable[..., object], story: Article, heart: int
) -> None:
    far = "".join("<p>Text.</p>" for _ in range(200))
    Article.objects.filter(pk=story.pk).update(body_html=far)
    page = visit(story.get_absolute_url()).page  # type: ignore[attr-defined]
    named(page, heart, "Heart, 0 reactions")
    cast_vote(story.pk, new_visitor(), heart)
    button(page, heart).scroll_into_view_if_needed()
    named(page, heart, "Heart, 1 reaction")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_targets_are_big_and_nothing_is_in_the_way_of_anyone(
    visit: Callable[..., object], axe: Callable[[Page], list[str]], story: Article, heart: int,
    width: int, scheme: str,
) -> None:  # fmt: skip
    page = visit(story.get_absolute_url(), width=width, scheme=scheme).page  # type: ignore[attr-defined]
    button(page, heart).click()
    expect(page.get_by_role("status")).to_have_text("You chose Heart. Thank you.")
    for target in page.locator(".reactions button:visible, .reactions a:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []
