"""A night of the photo desk: thirty files dropped, described as a table by keyboard, published as a
gallery that a reader walks through. And each of its pages at both widths in both themes.
"""

import base64
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from articles.models import Article, Photo, PhotoEvent
from tests import builders
from tests.articles.photos.pictures import file_of, iim, with_app13, xmp
from tests.e2e.conftest import Visit
from tests.e2e.writing import READY, expect_saved

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 30
LIST = "/admin/articles/photo/"
NAMES = ("Ines Lark", "Bo Netmaker", "Ada Quill")
DROP = """(files) => {
  const transfer = new DataTransfer();
  for (const [name, text] of files) {
    const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type: "image/jpeg" }));
  }
  const event = new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true });
  document.querySelector("[data-photo-drop]").dispatchEvent(event);
}"""


@pytest.fixture
def desk(
    visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User, files: Path
) -> Callable[..., Visit]:
    """desk(width=1280, …) → an editor's browser."""

    def open_desk(**options: Any) -> Visit:
        seen = visit("/admin/login/", **options)
        sign_in(seen.page, editor)
        return seen

    return open_desk


def shot(number: int, width: int = 480, height: int = 320) -> Image.Image:
    """A picture like no other: fields of colour, the same for the same number."""
    chance = random.Random(number)
    small = Image.new("RGB", (9, 8))
    small.putdata([tuple(chance.randrange(256) for _ in "rgb") for _ in range(72)])  # type: ignore[arg-type]
    return small.resize((width, height), Image.Resampling.NEAREST)


def wire(number: int) -> bytes:
    """A file as a wire sends it: every other one speaks XMP, the rest IPTC-IIM."""
    name, caption = NAMES[number % 3], f"Night {number} on the pier"
    if number % 2:
        said = iim((2, 80, name.encode()), (2, 110, b"WireImage"), (2, 120, caption.encode()))
        return with_app13(file_of(shot(number)), said).getvalue()
    packet = xmp(
        f"<dc:creator><rdf:Seq><rdf:li>{name}</rdf:li></rdf:Seq></dc:creator>"
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{caption}</rdf:li></rdf:Alt>'
        "</dc:description>",
        'photoshop:Credit="WireImage"',
    )
    return file_of(shot(number), xmp=packet).getvalue()


def drop(page: Page, named: list[tuple[str, bytes]]) -> None:
    page.evaluate(DROP, [[name, base64.b64encode(data).decode()] for name, data in named])


def photos() -> list[Photo]:
    return list(Photo.objects.order_by("pk"))


def test_a_night_at_the_photo_desk(desk: Callable[..., Visit], visit: Callable[..., Visit]) -> None:
    builders.make_section(name="Stage")
    seen = desk()
    page = seen.page
    page.goto(LIST)
    page.get_by_role("link", name="Add photos").click()
    page.wait_for_url("**/add-many/")  # until its script listens
    drop(page, [(f"DSC_{number:04}.jpg", wire(number)) for number in range(MANY)])
    page.get_by_role("button", name="Add 30 photos").click()
    page.wait_for_url("**/table/?ids=*", timeout=60_000)
    describe(page)
    share_the_rights(page)
    page.get_by_role("button", name="Save and make a gallery").click()
    publish(page)
    assert (seen.errors, seen.foreign) == ([], [])

    reader = visit(Article.objects.get().get_absolute_url(), javascript=False)
    slides = reader.page.locator(".gallery__slide")
    expect(slides).to_have_count(MANY)
    for number in range(MANY):
        slide = slides.nth(number)
        expect(slide).to_contain_text(f"Night {number} on the pier")
        expect(slide).to_contain_text(f"Photo: {NAMES[number % 3]}/WireImage")
        expect(slide.locator("img")).to_have_attribute("alt", f"Stage light {number}")
    assert (reader.errors, reader.foreign) == ([], [])


