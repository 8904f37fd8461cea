"""Posts from elsewhere: nothing is asked of anyone before a click, and nothing moves at any time."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.embeds.providers import by_slug
from articles.embeds.work import resolve
from articles.models import Article, Embed
from tests import builders
from tests.e2e.conftest import Visit
from tests.e2e.paper import POSTS, SENTENCE, make_full_story

pytestmark = pytest.mark.django_db(transaction=True)

# Stands in for a provider's page: says where it runs, and asks for more room than its box has.
STUB = """<!doctype html><title>stub</title><p>The post</p><script>
document.body.append(` by ${origin}`);
parent.postMessage({type: "resize", height: 1500, details: {height: 1500}}, "*");
</script>"""
FRAMES = {
    "instagram": "https://www.instagram.com/p/Ch-W8bVuxXD/embed/captioned/",
    "youtube": "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
    "x": "https://platform.twitter.com/embed/Tweet.html?id=1299999999999999999&dnt=true",
    "tiktok": "https://www.tiktok.com/player/v1/6718335390845095173",
    "facebook": "https://www.facebook.com/plugins/post.php?"
    "href=https%3A%2F%2Fwww.facebook.com%2Fharbourpost%2Fposts%2F10153231379946729&show_text=true",
}
SANDBOX = {"allow-scripts", "allow-same-origin", "allow-popups", "allow-presentation"}
SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      // Input doesn't excuse ours: a click on a card must not move the page either.
      const what = entry.sources.map(({node}) => node?.className ?? node?.nodeName);
      window.shifts.push([entry.value, ...what]);
    }
  }).observe({type: "layout-shift", buffered: true});
}"""
MAX_SHIFT = 0.01


@pytest.fixture
def story() -> Article:
    """Five posts between paragraphs, drawn by the worker."""
    article = make_full_story()
    for embed in Embed.objects.all():
        assert resolve(embed.pk)
    return article


def card(page: Page, provider: str) -> Locator:
    return page.locator(f"figure.embed--{provider}")


def show(page: Page, provider: str) -> Locator:
    """Press a card's button; the frame that takes its place. By key: a click right after a scroll
    may still be given to the frame of another process that stood there before.
    """
    card(page, provider).locator(".embed__show").press("Enter")
    return card(page, provider).locator("iframe")


# --- Before and after a click ------------------------------------------------------------------
def test_nothing_is_asked_of_anyone_before_a_click(
    story: Article, visit: Callable[..., Visit]
) -> None:
    seen = visit(story.get_absolute_url())
    for _ in range(12):  # to the end, past every card
        seen.page.mouse.wheel(0, 900)
        seen.page.wait_for_timeout(30)
    seen.page.wait_for_load_state("networkidle")
    assert seen.page.locator("figure.embed").count() == len(POSTS)
    assert seen.page.locator("iframe").count() == 0
    assert seen.foreign == []
    assert seen.context.cookies() == []
    assert seen.errors == []


@pytest.mark.parametrize("provider", POSTS)
def test_a_click_brings_one_frame_of_that_provider_and_nothing_else(
    provider: str, story: Article, visit: Callable[..., Visit]
) -> None:
    seen = visit(story.get_absolute_url(), stub=STUB)
    frame = show(seen.page, provider)
    origin = re.match(r"https://[^/]+", FRAMES[provider])
    assert origin
    expect(frame.content_frame.locator("body")).to_contain_text(f"The post by {origin[0]}")
    assert seen.foreign == [FRAMES[provider]]
    assert seen.page.locator("iframe").count() == 1
    assert set(str(frame.get_attribute("sandbox")).split()) == SANDBOX
    assert frame.get_attribute("referrerpolicy") == "strict-origin-when-cross-origin"
    assert "fullscreen" in str(frame.get_attribute("allow"))
    registered = by_slug(provider)
    assert registered
    assert registered.name in str(frame.get_attribute("title"))
    assert origin[0] in registered.frame_origins
    # Not to_be_focused: that also asks whether the window has the focus, which two browsers share.
    assert frame.evaluate("frame => document.activeElement === frame")
    assert seen.errors == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_moves_while_posts_load_and_when_they_are_shown(
    width: int, story: Article, visit: Callable[..., Visit]
) -> None:
    seen = visit("/", width=width, stub=STUB)
    seen.page.add_init_script(f"({SHIFTS})()")
    seen.page.goto(story.get_absolute_url())
    for provider in POSTS:
        frame = show(seen.page, provider)
        expect(frame.content_frame.locator("body")).to_contain_text("The post by")
        assert frame.bounding_box() == pytest.approx(
            card(seen.page, provider).locator(".embed__box").bounding_box(), abs=2
        )
    seen.page.wait_for_timeout(200)  # for the messages that ask for more room
    shifts = seen.page.evaluate("shifts")
    assert sum(shift[0] for shift in shifts) <= MAX_SHIFT, shifts
    assert seen.page.evaluate("document.scrollingElement.scrollWidth") == width


