"""The reaction bar in a real browser, with and without a script."""

import re
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from playwright.sync_api import Locator, Page, Route, expect

from articles.models import Article
from reactions.models import Board, Vote
from reactions.voting import cast_vote
from tests.builders import make_article
from tests.reactions.conftest import heart, kinds, new_visitor, wow
from tests.reactions.test_bar_weight import served_script

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
    visit: Callable[..., object], story: Article, heart: int, wow: int, settings: LazySettings
) -> None:
    settings.REACTIONS_TOKEN_MIN_MS = 0  # whoever clicks like a machine is asked again
    page = visit(story.get_absolute_url(), javascript=False).page  # type: ignore[attr-defined]
    button(page, heart).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One more click, once a year")
    assert not Vote.objects.exists()
    button(page, heart).click()
    expect(page).to_have_url(re.compile(rf"{story.get_absolute_url()}#reactions$"))
    named(page, heart, "Heart, 1 reaction")

    button(page, wow).click()  # no second confirmation
    named(page, wow, "Wow, 1 reaction")
    page.get_by_role("link", name="Your reaction:").click()
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
    page.locator(".reaction").first.focus()
    while page.evaluate("document.activeElement.value") != str(heart):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_have_text("You chose Heart. Thank you.")
    expect(button(page, heart)).to_be_focused()
    stops = []
    while not stops or stops[-1] != "Your reaction: see, change or undo":
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert stops[-6:-1] == ["Undo my reaction", "E-mail", "WhatsApp", "Facebook", "X"]
    for _ in range(5):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Your reaction is undone.")
    expect(button(page, heart)).to_be_focused()
    assert Vote.objects.get().kind == 0


def test_the_script_as_it_is_collected_does_the_same(
    visit: Callable[..., object], story: Article, heart: int
) -> None:
    seen = visit("/privacy/reactions")
    page = seen.page  # type: ignore[attr-defined]
    asked: list[str] = []

    def serve(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=served_script(), content_type="text/javascript")

    page.route("**/js/reactions*.js", serve)
    page.route("**/js/reactions/*.js", serve)
    page.goto(story.get_absolute_url())
    button(page, heart).click()
    expect(page.get_by_role("status")).to_have_text("You chose Heart. Thank you.")
    assert len(asked) == 1
    assert not seen.errors  # type: ignore[attr-defined]


ANSWERS = {
    "offline": (0, "you are offline. Please try again."),
    "cut": (0, "no connection. Please try again."),
    "blocked": (403, "Reactions from your connection are paused."),
    "gone": (404, "this story takes none any more."),
    "no cookie": (428, "Your browser did not keep our cookie"),
    "busy": (429, "Your reaction was not saved: please try again."),
    "broken": (502, "something broke on our side. Please try again in a moment."),
}


@pytest.mark.parametrize("failure", ANSWERS)
def test_a_vote_that_fails_goes_back_and_says_why(
    visit: Callable[..., object], story: Article, heart: int, wow: int, failure: str
) -> None:
    page = visit(story.get_absolute_url()).page  # type: ignore[attr-defined]
    button(page, wow).click()
    expect(page.get_by_role("status")).to_have_text("You chose Wow. Thank you.")
    status, words = ANSWERS[failure]
    answer = {"error": words} if status in (403, 428) else {}
    if failure == "offline":
        page.context.set_offline(True)
    elif failure == "cut":
        page.route("**/vote", lambda route: route.abort())
    else:
        page.route("**/vote", lambda route: route.fulfill(status=status, json=answer))
    button(page, heart).click()
    expect(page.get_by_role("status")).to_contain_text(words)
    named(page, heart, "Heart, 0 reactions")
    named(page, wow, "Wow, 1 reaction")
    expect(button(page, wow)).to_have_attribute("aria-pressed", "true")
    expect(button(page, heart)).to_be_enabled()
    assert Vote.objects.get().kind == wow


def test_a_bar_frozen_meanwhile_says_why(
    visit: Callable[..., object], story: Article, heart: int
) -> None:
    page = visit(story.get_absolute_url()).page  # type: ignore[attr-defined]
    page.route("**/*.json", lambda route: route.abort())  # else the counts say it first
    page.reload()
    Board.objects.create(article=story, state="frozen", frozen_reason="Cool down.")
    button(page, heart).click()
    expect(page.locator(".reactions__closed")).to_contain_text("Cool down.")
    expect(page.get_by_role("status")).to_have_text("Your reaction was not saved.")
    expect(button(page, heart)).to_be_disabled()
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
    assert axe(page) == []  # nothing chosen yet
    button(page, heart).click()
    expect(page.get_by_role("status")).to_have_text("You chose Heart. Thank you.")
    for target in page.locator(".reactions button:visible, .reactions a:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []  # chosen, with the links to share

    Board.objects.update(state="frozen", frozen_reason="Cool down.")
    cache.clear()
    page.evaluate("dispatchEvent(new Event('online'))")  # it looks again
    expect(page.locator(".reactions__closed")).to_contain_text("Cool down.")
    assert axe(page) == []  # closed before one's eyes