def describe(page: Page) -> None:
    """Alt texts down the column, with nothing but the keyboard; each row is saved when it is left."""
    rows = page.locator("tr[data-photo]")
    expect(rows).to_have_count(MANY)
    expect(rows.first).to_contain_text("From its file")
    rows.first.get_by_label("Alt text").focus()
    for number in range(MANY):
        page.keyboard.type(f"Stage light {number}")
        page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")  # in the last row, at the end of its words: stays there
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Fill in").focus()
    for number in range(MANY):
        expect(rows.nth(number).locator("[data-state]")).to_contain_text("Saved")
    assert [photo.alt_default for photo in photos()] == [f"Stage light {n}" for n in range(MANY)]
    assert {photo.agency.name for photo in photos() if photo.agency} == {"WireImage"}


def share_the_rights(page: Page) -> None:
    shared = page.locator(".photo-shared")
    shared.get_by_label("Rights:", exact=True).select_option("agency_subscription")
    shared.get_by_label("Rights until").fill("2031-03-01T23:59")
    shared.get_by_label("Who is shown").fill("Perpetua Lindqvist; The Sunday Electricians")
    last = page.locator("tr[data-photo]").last
    with page.expect_response(f"**/{photos()[-1].pk}/facts/", timeout=60_000):
        page.get_by_role("button", name="Fill in").click()
    expect(last.get_by_label("Who is shown")).to_have_value(
        "Perpetua Lindqvist; The Sunday Electricians"
    )
    expect(last.locator("[data-state]")).to_contain_text("Saved")
    for photo in photos():
        assert photo.rights_class == "agency_subscription"
        assert photo.rights_until is not None
        assert timezone.localtime(photo.rights_until).isoformat()[:16] == "2031-03-01T23:59"
        assert photo.persons.count() == 2
    assert PhotoEvent.objects.filter(verb="edited").count() == 2 * MANY


def test_who_the_files_name_is_taken_over(desk: Callable[..., Visit]) -> None:
    made = [
        builders.make_photo(metadata={"persons": ["Ada Quill"]}),
        builders.make_photo(metadata={"persons": ["Bo Netmaker", "Ada Quill"]}),
    ]
    page = desk().page
    page.goto(f"{LIST}table/?ids={made[0].pk},{made[1].pk}")
    page.get_by_role("button", name="Take over who the files name").click()
    last = page.locator("tr[data-photo]").last
    expect(last.get_by_label("Who is shown")).to_have_value("Bo Netmaker; Ada Quill")
    expect(last.locator("[data-state]")).to_contain_text("Saved")
    assert [photo.persons.count() for photo in photos()] == [1, 2]


def publish(page: Page) -> None:
    page.wait_for_url("**/article/*/change/")
    page.wait_for_function(READY)
    expect(page.locator(".desk-photo")).to_have_count(MANY)
    page.get_by_label("Headline", exact=True).fill("A night on the pier")
    page.locator(".cke_editable").click()
    page.keyboard.type("Thirty pictures of one night.")
    page.get_by_label("Section", exact=True).select_option(label="Stage")
    page.keyboard.press("Control+s")
    expect_saved(page)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#desk-publish-line")).to_contain_text("Live now at /story/")
    page.locator("#desk-publish-now").click()
    expect(page.locator(".desk-status")).to_have_text("Published")


def test_what_is_refused_says_why_and_the_others_go_on(desk: Callable[..., Visit]) -> None:
    seen = desk()
    page = seen.page
    page.goto(f"{LIST}add-many/")
    bad = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    drop(page, [("one.jpg", wire(1)), ("drawing.jpg", bad), ("again.jpg", wire(1))])
    page.get_by_label("Agency").fill("Tidewire")
    page.get_by_role("button", name="Add 3 photos").click()
    listed = page.locator(".photo-drop__files li")
    expect(listed.nth(0)).to_contain_text("Taken in")
    expect(listed.nth(1)).to_contain_text("drawing.jpg This file is a")
    expect(listed.nth(2)).to_contain_text("Here already")
    link = page.get_by_role("link", name="Words for the 1")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-photo]")).to_have_count(1)
    assert Photo.objects.get().agency_text == "WireImage"  # the file said so itself
    assert (seen.errors, seen.foreign) == ([], [])


