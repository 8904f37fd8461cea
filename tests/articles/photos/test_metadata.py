"""What a file says of itself, and which files are refused."""

import json
import struct
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from articles.photos.metadata import PhotoRefused, inspect_photo
from articles.photos.metadata_exif import read_exif
from articles.photos.metadata_iim import read_iim
from articles.photos.metadata_xmp import MAX_XMP_BYTES, read_xmp
from articles.photos.orientation import found_orientation
from tests.articles.photos.pictures import (
    app13,
    corners,
    exif_of,
    file_of,
    iim,
    picture,
    with_app13,
    xmp,
)
from tests.cases import case_path

CASES = json.loads(case_path("photos/index.json").read_text(encoding="utf-8"))
CREDIT_FIELDS = {"byline": "photographer", "credit": "agency"}
UTF_8 = (1, 90, b"\x1b%G")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_it_holds_for_the_shared_cases(case: dict[str, Any]) -> None:
    file = BytesIO(case_path(f"photos/{case['file']}").read_bytes())
    if case["verdict"] == "refuse":
        with pytest.raises(PhotoRefused) as refusal:
            inspect_photo(file, name=case["upload_name"])
        assert str(refusal.value).endswith(".")
        return
    facts = inspect_photo(file, name=case["upload_name"])
    assert [facts.width, facts.height] == case.get("display_size", [facts.width, facts.height])
    assert facts.orientation == case.get("orientation", facts.orientation)
    assert facts.frames == case.get("frames", facts.frames)
    assert facts.format == case.get("real_format", facts.format)
    for key, value in case.get("expected_credit", {}).items():
        assert getattr(facts, CREDIT_FIELDS.get(key, key)) == value
    if case.get("credit_max_length"):
        assert len(facts.photographer or "") <= 500
        assert len(facts.caption or "") <= 5_000


FULL_XMP = xmp(
    "<dc:creator><rdf:Seq><rdf:li>Ana Lee</rdf:li><rdf:li>Bea Lee</rdf:li></rdf:Seq></dc:creator>"
    "<dc:rights><rdf:Alt><rdf:li xml:lang='fr'>Droits</rdf:li>"
    "<rdf:li xml:lang='x-default'>© Lee</rdf:li></rdf:Alt></dc:rights>"
    "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>A caption\u202e\x07</rdf:li></rdf:Alt></dc:description>".replace("\x07", "")
    + "<xmpRights:UsageTerms><rdf:Alt><rdf:li>14 days</rdf:li></rdf:Alt></xmpRights:UsageTerms>"
    "<plus:Licensor><rdf:Seq><rdf:li rdf:parseType='Resource'>"
    "<plus:LicensorURL>https://buy.example/</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>"
    "<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li>Two people</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"
    "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Nola Vale</rdf:li><rdf:li>Dex Romero</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>"
    "<xmpRights:WebStatement rdf:resource='https://terms.example/'/>"
    "<photoshop:Source>  </photoshop:Source>",
    'photoshop:Credit="WireImage" photoshop:Headline="Head" photoshop:Instructions="No sales"'
    ' photoshop:City="Accra" photoshop:Country="Ghana" photoshop:DateCreated="2022-09-08T21:30:00+02:00"'
    ' photoshop:TransmissionReference="W-1" Iptc4xmpExt:DigitalSourceType="http://cv.example/digitalCapture"',
)  # fmt: skip


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_it_reads_xmp_in_every_format(format_name: str) -> None:
    options: dict[str, Any] = {"xmp": FULL_XMP}
    if format_name == "PNG":
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", FULL_XMP.decode())
        options = {"pnginfo": info}
    facts = inspect_photo(file_of(picture(), format_name, **options), name="x")
    assert facts.format == format_name
    assert facts.photographer == "Ana Lee, Bea Lee"
    assert facts.agency == "WireImage"
    assert facts.source is None
    assert facts.copyright == "© Lee"
    assert facts.caption == "A caption"
    assert facts.headline == "Head"
    assert facts.instructions == "No sales"
    assert facts.usage_terms == "14 days"
    assert facts.web_statement == "https://terms.example/"
    assert facts.licensor_url == "https://buy.example/"
    assert facts.alt == "Two people"
    assert facts.persons == ("Nola Vale", "Dex Romero")
    assert facts.place == "Accra, Ghana"
    assert facts.supplier_ref == "W-1"
    assert facts.digital_source_type == "http://cv.example/digitalCapture"
    assert facts.taken_at == datetime(2022, 9, 8, 21, 30, tzinfo=timezone(timedelta(hours=2)))
    assert set(facts.provenance.values()) == {"xmp"}


