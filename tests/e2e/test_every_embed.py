"""One story with a post of every provider there is: the promises of a card, for each of them."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.embeds.provider import Frame
from articles.embeds.providers import PROVIDERS, by_slug
from articles.embeds.rows import site_host
from tests.e2e.conftest import Visit
from tests.e2e.every_post import make_story_of_every_post, posts
from tests.e2e.test_embeds import MAX_SHIFT, SHIFTS

pytestmark = pytest.mark.django_db(transaction=True)

# A provider's page that asks for no other height than it is given.
QUIET = "<!doctype html><title>stub</title><p>The post</p>"
LONG = (
    "The pier, recorded at night from the roof of the boathouse by somebody who had come for the "
    "Wochenendveranstaltungsgenehmigungsverfahren and stayed for the foghorn"
)
VIOLATIONS = """() => {
  window.violations = [];
  addEventListener("securitypolicyviolation", (e) => violations.push(e.blockedURI));
}"""
# Shows each post as a reader comes to it; what stands then in each card: its one frame, and how
# much larger or smaller it is than the box was.
SHOW_ALL = """async () => {
  const told = [];
  for (const card of document.querySelectorAll(".embed[data-frame-src]")) {
    card.scrollIntoView({block: "center"});
    await new Promise((next) => requestAnimationFrame(next));
    const box = card.querySelector(".embed__box");
    const before = box.getBoundingClientRect();
    card.querySelector(".embed__show").click();
    const frames = card.querySelectorAll("iframe");
    const [frame] = frames;
    await new Promise((loaded) => frame.addEventListener("load", loaded));
    await new Promise((next) => requestAnimationFrame(next));
    const after = box.getBoundingClientRect();
    told.push({
      slug: card.dataset.embed, frames: frames.length, src: frame.src, title: frame.title,
      allow: frame.allow, sandbox: frame.sandbox.value, referrer: frame.referrerPolicy,
      grown: [after.width - before.width, after.height - before.height],
      empty: [after.width - frame.clientWidth, after.height - frame.clientHeight],
    });
  }
  return told;
}"""
OVERFLOWING = """all => all
  .filter((e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)
  .map((e) => `${e.closest("figure").className}: ${e.scrollHeight} in ${e.clientHeight}`)"""


def frames() -> dict[str, Frame]:
    made = {slug: by_slug(slug).frame(ref, site_host()) for slug, ref in posts().items()}
    return {slug: frame for slug, frame in made.items() if frame is not None}


def told(slug: str, frame: Frame) -> dict[str, Any]:
    """What SHOW_ALL tells of a frame that is as it should be, but for its place."""
    return {
        "slug": slug, "frames": 1, "src": frame.src, "title": frame.title, "allow": frame.allow,
        "sandbox": frame.sandbox, "referrer": "strict-origin-when-cross-origin", "grown": [0, 0],
    }  # fmt: skip


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_each_brings_its_own_frame_only_when_asked_and_moves_nothing(
    width: int, visit: Callable[..., Visit]
) -> None:
    story = make_story_of_every_post(title="The pier, at night", author_name="Harbour Post")
    seen = visit("/", width=width, stub=QUIET)
    seen.page.add_init_script(f"({SHIFTS})(); ({VIOLATIONS})()")
    seen.page.goto(story.get_absolute_url())
    expect(seen.page.locator("figure.embed")).to_have_count(len(PROVIDERS))
    seen.page.mouse.wheel(0, 100_000)
    assert seen.foreign == []

    shown = seen.page.evaluate(SHOW_ALL)
    for each in shown:
        assert each.pop("empty") == pytest.approx([0, 2], abs=2)  # the rule above the frame
    assert shown == [told(slug, frame) for slug, frame in frames().items()]
    # A fragment is the player's own business and not asked for.
    assert seen.foreign == [frame.src.split("#")[0] for frame in frames().values()]
    assert seen.context.cookies() == []
    assert seen.page.evaluate("violations") == []
    assert seen.errors == []
    shifts = seen.page.evaluate("shifts")
    assert sum(shift[0] for shift in shifts) <= MAX_SHIFT, shifts
    assert seen.page.evaluate("document.scrollingElement.scrollWidth") == width


def test_no_card_overflows_its_box_and_all_can_be_read_by_everybody(
    visit: Callable[..., Visit], axe: Callable[[Page], list[str]]
) -> None:
    said = {"title": LONG, "author_name": LONG, "quote": f"{LONG}.\n\n{LONG}!", "rights_note": LONG}
    story = make_story_of_every_post(**said)
    page = visit(story.get_absolute_url(), reduced_motion="reduce").page
    expect(page.locator(".embed__show").last).to_be_visible()
    for width in (320, 360, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(".embed__card").evaluate_all(OVERFLOWING) == [], width
        assert page.evaluate("document.scrollingElement.scrollWidth") == width
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert axe(page) == [], scheme
