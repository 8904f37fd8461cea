"""The photo desk in a browser: the picker by keyboard, pointer and touch; the focal point."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, Route, expect

from articles.actions.photos import add_photo
from articles.models import Photo
from tests import builders
from tests.articles.photos.pictures import corners, file_of, iim, picture, with_app13
from tests.e2e.conftest import Visit, tap

pytestmark = pytest.mark.django_db(transaction=True)
OPEN = """async (options) => {
  const { pickPhotos } = await import("/static/js/desk/photo-picker.js");
  window.picked = pickPhotos(options).then((photos) => (window.chosen = photos.map((each) => each.id)));
}"""
STYLE = "/static/css/desk/photo-picker.css"


@pytest.fixture
def desk(
    visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User, files: Path
) -> Callable[..., Visit]:
    """desk(width=1280, …) → an editor's browser on the admin's index with the picker's style."""

    def open_desk(**options: Any) -> Visit:
        seen = visit("/admin/login/", **options)
        sign_in(seen.page, editor)
        seen.page.goto("/admin/")
        seen.page.add_style_tag(url=STYLE)
        return seen

    return open_desk


def photo(caption: str, colour: str) -> Photo:
    made = add_photo(file_of(picture(90, 60, colour=colour)))
    Photo.objects.filter(pk=made.pk).update(caption_default=caption, photographer_text="Ines Lark")
    return made