def test_xmp_wins_over_iim_and_iim_over_exif() -> None:
    exif = exif_of(
        {0x013B: "E artist", 0x8298: "E rights", 0x010E: "E caption"},
        {0x9003: "2021:01:02 03:04:05"},
    )
    file = with_app13(
        file_of(picture(), exif=exif, xmp=xmp("", 'photoshop:Credit="X credit" xmpRights:WebStatement="javascript:1"')),
        iim((2, 110, b"I credit"), (2, 116, b"I rights"), (2, 80, b"I one"), (2, 80, b"I two"), (2, 80, b" ")),
    )  # fmt: skip
    facts = inspect_photo(file)
    assert (facts.agency, facts.copyright, facts.caption) == ("X credit", "I rights", "E caption")
    assert facts.photographer == "I one, I two"
    assert facts.web_statement is None
    assert facts.taken_at == datetime(2021, 1, 2, 3, 4, 5)  # noqa: DTZ001  (the file names no zone)
    assert facts.provenance == {
        "agency": "xmp", "photographer": "iim", "copyright": "iim", "caption": "exif", "taken_at": "exif",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("datasets", "name"),
    [
        ([(2, 80, "Émilie".encode())], "Émilie"),
        ([(2, 80, "Émilie".encode("cp1252"))], "Émilie"),
        ([UTF_8, (2, 80, "Émilie".encode())], "Émilie"),
        ([UTF_8, (2, 80, "Émilie".encode("cp1252"))], "Émilie"),
        ([(1, 90, b"\x1b.A"), (2, 80, "Ã©".encode("latin-1"))], "Ã©"),
        ([(1, 90, b"\x1b.A"), (2, 80, "O’Vale".encode("cp1252"))], "O’Vale"),
        ([(1, 90, b"\x1b-B"), (2, 80, "Łukasz Żak".encode("iso8859-2"))], "Łukasz Żak"),
        ([UTF_8, (2, 80, "Zoé Rêvé".encode()[:-1])], "Zoé Rêv"),
        ([UTF_8, (2, 80, "José".encode("cp1252"))], "José"),
    ],
)
def test_iim_is_decoded_by_its_character_set(
    datasets: list[tuple[int, int, bytes]], name: str
) -> None:
    assert inspect_photo(with_app13(file_of(picture()), iim(*datasets))).photographer == name


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (b"", {}),
        (b"\x1c\x02\x50\x7f\xffshort", {}),
        (b"\x1c\x02\x50\x00\x01A\x1c\x02\x6e\xff\xff", {"photographer": ["A"]}),
        (b"\x1c\x02\x50\x80\x02\x00\x01A", {"photographer": ["A"]}),
        (b"\x1c\x02\x37\x00\x0820220908\x1c\x02\x3c\x00\x0b213000+0200", {"taken_at": ["20220908T213000+0200"]}),
        (b"\x1c\x02\x37\x00\x0820220908", {"taken_at": ["20220908T000000"]}),
        (b"\x1c\x02\x3c\x00\x06213000", {}),
        (b"garbage", {}),
    ],
)  # fmt: skip
def test_iim_survives_malformed_data(data: bytes, fields: dict[str, list[str]]) -> None:
    assert read_iim(data) == fields
    assert inspect_photo(with_app13(file_of(picture()), app13(data))).width == 64


@pytest.mark.parametrize(
    "packet",
    [
        b"", b"not xml", b"\0" * 10, b"<a/>", b" " * (MAX_XMP_BYTES + 1),
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
        b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 99 + b'"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>',
        b'<?xml version="1.0" encoding="no-such"?><a/>',
    ],
)  # fmt: skip
def test_hostile_and_broken_xmp_says_nothing(packet: bytes) -> None:
    assert read_xmp(packet) == {}


