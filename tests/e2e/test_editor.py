"""The desk in a browser: writing with CKEditor under the admin's policy, saving, publishing."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from articles.actions.editing import save_article
from articles.models import Article
from tests import builders
from tests.e2e.conftest import Visit
from tests.e2e.paper import POSTS, give_photo
from tests.e2e.writing import PASTE, READY, expect_saved

pytestmark = pytest.mark.django_db(transaction=True)

X_POST = POSTS["x"]
VIDEO = POSTS["youtube"]


@pytest.fixture
def story(editor: User) -> Article:
    """A draft with words, a post and a photo between them."""
    article = builders.make_story(headline="The pier", created_by=editor)
    photo = give_photo(article, slot="body")
    article.body_html = (
        f"<p>It happened on a Tuesday.</p><oembed>{VIDEO}</oembed>"
        f'<figure data-photo="{photo.pk}"></figure><p>The end.</p>'
    )
    return save_article(article, by=editor)


@pytest.fixture
def desk(visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User) -> Visit:
    seen = visit("/admin/login/")
    sign_in(seen.page, editor)
    return seen


def address(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def open_editor(page: Page, article: Article) -> Locator:
    """The article's form with the editor ready; the place to type into."""
    page.goto(address(article))
    page.wait_for_function(READY)
    return page.locator(".cke_editable")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save draft").click()
    expect_saved(page)


def body_of(article: Article) -> str:
    article.refresh_from_db()
    return article.body_html


def type_at_the_end(page: Page, area: Locator, text: str) -> None:
    area.get_by_text("The end.").click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type(text)


# --- The editor --------------------------------------------------------------------------------
def test_saving_an_untouched_form_changes_nothing(desk: Visit, story: Article) -> None:
    before = story.body_html
    area = open_editor(desk.page, story)
    expect(area.locator(".embed--youtube")).to_contain_text("See it on YouTube")
    save(desk.page)
    assert body_of(story) == before
    assert desk.errors == []
    assert desk.foreign == []


def test_typing_and_bold_are_saved_and_all_else_stays(desk: Visit, story: Article) -> None:
    before = story.body_html
    area = open_editor(desk.page, story)
    type_at_the_end(desk.page, area, "And then ")
    desk.page.get_by_role("button", name="Bold").click()
    desk.page.keyboard.type("it rained")
    desk.page.get_by_role("button", name="Bold").click()
    desk.page.keyboard.type(" & poured.")
    save(desk.page)
    assert body_of(story) == before + "\n<p>And then <strong>it rained</strong> &amp; poured.</p>"
    assert desk.errors == []
    assert desk.foreign == []


def test_formats_links_and_lists_work_under_the_policy(desk: Visit, story: Article) -> None:
    page = desk.page
    area = open_editor(page, story)
    type_at_the_end(page, area, "A heading")
    page.locator(".cke_button__deskheading2").click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("a list")
    page.get_by_role("button", name="Bulleted List").click()
    area.get_by_text("a list").dblclick(position={"x": 20, "y": 8})
    page.wait_for_function("getSelection().toString() === 'list'")
    page.wait_for_timeout(500)  # the editor looks at the selection a fifth of a second later
    page.get_by_role("button", name="Link", exact=False).first.click()
    page.locator(".cke_dialog").get_by_label("URL").fill("example.org/tide")
    page.get_by_role("button", name="OK").click()
    save(page)
    stored = body_of(story)
    assert "<h2>A heading</h2>" in stored
    assert (
        '<li>a <a href="http://example.org/tide" rel="noopener noreferrer">list</a></li>' in stored
    )
    assert desk.errors == []


@pytest.mark.parametrize(
    ("type_", "data"),
    [
        ("text/plain", X_POST),
        ("text/html", f'<a href="{X_POST}">{X_POST}</a>'),
        ("text/plain", "https://twitter.com/harbourpost/status/1299999999999999999?s=20&t=abc"),
    ],
)
def test_a_pasted_link_to_a_post_becomes_the_post(
    type_: str, data: str, desk: Visit, story: Article
) -> None:
    area = open_editor(desk.page, story)
    type_at_the_end(desk.page, area, "Look:")
    desk.page.keyboard.press("Enter")
    desk.page.evaluate(PASTE, [type_, data])
    expect(area.locator(".embed--x")).to_contain_text("See it on X")
    save(desk.page)
    assert f"<p>Look:</p>\n<oembed>{X_POST}</oembed>" in body_of(story)
    uses = story.embed_uses.order_by("position").values_list("url", flat=True)
    assert list(uses) == [VIDEO, X_POST]
    assert desk.foreign == []
    assert desk.errors == []


def test_a_pasted_link_to_anything_else_stays_a_link(desk: Visit, story: Article) -> None:
    area = open_editor(desk.page, story)
    type_at_the_end(desk.page, area, "Look: ")
    desk.page.evaluate(PASTE, ["text/plain", "https://example.org/pier"])
    expect(area.locator("a[href='https://example.org/pier']")).to_have_count(1)
    save(desk.page)
    assert '<a href="https://example.org/pier"' in body_of(story)
    assert story.embed_uses.count() == 1
    assert desk.foreign == []


def test_what_is_pasted_from_elsewhere_comes_in_clean(desk: Visit, story: Article) -> None:
    area = open_editor(desk.page, story)
    type_at_the_end(desk.page, area, "From the clipboard:")
    desk.page.keyboard.press("Enter")
    pasted = (
        '<p style="font-weight:400" onclick="alert(1)">Clean <b>me</b>'
        '<img src="x" onerror="document.title=1"><script>document.title=2</script></p>'
    )
    desk.page.evaluate(PASTE, ["text/html", pasted])
    expect(area).to_contain_text("Clean me")
    assert not area.locator("[onclick], [onerror], script, [style*=weight]").count()
    save(desk.page)
    assert "Clean <strong>me</strong>" in body_of(story)
    assert desk.page.title() not in {"1", "2"}
    assert desk.foreign == []


def test_a_body_is_shown_as_text_in_source_and_comes_back(desk: Visit, story: Article) -> None:
    before = story.body_html
    open_editor(desk.page, story)
    desk.page.get_by_role("button", name="Source").click()
    source = desk.page.locator("textarea.cke_source")
    assert f"<oembed>{VIDEO}</oembed>" in source.input_value()
    desk.page.get_by_role("button", name="Source").click()
    save(desk.page)
    assert body_of(story) == before
    assert desk.errors == []


# --- Publishing ----------------------------------------------------------------------------------
def test_the_publish_button_makes_the_story_live(desk: Visit, story: Article) -> None:
    page = desk.page
    area = open_editor(page, story)
    type_at_the_end(page, area, "One more line.")
    page.get_by_role("button", name="Publish").click()
    page.locator("#desk-publish-now").click()
    expect(page.locator("#desk-notices")).to_contain_text("live at")
    page.goto(story.get_absolute_url())
    expect(page.locator("h1")).to_have_text("The pier")
    expect(page.locator(".prose")).to_contain_text("One more line.")
    expect(page.locator(".prose .embed--youtube")).to_have_count(1)
    expect(page.locator(".prose picture img")).to_have_count(1)
    assert desk.errors == []
    assert desk.foreign == []
