"""From an empty form to a story that readers see: by keyboard alone, by touch at 360 px, without
scripts. Nothing here waits for a time; every step waits for what the screen shows."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article
from tests import builders
from tests.e2e.conftest import Visit, tap
from tests.e2e.paper import POSTS, picture
from tests.e2e.writing import (
    NEW,
    WORD,
    WORD_CLEAN,
    expect_saved,
    jump,
    open_screen,
    paste,
    picture_file,
    tab_to,
)

pytestmark = pytest.mark.django_db(transaction=True)

HEADLINE = "The pier sang for an hour"


@pytest.fixture
def desk(editor: User) -> None:
    """What the paper has before the story: a section, a writer, a tag and a photo."""
    builders.make_section(name="Music", slug="music")
    builders.make_contributor(name="Ada Quill", slug="ada-quill")
    builders.make_tag("Jazz", slug="jazz")
    builders.make_photo(
        manifest=picture(), width=960, height=640, caption_default="The pier at dusk",
        alt_default="A pier", photographer_text="Ines Lark",
    )  # fmt: skip


def the_story() -> Article:
    return Article.objects.get(headline=HEADLINE)


def a_reader_sees_it(visit: Callable[..., Visit], article: Article) -> None:
    """Scheduled, it is not there; once its time has come, all of it is."""
    reader = visit(article.get_absolute_url())
    expect(reader.page.locator("h1")).not_to_contain_text(HEADLINE)
    assert article.publish_at
    passed = timezone.now() - timedelta(minutes=1)
    Article.objects.update(publish_at=passed, first_published_at=passed)
    page = visit(f"{article.get_absolute_url()}?at=its-time").page
    expect(page.locator("h1")).to_have_text(HEADLINE)
    expect(page.locator("main")).to_contain_text("The harbour was quiet and cold")
    expect(page.locator(".prose .embed--x")).to_have_count(1)
    captions = page.locator("main figure figcaption")
    expect(captions.filter(has_text="Ines Lark")).to_have_count(1)
    expect(captions.filter(has_text="Tom Brandt")).to_have_count(1)
    expect(page.locator("main").get_by_role("link", name="Jazz")).to_have_count(1)


# --- By keyboard -----------------------------------------------------------------------------------
def test_a_story_is_written_and_scheduled_by_keyboard_alone(
    visit: Callable[..., Visit],
    sign_in: Callable[[Page, User], None],
    editor: User,
    desk: None,
    tmp_path: Path,
) -> None:
    seen = visit("/admin/login/")
    page, keys = seen.page, seen.page.keyboard
    sign_in(page, editor)
    area = open_screen(page, NEW)
    keys.type(HEADLINE)  # the cursor is in the headline of an empty form
    keys.press("Enter")
    keys.type("Nobody who stood there could say what had moved it.")
    keys.press("Enter")  # a dek is one paragraph: on to the text
    expect(area).to_be_focused()
    paste(page, "text/html", WORD)
    expect(area.locator("h2")).to_have_text("The tide table")
    keys.press("Control+End")
    keys.press("Enter")
    keys.press("Enter")  # out of the list
    paste(page, "text/plain", POSTS["x"])
    expect(area.locator(".embed--x")).to_be_visible()
    expect_saved(page)

    jump(page, "section")
    keys.type("Music")
    expect(page.locator("[name=section] option:checked")).to_have_text("Music")
    jump(page, "byline")
    keys.press("Enter") if page.locator("[data-add]:focus").count() else None
    keys.type("Ada")
    jump(page, "tags")
    keys.type("jazz")
    expect(page.get_by_role("option", name="Jazz")).to_be_visible()
    keys.press("Enter")
    expect(page.locator(".desk-chip")).to_have_text(["Jazz×"])

    # The lead photo: an upload, with its credit written down.
    jump(page, "photos")
    keys.press("Enter")
    expect(page.locator("dialog.picker")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Upload photos"))
    with page.expect_file_chooser() as chooser:
        keys.press("Enter")
    chooser.value.set_files(picture_file(tmp_path))
    expect(page.locator(".picker__new summary")).to_be_focused()
    keys.press("Tab")
    keys.type("The pier in the morning")
    keys.press("Tab")
    keys.type("A pier, seen from the water")
    keys.press("Tab")
    keys.type("Tom Brandt")
    keys.press("Enter")
    expect(page.locator(".picker__missing")).to_have_text("complete")
    tab_to(page, page.locator(".picker__use"))
    keys.press("Enter")
    expect(page.locator(".desk-photo[data-slot=lead] .desk-photo__credit")).to_contain_text(
        "Tom Brandt"
    )

    # A photo in the body, from those that are there: the editor's own tool bar.
    jump(page, "body")
    keys.press("Control+Home")
    keys.press("Alt+F10")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.locator("dialog.picker .picker__option").first).to_be_visible()
    keys.press("ArrowDown")
    keys.press("ArrowRight")  # past the upload, which is newer
    keys.press("Enter")
    figure = area.locator("figure[data-photo]")
    expect(figure).to_contain_text("Ines Lark")

    jump(page, "publish at")
    keys.type("12312030")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("0915AM")
    expect_saved(page)
    keys.press("Control+Enter")
    expect(page.locator("#desk-publish-now")).to_be_focused()
    expect(page.locator("#desk-publish-problems")).to_have_text("")
    expect(page.locator("#desk-publish-line")).to_contain_text("2030")
    keys.press("Enter")
    expect(page.locator(".desk-notice--success")).to_be_visible()

    article = the_story()
    assert WORD_CLEAN in article.body_html
    assert f"<oembed>{POSTS['x']}</oembed>" in article.body_html
    assert [byline.contributor.name for byline in article.bylines.all()] == ["Ada Quill"]
    assert seen.errors == []
    assert seen.foreign == []
    a_reader_sees_it(visit, article)


def test_a_jump_has_the_cursor_in_its_field_before_the_next_key(
    visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User
) -> None:
    page = visit("/admin/login/").page
    sign_in(page, editor)
    open_screen(page, NEW).focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("section")
    expect(page.locator("#desk-jump-list [role=option]")).to_have_count(1)
    chosen = """() => {
      const enter = new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true});
      document.querySelector("#desk-jump").dispatchEvent(enter);
      return document.activeElement.name;
    }"""
    assert page.evaluate(chosen) == "section"


# --- By touch ----------------------------------------------------------------------------------------
def test_a_story_is_written_by_touch_on_a_phone(
    visit: Callable[..., Visit],
    sign_in: Callable[[Page, User], None],
    editor: User,
    desk: None,
    tmp_path: Path,
) -> None:
    seen = visit("/admin/login/", width=360, has_touch=True, is_mobile=True)
    page, keys = seen.page, seen.page.keyboard
    sign_in(page, editor)
    area = open_screen(page, NEW)
    tap(page.get_by_label("Headline", exact=True))
    keys.type(HEADLINE)
    tap(page.get_by_label("Dek"))
    keys.type("Nobody who stood there could say what had moved it.")
    tap(area)
    paste(page, "text/html", WORD)
    expect(area.locator("h2")).to_have_text("The tide table")
    keys.press("Enter")
    keys.press("Enter")
    paste(page, "text/plain", POSTS["x"])
    expect(area.locator(".embed--x")).to_be_visible()
    page.locator("[name=section]").select_option(label="Music")
    page.locator("[name=bylines-0-contributor]").select_option(label="Ada Quill")
    tap(page.get_by_placeholder("Add a tag"))
    keys.type("jazz")
    page.get_by_role("option", name="Jazz").tap()
    expect(page.locator(".desk-chip")).to_have_text(["Jazz×"])

    page.locator("[data-pick=lead]").tap()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload photos").tap()
    chooser.value.set_files(picture_file(tmp_path))
    page.get_by_label("Alt text: what").fill("A pier, seen from the water")
    page.get_by_label("Photographer", exact=True).fill("Tom Brandt")
    page.locator(".picker__facts [type=submit]").tap()
    expect(page.locator(".picker__facts [role=status]")).to_have_text("Saved.")
    page.locator(".picker__use").tap()
    expect(page.locator(".desk-photo[data-slot=lead]")).to_be_visible()
    page.locator("[data-pick=body]").tap()
    page.locator(".picker__option", has_text="The pier at dusk").tap()
    page.locator(".picker__use").tap()
    expect(area.locator("figure[data-photo]")).to_contain_text("Ines Lark")

    page.locator("[name=publish_at_0]").fill("2030-12-31")
    page.locator("[name=publish_at_1]").fill("09:15")
    width = page.evaluate("() => document.documentElement.scrollWidth")
    assert width == 360, "nothing sticks out"
    page.locator("#desk-publish").tap()
    expect(page.locator("#desk-publish-line")).to_contain_text("2030")
    page.locator("#desk-publish-now").tap()
    expect(page.locator(".desk-notice--success")).to_be_visible()
    assert seen.errors == []
    assert seen.foreign == []
    a_reader_sees_it(visit, the_story())


# --- Publishing and taking it back; without scripts ----------------------------------------------------
def test_publishing_asks_once_says_where_and_can_be_taken_back(
    visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User
) -> None:
    draft = builders.make_draft(
        headline=HEADLINE, section=builders.make_section(), created_by=editor
    )
    seen = visit("/admin/login/")
    page = seen.page
    sign_in(page, editor)
    open_screen(page, f"/admin/articles/article/{draft.pk}/change/")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#desk-publish-line")).to_contain_text("Live now at /story/")
    page.locator("#desk-publish-now").click()
    expect(page.locator(".desk-notice--success")).to_contain_text("live at")
    expect(page.locator(".desk-status")).to_have_text("Published")
    page.locator("#desk-notices").get_by_role("button", name="Undo").click()
    expect(page.locator(".desk-status")).to_have_text("Draft")
    assert not Article.objects.published().exists()
    assert seen.errors == []


def test_what_blocks_publishing_is_said_and_leads_to_its_field(
    visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User
) -> None:
    seen = visit("/admin/login/")
    page = seen.page
    sign_in(page, editor)
    open_screen(page, NEW)
    page.keyboard.type(HEADLINE)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#desk-publish-problems")).to_contain_text("in no section")
    page.locator("#desk-publish-problems [data-jump-to=section]").click()
    expect(page.locator("[name=section]")).to_be_focused()
    assert not Article.objects.published().exists()
    assert seen.errors == []


def test_the_form_saves_without_scripts(
    visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User, desk: None
) -> None:
    seen = visit("/admin/login/", javascript=False)
    page = seen.page
    sign_in(page, editor)
    page.goto(NEW)
    page.get_by_label("Headline", exact=True).fill(HEADLINE)
    page.get_by_label("Body", exact=True).fill("<p>It happened on a Tuesday.</p>")
    page.get_by_label("Tags").fill("Jazz\nTides")
    page.locator("[name=section]").select_option(label="Music")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist")).to_contain_text("saved")
    article = the_story()
    assert article.body_html == "<p>It happened on a Tuesday.</p>"
    assert sorted(article.tags.names()) == ["Jazz", "Tides"]
