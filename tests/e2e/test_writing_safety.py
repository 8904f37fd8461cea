"""No character is lost: two people on one story, a session that ends, a line that breaks, a browser
that dies; and what comes from clipboards comes out clean."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.actions.editing import save_article
from articles.models import Article
from tests import builders
from tests.conftest import staff
from tests.e2e.conftest import Visit
from tests.e2e.paper import give_photo
from tests.e2e.writing import (
    DOCS,
    DOCS_CLEAN,
    EDITOR,
    NEW,
    PIXEL,
    WORD,
    WORD_CLEAN,
    WORDPRESS,
    WORDPRESS_CLEAN,
    change,
    expect_saved,
    open_screen,
    paste,
)

pytestmark = pytest.mark.django_db(transaction=True)

MINE = "Words of mine that must not be lost."


@pytest.fixture
def story(editor: User) -> Article:
    article = builders.make_draft(headline="The pier", created_by=editor)
    article.body_html = "<p>It happened on a Tuesday.</p><p>The end.</p>"
    return save_article(article, by=editor)


@pytest.fixture
def desk(visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User) -> Visit:
    seen = visit("/admin/login/")
    sign_in(seen.page, editor)
    return seen


def write_at_the_end(page: Page, text: str) -> None:
    page.locator(".cke_editable").press("Control+End")
    page.keyboard.type(text)


def draft_of(article: Article) -> Article:
    """A draft that readers never saw is the row itself."""
    article.refresh_from_db()
    return article


# --- Two people ----------------------------------------------------------------------------------------
def test_of_two_people_on_one_story_no_character_is_lost(
    desk: Visit,
    visit: Callable[..., Visit],
    sign_in: Callable[[Page, User], None],
    story: Article,
) -> None:
    other = visit("/admin/login/")
    sign_in(other.page, staff("second", "Editors"))
    open_screen(desk.page, change(story))
    open_screen(other.page, change(story))

    write_at_the_end(other.page, " Theirs, at the end.")
    other.page.get_by_label("Dek").fill("A dek that only they wrote.")
    other.page.keyboard.press("Control+s")
    expect_saved(other.page)

    write_at_the_end(desk.page, f" {MINE}")
    desk.page.get_by_label("Headline", exact=True).fill("The pier, by me")
    desk.page.keyboard.press("Control+s")
    dialog = desk.page.locator("#desk-conflict-dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("second")
    clash = dialog.locator(".desk-clash", has_text="ext")
    expect(clash.locator("mark", has_text="mine")).to_have_count(1)
    expect(clash.locator("mark", has_text="Theirs")).to_have_count(1)
    clash.get_by_label("Both").check()
    dialog.get_by_role("button", name="Save it like this").click()

    expect(desk.page.locator(".cke_editable")).to_contain_text(MINE)
    expect(desk.page.locator(".cke_editable")).to_contain_text("Theirs, at the end.")
    expect(desk.page.get_by_label("Headline", exact=True)).to_have_value("The pier, by me")
    expect(desk.page.get_by_label("Dek")).to_have_value("A dek that only they wrote.")
    stored = draft_of(story)
    assert MINE in stored.body_html
    assert "Theirs, at the end." in stored.body_html
    assert (stored.headline, stored.dek) == ("The pier, by me", "A dek that only they wrote.")
    assert other.errors == []


# --- Sessions, lines, crashes ------------------------------------------------------------------------
def test_a_session_that_ends_costs_a_login_and_no_text(desk: Visit, story: Article) -> None:
    page = desk.page
    open_screen(page, change(story))
    desk.context.clear_cookies(name="session")
    write_at_the_end(page, f" {MINE}")
    dialog = page.locator("#desk-login-dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Name").fill("editor")
    dialog.get_by_label("Password").fill("wrong")
    dialog.get_by_role("button", name="Log in and save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("don't fit")
    dialog.get_by_label("Password").fill("correct horse")
    dialog.get_by_role("button", name="Log in and save").click()
    expect(dialog).to_be_hidden()
    expect_saved(page)
    assert MINE in draft_of(story).body_html
    # And the next save needs no further login.
    write_at_the_end(page, " More.")
    page.keyboard.press("Control+s")
    expect_saved(page)
    assert "More." in draft_of(story).body_html


def test_offline_it_says_so_and_saves_when_the_line_is_back(desk: Visit, story: Article) -> None:
    page = desk.page
    open_screen(page, change(story))
    desk.context.set_offline(True)
    write_at_the_end(page, f" {MINE}")
    expect(page.locator("#desk-saved")).to_contain_text("you are offline")
    desk.context.set_offline(False)
    expect_saved(page)
    assert MINE in draft_of(story).body_html


def test_what_a_crash_took_is_put_back_with_a_word(desk: Visit, story: Article) -> None:
    page = desk.page
    open_screen(page, change(story))
    desk.context.set_offline(True)
    write_at_the_end(page, f" {MINE}")
    page.get_by_label("Headline", exact=True).fill("A headline of before the crash")
    expect(page.locator("#desk-saved")).to_contain_text("Not saved")
    page.wait_for_function(
        "words => Object.values(localStorage).some(kept => kept.includes(words))", arg=MINE
    )
    page.close(run_before_unload=False)
    desk.context.set_offline(False)

    again = desk.context.new_page()
    area = open_screen(again, change(story))
    expect(again.locator("#desk-notices")).to_contain_text("Put back what you wrote")
    expect(area).to_contain_text(MINE)
    expect(again.get_by_label("Headline", exact=True)).to_have_value(
        "A headline of before the crash"
    )
    expect_saved(again)
    assert MINE in draft_of(story).body_html
    kept = again.evaluate("() => Object.keys(localStorage)")
    assert not [key for key in kept if key.startswith("desk:")]


def test_leaving_with_unsaved_text_asks_first(desk: Visit, story: Article) -> None:
    page = desk.page
    open_screen(page, change(story))
    desk.context.set_offline(True)
    write_at_the_end(page, MINE)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    page.wait_for_event("close") if not page.is_closed() else None
    assert asked == ["beforeunload"]


def test_a_new_article_gets_its_address_with_the_first_autosave(desk: Visit) -> None:
    page = desk.page
    open_screen(page, NEW)
    page.keyboard.type("A story from nothing")
    expect_saved(page)
    article = Article.objects.get(headline="A story from nothing")
    assert page.url.endswith(change(article))
    page.keyboard.type(", and on")
    expect_saved(page)
    assert draft_of(article).headline == "A story from nothing, and on"
    assert Article.objects.count() == 1
    assert desk.errors == []


# --- Clipboards -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("clipboard", "clean"),
    [(WORD, WORD_CLEAN), (DOCS, DOCS_CLEAN), (WORDPRESS, WORDPRESS_CLEAN)],
    ids=["Word", "Docs", "WordPress"],
)
def test_a_paste_comes_out_clean(clipboard: str, clean: str, desk: Visit, story: Article) -> None:
    page = desk.page
    area = open_screen(page, change(story))
    area.press("Control+a")
    page.keyboard.press("Delete")
    paste(page, "text/html", clipboard)
    expect(area.locator("h2")).to_have_text("The tide table")
    assert not area.locator("[style], [class^=Mso], font, span, o\\:p").count()
    page.keyboard.press("Control+s")
    expect_saved(page)
    assert draft_of(story).body_html == clean
    if clipboard is WORDPRESS:
        notices = page.locator("#desk-notices")
        expect(notices).to_contain_text("https://old.example.org/2019/pier.jpg")
    assert desk.foreign == []
    assert desk.errors == []


def test_a_pasted_picture_becomes_a_photo_of_ours(desk: Visit, story: Article) -> None:
    page = desk.page
    area = open_screen(page, change(story))
    area.press("Control+End")
    paste(page, "text/html", f'<p>See: <img src="{PIXEL}"></p>')
    expect(area.locator("figure[data-photo]:not([aria-busy])")).to_have_count(1)
    page.keyboard.press("Control+s")
    expect_saved(page)
    use = story.photo_uses.get()
    assert f'<figure data-photo="{use.pk}"></figure>' in draft_of(story).body_html
    assert "data:" not in story.body_html
    assert desk.foreign == []
    assert desk.errors == []


# --- A photo in the body, and what everybody can use ------------------------------------------------------
def test_a_photo_in_the_body_is_moved_and_deleted_by_keyboard(desk: Visit, story: Article) -> None:
    use = give_photo(story, slot="body")
    marker = f'<figure data-photo="{use.pk}"></figure>'
    story.body_html = f"<p>One.</p>{marker}<p>Two.</p>"
    save_article(story, by=None)
    page = desk.page
    area = open_screen(page, change(story))
    figure = area.locator("figure[data-photo]")
    expect(figure.locator("img")).to_have_count(1)
    expect(figure).to_contain_text("The pier at a quarter to nine")
    expect(figure).to_contain_text("Ines Lark")
    figure.click()
    page.keyboard.press("Alt+ArrowDown")
    data = f"() => {EDITOR}.getData().replace(/\\n/g, '')"
    assert page.evaluate(data) == f"<p>One.</p><p>Two.</p>{marker}"
    page.keyboard.press("Enter")
    expect(page.locator("[name=photos-0-caption]")).to_be_focused()
    figure.click()
    page.keyboard.press("Delete")
    expect(figure).to_have_count(0)
    assert page.evaluate(data) == "<p>One.</p><p>Two.</p>"
    assert desk.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_everybody_can_use_the_form(
    width: int,
    scheme: str,
    visit: Callable[..., Visit],
    sign_in: Callable[[Page, User], None],
    axe: Callable[[Page], list[str]],
    editor: User,
    story: Article,
) -> None:
    give_photo(story, slot="lead")
    use = give_photo(story, slot="body")
    builders.add_tag(story)
    builders.add_byline(story)
    story.body_html += f'<figure data-photo="{use.pk}"></figure>'
    save_article(story, by=editor)
    seen = visit("/admin/login/", width=width, scheme=scheme)
    sign_in(seen.page, editor)
    for path in (NEW, change(story)):
        open_screen(seen.page, path)
        seen.page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
        assert axe(seen.page) == [], path
        sideways = (
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert seen.page.evaluate(sideways) <= 0
    assert seen.errors == []
    assert seen.foreign == []
