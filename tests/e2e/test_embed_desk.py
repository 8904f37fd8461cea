"""The embed desk in a browser: every page at both widths in both themes, keeping without and with
scripts, and the dialog for a post by keyboard alone.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.actions.editing import save_article
from articles.actions.embedding import mark_gone, switch_provider
from articles.models import Article, Embed, EmbedHost
from tests import builders
from tests.e2e.conftest import Visit
from tests.e2e.paper import POSTS, give_photo
from tests.e2e.writing import change, expect_saved, open_screen, picture_file, tab_to

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/articles/embed/"
VIDEO = POSTS["youtube"]


@pytest.fixture
def story(editor: User) -> Article:
    body = "".join(f"<oembed>{url}</oembed>" for url in POSTS.values())
    article = builders.make_story(
        headline="The pier", created_by=editor, body_html=f"<p>It sang.</p>{body}<p>The end.</p>"
    )
    return save_article(article, by=editor)


@pytest.fixture
def desk(visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User) -> Visit:
    seen = visit("/admin/login/")
    sign_in(seen.page, editor)
    return seen


@pytest.fixture
def post(story: Article, editor: User) -> Embed:
    """A post with all that its page can show."""
    photo = give_photo(story, slot="body").photo
    Embed.objects.filter(provider="x").update(
        state="ok", quote="The pier sang for an hour.", quote_author="Harbour Post (@harbourpost)",
        suggested={"text": "The pier sang for an hour, and nobody knows why.", "date": "2026-11-03"},
        snapshot={"answer": '{"type": "rich"}', "bytes": 16}, poster=photo,
        rights_note="Our screenshot", kept_on=timezone.localdate(), checked_at=timezone.now(),
    )  # fmt: skip
    mark_gone(Embed.objects.filter(provider="youtube"), by=editor, reason="A reader wrote")
    switch_provider("tiktok", off=True, by=editor)
    EmbedHost.objects.create(
        host="publish.x.com",
        reason="503",
        open_until=timezone.now() + timezone.timedelta(minutes=9),
    )
    return Embed.objects.get(provider="x")


def pages(post: Embed, story: Article) -> dict[str, str]:
    return {
        "list": LIST,
        "post": f"{LIST}{post.pk}/change/",
        "replace": f"{LIST}{post.pk}/replace/?url=https://youtu.be/dQw4w9WgXcQ",
        "refused": f"{LIST}{post.pk}/replace/?url=pier",
        "providers": f"{LIST}providers/",
        "switch": f"{LIST}providers/x/switch/",
        "writing": change(story),
    }


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(
    width: int, scheme: str, visit: Callable[..., Visit], sign_in: Callable[[Page, User], None],
    axe: Callable[[Page], list[str]], editor: User, post: Embed, story: Article,
) -> None:  # fmt: skip
    seen = visit("/admin/login/", width=width, scheme=scheme)
    page = seen.page
    sign_in(page, editor)
    for name, path in pages(post, story).items():
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert seen.errors == [], name
        if name != "writing":
            assert axe(page) == [], name
            seen.errors.clear()  # axe tries a style of its own on fields of dates
    page.goto(LIST)
    page.locator(".action-select").first.check()
    page.get_by_label("Action:").select_option("mark_gone")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_label("Why")).to_be_focused()
    assert axe(page) == []
    assert seen.errors == []
    assert seen.foreign == []


def test_a_post_is_kept_and_marked_gone_without_scripts(
    visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User, post: Embed,
    tmp_path: Path,
) -> None:  # fmt: skip
    page = visit("/admin/login/", javascript=False).page
    sign_in(page, editor)
    page.goto(f"{LIST}{post.pk}/change/")
    page.get_by_label("Its words").fill("It sang.")
    page.get_by_label("Or upload one").set_input_files(picture_file(tmp_path))
    page.get_by_label("Its words").press("Control+Home")
    page.get_by_label("By what right").press(
        "Enter"
    )  # the first button saves, and takes nothing over
    expect(page.locator(".messagelist")).to_contain_text("Kept.")
    post.refresh_from_db()
    assert post.quote == "It sang."
    with page.expect_navigation():
        page.get_by_role("button", name="Take over the date").click()
    post.refresh_from_db()
    assert post.quote_date is not None
    page.get_by_role("button", name="Mark as gone").click()
    page.get_by_label("Why").fill("Seen")
    page.get_by_role("button", name="Mark as gone").click()
    expect(page.locator(".post-preview")).to_contain_text("It sang.")
    expect(page.locator(".post-facts")).to_contain_text("Gone")


def test_a_photo_is_chosen_in_the_picker(desk: Visit, post: Embed) -> None:
    photo = post.poster
    Embed.objects.filter(pk=post.pk).update(poster=None)
    page = desk.page
    page.goto(f"{LIST}{post.pk}/change/")
    page.get_by_role("button", name="Choose a photo").click()
    page.locator(".picker [role=option]").first.click()
    page.get_by_role("button", name="Use photo").click()
    expect(page.locator("[data-poster] img")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Keep it").click()
    post.refresh_from_db()
    assert post.poster == photo
    page.get_by_role("button", name="No picture").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Keep it").click()
    post.refresh_from_db()
    assert post.poster is None
    assert desk.errors == []


# --- The dialog of the editor --------------------------------------------------------------------
@pytest.fixture
def draft(editor: User) -> Article:
    return builders.make_story(
        headline="The pier", created_by=editor, body_html="<p>It sang.</p><p>The end.</p>"
    )


def open_dialog(page: Page, area: Locator) -> Locator:
    area.get_by_text("The end.").click()
    page.keyboard.press("End")
    page.locator(".cke_button__deskembed").click()
    expect(page.get_by_label("Its address, or its embed code")).to_be_focused()
    return page.locator("#desk-embed-dialog")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_post_is_added_by_keyboard(
    width: int, visit: Callable[..., Visit], sign_in: Callable[[Page, User], None],
    axe: Callable[[Page], list[str]], editor: User, draft: Article,
) -> None:  # fmt: skip
    seen = visit("/admin/login/", width=width)
    page = seen.page
    sign_in(page, editor)
    dialog = open_dialog(page, open_screen(page, change(draft)))
    page.keyboard.type(VIDEO)
    expect(dialog.locator(".embed--youtube")).to_be_visible()
    box = dialog.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert [each for each in axe(page) if "desk-embed" in each] == []
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator(".cke_editable .embed--youtube")).to_contain_text("YouTube")
    page.keyboard.press("Control+s")
    expect_saved(page)
    draft.refresh_from_db()
    assert f"<p>The end.</p>\n<oembed>{VIDEO}</oembed>" in draft.body_html
    expect(page.locator("#desk-posts li")).to_contain_text("YouTube")
    assert seen.errors == []
    assert seen.foreign == []


def test_what_can_not_be_a_card_is_said_in_words_and_can_be_a_link(
    desk: Visit, draft: Article
) -> None:
    page = desk.page
    dialog = open_dialog(page, open_screen(page, change(draft)))
    for text, said in (
        ("pier", "no web address"),
        ("https://x.com/harbourpost", "no single post or video"),
        ("https://example.org/pier", "can’t be shown as a card"),
    ):
        page.get_by_label("Its address, or its embed code").fill(text)
        expect(dialog.locator("#desk-embed-words")).to_contain_text(said)
        page.keyboard.press("Enter")
        expect(dialog).to_be_visible()
    tab_to(page, dialog.get_by_role("button", name="Put it in as a link"))
    page.keyboard.press("Enter")
    expect(page.locator(".cke_editable a[href='https://example.org/pier']")).to_have_count(1)
    page.keyboard.press("Control+s")
    expect_saved(page)
    draft.refresh_from_db()
    assert 'href="https://example.org/pier"' in draft.body_html
    assert desk.errors == []


def test_a_post_in_the_text_becomes_another_one(desk: Visit, story: Article, post: Embed) -> None:
    page = desk.page
    area = open_screen(page, change(story))
    expect(area.locator(".embed--gone")).to_contain_text("No longer available on YouTube")
    shown = area.locator(".embed--x")
    expect(shown).to_contain_text("The pier sang for an hour.")
    # The editor lays a picture over a post: it takes the click.
    shown.dblclick(force=True)
    field = page.get_by_label("Its address, or its embed code")
    expect(field).to_have_value(POSTS["x"])
    field.fill("https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    page.keyboard.press("Enter")
    expect(area.locator(".embed--x")).to_have_count(0)
    page.keyboard.press("Control+s")
    expect_saved(page)
    story.refresh_from_db()
    assert "<oembed>https://www.youtube.com/watch?v=dQw4w9WgXcQ</oembed>" in story.body_html
    assert POSTS["x"] not in story.body_html
    assert desk.errors == []