def payload(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def chosen(page: Page) -> Any:
    return page.evaluate("window.picked")


def test_a_photo_is_found_and_taken_by_keyboard_alone(desk: Callable[..., Visit]) -> None:
    wanted = photo("The pier at dusk", "navy")
    photo("A ferry", "teal")
    seen = desk()
    page = seen.page
    page.locator("#logout-form button").focus()
    page.evaluate(OPEN, {})
    expect(page.get_by_role("searchbox", name="Find a photo")).to_be_focused()
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.type("pier")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option")).to_be_focused()
    page.keyboard.press("Enter")
    assert chosen(page) == [wanted.pk]
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#logout-form button")).to_be_focused()
    assert (seen.errors, seen.foreign) == ([], [])


def test_several_are_taken_in_the_order_of_choosing(desk: Callable[..., Visit]) -> None:
    one, two, three = (photo(name, name) for name in ("red", "blue", "teal"))
    seen = desk()
    page = seen.page
    page.evaluate(OPEN, {"multiple": True})
    page.get_by_role("option", name="red").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Home")
    expect(page.get_by_role("option", name="teal")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("option", name="blue")).to_be_focused()
    page.get_by_role("button", name="Use 2 photos").click()
    assert chosen(page) == [one.pk, three.pk]
    page.evaluate(OPEN, {})
    expect(page.get_by_role("option")).to_have_count(3)
    page.keyboard.press("Escape")
    assert chosen(page) == []
    assert not seen.errors
    assert Photo.objects.filter(pk=two.pk).exists()


def test_an_upload_says_what_was_read_what_was_refused_and_what_is_missing(
    desk: Callable[..., Visit],
) -> None:
    seen = desk()
    page = seen.page
    page.evaluate(OPEN, {"multiple": True})
    expect(page.get_by_text("There are no photos yet.")).to_be_visible()
    credited = with_app13(
        file_of(corners()), iim((2, 80, b"Joseph Okpako"), (2, 110, b"WireImage"))
    )
    page.locator("dialog input[type=file]").set_input_files(
        [
            payload("good.jpg", credited.getvalue()),
            payload("page.jpg", b"<script>alert(1)</script>"),
        ]
    )
    expect(page.get_by_text("1 of 2 taken in. 1 refused:")).to_be_visible()
    expect(page.locator(".picker__refused")).to_contain_text("page.jpg: This file is a page")
    facts = page.locator(".picker__new")
    expect(facts.locator(".photo-facts")).to_contain_text("Photographer IPTC-IIM")
    expect(facts.locator("summary")).to_contain_text("missing: alt text, caption")
    facts.get_by_role("textbox", name="Alt text").fill("Four coloured corners")
    facts.get_by_label("Caption", exact=True).fill("Corners")
    facts.get_by_role("button", name="Save").click()
    expect(facts.get_by_text("Saved.")).to_be_visible()
    expect(facts.locator("summary")).to_contain_text("complete")
    expect(page.get_by_role("option", name="Corners")).to_have_attribute("aria-selected", "true")
    page.get_by_role("button", name="Use photo").click()
    made = Photo.objects.get()
    assert chosen(page) == [made.pk]
    assert (made.alt_default, made.caption_default) == ("Four coloured corners", "Corners")
    assert (seen.errors, seen.foreign) == ([], [])


def test_files_are_dropped_into_the_picker(desk: Callable[..., Visit]) -> None:
    """The list of what is there already answers after the upload, as on a slow line."""
    page = desk().page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/picker/?*", hold)
    page.evaluate(OPEN, {})
    page.evaluate(
        """(text) => {
          const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
          const transfer = new DataTransfer();
          transfer.items.add(new File([bytes], "dropped.jpg", { type: "image/jpeg" }));
          const event = new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true });
          document.querySelector("dialog").dispatchEvent(event);
        }""",
        base64.b64encode(file_of(corners()).getvalue()).decode(),
    )
    expect(page.get_by_text("1 of 1 taken in.")).to_be_visible()
    with page.expect_response("**/picker/?*"):
        held.pop().continue_()
    page.evaluate("new Promise(requestAnimationFrame)")
    expect(page.get_by_text("1 of 1 taken in.")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(1)


def test_the_picker_works_by_touch_on_a_phone(
    desk: Callable[..., Visit], axe: Callable[[Page], list[str]]
) -> None:
    wanted = photo("The pier at dusk", "navy")
    for scheme in ("light", "dark"):
        seen = desk(width=360, scheme=scheme, has_touch=True, is_mobile=True)
        page = seen.page
        page.evaluate(OPEN, {})
        option = page.get_by_role("option")
        expect(option).to_have_count(1)
        tap(option)
        inside = page.evaluate(
            "[...document.querySelectorAll('dialog button')].every((each) => { const box = "
            "each.getBoundingClientRect(); return !box.width || (box.right <= innerWidth && box.height >= 44); })"
        )
        assert inside
        assert [found for found in axe(page) if "picker" in found] == []
        tap(page.get_by_role("button", name="Use photo"))
        assert chosen(page) == [wanted.pk]


def test_a_page_signed_out_is_told_so(desk: Callable[..., Visit]) -> None:
    page = desk().page
    page.context.clear_cookies()
    page.evaluate(OPEN, {})
    expect(page.locator("dialog [role=status]").first).to_contain_text("signed out")


def test_the_focal_point_is_set_by_pointer_and_by_arrow_keys(desk: Callable[..., Visit]) -> None:
    made = add_photo(file_of(corners(960, 640)))
    seen = desk()
    page = seen.page
    page.goto(f"/admin/articles/photo/{made.pk}/change/")
    frame = page.locator(".focal__frame")
    box = frame.bounding_box()
    assert box is not None
    frame.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    expect(page.locator("#id_focal_x")).to_have_value("0.25")
    expect(page.locator("#id_focal_y")).to_have_value("0.75")
    mark = page.get_by_role("button", name="Focal point: 25% from the left, 75% from the top")
    expect(mark).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(page.locator("#id_focal_x")).to_have_value("0.27")
    expect(page.locator("#id_focal_y")).to_have_value("0.65")
    position = page.locator("[data-crop='1:1']").evaluate("(each) => each.style.objectPosition")
    assert position == "27% 65%"
    page.locator("#id_focal_x").fill("0.9")
    expect(page.locator(".focal__mark")).to_have_attribute(
        "aria-label", "Focal point: 90% from the left, 65% from the top"
    )
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    made.refresh_from_db()
    assert (made.focal_x, made.focal_y) == (0.9, 0.65)
    assert (seen.errors, seen.foreign) == ([], [])


def test_a_reader_s_card_keeps_the_focal_point_in_its_crop(
    visit: Callable[..., Visit], files: Path
) -> None:
    article = builders.make_article()
    tall = add_photo(file_of(corners(640, 960)))
    Photo.objects.filter(pk=tall.pk).update(focal_y=0.2)
    builders.make_lead(article, photo=tall)
    page = visit("/").page
    image = page.locator(".card .figure__frame img").first
    position = image.evaluate("(each) => getComputedStyle(each).objectPosition")
    assert position == "50% 20%"


def test_photos_are_added_and_described_without_a_script(
    visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User, files: Path
) -> None:
    seen = visit("/admin/login/", javascript=False, width=360)
    sign_in(seen.page, editor)
    page = seen.page
    page.goto("/admin/articles/photo/")
    page.get_by_role("link", name="Add photos").click()
    page.get_by_label("Photos").set_input_files(
        [payload("one.jpg", file_of(corners()).getvalue()), payload("two.jpg", file_of(picture()).getvalue())]
    )  # fmt: skip
    page.get_by_label("Photographer").fill("Ines Lark")
    page.get_by_role("button", name="Add photos").click()
    page.get_by_label("Alt text").first.fill("Four coloured corners")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("1 of 2 photos changed")
    made = Photo.objects.order_by("pk")
    assert [each.photographer_text for each in made] == ["Ines Lark", "Ines Lark"]
    assert made[0].alt_default == "Four coloured corners"
    assert seen.errors == []
