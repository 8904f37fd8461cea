"""Heights that posts ask for, in each provider's own words: taken from its own frame, within limits,
where nobody looks.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.actions.editing import save_article
from articles.models import Article
from tests import builders
from tests.e2e.conftest import Visit
from tests.e2e.every_post import posts
from tests.e2e.paper import SENTENCE

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = 777
# As each provider's frame says it: an object, or JSON where it stands as text.
MESSAGES: dict[str, Any] = {
    "x": {"twttr.embed": {"method": "twttr.private.resize", "params": [{"width": 550, "height": ASKED}]}},
    "instagram": json.dumps({"type": "MEASURE", "details": {"height": ASKED}}),
    "threads": {"type": "resize", "height": ASKED},
    "bluesky": {"id": "1", "height": ASKED},
    "mastodon": {"type": "setHeight", "id": 1, "height": ASKED},
    "reddit": {"type": "resize.embed", "data": ASKED},
    "tumblr": json.dumps({"method": "tumblr-post:sizeChange", "args": [ASKED]}),
    "imgur": json.dumps({"message": "resize_imgur", "height": ASKED}),
    "telegram": json.dumps({"event": "resize", "height": ASKED}),
    "datawrapper": {"datawrapper-height": {"aBcDe": ASKED}},
    "flourish": json.dumps({"sender": "Flourish", "context": "iframe.embed", "height": ASKED}),
}  # fmt: skip
# What stays as it is: a player, whatever it says; a post that says no height.
SILENT: dict[str, Any] = {
    "youtube": {"height": ASKED},
    "tiktok": {"x-tiktok-player": True, "type": "onVolumeChange", "value": 900},
    "facebook": "cb=1&type=resize&height=soon",
    "linkedin": {"type": "other", "data": 900, "height": None},
}


def story_of(slugs: list[str]) -> Article:
    article = builders.make_article()
    known = posts()
    article.body_html = f"<p>{SENTENCE * 30}</p>" + "".join(
        f"<oembed>{known[slug].url.replace('&', '&amp;')}</oembed>" for slug in slugs
    )
    save_article(article, by=None)
    return article


def heights(page: Page) -> dict[str, int]:
    return dict(
        page.locator(".embed").evaluate_all(
            "all => all.map((e) => [e.dataset.embed, e.querySelector('.embed__box').offsetHeight])"
        )
    )


def show_from_above(page: Page, slug: str) -> None:
    """Show a post without scrolling to it: its box is below the screen."""
    page.locator(f".embed--{slug} .embed__show").evaluate("button => button.click()")
    page.evaluate("scrollTo(0, 0)")
    frame = page.locator(f".embed--{slug} iframe")
    expect(frame.content_frame.locator("p")).to_have_text("ready")


def test_each_provider_says_it_in_its_own_way(visit: Callable[..., Visit]) -> None:
    article = story_of([*MESSAGES, *SILENT])
    # The frame echoes what it is told: so the message comes from its window and its origin.
    echo = """<!doctype html><title>stub</title><p>ready</p><script>
      addEventListener("message", ({data}) => parent.postMessage(data, "*"));
    </script>"""
    page = visit(article.get_absolute_url(), stub=echo).page
    before = heights(page)
    for slug, message in (MESSAGES | SILENT).items():
        show_from_above(page, slug)
        page.locator(f".embed--{slug} iframe").evaluate(
            "(frame, said) => frame.contentWindow.postMessage(said, '*')", message
        )
    last = page.locator(".embed--flourish .embed__box")
    expect(last).to_have_css("height", f"{ASKED}px")
    after = heights(page)
    assert {slug: after[slug] for slug in MESSAGES} == dict.fromkeys(MESSAGES, ASKED)
    assert {slug: after[slug] for slug in SILENT} == {slug: before[slug] for slug in SILENT}


@pytest.mark.parametrize(("asked", "given"), [(50_000, 1_600), (1, 200), (-5, None), (0, None)])
def test_no_height_is_taken_that_no_post_has(
    asked: int, given: int | None, visit: Callable[..., Visit]
) -> None:
    article = story_of(["bluesky"])
    stub = f"""<!doctype html><title>stub</title><p>ready</p><script>
      parent.postMessage({{height: {asked}}}, "*");
      parent.postMessage("said", "*");
    </script>"""
    page = visit(article.get_absolute_url(), stub=stub).page
    before = heights(page)["bluesky"]
    page.evaluate(
        "addEventListener('message', ({data}) => { if (data === 'said') document.title = data; })"
    )
    show_from_above(page, "bluesky")
    expect(page).to_have_title("said")
    assert heights(page)["bluesky"] == (given or before)


def test_only_the_frame_itself_is_heard_and_only_from_its_own_origin(
    visit: Callable[..., Visit],
) -> None:
    article = story_of(["x", "bluesky"])
    # X's frame goes elsewhere, to an origin that may be framed, and asks from there.
    stub = """<!doctype html><title>stub</title><p>ready</p><script>
      if (location.host === "platform.twitter.com") location.replace("https://embed.bsky.app/other");
      else parent.postMessage({height: 1234, by: location.pathname}, "*");
    </script>"""
    page = visit(article.get_absolute_url(), stub=stub).page
    before = heights(page)
    page.evaluate(
        "addEventListener('message', ({data}) => { if (data.by) document.title = data.by; })"
    )
    page.locator(".embed--x .embed__show").evaluate("button => button.click()")
    page.evaluate("scrollTo(0, 0)")
    expect(page).to_have_title("/other")
    page.evaluate("postMessage({height: 1500}, '*')")
    show_from_above(page, "bluesky")
    expect(page.locator(".embed--bluesky .embed__box")).to_have_css("height", "1234px")
    assert heights(page)["x"] == before["x"]


def test_a_box_on_the_screen_keeps_its_height(visit: Callable[..., Visit]) -> None:
    article = story_of(["bluesky"])
    stub = """<!doctype html><title>stub</title><p>ready</p><script>
      parent.postMessage({height: 300}, "*");
      parent.postMessage("said", "*");
    </script>"""
    page = visit(article.get_absolute_url(), stub=stub).page
    before = heights(page)
    page.evaluate(
        "addEventListener('message', ({data}) => { if (data === 'said') document.title = data; })"
    )
    page.locator(".embed--bluesky .embed__show").click()
    expect(page).to_have_title("said")
    assert heights(page) == before
