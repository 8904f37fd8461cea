"""Two people on one story in two browsers: rows and lists, which both of them change, lose nothing."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from articles.actions.editing import save_article
from articles.models import Article
from tests import builders
from tests.conftest import staff
from tests.e2e.conftest import Visit
from tests.e2e.paper import give_photo
from tests.e2e.writing import READY, change, expect_saved, open_screen

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(editor: User) -> Article:
    section = builders.make_section(name="Music", slug="music")
    article = builders.make_draft(headline="The pier", created_by=editor, section=section)
    article.body_html = "<p>It happened on a Tuesday.</p>"
    builders.add_byline(article, builders.make_contributor(name="Ada Quill"))
    give_photo(article, slot="body")
    for name in ("Tom Brandt", "Ines Lark"):
        builders.make_contributor(name=name)
    for name in ("Jazz", "Tides"):
        builders.make_tag(name)
    return save_article(article, by=editor)


@pytest.fixture
def desks(
    visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User, story: Article
) -> tuple[Page, Page]:
    """My page and theirs, both with the story open."""
    pages = []
    for user in (editor, staff("second", "Editors")):
        seen = visit("/admin/login/")
        sign_in(seen.page, user)
        open_screen(seen.page, change(story))
        pages.append(seen.page)
    return pages[0], pages[1]


def add_byline(page: Page, name: str) -> None:
    page.get_by_role("button", name="Add a byline").click()
    page.locator("[name$=-contributor]").last.select_option(label=name)


def add_chip(page: Page, placeholder: str, term: str) -> None:
    for fold in page.locator("details:has(#id_related_add)").all():
        fold.evaluate("element => { element.open = true; }")
    page.get_by_placeholder(placeholder).fill(term)
    page.get_by_role("option", name=term).click()


def add_photo(page: Page) -> None:
    page.locator("[data-pick=body]").click()
    page.locator(".picker__option").first.click()
    page.locator(".picker__use").click()
    expect(page.locator(".cke_editable figure[data-photo]")).to_have_count(1)


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect_saved(page)


def save_against(page: Page) -> Locator:
    page.keyboard.press("Control+s")
    dialog = page.locator("#desk-conflict-dialog")
    expect(dialog).to_be_visible()
    return dialog


def agree(page: Page, dialog: Locator) -> None:
    """Save it like this; the page is loaded anew then."""
    with page.expect_navigation():
        dialog.get_by_role("button", name="Save it like this").click()
    page.wait_for_function(READY)


def names(article: Article) -> list[str]:
    return [byline.contributor.name for byline in article.bylines.all()]


def test_rows_and_lists_that_only_they_changed_stay_theirs(
    desks: tuple[Page, Page], story: Article
) -> None:
    mine, theirs = desks
    builders.make_article(headline="Another pier")
    add_byline(theirs, "Tom Brandt")
    theirs.locator("[name=photos-0-caption]").fill("Their caption")
    add_chip(theirs, "Add a tag", "Jazz")
    add_chip(theirs, "Add a story", "Another pier")
    save(theirs)

    mine.get_by_label("Headline", exact=True).fill("The pier, by me")
    dialog = save_against(mine)
    expect(dialog).to_contain_text("nothing clashes")
    agree(mine, dialog)
    expect(mine.locator("[name=bylines-1-contributor]")).to_have_value(
        str(story.bylines.last().contributor_id)  # type: ignore[union-attr]
    )
    expect(mine.locator("[name=photos-0-caption]")).to_have_value("Their caption")
    # And what I save next does not take it back.
    mine.get_by_label("Dek").fill("More of mine")
    save(mine)
    story.refresh_from_db()
    assert (story.headline, story.dek) == ("The pier, by me", "More of mine")
    assert names(story) == ["Ada Quill", "Tom Brandt"]
    assert story.photo_uses.get(live=True).caption == "Their caption"
    assert list(story.tags.names()) == ["Jazz"]
    assert story.related_links.get().to.headline == "Another pier"


def test_what_both_added_is_there_beside_each_other(
    desks: tuple[Page, Page], story: Article
) -> None:
    mine, theirs = desks
    add_byline(theirs, "Tom Brandt")
    theirs.locator("[name=photos-0-caption]").fill("Their caption")
    add_chip(theirs, "Add a tag", "Jazz")
    save(theirs)

    # A photo needs the article saved: my first save meets theirs.
    add_byline(mine, "Ines Lark")
    add_chip(mine, "Add a tag", "Tides")
    dialog = save_against(mine)
    expect(dialog).to_contain_text("nothing clashes")
    agree(mine, dialog)
    assert names(story) == ["Ada Quill", "Ines Lark", "Tom Brandt"]
    assert sorted(story.tags.names()) == ["Jazz", "Tides"]

    theirs.reload()
    theirs.wait_for_function(READY)
    add_photo(mine)
    save(mine)
    theirs.locator("[name=photos-0-caption]").fill("Their better caption")
    dialog = save_against(theirs)
    expect(dialog).to_contain_text("nothing clashes")
    agree(theirs, dialog)
    uses = story.photo_uses.filter(live=True)
    assert [use.caption for use in uses] == ["Their better caption", ""]


def test_a_clash_is_told_by_name_and_settled(desks: tuple[Page, Page], story: Article) -> None:
    mine, theirs = desks
    theirs.locator("[name=bylines-0-text_override]").fill("A. Quill")
    add_byline(theirs, "Tom Brandt")
    theirs.locator("[name=section]").select_option(label="---------")
    save(theirs)
    builders.make_section(name="Film", slug="film")
    mine.locator("[name=bylines-0-text_override]").fill("Ada")
    mine.locator("[name=kind]").select_option(label="Review")
    dialog = save_against(mine)
    clash = dialog.locator(".desk-clash")
    expect(clash).to_have_count(1)
    expect(clash).to_contain_text("By Ada Quill, printed as “A. Quill”")
    expect(clash).to_contain_text("By Tom Brandt")
    clash.get_by_label("Both").check()
    agree(mine, dialog)
    assert [str(byline) for byline in story.bylines.all()] == ["Ada", "Tom Brandt"]
    story.refresh_from_db()
    assert (story.section, story.kind) == (None, "review")


def test_a_correction_is_saved_with_the_button_and_by_no_autosave(
    desks: tuple[Page, Page], story: Article
) -> None:
    page, _ = desks
    page.locator(".desk-corrections summary").first.click()
    page.get_by_role("button", name="Add another Correction").click()
    page.locator("[name=corrections-0-text]").fill("It was a Wednesday.")
    page.get_by_label("Headline", exact=True).fill("The pier, corrected")
    expect_saved(page)
    assert not story.corrections.exists()
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("saved")
    assert story.corrections.get().text == "It was a Wednesday."
