"""The bar while others vote: counts that come by themselves, a bar that closes before one's eyes,
other tabs, votes that wait, readers who leave.
"""

import time
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db.models import F
from playwright.sync_api import Locator, Page, Request, Route, expect

from articles.models import Article
from reactions.models import Board, Vote
from reactions.moderation import release
from reactions.moderation.filters import VoteFilter
from reactions.views import voting
from reactions.voting import How, cast_vote
from tests.builders import make_article
from tests.e2e.conftest import PATIENCE_MS, Visit
from tests.reactions.conftest import heart, kinds, new_visitor, wow

__all__ = ["heart", "kinds", "wow"]
pytestmark = pytest.mark.django_db(transaction=True)

PAUSE = 4_000
LONG_PAUSE = 30_000
COUNTS = "**/r/*.json"


@pytest.fixture
def story(kinds: object) -> Article:
    return make_article(body_html="<p>Text.</p>")


def button(page: Page, kind: int) -> Locator:
    return page.locator(f'.reaction[value="{kind}"]')


def number(page: Page, kind: int) -> Locator:
    return button(page, kind).locator(".reaction__count")


def vote_of_another(story: Article, kind: int) -> None:
    cast_vote(story.pk, new_visitor(), kind)
    cache.clear()  # else the next second is told the old counts


def turn(story: Article, **fields: object) -> None:
    Board.objects.for_article(story.pk)
    Board.objects.update(**fields, version=F("version") + 1)
    cache.clear()


def watch(visit: Callable[..., Visit], story: Article, **options: object) -> Page:
    """A page whose clock the test moves, after it has asked for the counts once."""
    page = visit("/privacy/reactions", **options).page
    page.clock.install()
    with page.expect_response(COUNTS):
        page.goto(story.get_absolute_url())
        page.clock.run_for(1)
    return page


def poll(is_so: Callable[[], bool]) -> None:
    """What a page sends while it goes, no page can wait for."""
    end = time.monotonic() + PATIENCE_MS / 1_000
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)


def after(page: Page, milliseconds: int) -> None:
    """Let so much time go by, at the end of which the page asks."""
    page.wait_for_function("() => document.readyState === 'complete'")
    with page.expect_response(COUNTS):
        page.clock.run_for(milliseconds)


def test_others_votes_come_while_one_looks(
    visit: Callable[..., Visit], story: Article, heart: int, wow: int
) -> None:
    page = watch(visit, story)
    button(page, heart).focus()
    vote_of_another(story, heart)
    vote_of_another(story, wow)
    after(page, PAUSE)
    expect(number(page, heart)).to_have_text("1")
    expect(button(page, wow)).to_have_attribute("aria-label", "Wow, 1 reaction")
    # Nothing is read out: not the line for words, not the button that has the focus.
    expect(page.get_by_role("status")).to_have_text("")
    expect(button(page, heart)).to_have_attribute("aria-label", "Heart, 0 reactions")
    page.keyboard.press("Tab")
    page.clock.run_for(1)
    expect(button(page, heart)).to_have_attribute("aria-label", "Heart, 1 reaction")


def test_a_bar_closes_and_opens_before_one_s_eyes(
    visit: Callable[..., Visit], story: Article, heart: int
) -> None:
    page = watch(visit, story)
    turn(story, state="frozen", frozen_reason="The debate is over.")
    after(page, PAUSE)
    closed = page.locator(".reactions__closed")
    expect(closed).to_have_text("Reactions to this story are closed: The debate is over.")
    expect(page.locator(".reaction:enabled")).to_have_count(0)

    turn(story, state="open", frozen_reason="")
    after(page, LONG_PAUSE)
    expect(closed).to_have_text("")
    expect(page.get_by_role("status")).to_have_text("Reactions to this story are open again.")
    expect(page.locator(".reaction:disabled")).to_have_count(0)

    turn(story, state="hidden", frozen_reason="Under attack.")
    after(page, PAUSE)
    expect(closed).to_have_text("This story takes no reactions.")
    expect(page.locator(".reaction:visible")).to_have_count(0)

    turn(story, state="open", frozen_reason="", sealed_at="2026-01-01T00:00Z")
    after(page, LONG_PAUSE)
    expect(closed).to_have_text("Reactions to this story have ended.")
    asked = requests_of(page)
    page.clock.run_for(10 * LONG_PAUSE)  # for good: it never asks again
    assert asked == []


def requests_of(page: Page) -> list[str]:
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith(".json"):
            asked.append(request.url)

    page.on("request", note)
    return asked


def test_it_asks_only_while_it_can_be_seen_and_heard(
    visit: Callable[..., Visit], kinds: object
) -> None:
    story = make_article(body_html="<p>Text.</p>" * 200)
    page = visit("/privacy/reactions").page
    page.clock.install()
    asked = requests_of(page)
    page.goto(story.get_absolute_url())
    page.clock.run_for(LONG_PAUSE)
    assert asked == []  # far below
    with page.expect_response(COUNTS):
        page.locator(".reactions__kinds").scroll_into_view_if_needed()
        page.clock.run_for(1)

    hide = "(hidden) => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true}); document.dispatchEvent(new Event('visibilitychange')); }"
    for off, on in (
        (lambda: page.evaluate(hide, True), lambda: page.evaluate(hide, False)),
        (lambda: page.context.set_offline(True), lambda: page.context.set_offline(False)),
    ):
        off()
        asked.clear()
        page.clock.run_for(LONG_PAUSE)
        assert asked == []
        with page.expect_response(COUNTS):
            on()
            page.clock.run_for(PAUSE)