def test_a_row_that_is_wrong_says_so_beside_its_field(desk: Callable[..., Visit]) -> None:
    made = [builders.make_photo(caption_default=name) for name in ("One", "Two")]
    page = desk().page
    page.goto(f"{LIST}table/?ids={made[0].pk},{made[1].pk}")
    row = page.locator("tr[data-photo]").first
    row.get_by_label("Who is shown").fill("; ".join(f"Person {n}" for n in range(41)))
    row.get_by_label("Caption").fill("First")
    row.get_by_label("Caption").press("Enter")
    expect(page.locator("tr[data-photo]").last.get_by_label("Caption")).to_be_focused()
    expect(row.locator("[data-state]")).to_have_text("Look at the marked fields.")
    expect(row.locator(".errorlist")).to_have_text("These are over 40 names.")
    row.get_by_label("Who is shown").fill("Perpetua Lindqvist")
    row.get_by_label("Who is shown").press("Enter")
    expect(row.locator("[data-state]")).to_contain_text("Saved")
    expect(row.locator(".errorlist")).to_have_count(0)
    photo = Photo.objects.get(pk=made[0].pk)
    assert (photo.caption_default, photo.persons.count()) == ("First", 1)


def test_the_desk_needs_no_script(desk: Callable[..., Visit]) -> None:
    made = [builders.make_photo(caption_default=name) for name in ("One", "Two")]
    page = desk(javascript=False, width=360).page
    page.goto(f"{LIST}?q=two")
    expect(page.locator(".photo-card")).to_have_count(1)
    page.goto(f"{LIST}table/?ids={made[0].pk},{made[1].pk}")
    page.locator(".photo-shared").get_by_label("Photographer").fill("Ada Quill")
    page.get_by_label("Also where something is written").check()
    page.get_by_role("button", name="Fill in").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("2 of 2 photos changed")
    assert {photo.photographer_text for photo in photos()} == {"Ada Quill"}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_desk_is_accessible_and_fits(
    width: int, scheme: str, desk: Callable[..., Visit], axe: Callable[[Page], list[str]]
) -> None:
    old, new = (
        builders.make_photo(dhash="00ff00ff00ff00ff"),
        builders.make_photo(
            dhash="00ff00ff00ff00fe",
            rights_until=timezone.now(),
            photographer_text="",
            agency_text="",
        ),
    )
    builders.make_photo(status="removed", rendition_state="failed")
    seen = desk(width=width, scheme=scheme)
    page = seen.page

    def look(name: str) -> None:
        assert seen.errors == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert axe(page) == [], name
        seen.errors.clear()  # axe tries a style of its own on fields of dates

    for path in (LIST, f"{LIST}?q=nothing", f"{LIST}add-many/", f"{LIST}{new.pk}/change/"):
        page.goto(path)
        look(path)
    page.goto(f"{LIST}table/?ids={old.pk},{new.pk}")
    expect(page.get_by_text(f"Looks like photo {old.pk}")).to_be_visible()
    look("table")
    page.goto(LIST)
    page.get_by_role("checkbox", name="Select this object for an action").first.check()
    page.get_by_label("Action:").select_option("edit_selected")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("heading", name="Credit and rights of 1 photo")).to_be_visible()
    look("bulk")
    page.get_by_label("Agency", exact=True).fill("WireImage")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("1 of 1 would change")).to_be_visible()
    look("plan")
    page.get_by_role("button", name="Change 1 photo").click()
    expect(page.locator(".messagelist")).to_contain_text("1 of 1 photos changed.")
    assert seen.foreign == []