def test_a_packet_with_a_dtd_says_nothing_at_all() -> None:
    assert read_xmp(FULL_XMP)["agency"] == ["WireImage"]
    assert read_xmp(b"<!DOCTYPE x>" + FULL_XMP) == {}
    entity = xmp("<dc:creator>&e;</dc:creator>")
    packet = b'<!DOCTYPE x [<!ENTITY e "boom">]>' + entity
    assert inspect_photo(file_of(picture(), xmp=packet)).photographer is None


def test_text_is_cut_and_cleaned() -> None:
    long = ("Ana\x00\x1b \u202eLee\n" * 1_000).encode()
    file = with_app13(file_of(picture()), iim((2, 80, long), (2, 120, long), (2, 101, b"G" * 600)))
    facts = inspect_photo(file)
    assert len(facts.photographer or "") <= 500
    assert len(facts.caption or "") <= 5_000
    assert (facts.photographer or "").startswith("Ana Lee Ana Lee")
    assert len(facts.place or "") == 500


def test_exif_text_in_utf_8_is_read_and_the_position_never() -> None:
    exif = exif_of(
        {0x013B: "Émilie".encode(), 0x8298: b"rights\0editor", 0x010E: 7,
         0x8825: {1: "N", 2: (51.0, 30.0, 0.0)}},
        {0x9003: "2022:09:08 21:30:00", 0x9011: "+00:00"},
    )  # fmt: skip
    facts = inspect_photo(file_of(picture(), exif=exif))
    assert facts.photographer == "Émilie"
    assert facts.copyright == "rights editor"
    assert facts.taken_at == datetime(2022, 9, 8, 21, 30, tzinfo=UTC)
    assert "51" not in str(facts).replace(facts.sha256, "")


def test_text_in_latin_1_stays_as_it_is() -> None:
    assert (
        inspect_photo(
            file_of(picture(), exif=exif_of({0x013B: "Émilie".encode("latin-1")}))
        ).photographer
        == "Émilie"
    )


class BrokenExif(Image.Image):
    def getexif(self) -> Image.Exif:
        raise struct.error("short")


def test_a_broken_exif_block_says_nothing() -> None:
    assert read_exif(BrokenExif()) == {}
    assert found_orientation(BrokenExif()) == 1


def test_an_exif_text_that_is_no_text_says_nothing() -> None:
    image = picture()
    image.getexif()[0x010E] = 7
    image.getexif()[0x013B] = b"Ana Lee"
    assert read_exif(image) == {"photographer": ["Ana Lee"]}


def test_an_orientation_that_is_no_number_counts_as_none() -> None:
    image = picture()
    image.getexif()[0x0112] = "sideways"
    assert found_orientation(image) == 1


@pytest.mark.parametrize("date", ["2022", "2022-13-40", "tomorrow"])
def test_a_date_that_is_none_is_left_out(date: str) -> None:
    facts = inspect_photo(file_of(picture(), xmp=xmp("", f'photoshop:DateCreated="{date}"')))
    assert facts.taken_at is None
    assert "taken_at" not in facts.provenance


def test_a_date_without_time_counts_from_midnight() -> None:
    facts = inspect_photo(file_of(picture(), xmp=xmp("", 'xmp:CreateDate="2022-09-08"')))
    assert facts.taken_at == datetime(2022, 9, 8)  # noqa: DTZ001


def test_a_phones_mpo_is_a_jpeg() -> None:
    file = file_of(corners(), "MPO", save_all=True, append_images=[picture(96, 64)])
    facts = inspect_photo(file)
    assert (facts.format, facts.frames, facts.width) == ("JPEG", 2, 96)


@pytest.mark.parametrize("format_name", ["PNG", "WEBP"])
def test_orientation_counts_in_every_format(format_name: str) -> None:
    facts = inspect_photo(file_of(picture(), format_name, exif=exif_of({0x0112: 6})))
    assert (facts.width, facts.height, facts.orientation) == (48, 64, 6)
