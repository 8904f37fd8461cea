"""What an upload's file says of itself, in the photo's fields and tags."""

from typing import Any

import pytest

from articles.actions.photo_agencies import agency_table, find_agency
from articles.actions.photo_facts import write_facts
from articles.actions.photo_persons import link_persons, name_persons, unlinked_names
from articles.actions.photo_reading import apply_credit, photo_from_line
from articles.actions.photos import add_photo, replace_file
from articles.models import Agency, Photo, PhotoUse, Tag, TagAlias
from articles.photos.credits import parse_credit
from articles.photos.figure import credit_line
from tests import builders
from tests.articles.photos.pictures import exif_of, file_of, iim, picture, with_app13, xmp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def upload(*datasets: tuple[int, int, bytes], **options: Any) -> Photo:
    return add_photo(with_app13(file_of(picture(), **options), iim(*datasets)))


def printed(photo: Photo) -> str:
    photo.refresh_from_db()
    return credit_line(PhotoUse(photo=photo))


def test_a_file_of_getty_images_is_credited_with_all_that_it_says() -> None:
    caption = b"Nola Vale (Photo by Jane Roe/Getty Images for BET)"
    photo = upload(
        (2, 80, b"Jane Roe"), (2, 110, b"Getty Images"), (2, 120, caption),
        (2, 115, b"Getty Images Europe"), (2, 105, b"Gala"), (2, 103, b"775000001"),
    )  # fmt: skip
    assert printed(photo) == "Photo: Jane Roe/Getty Images for BET"
    assert photo.caption_default == "Nola Vale"
    assert photo.agency == Agency.objects.get(name="Getty Images")
    assert photo.credit_raw == "Jane Roe/Getty Images"
    assert photo.metadata["caption"] == caption.decode()
    assert (photo.metadata["source"], photo.metadata["headline"]) == ("Getty Images Europe", "Gala")
    assert {name: photo.provenance[name] for name in ("photographer", "agency", "client", "caption")} == {
        "photographer": "iim", "agency": "iim", "client": "line", "caption": "line",
    }  # fmt: skip
    assert not photo.credit_unclear


def test_a_distributor_and_a_collection_find_their_rows() -> None:
    photo = upload((2, 80, b"JANE ROE"), (2, 110, b"AFP via Getty Images"))
    assert printed(photo) == "Photo: JANE ROE/AFP via Getty Images"
    assert photo.via == Agency.objects.get(name="Getty Images")
    wire = upload((2, 80, b"Joseph Okpako"), (2, 110, b"WireImage"))
    assert wire.agency is not None
    assert wire.agency.parent == photo.via


def test_a_distributor_without_a_row_is_printed_all_the_same() -> None:
    photo = Photo()
    apply_credit(photo, parse_credit("Photo: Jane Roe/AP via The Porch"))
    assert credit_line(PhotoUse(photo=photo)) == "Photo: Jane Roe/AP via The Porch"
    apply_credit(photo, parse_credit("Photo: Jane Roe via The Porch"))
    assert credit_line(PhotoUse(photo=photo)) == "Photo: Jane Roe/The Porch"


def test_the_position_is_kept_nowhere() -> None:
    place = {0x8825: {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)}}
    packet = xmp("", 'xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="51,30.0N"')
    photo = add_photo(file_of(picture(), exif=exif_of(place), xmp=packet))
    kept = str({**photo.metadata, "sha256": "", "dhash": ""})
    assert "51" not in kept
    assert "GPS" not in kept


@pytest.mark.parametrize("field", ["photographer_text", "agency_text", "credit_override"])
def test_a_credit_that_could_not_be_read_is_flagged_until_a_person_writes_one(field: str) -> None:
    photo = upload((2, 120, b"Nola Vale (photo by the river at)"))
    assert photo.credit_unclear
    assert photo.caption_default == "Nola Vale (photo by the river at)"
    write_facts(photo, {"alt_default": "A pier"})
    assert photo.credit_unclear
    write_facts(photo, {field: "Jane Roe"})
    photo.refresh_from_db()
    assert not photo.credit_unclear
    unread, _credit = photo_from_line("Nola Vale (photo by the river at)")
    assert unread.credit_unclear
    plain, _credit = photo_from_line("Nola Vale at the pier")
    assert not plain.credit_unclear


def test_what_a_person_writes_over_a_line_is_printed() -> None:
    photo, _credit = photo_from_line("Nola Vale (Courtesy of HBO)")
    photo.save()
    assert printed(photo) == "Courtesy of HBO"
    write_facts(photo, {"agency_text": "Netflix"})
    assert printed(photo) == "Photo: Netflix"
    assert photo.credit_raw == "Courtesy of HBO"


def test_what_a_person_wrote_stays_over_a_new_file_and_is_known_as_theirs() -> None:
    photo = builders.make_photo(photographer_text="Ines Lark", agency_text="")
    file = with_app13(file_of(picture()), iim((2, 80, b"Jane Roe"), (2, 110, b"Hulton Archive")))
    replace_file(photo, file, keep={"photographer_text"})
    assert printed(photo) == "Photo: Ines Lark/Hulton Archive"
    assert (photo.provenance["photographer"], photo.metadata["photographer"]) == (
        "human",
        "Jane Roe",
    )


SHOWN = xmp(
    "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>NOLA VALE</rdf:li><rdf:li>Dexter R.</rdf:li>"
    "<rdf:li>Lux Marsh</rdf:li><rdf:li>Harbor</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>"
)


def test_persons_in_the_file_get_their_tags_and_the_rest_is_offered() -> None:
    nola = builders.make_tag("Nola Vale", kind=Tag.Kind.PERSON)
    dex = builders.make_tag("Dex Romero", kind=Tag.Kind.PERSON)
    TagAlias.objects.create(tag=dex, name="Dexter R.", slug="dexter-r")
    builders.make_tag("Harbor", kind=Tag.Kind.PLACE)
    photo = add_photo(file_of(picture(), xmp=SHOWN))
    assert set(photo.persons.all()) == {nola, dex}
    assert unlinked_names(photo) == [("Lux Marsh", None), ("Harbor", None)]
    lux = builders.make_tag("Lux Marsh", kind=Tag.Kind.PERSON)
    assert unlinked_names(photo)[0] == ("Lux Marsh", lux)
    name_persons(photo, ["Lux Marsh"])
    assert lux in photo.persons.all()
    link_persons(builders.make_photo())


def test_a_name_becomes_a_persons_tag() -> None:
    photo = add_photo(file_of(picture(), xmp=SHOWN))
    name_persons(photo, ["Lux Marsh"])
    (tag,) = photo.persons.all()
    assert (tag.name, tag.kind) == ("Lux Marsh", Tag.Kind.PERSON)


def test_the_desks_agency_is_read_in_lines_and_files() -> None:
    ours = Agency.objects.create(name="Blue Lantern", aliases=["BL Pix"])
    assert parse_credit("Nola Vale (BL Pix)", agencies=agency_table()).agency == "BL Pix"
    assert find_agency("bl pix") == ours
    photo, _credit = photo_from_line("Nola Vale (Jane Roe/BL Pix)")
    assert photo.agency == ours
