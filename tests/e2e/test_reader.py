"""Every type of page as a reader meets it: on a phone and a desk, by day and by night."""

import gzip
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests import builders
from tests.e2e.conftest import Visit
from tests.e2e.paper import Paper, make_paper

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
PAGES = [each.name for each in fields(Paper)]
ERRORS = {400: BadRequest, 403: PermissionDenied, 500: RuntimeError}
MAX_REQUESTS = 8
# Compressed: HTML and style sheet, scripts, fonts.
MAX_PAGE_BYTES, MAX_SCRIPT_BYTES, MAX_FONT_BYTES = 60_000, 10_000, 60_000

WIDER_THAN_THE_SCREEN = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1)
    .map((e) => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}px`);
}"""
# WCAG 1.4.12, as a reader's own style sheet would set it. An adopted sheet passes the CSP.
TEXT_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""


def check_every_screen(seen: Visit, axe: Callable[[Page], list[str]]) -> None:
    # First, for axe itself writes styles that the CSP refuses.
    assert not seen.errors
    assert not seen.foreign
    found = {}
    for width, scheme in SCREENS:
        seen.page.set_viewport_size({"width": width, "height": 900})
        seen.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found[width, scheme] = [*axe(seen.page), *seen.page.evaluate(WIDER_THAN_THE_SCREEN)]
    assert not any(found.values()), found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_fits_and_asks_nobody_else(
    name: str, visit: Callable[..., Visit], axe: Callable[[Page], list[str]]
) -> None:
    path = getattr(make_paper(), name)
    check_every_screen(visit(path, reduced_motion="reduce"), axe)


@pytest.mark.parametrize("status", ERRORS)
def test_an_error_page_is_one_of_ours(
    status: int,
    visit: Callable[..., Visit],
    axe: Callable[[Page], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(slug: str) -> None:
        raise ERRORS[status]("on purpose")

    story = builders.make_article()
    # The package's name for it is the view: the module is asked for by its own.
    monkeypatch.setattr(import_module("articles.views.article"), "load", fail)
    seen = visit(story.get_absolute_url(), reduced_motion="reduce")
    assert seen.page.locator(".notice__number").inner_text() == str(status)
    check_every_screen(seen, axe)


def test_a_form_that_cannot_be_trusted_gets_a_page_of_ours(
    visit: Callable[..., Visit], axe: Callable[[Page], list[str]]
) -> None:
    seen = visit("/admin/login/", reduced_motion="reduce")
    seen.page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').remove()")
    seen.page.fill("#id_username", "someone")
    seen.page.fill("#id_password", "something")
    seen.page.click("[type=submit]")
    expect(seen.page.locator("h1")).to_have_text("Please send that again")
    check_every_screen(seen, axe)


def test_every_page_fits_the_narrowest_screen_with_wide_or_large_letters_and_mirrored(
    visit: Callable[..., Visit],
) -> None:
    page = visit("/", width=320).page
    too_wide = {}
    for name, path in make_paper():
        page.goto(path)
        plain = page.evaluate(WIDER_THAN_THE_SCREEN)
        page.evaluate(TEXT_SPACING)
        spaced = page.evaluate(WIDER_THAN_THE_SCREEN)
        page.evaluate("document.dir = 'rtl'")
        # Mirrored, what is too wide sticks out to the left.
        mirrored = page.evaluate("document.scrollingElement.scrollWidth") - 320
        page.reload()
        page.evaluate("document.documentElement.style.fontSize = '200%'")  # WCAG 1.4.4
        large = page.evaluate(WIDER_THAN_THE_SCREEN)
        too_wide[name] = [*plain, *spaced, *([mirrored] if mirrored else []), *large]
    assert not any(too_wide.values()), too_wide


def test_a_page_is_complete_without_scripts(visit: Callable[..., Visit]) -> None:
    story = make_paper().article
    with_scripts = visit(story).page.locator("main")
    without = visit(story, javascript=False).page.locator("main")
    assert (
        without.locator("p, h1, h2, li, td").count()
        == with_scripts.locator("p, h1, h2, li, td").count()
    )
    assert without.locator("button:visible").all_inner_texts()[-1] == "Undo my reaction"
    # Nothing that only a script could make work is shown.
    assert not without.locator(".embed__show:visible, .embed__always:visible").count()


# --- Theme and menu ---------------------------------------------------------------------------
def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_where_the_system_gives_the_colours_there_is_no_theme_to_switch(
    visit: Callable[..., Visit],
) -> None:
    page = visit("/", forced_colors="active").page
    expect(page.locator(".theme-switch")).to_be_hidden()


def test_the_stroke_between_section_and_kind_begins_no_line(visit: Callable[..., Visit]) -> None:
    story = builders.make_article(section=builders.make_section(), kicker="Long reads " * 6)
    page = visit(story.get_absolute_url(), width=320).page
    drawn = "(part, where) => getComputedStyle(part, where).content"
    assert "/" in page.locator(".story__head .kicker a").evaluate(drawn, "::after")
    assert page.locator(".kicker__kind").first.evaluate(drawn, "::before") == "none"


def test_the_theme_switch_works_and_is_remembered(visit: Callable[..., Visit]) -> None:
    story = builders.make_article().get_absolute_url()
    seen = visit("/", scheme="light")
    switch = seen.page.get_by_role("button", name="Dark theme")
    light = background(seen.page)
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    dark = background(seen.page)
    assert dark != light
    seen.page.goto(story)
    assert background(seen.page) == dark
    expect(switch).to_have_attribute("aria-pressed", "true")
    other = seen.tab("/")
    seen.page.get_by_role("button", name="Dark theme").click()
    assert background(seen.page) == light
    expect(other.get_by_role("button", name="Dark theme")).to_have_attribute(
        "aria-pressed", "false"
    )
    assert background(other) == light
    assert not seen.errors


def test_without_a_choice_the_page_follows_the_system(visit: Callable[..., Visit]) -> None:
    page = visit("/", scheme="light").page
    light = background(page)
    page.emulate_media(color_scheme="dark")
    assert background(page) != light
    without_scripts = visit("/", scheme="dark", javascript=False).page
    assert background(without_scripts) == background(page)
    expect(without_scripts.locator("[data-theme-switch]")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("javascript", [True, False])
def test_the_menu_leads_to_a_section(
    width: int, javascript: bool, visit: Callable[..., Visit]
) -> None:
    builders.make_section(name="Music", slug="music")
    page = visit("/", width=width, javascript=javascript).page
    link = page.locator("header").get_by_role("link", name="Music")
    if width < 960:
        expect(link).to_have_count(0)
        page.locator("summary", has_text="Menu").click()
    expect(link).to_have_count(1)
    link.click()
    expect(page.locator("h1")).to_have_text("Music")


# --- Keyboard ----------------------------------------------------------------------------------
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  // A card's link draws its ring around the whole card.
  const drawn = [null, "::after"].some((part) => {
    const style = getComputedStyle(e, part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const box = e.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const name = e.getAttribute("aria-label") || e.innerText || e.title || e.tagName;
  return {name: name.trim(), drawn, inside, big: box.width > 1 && box.height > 1};
}"""


def tab_through(page: Page, limit: int = 120) -> list[dict[str, object]]:
    stops = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            return stops
        stops.append(focused)
    raise AssertionError("The keyboard never leaves the page.")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_keyboard_reaches_everything_and_sees_where_it_is(
    width: int, visit: Callable[..., Visit]
) -> None:
    page = visit(make_paper().article, width=width).page
    stops = tab_through(page)
    unseen = [stop for stop in stops if not (stop["drawn"] and stop["inside"] and stop["big"])]
    assert not unseen
    names = [str(stop["name"]) for stop in stops]
    assert names[0] == "Skip to the content"
    buttons = [name for name in names if re.search(r", \d+ reactions?$", name)]
    assert [name.partition(",")[0] for name in buttons] == [
        "Thumbs up", "Heart", "Laugh", "Wow", "Love", "Disappointed", "Crying",
    ]  # fmt: skip
    posts = [name for name in names if name.startswith(("Show the ", "Play the "))]
    assert len(posts) == 5
    assert names.index(posts[0]) < names.index(buttons[0])


def test_the_skip_link_leads_past_the_menu(visit: Callable[..., Visit]) -> None:
    builders.make_section(name="Music", slug="music")
    page = visit(builders.make_article().get_absolute_url()).page
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


# --- Weight ------------------------------------------------------------------------------------
# What comes before the first scroll: not the pictures that wait until they are near, nor the icon.
NEEDED = """() => {
  const later = [...document.querySelectorAll("img[loading=lazy], link[rel=icon]")];
  const spared = new Set(later.map((e) => e.currentSrc || e.href));
  const names = performance.getEntriesByType("resource").map((e) => e.name);
  return [location.href, ...new Set(names.filter((name) => !spared.has(name)))];
}"""
KINDS = {"css": "page", "js": "scripts", "woff2": "fonts", "jpg": "pictures"}


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> None:
    """Static files as a server has them: one sheet, hashed names."""
    storage = {"BACKEND": "newsroom.static.StaticStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": storage}
    settings.STATIC_ROOT = tmp_path
    call_command(
        "collectstatic", interactive=False, verbosity=0, ignore_patterns=["ckeditor", "admin"]
    )


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize("name", ["home", "article"])
def test_a_page_is_light(name: str, visit: Callable[..., Visit]) -> None:
    page = visit(getattr(make_paper(), name), width=360).page
    page.wait_for_load_state("networkidle")
    needed = page.evaluate(NEEDED)
    assert len(needed) <= MAX_REQUESTS, needed
    weight = Counter[str]()
    for url in needed:
        kind = KINDS.get(url.rpartition(".")[2], "page")
        weight[kind] += len(gzip.compress(page.request.get(url).body()))
    assert weight["page"] <= MAX_PAGE_BYTES
    assert weight["scripts"] <= MAX_SCRIPT_BYTES
    assert weight["fonts"] <= MAX_FONT_BYTES
