"""Whom a photo's file credits, from its by-line, credit, source and caption."""

from dataclasses import fields, replace
from typing import Any

import pytest

from articles.photos.agencies import AGENCIES, DEFAULT_AGENCIES, AgencyRow, AgencyTable
from articles.photos.credits import format_credit
from articles.photos.metadata import PhotoFacts
from articles.photos.passport import credit_of_file, seems_credited


def facts(*byline: str, **said: Any) -> PhotoFacts:
    nothing: dict[str, Any] = {field.name: None for field in fields(PhotoFacts)}
    people = {"creators": byline, "photographer": ", ".join(byline) or None}
    return PhotoFacts(**{**nothing, "persons": (), "provenance": {}, **people, **said})


NAMES = ("agency", "via", "for_client", "courtesy", "platform", "handle")


def said(file: PhotoFacts) -> dict[str, Any]:
    credit = credit_of_file(file, DEFAULT_AGENCIES).credit
    found = {name: getattr(credit, name) for name in NAMES}
    return {k: v for k, v in {"people": list(credit.photographers), **found}.items() if v}


@pytest.mark.parametrize(
    ("file", "credit"),
    [
        (facts("Joseph Okpako", agency="WireImage", source="Getty Images North America"), {"people": ["Joseph Okpako"], "agency": "WireImage"}),
        (facts("Joseph Okpako", agency="Joseph Okpako/WireImage"), {"people": ["Joseph Okpako"], "agency": "WireImage"}),
        (facts("Jane Roe", agency="Getty Images for BET"), {"people": ["Jane Roe"], "agency": "Getty Images", "for_client": "BET"}),
        (facts("JANE ROE", agency="AFP via Getty Images"), {"people": ["JANE ROE"], "agency": "AFP", "via": "Getty Images"}),
        (facts("Jane Roe", agency="Invision/AP"), {"people": ["Jane Roe"], "agency": "Invision/AP"}),
        (facts("Jane Roe/Invision", agency="AP"), {"people": ["Jane Roe"], "agency": "Invision/AP"}),
        (facts("REUTERS/Jane Roe"), {"people": ["Jane Roe"], "agency": "REUTERS"}),
        (facts("REUTERS/Jane Roe", agency="Reuters"), {"people": ["Jane Roe"], "agency": "REUTERS"}),
        (facts("Photo by Jane Roe"), {"people": ["Jane Roe"]}),
        (facts("STRINGER", agency="AFP"), {"agency": "STRINGER/AFP"}),
        (facts("Reuters", agency="Reuters"), {"agency": "Reuters"}),
        # who took it, said twice, or in the credit alone
        (facts("Jane Roe", agency="Jane Roe"), {"people": ["Jane Roe"]}),
        (facts("Jane Roe", agency="© Jane Roe"), {"people": ["Jane Roe"]}),
        (facts("Jane Roe", agency="Jane Roe for The Porch"), {"people": ["Jane Roe"], "for_client": "The Porch"}),
        (facts(agency="Jane Roe/Getty Images"), {"people": ["Jane Roe"], "agency": "Getty Images"}),
        (facts(agency="Jane Roe"), {"people": ["Jane Roe"]}),
        # a house that no table knows stays as it is written
        (facts("Jane Roe", agency="Blue Lantern"), {"people": ["Jane Roe"], "agency": "Blue Lantern"}),
        (facts("Émilie Roe", agency="Agência 東京/Київ"), {"people": ["Émilie Roe"], "agency": "Agência 東京/Київ"}),
        # one word each: nobody can tell which is which
        (facts("Axelle", agency="Lantern"), {"people": ["Axelle"], "agency": "Lantern"}),
        (facts("Lantern", agency="Lantern"), {"people": ["Lantern"], "agency": "Lantern"}),
        # who gave it took it not
        (facts("Courtesy of HBO"), {"courtesy": "HBO"}),
        (facts("Jane Roe", agency="Courtesy of HBO"), {"people": ["Jane Roe"], "courtesy": "HBO"}),
        (facts(agency="Handout"), {}),
        # several people
        (facts("Ana Lee", "Bea Roe", agency="AP"), {"people": ["Ana Lee", "Bea Roe"], "agency": "AP"}),
        (facts("Ana Lee; Bea Roe"), {"people": ["Ana Lee", "Bea Roe"]}),
        (facts("Sam Lee, Jr."), {"people": ["Sam Lee, Jr."]}),
        (facts("roe"), {"people": ["roe"]}),
        (facts("@nolavale"), {"handle": "@nolavale"}),
        # the source speaks where nobody else does, and only of agencies
        (facts("Jane Roe", source="Getty Images"), {"people": ["Jane Roe"], "agency": "Getty Images"}),
        (facts("Jane Roe", source="Nikon"), {"people": ["Jane Roe"]}),
        # whose the rights are is not who took it
        (facts(copyright="© 2024 Nola Vale"), {}),
    ],
)  # fmt: skip
def test_a_files_fields_are_one_credit(file: PhotoFacts, credit: dict[str, Any]) -> None:
    assert said(file) == credit
    found = credit_of_file(file, DEFAULT_AGENCIES)
    for value in (file.photographer, file.agency):
        assert (value or "") in (found.credit.raw or ""), "the words of the file stay"
    assert bool(format_credit(found.credit)) == bool(file.photographer or file.agency)