def test_it_asks_less_when_answers_fail(
    visit: Callable[..., Visit], story: Article, heart: int
) -> None:
    page = watch(visit, story)
    asked = requests_of(page)
    page.route(COUNTS, lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    after(page, PAUSE)
    page.clock.run_for(PAUSE)
    assert len(asked) == 1  # the pause has doubled
    after(page, PAUSE)
    page.clock.run_for(2 * PAUSE)
    assert len(asked) == 2
    page.unroute(COUNTS)
    vote_of_another(story, heart)
    after(page, 2 * PAUSE)
    expect(number(page, heart)).to_have_text("1")
    vote_of_another(story, heart)
    after(page, PAUSE)  # there was news: as often as ever
    expect(number(page, heart)).to_have_text("2")


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_numbers_roll_for_who_likes_motion(
    visit: Callable[..., Visit], story: Article, heart: int, motion: str
) -> None:
    seen = visit("/privacy/reactions", reduced_motion=motion)
    seen.context.add_init_script(
        "window.rolls = []; const animate = Element.prototype.animate;"
        "Element.prototype.animate = function (frames, how) { window.rolls.push(how.duration); return animate.call(this, frames, how); }"
    )
    seen.page.goto(story.get_absolute_url())
    button(seen.page, heart).click()
    expect(number(seen.page, heart)).to_have_text("1")
    rolls = seen.page.evaluate("window.rolls")
    assert bool(rolls) == (motion == "no-preference")
    assert all(duration <= 200 for duration in rolls)


def test_a_vote_shows_in_the_other_tab(
    visit: Callable[..., Visit], story: Article, heart: int, wow: int
) -> None:
    seen = visit(story.get_absolute_url())
    other = seen.tab(story.get_absolute_url())
    button(seen.page, heart).click()
    expect(button(other, heart)).to_have_attribute("aria-pressed", "true")
    expect(number(other, heart)).to_have_text("1")
    expect(other.locator(".reactions__share")).to_be_visible()
    button(other, wow).click()
    expect(button(seen.page, wow)).to_have_attribute("aria-pressed", "true")
    expect(number(seen.page, heart)).to_have_text("0")
    seen.page.get_by_role("button", name="Undo my reaction").click()
    expect(number(other, wow)).to_have_text("0")
    expect(button(other, wow)).to_have_attribute("aria-pressed", "false")


def test_two_tabs_that_start_at_once_are_one_reader(
    visit: Callable[..., Visit], story: Article, heart: int
) -> None:
    seen = visit(story.get_absolute_url())
    other = seen.tab(story.get_absolute_url())
    for page in (seen.page, other):
        page.evaluate(f"document.querySelector('.reaction[value=\"{heart}\"]').click()")
    for page in (seen.page, other):
        expect(page.get_by_role("status")).to_have_text("You chose Heart. Thank you.")
    assert Vote.objects.count() == 1


def test_a_vote_that_waits_stays_in_its_voter_s_sight_alone(
    visit: Callable[..., Visit], story: Article, heart: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voting, "how_of", lambda *_, **__: How(state=Vote.State.QUARANTINED))
    page = visit(story.get_absolute_url()).page
    button(page, heart).click()
    expect(page.get_by_role("status")).to_have_text("You chose Heart. Thank you.")
    vote_of_another(story, heart)
    with page.expect_response(COUNTS):
        page.reload()
    expect(number(page, heart)).to_have_text("2")
    expect(page.locator(".reactions__share")).to_be_visible()  # for who comes back as well
    another = visit(story.get_absolute_url()).page
    expect(number(another, heart)).to_have_text("1")

    release(VoteFilter(articles=(story.pk,)), None, reason="Nothing was wrong.")
    cache.clear()
    page.reload()
    expect(number(page, heart)).to_have_text("2")  # of all, and no more of the reader's own


def test_who_leaves_at_once_loses_no_vote(
    visit: Callable[..., Visit], story: Article, heart: int, settings: LazySettings
) -> None:
    settings.REACTIONS_TOKEN_MIN_MS = 60_000  # the longest first click of all
    page = visit(story.get_absolute_url()).page
    button(page, heart).click()
    expect(number(page, heart)).to_have_text("1")
    page.wait_for_load_state("networkidle")  # it has its token, and waits
    assert not Vote.objects.exists()
    page.goto("/")
    poll(Vote.objects.exists)
    page.goto(story.get_absolute_url())
    expect(button(page, heart)).to_have_attribute("aria-pressed", "true")
    assert Vote.objects.get().state == Vote.State.QUARANTINED


def test_a_vote_that_was_never_sent_is_sent_on_return(
    visit: Callable[..., Visit], story: Article, heart: int
) -> None:
    page = visit(story.get_absolute_url()).page
    held: list[Route] = []
    page.route("**/vote", lambda route: held.append(route))  # noqa: PLW0108 (as elsewhere)
    button(page, heart).click()
    expect(number(page, heart)).to_have_text("1")
    page.goto("/privacy/reactions")
    assert not Vote.objects.exists()
    page.unroute("**/vote")
    page.goto(story.get_absolute_url())
    expect(page.get_by_role("status")).to_have_text("You chose Heart. Thank you.")
    assert Vote.objects.get().kind == heart
