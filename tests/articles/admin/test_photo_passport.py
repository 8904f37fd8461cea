"""The photo's page on the desk: what a file says of itself, and what a person makes of it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Agency, Photo, PhotoUse, Tag
from articles.photos.figure import credit_line
from tests import builders
from tests.articles.admin.filled import add, change, save
from tests.articles.admin.test_photo_views import client_of, facts_of, intern
from tests.articles.photos.pictures import file_of, picture, xmp
from tests.articles.photos.test_figure import MANIFEST
from tests.articles.photos.test_source_types import AI

pytestmark = pytest.mark.django_db


def test_a_person_says_how_a_picture_was_made(desk: Client) -> None:
    photo = builders.make_photo(original="a.jpg", rendition_state="ok")
    save(desk, change(photo), digital_source_type=AI)
    photo.refresh_from_db()
    assert photo.digital_source_type == AI
    assert photo.rendition_state == "pending", "its files say it, too"


def test_a_term_of_another_list_stays(desk: Client) -> None:
    photo = builders.make_photo(digital_source_type="http://cv.example/new")
    save(desk, change(photo), caption_default="Moved")
    photo.refresh_from_db()
    assert photo.digital_source_type == "http://cv.example/new"
    assert photo.caption_default == "Moved"


LINE = "Nola Vale (Photo by Jane Roe/Getty Images for BET)"


def bare(**fields: Any) -> Photo:
    return builders.make_photo(**{"photographer_text": "", "agency_text": "", **fields})


def printed(photo: Photo) -> str:
    photo.refresh_from_db()
    return credit_line(PhotoUse(photo=photo))


def test_a_pasted_line_fills_what_is_empty_and_says_what_was_understood(desk: Client) -> None:
    photo = bare(credit_unclear=True)
    page = save(desk, change(photo), credit_line=LINE).content.decode()
    assert "Read from the line: Photo: Jane Roe/Getty Images for BET" in page
    assert printed(photo) == "Photo: Jane Roe/Getty Images for BET"
    assert photo.agency == Agency.objects.get(name="Getty Images")
    assert (photo.caption_default, photo.client) == ("Nola Vale", "BET")
    assert photo.credit_raw == "Photo by Jane Roe/Getty Images for BET"
    assert not photo.credit_unclear
    assert {photo.provenance[n] for n in ("photographer", "agency", "client", "caption")} == {
        "line"
    }


def test_a_pasted_line_leaves_what_is_written(desk: Client) -> None:
    photo = bare(photographer_text="Ines Lark", caption_default="Ours")
    save(desk, change(photo), credit_line=LINE)
    assert printed(photo) == "Photo: Ines Lark/Getty Images for BET"
    assert photo.caption_default == "Ours"
    other = bare(agency_text="AFP")
    save(desk, change(other), credit_line=LINE)
    assert printed(other) == "Photo: Jane Roe/AFP", "no client of another agency"


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Courtesy of HBO", "Courtesy of HBO"),
        ("Screenshot: @remyq/Twitter", "Screenshot: @remyq/Twitter"),
        ("Photo: Jane Roe/AP, File", "Photo: Jane Roe/AP, File"),
        ("Left: Jane Roe/AP; right: John Doe/AFP", "Photo: Jane Roe/AP; Photo: John Doe/AFP"),
    ],
)
def test_a_line_of_any_kind_may_be_pasted(desk: Client, line: str, credit: str) -> None:
    photo = bare()
    save(desk, change(photo), credit_line=line)
    assert printed(photo) == credit


def test_a_line_that_says_nobody_is_given_back_with_a_reason(desk: Client) -> None:
    photo = bare()
    page = save(desk, change(photo), credit_line="The pier at dusk").content.decode()
    assert "Nobody could be made out in this line" in page
    assert 'value="The pier at dusk"' in page
    assert printed(photo) == ""


def test_a_photo_may_begin_with_nothing_but_its_line(desk: Client) -> None:
    save(desk, add(Photo), credit_line=LINE)
    photo = Photo.objects.get()
    assert printed(photo) == "Photo: Jane Roe/Getty Images for BET"
    assert photo.provenance["photographer"] == "line"


def test_a_line_may_be_pasted_in_the_table_and_by_its_script(desk: Client) -> None:
    one, two = bare(), bare()
    answer = desk.post(facts_of(one), {"line": LINE}).json()
    assert (answer["photographer"], answer["agency"], answer["caption"]) == (
        "Jane Roe", "Getty Images", "Nola Vale",
    )  # fmt: skip
    assert printed(one) == "Photo: Jane Roe/Getty Images for BET"
    assert one.provenance["photographer"] == "line"
    refused = desk.post(facts_of(two), {"line": "The pier at dusk"})
    assert refused.status_code == 400
    assert "Nobody could be made out" in refused.json()["errors"]["line"]
    path = f"/admin/articles/photo/table/?ids={two.pk}"
    page = desk.get(path)
    (row,) = page.context["rows"].initial_forms
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": str(two.pk)}
    data |= {
        f"form-0-{name}": "" for name in row.fields if name not in {"id", "decorative_default"}
    }
    desk.post(path, {**data, "form-0-credit_line": LINE})
    assert printed(two) == "Photo: Jane Roe/Getty Images for BET"
    assert two.caption_default == "Nola Vale"


def test_each_field_says_from_where_it_is_and_what_the_file_said(desk: Client) -> None:
    photo = builders.make_photo(
        photographer_text="Ines Lark",
        provenance={"photographer": "human", "agency": "iim"},
        metadata={"photographer": "Jane Roe", "agency": "Harbour Pictures", "headline": "Gala",
                  "persons": ["Nola Vale"], "provenance": {"headline": "xmp"}},
    )  # fmt: skip
    page = desk.get(change(photo))
    known = {row["fact"]: row for row in page.context["known"]}
    assert known["Photographer"]["standard"] == "written here"
    assert known["Photographer"]["file"] == "Jane Roe"
    assert (known["Agency"]["standard"], known["Agency"]["file"]) == ("IPTC-IIM", "")
    html = page.content.decode()
    assert "The file says: Jane Roe" in html
    assert "Gala" in html


def test_the_raw_words_of_a_file_are_for_staff_alone(reader: Client) -> None:
    secret = "Not for readers 4711"
    article = builders.make_article()
    photo = builders.make_photo(
        manifest=MANIFEST, metadata={"headline": secret, "source": secret}, supplier_ref=secret
    )
    builders.make_lead(article, photo=photo)
    for path in (article.get_absolute_url(), "/", "/feed/"):
        assert secret not in reader.get(path).content.decode()


def test_names_of_the_file_become_persons_shown(desk: Client) -> None:
    nola = builders.make_tag("Nola Vale", kind=Tag.Kind.PERSON)
    photo = builders.make_photo(metadata={"persons": ["NOLA VALE", "Lux Marsh", "Dex Romero"]})
    html = desk.get(change(photo)).content.decode()
    assert "Lux Marsh (new tag)" in html
    save(desk, change(photo), names=["NOLA VALE", "Lux Marsh"])
    assert {tag.name for tag in photo.persons.all()} == {"Nola Vale", "Lux Marsh"}
    assert nola in photo.persons.all()
    offered = desk.get(change(photo)).context["adminform"].form.fields["names"].choices
    assert offered == [("Dex Romero", "Dex Romero (new tag)")]


@pytest.mark.usefixtures("media")
def test_a_file_sent_by_the_page_brings_who_it_names(desk: Client) -> None:
    nola, dex = (
        builders.make_tag(name, kind=Tag.Kind.PERSON) for name in ("Nola Vale", "Dex Romero")
    )
    shown = "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Nola Vale</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>"
    data = file_of(picture(), xmp=xmp(shown)).getvalue()

    def file() -> SimpleUploadedFile:
        return SimpleUploadedFile("a.jpg", data, "image/jpeg")

    save(desk, add(Photo), upload=file())
    made = Photo.objects.get()
    assert list(made.persons.all()) == [nola]
    other = builders.make_photo()
    other.persons.add(dex)
    save(desk, change(other), upload=file())
    assert set(other.persons.all()) == {nola, dex}


def test_who_may_make_no_tags_is_offered_those_that_are_there() -> None:
    builders.make_tag("Nola Vale", kind=Tag.Kind.PERSON)
    photo = builders.make_photo(metadata={"persons": ["Nola Vale", "Lux Marsh"]})
    client = client_of(intern("change_photo", "view_photo"))
    form = client.get(change(photo)).context["adminform"].form
    assert form.fields["names"].choices == [("Nola Vale", "Nola Vale")]


def test_an_unread_credit_is_found_in_the_list_and_on_the_board(desk: Client) -> None:
    photo = builders.make_photo(
        credit_unclear=True, alt_default="A pier", caption_default="Hm (by)"
    )
    builders.make_photo(alt_default="A pier")
    shown = desk.get("/admin/articles/photo/", {"missing": "unclear"})
    assert list(shown.context["cl"].queryset) == [photo]
    assert "Unclear credit" in shown.content.decode()
    assert "A credit that could not be read" in desk.get("/admin/").content.decode()


def test_an_agencys_other_names_stand_one_a_line_and_mean_one_agency(desk: Client) -> None:
    agency = Agency.objects.create(name="Blue Lantern", aliases=["BL Pix"])
    page = desk.get(change(agency))
    assert page.context["adminform"].form["aliases"].value() == "BL Pix"
    save(desk, change(agency), aliases="BL Pix\n\nBlue Lantern Images\n")
    agency.refresh_from_db()
    assert agency.aliases == ["BL Pix", "Blue Lantern Images"]
    page = save(desk, change(agency), aliases="BL Pix\nwire image")
    assert "“wire image” is a name of WireImage already." in page.content.decode()
    other = Agency.objects.create(name="Other")
    page = save(desk, change(other), name="bl PIX")
    assert "is a name of Blue Lantern already." in page.content.decode()


def test_no_agency_stands_above_its_own_house(desk: Client) -> None:
    top = Agency.objects.create(name="Top House")
    below = Agency.objects.create(name="Below House", parent=top)
    page = save(desk, change(top), parent=below.pk).content.decode()
    assert "is of this agency’s own house" in page
    page = save(desk, change(top), parent=top.pk).content.decode()
    assert "is of this agency’s own house" in page
    top.refresh_from_db()
    assert top.parent is None


def test_the_start_list_is_there_with_its_houses() -> None:
    houses = {
        row.name: row.parent and row.parent.name for row in Agency.objects.select_related("parent")
    }
    for name in ("WireImage", "FilmMagic", "GC Images", "Redferns", "Hulton Archive", "Corbis"):
        assert houses[name] == "Getty Images"
    assert houses["Invision"] == "AP"
    for name in ("AFP", "Reuters", "EPA-EFE", "Shutterstock", "Splash News", "BACKGRID", "MEGA",
                 "Bauer-Griffin", "Penske Media", "Variety", "Bloomberg", "ZUMA Press", "Sipa USA",
                 "PA Wire", "TNS", "USA TODAY Sports", "Imagn Images", "NurPhoto", "Everett Collection",
                 "Alamy", "NBC", "ABC", "CBS", "HBO", "Netflix"):  # fmt: skip
        assert name in houses