@pytest.mark.parametrize(
    ("file", "line", "printed"),
    [
        (facts("Jane Roe"), "Jane Roe/Getty Images for BET", "Photo: Jane Roe/Getty Images for BET"),
        (facts(agency="Getty Images"), "Jane Roe/Getty Images", "Photo: Jane Roe/Getty Images"),
        (facts("Jane Roe", agency="Getty Images"), "Jane Roe/WireImage", "Photo: Jane Roe/WireImage"),
        (facts("Jane Roe", agency="Getty Images"), "Jane Roe/AFP via Getty Images", "Photo: Jane Roe/AFP via Getty Images"),
        (facts("Jane Roe", agency="AFP"), "Jane Roe/AFP via Getty Images", "Photo: Jane Roe/AFP via Getty Images"),
        (facts("Jane Roe"), "Jane Roe/Invision/AP, File", "Photo: Jane Roe/Invision/AP, File"),
        (facts("Jane Roe", agency="AP"), "Jane Roe/Invision/AP", "Photo: Jane Roe/Invision/AP"),
        (facts(agency="Getty Images"), "Photo by Jane Roe/Getty Images)Getty Images", "Photo: Jane Roe/Getty Images"),
        (facts(agency="Getty Images"), "Photo by Jane Roe via Getty Images", "Photo: Jane Roe/Getty Images"),
    ],
)  # fmt: skip
def test_what_the_fields_leave_open_the_captions_credit_says(
    file: PhotoFacts, line: str, printed: str
) -> None:
    found = credit_of_file(replace(file, caption=f"Nola Vale ({line})"), DEFAULT_AGENCIES)
    assert (format_credit(found.credit), found.caption, found.unclear) == (
        printed, "Nola Vale", False
    )  # fmt: skip


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (facts("Jane Roe", agency="AP"), "(Photo by Jane Roe/WireImage)"),
        (facts("Jane Roe", agency="Blue Harbor"), "(Photo by Jane Roe/WireImage)"),
        # Two collections of one house are not the same one.
        (facts("Jane Roe", agency="FilmMagic"), "(Photo by Jane Roe/WireImage)"),
        (facts(agency="Variety"), "(Photo by Jane Roe/Billboard)"),
        (facts(agency="AFP via Getty Images"), "(Photo by Jane Roe/Bauer-Griffin via Getty Images)"),
        (facts(agency="Getty Images"), "(Courtesy of Blue Harbor via Getty Images)"),
        (facts(agency="Getty Images"), "(Photo by Jane Roe/WireImage); (Photo by Ann Poe/Getty Images)"),
        (facts("Jane Roe", agency="AP"), "(Photo by Jane Roe and Ann Poe/AP)"),
    ],
)  # fmt: skip
def test_a_caption_that_credits_somebody_else_as_well_keeps_its_credit(
    file: PhotoFacts, line: str
) -> None:
    found = credit_of_file(replace(file, caption=f"Nola Vale {line}"), DEFAULT_AGENCIES)
    own = credit_of_file(file, DEFAULT_AGENCIES)
    assert (found.caption, found.unclear) == (f"Nola Vale {line}", True)
    assert found.credit == own.credit


@pytest.mark.parametrize(
    ("file", "caption", "from_line", "unclear"),
    [
        (facts(caption="Nola Vale (Photo by Jane Roe/WireImage)"), "Nola Vale", {"photographer", "agency", "caption"}, False),
        (facts("Jane Roe", agency="Getty Images", caption="Nola Vale (Photo by Jane Roe/Getty Images for BET)"), "Nola Vale", {"client", "caption"}, False),
        (facts("Jane Roe", caption="Nola Vale. Jane Roe"), "Nola Vale. Jane Roe", set(), False),
        (facts(agency="Getty Images", caption="Nola Vale (Getty Images)"), "Nola Vale", {"caption"}, False),
        (facts("Jane Roe", agency="WireImage", caption="Nola Vale (Photo by John Doe/AP)"), "Nola Vale (Photo by John Doe/AP)", set(), True),
        (facts(caption="Nola Vale (photo by the river at)"), "Nola Vale (photo by the river at)", set(), True),
        (facts("Jane Roe", caption="Nola Vale (photo by the river at)"), "Nola Vale (photo by the river at)", set(), False),
        (facts(caption="Nola Vale at the pier (2016)"), "Nola Vale at the pier (2016)", set(), False),
        (facts(), "", set(), False),
    ],
)  # fmt: skip
def test_a_captions_credit_is_taken_off_where_it_says_the_same(
    file: PhotoFacts, caption: str, from_line: set[str], unclear: bool
) -> None:
    found = credit_of_file(file, DEFAULT_AGENCIES)
    assert (found.caption, found.unclear) == (caption, unclear)
    assert found.from_line == from_line


def test_the_desks_own_agencies_count() -> None:
    table = AgencyTable.from_rows((*AGENCIES, AgencyRow("Blue Lantern", ("BL",))))
    file = facts(agency="Jane Roe/BL")
    assert credit_of_file(file, table).credit.agency == "BL"
    same = facts("Jane Roe/Blue Lantern", agency="BL")
    assert credit_of_file(same, table).credit.agency == "Blue Lantern"


@pytest.mark.parametrize(
    ("text", "seems"),
    [
        ("Nola Vale (photo by the)", True), ("© somebody", True), ("Nola (Jane/???)", True),
        ("Courtesy of nobody we know", True), ("Nola Vale at the pier", False),
        ("Nola Vale (left)", False), ("A photo of Nola Vale", False), ("", False),
    ],
)  # fmt: skip
def test_a_caption_that_means_to_credit_is_told_from_one_that_does_not(
    text: str, seems: bool
) -> None:
    assert seems_credited(text) is seems
