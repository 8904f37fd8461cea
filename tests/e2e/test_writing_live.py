"""A story that readers see, changed on the desk; what an editor answers for; how it looks elsewhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, Route, expect

from articles.actions.editing import save_article
from articles.actions.publishing import publish
from articles.models import Article
from tests import builders
from tests.e2e.conftest import Visit
from tests.e2e.paper import give_photo
from tests.e2e.writing import change, expect_saved, open_screen, picture_file

pytestmark = pytest.mark.django_db(transaction=True)
# A picture from the writer's own disk, let go over the text or the lead photo's place.
DROP = """([box, name, bytes]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], name, {type: "image/jpeg"}));
  const {x, y, height} = box.getBoundingClientRect();
  for (const type of ["dragenter", "dragover", "drop"]) {
    box.dispatchEvent(new DragEvent(type, {
      dataTransfer: transfer, bubbles: true, cancelable: true, clientX: x + 20, clientY: y + height / 2,
    }));
  }
}"""
# What the screen says of saving, from now on.
STATES = """() => {
  const words = document.querySelector("#desk-saved");
  window.states = [];
  new MutationObserver(() => window.states.push(words.dataset.state)).observe(words, {attributes: true});
}"""


@pytest.fixture
def story(editor: User) -> Article:
    section = builders.make_section(name="Music", slug="music")
    article = builders.make_draft(headline="The pier", created_by=editor, section=section)
    article.body_html = "<p>It happened on a Tuesday.</p>"
    return save_article(article, by=editor)


@pytest.fixture
def desk(visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User) -> Visit:
    seen = visit("/admin/login/")
    sign_in(seen.page, editor)
    return seen


def test_a_change_to_a_live_story_is_the_desks_until_it_is_published(
    desk: Visit, visit: Callable[..., Visit], story: Article
) -> None:
    publish(story)
    reader = visit(story.get_absolute_url()).page
    page = desk.page

    def readers_see(headline: str) -> None:
        reader.reload()
        expect(reader.locator("h1")).to_have_text(headline)

    def write(headline: str) -> None:
        page.get_by_label("Headline", exact=True).fill(headline)
        expect_saved(page)
        expect(page.locator("#desk-unpublished")).to_be_visible()

    open_screen(page, change(story))
    expect(page.locator("#desk-unpublished")).to_be_hidden()
    write("The pier, again")
    readers_see("The pier")
    with desk.context.expect_page() as opened:
        page.get_by_role("button", name="Preview").click()
    expect(opened.value.locator("h1")).to_have_text("The pier, again")
    opened.value.close()
    page.get_by_role("button", name="Update").click()
    expect(page.locator("#desk-publish-line")).to_contain_text("Readers see the changes at once")
    page.locator("#desk-publish-now").click()
    expect(page.locator("#desk-unpublished")).to_be_hidden()
    readers_see("The pier, again")
    page.locator("#desk-notices").get_by_role("button", name="Undo").click()
    expect(page.locator("#desk-unpublished")).to_be_visible()
    readers_see("The pier")
    write("The pier, once more")
    page.get_by_role("button", name="Discard changes").click()
    expect(page.locator(".desk-verb")).to_contain_text("put away")
    page.get_by_role("button", name="Discard the changes").click()
    expect(page.get_by_label("Headline", exact=True)).to_have_value("The pier")
    expect(page.locator("#desk-unpublished")).to_be_hidden()
    assert desk.errors == []


def test_saved_is_said_when_all_that_was_typed_is(desk: Visit, story: Article) -> None:
    page = desk.page
    open_screen(page, change(story))
    held: list[Route] = []
    page.route("**/autosave/", lambda route: held.append(route))  # noqa: PLW0108 (Playwright looks into it)
    headline = page.get_by_label("Headline", exact=True)
    with page.expect_request("**/autosave/"):
        headline.fill("The pier, half")
    headline.fill("The pier, whole")  # while the first half is under way
    page.evaluate(STATES)
    with page.expect_request("**/autosave/"):
        held.pop().continue_()
    assert "saved" not in page.evaluate("window.states")
    held.pop().continue_()
    expect_saved(page)
    story.refresh_from_db()
    assert story.headline == "The pier, whole"


def test_an_editor_publishes_a_photo_without_credit_for_a_reason(
    desk: Visit, story: Article
) -> None:
    use = give_photo(story, slot="lead")
    type(use.photo).objects.update(photographer_text="", agency_text="")
    page = desk.page
    open_screen(page, change(story))
    page.get_by_role("button", name="Publish").click()
    dialog = page.locator("#desk-publish-dialog")
    expect(page.locator("#desk-publish-problems")).to_contain_text("no credit")
    dialog.get_by_role("button", name="Publish all the same").click()
    expect(page.locator("#desk-publish-line")).to_contain_text("not published")
    dialog.get_by_label("Publish all the same, because").fill("The agency confirms by telephone.")
    dialog.get_by_role("button", name="Publish all the same").click()
    expect(page.locator(".desk-status")).to_have_text("Published")
    story.refresh_from_db()
    assert story.live
    assert story.live.note == "The agency confirms by telephone."


def test_what_no_reason_excuses_offers_none(desk: Visit, story: Article) -> None:
    page = desk.page
    open_screen(page, change(story))
    page.get_by_label("Headline", exact=True).fill("")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#desk-publish-problems")).to_contain_text("no headline")
    expect(page.get_by_label("Publish all the same, because")).to_be_hidden()
    expect(page.locator("#desk-publish-now")).to_be_hidden()


def test_files_dropped_become_photos(desk: Visit, story: Article, tmp_path: Path) -> None:
    data = list(picture_file(tmp_path).read_bytes())
    page = desk.page
    area = open_screen(page, change(story))
    page.evaluate(DROP, [area.element_handle(), "pier.jpg", data])
    expect(area.locator("figure[data-photo]:not([aria-busy])")).to_have_count(1)
    page.evaluate(DROP, [page.locator("[data-pick=lead]").element_handle(), "lead.jpg", data])
    expect(page.locator(".desk-photo[data-slot=lead]")).to_have_count(1)
    page.keyboard.press("Control+s")
    expect_saved(page)
    assert sorted(story.photo_uses.values_list("slot", flat=True)) == ["body", "lead"]
    assert desk.foreign == []
    assert desk.errors == []


def test_related_stories_are_chips_by_headline(desk: Visit, story: Article) -> None:
    builders.make_article(headline="Another pier")
    page = desk.page
    open_screen(page, change(story))
    page.locator("summary", has_text="Related stories").click()
    page.get_by_placeholder("Add a story").fill("another")
    page.get_by_role("option", name="Another pier").click()
    chips = page.locator("[data-field=related] .desk-chip")
    expect(chips).to_have_text(["Another pier×"])
    page.keyboard.press("Control+s")
    expect_saved(page)
    assert story.related_links.get().to.headline == "Another pier"
    page.get_by_role("button", name="Remove Another pier").click()
    page.keyboard.press("Control+s")
    expect(page.locator("#desk-saved[data-state=saved]")).to_be_visible()
    expect(chips).to_have_count(0)
    page.reload()
    expect(page.locator("[data-field=related] .desk-chip")).to_have_count(0)
    assert not story.related_links.exists()


def test_the_looks_elsewhere_follow_each_headline(desk: Visit, story: Article) -> None:
    give_photo(story, slot="lead")
    page = desk.page
    open_screen(page, change(story))
    page.get_by_text("Other headlines and how they look").click()
    search, social, home = (
        page.locator(f".desk-preview--{name}") for name in ("search", "social", "home")
    )
    for look in (search, social, home):
        expect(look.locator(".desk-preview__title")).to_have_text("The pier")
        expect(look.locator("label")).to_have_text("8 characters")
    page.get_by_label("In search engines").fill("A pier that sang")
    page.get_by_label("When shared").fill("Hear the pier")
    page.get_by_label("On the home page").fill("It sang")
    page.get_by_label("Dek").fill("For an hour.")
    expect(search.locator(".desk-preview__title")).to_have_text("A pier that sang")
    expect(search.locator("label")).to_have_text("16 characters")
    assert search.locator("meter").evaluate("meter => meter.value") == 16
    expect(search).to_contain_text(story.get_absolute_url())
    expect(social.locator(".desk-preview__title")).to_have_text("Hear the pier")
    expect(home.locator(".desk-preview__title")).to_have_text("It sang")
    expect(home).to_contain_text("For an hour.")
    expect(home.locator("img")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_everybody_can_use_the_pages_beside_the_form(
    width: int,
    scheme: str,
    visit: Callable[..., Visit],
    sign_in: Callable[[Page, User], None],
    axe: Callable[[Page], list[str]],
    editor: User,
    story: Article,
) -> None:
    live = publish(builders.make_story(headline="A live one"))
    seen = visit("/admin/login/", width=width, scheme=scheme)
    sign_in(seen.page, editor)
    page = seen.page
    desk = f"/admin/articles/article/{live.pk}"
    for path in (
        f"/admin/articles/article/{story.pk}/do/publish/", f"{desk}/do/withdraw/",
        f"{desk}/do/publish/", f"{desk}/preview/",
    ):  # fmt: skip
        page.goto(path)
        assert seen.errors == [], path  # before axe, whose own styles the readers' policy refuses
        assert axe(page) == [], path
        sideways = "() => document.documentElement.scrollWidth - window.innerWidth"
        assert page.evaluate(sideways) <= 0, path
    # What the form says of a conflict to a browser without scripts.
    open_screen(page, change(story))
    Article.objects.filter(pk=story.pk).update(headline="Theirs", version=9)
    page.evaluate(
        """() => {
          const form = document.querySelector("#article_form");
          form.elements.headline.value = "Mine";
          form.submit();
        }"""
    )
    expect(page.locator(".desk-conflict")).to_contain_text("Theirs")
    assert axe(page) == []