# --- Without scripts, without network, without the post ----------------------------------------
def test_without_scripts_a_card_is_complete_and_its_link_works(
    story: Article, visit: Callable[..., Visit]
) -> None:
    Embed.objects.filter(provider="x").update(
        quote="It was the wind, we think.", quote_author="Harbour Post", render_version=0
    )
    seen = visit(story.get_absolute_url(), javascript=False, stub="<h1>The post itself</h1>")
    for provider, url in POSTS.items():
        link = card(seen.page, provider).get_by_role("link", name="See it on")
        assert link.get_attribute("href") == url
        assert link.get_attribute("rel") == "noopener noreferrer"
        assert card(seen.page, provider).get_by_role("button").count() == 0
        assert card(seen.page, provider).get_by_role("checkbox").count() == 0
    expect(card(seen.page, "x")).to_contain_text("It was the wind, we think.")
    expect(card(seen.page, "x")).to_contain_text("Harbour Post")
    assert seen.foreign == []
    card(seen.page, "x").get_by_role("link").click()
    expect(seen.page.locator("h1")).to_have_text("The post itself")


def test_a_post_that_is_gone_keeps_our_words_and_offers_no_frame(
    story: Article, visit: Callable[..., Visit]
) -> None:
    Embed.objects.filter(provider="x").update(
        state="gone", quote="It was the wind, we think.", kept_on="2026-11-02", render_version=0
    )
    page = visit(story.get_absolute_url()).page
    gone = card(page, "x")
    expect(gone).to_contain_text("It was the wind, we think.")
    expect(gone).to_contain_text("No longer available on X. As it read on 2 November 2026:")
    expect(gone.get_by_role("button")).to_have_count(0)
    expect(gone.get_by_role("link")).to_have_count(0)


def words_and_boxes(page: Page) -> list[object]:
    return list(
        page.locator("figure.embed").evaluate_all(
            "all => all.map((e) => [e.innerText, e.offsetHeight, {...e.dataset}])"
        )
    )


def test_a_post_that_waits_for_its_provider_looks_like_one_that_does_not(
    visit: Callable[..., Visit],
) -> None:
    article = make_full_story()
    assert set(Embed.objects.values_list("state", flat=True)) == {Embed.State.PENDING}
    page = visit(article.get_absolute_url()).page
    waiting = words_and_boxes(page)
    for embed in Embed.objects.all():
        assert resolve(embed.pk)
    page.reload()
    assert words_and_boxes(page) == waiting
    assert len(waiting) == len(POSTS)


def test_a_start_time_is_kept(visit: Callable[..., Visit]) -> None:
    article = builders.make_article(body_html=f"<p>{SENTENCE}</p>")
    embed = builders.make_embed(
        provider="youtube", media_id="aqz-KE-bpKQ", url=POSTS["youtube"], kind="video"
    )
    url = f"{POSTS['youtube']}&t=70s"
    builders.use_embed(article, embed, url=url, start=70)
    Article.objects.filter(pk=article.pk).update(
        body_html=f"<oembed>{url.replace('&', '&amp;')}</oembed>"
    )
    seen = visit(article.get_absolute_url(), stub=STUB)
    show(seen.page, "youtube")
    expect(seen.page.locator("iframe").content_frame.locator("body")).to_contain_text("The post")
    assert seen.foreign == [f"{FRAMES['youtube']}?start=70"]
