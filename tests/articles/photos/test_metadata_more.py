"""Passports as agencies, cameras and programs really write them."""

from typing import Any

import pytest
from PIL.PngImagePlugin import PngInfo

from articles.photos.metadata import PhotoFacts, inspect_photo
from tests.articles.photos.pictures import exif_of, file_of, iim, picture, with_app13, xmp


def facts_of_xmp(properties: str, attributes: str = "") -> PhotoFacts:
    return inspect_photo(file_of(picture(), xmp=xmp(properties, attributes)))


def bag(*items: str) -> str:
    return f"<rdf:Bag>{''.join(items)}</rdf:Bag>"


def resource(inner: str) -> str:
    return f"<rdf:li rdf:parseType='Resource'>{inner}</rdf:li>"


def alt(text: str) -> str:
    return f"<rdf:Alt><rdf:li xml:lang='x-default'>{text}</rdf:li></rdf:Alt>"


def test_persons_with_details_are_each_named() -> None:
    people = (
        resource(f"<Iptc4xmpExt:PersonName>{alt(name)}</Iptc4xmpExt:PersonName>")
        for name in ("Nola Vale", "Dex Romero", "Nola Vale")
    )
    details = (
        f"<Iptc4xmpExt:PersonInImageWDetails>{bag(*people)}</Iptc4xmpExt:PersonInImageWDetails>"
    )
    assert facts_of_xmp(details).persons == ("Nola Vale", "Dex Romero")


def test_a_place_of_the_newer_kind_is_read_where_there_is_no_older_one() -> None:
    place = resource(
        "<Iptc4xmpExt:Sublocation>Harbor Hall</Iptc4xmpExt:Sublocation>"
        "<Iptc4xmpExt:City>Accra</Iptc4xmpExt:City>"
        "<Iptc4xmpExt:CountryName>Ghana</Iptc4xmpExt:CountryName>"
    )
    shown = f"<Iptc4xmpExt:LocationShown>{bag(place)}</Iptc4xmpExt:LocationShown>"
    assert facts_of_xmp(shown).place == "Harbor Hall, Accra, Ghana"
    older = facts_of_xmp(shown, 'photoshop:City="Tema" photoshop:Country="Ghana"')
    assert older.place == "Harbor Hall, Tema, Ghana"


def test_the_licensor_is_named() -> None:
    licensor = resource(
        "<plus:LicensorName>Harbor Pictures</plus:LicensorName>"
        "<plus:LicensorURL>https://buy.example/</plus:LicensorURL>"
    )
    facts = facts_of_xmp(f"<plus:Licensor><rdf:Seq>{licensor}</rdf:Seq></plus:Licensor>")
    assert (facts.licensor, facts.licensor_url) == ("Harbor Pictures", "https://buy.example/")


def test_properties_of_several_descriptions_count() -> None:
    packet = xmp("", 'photoshop:Credit="AP"').decode()
    second = '<rdf:Description rdf:about="" photoshop:Source="Harbor"/></rdf:RDF>'
    packet = packet.replace("</rdf:RDF>", second)
    facts = inspect_photo(file_of(picture(), xmp=packet.encode()))
    assert (facts.agency, facts.source) == ("AP", "Harbor")


def test_each_creator_is_kept_apart() -> None:
    seq = "<dc:creator><rdf:Seq><rdf:li>Sam Lee, Jr.</rdf:li><rdf:li>Ana Roe</rdf:li></rdf:Seq></dc:creator>"
    facts = facts_of_xmp(seq)
    assert facts.creators == ("Sam Lee, Jr.", "Ana Roe")
    assert facts.photographer == "Sam Lee, Jr., Ana Roe"


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({0x013B: "Renée “R” Roe".encode("cp1252")}, {"photographer": "Renée “R” Roe"}),
        ({0x9C9D: "Renée Roe\0".encode("utf-16-le")}, {"photographer": "Renée Roe"}),
        ({0x013B: "Ana Roe", 0x9C9D: "Other\0".encode("utf-16-le")}, {"photographer": "Ana Roe"}),
        ({0x9C9C: "On the pier\0".encode("utf-16-le")}, {"caption": "On the pier"}),
        ({0x9C9D: b"\0"}, {"photographer": None}),
    ],
)
def test_exif_text_is_read_in_every_way_it_is_written(
    tags: dict[int, Any], expected: dict[str, str | None]
) -> None:
    facts = inspect_photo(file_of(picture(), exif=exif_of(tags)))
    assert {name: getattr(facts, name) for name in expected} == expected


@pytest.mark.parametrize(
    "filler",
    [
        "OLYMPUS DIGITAL CAMERA", "KONICA MINOLTA DIGITAL CAMERA", "SONY DSC", "SAMSUNG CAMERA PICTURES",
        "default", "Untitled", "Picasa", "DCIM\\100MEDIA\\DJI_0001.JPG", "IMG_1234.JPG", "DSC01234", "---",
        "hdr", "Exif_JPEG_PICTURE",
    ],
)  # fmt: skip
def test_what_a_camera_writes_is_no_caption(filler: str) -> None:
    facts = inspect_photo(file_of(picture(), exif=exif_of({0x010E: filler})))
    assert facts.caption is None
    assert "caption" not in facts.provenance


@pytest.mark.parametrize("filler", ["Unknown", "picasa", "Photographer", "n/a", "Owner Name", "-"])
def test_nobody_is_no_photographer(filler: str) -> None:
    file = with_app13(file_of(picture()), iim((2, 80, filler.encode()), (2, 110, b"AP")))
    facts = inspect_photo(file)
    assert (facts.photographer, facts.agency) == (None, "AP")


@pytest.mark.parametrize("word", ["Sunset", "pier", "A hdr photo", "Default City skyline"])
def test_a_short_caption_is_one(word: str) -> None:
    assert inspect_photo(file_of(picture(), exif=exif_of({0x010E: word}))).caption == word


def test_a_pngs_own_words_are_read_last() -> None:
    info = PngInfo()
    info.add_text("Author", "Ana Roe")
    info.add_itxt("Description", "Am Kai – Köln")
    info.add_text("Copyright", "Unknown")
    facts = inspect_photo(file_of(picture(), "PNG", pnginfo=info))
    assert (facts.photographer, facts.caption, facts.copyright) == (
        "Ana Roe",
        "Am Kai – Köln",
        None,
    )
    assert facts.provenance == {"photographer": "png", "caption": "png"}
    info.add_itxt("XML:com.adobe.xmp", xmp("", 'photoshop:Headline="H"').decode())
    assert inspect_photo(file_of(picture(), "PNG", pnginfo=info)).provenance["headline"] == "xmp"
