"""Credit lines: the shared cases, several credits, what is none, and the house form."""

from typing import Any

import pytest

from articles.photos.agencies import AGENCIES, AgencyRow, AgencyTable
from articles.photos.credits import CreditPart, PhotoCredit, format_credit, parse_credit
from tests.cases import load_jsonl

FIELDS = {
    "caption": "caption",
    "agency": "agency",
    "via": "via",
    "for": "for_client",
    "kind": "kind",
    "courtesy": "courtesy",
    "platform": "platform",
    "handle": "handle",
    "url": "url",
    "credit": "raw",
}


def as_expected(credit: PhotoCredit, expect: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {key: getattr(credit, name) for key, name in FIELDS.items()}
    said["photographers"] = list(credit.photographers)
    said["credits"] = [
        {"photographers": list(part.photographers), "agency": part.agency} for part in credit.parts
    ]
    return {key: said[key] for key in expect}


@pytest.mark.parametrize(
    "case", load_jsonl("credits/cases.jsonl"), ids=lambda case: str(case["id"])
)
def test_it_reads_the_shared_cases(case: dict[str, Any]) -> None:
    credit = parse_credit(case["text"])
    assert as_expected(credit, case["expect"]) == case["expect"]
    assert credit.understood == (case["expect"]["credit"] is not None)


@pytest.mark.parametrize(
    ("line", "parts", "caption"),
    [
        ("Ari Vale (Getty Images) and Dex Romero (WireImage)", ["Getty Images", "WireImage"], "Ari Vale and Dex Romero"),
        ("Ari Vale (Photo by A. Lee/AP), Dex Romero (Photo by B. Lee/AFP)", ["A. Lee/AP", "B. Lee/AFP"], "Ari Vale, Dex Romero"),
        ("Left: Photo by A. Lee/AP; Right: Photo by B. Lee/AFP", ["A. Lee/AP", "B. Lee/AFP"], ""),
        ("Left: Ana Lee/AP; right: Bea Lee/AFP", ["Ana Lee/AP", "Bea Lee/AFP"], ""),
        ("Photos: A. Lee/AP, B. Lee/AFP", ["A. Lee/AP", "B. Lee/AFP"], ""),
        ("Photos by A. Lee/AP and B. Lee/AFP", ["A. Lee/AP", "B. Lee/AFP"], ""),
        ("Photo: AFP, Getty Images", ["AFP", "Getty Images"], ""),
        ("Photo: AFP, Getty Images and AP", ["AFP", "Getty Images", "AP"], ""),
        ("Ari (Photos by A. Lee/AP; ; B. Lee/AFP)", ["A. Lee/AP", "B. Lee/AFP"], "Ari"),
        ("Ari Vale. Photo: A. Lee/AP. Dex Romero. Photo: B. Lee/AFP", ["A. Lee/AP", "B. Lee/AFP"], "Ari Vale. Dex Romero."),
        ("Ari (Photo by A. Lee/AP) (Photo by A. Lee/AP)", ["A. Lee/AP"], "Ari"),
    ],
)  # fmt: skip
def test_it_reads_several_credits(line: str, parts: list[str], caption: str) -> None:
    credit = parse_credit(line)
    assert [format_credit(part).removeprefix("Photo: ") for part in credit.parts] == parts
    assert credit.caption == caption
    assert format_credit(credit) == "; ".join(f"Photo: {part}" for part in parts)


@pytest.mark.parametrize(
    "line",
    [
        "", "()", "(((", ")))", "[sic]", "Foto", "Photo:", "Nola Vale (Photo by )", "Nola Vale (photo)",
        "Nola Vale (left) and Dex Romero (right)", "Nola Vale (Deluxe)", "Nola Vale (she/her)",
        "Nola Vale (singer/songwriter)", "Nola Vale (1990–2016)", "Nola Vale (via satellite)",
        "Nola Vale (Mega)", "Nola Vale (PA)", "Nola Vale (Getty Museum)", "Nola Vale (courtesy call)",
        "Nola Vale (Photo 2 of 9)", "Nola Vale (@arivale) at the gala", "Write to dex@porch.example",
        "ACCRA (AP) — Mourners leave flowers", "A photo by Lux Marsh/Getty Images hangs in the hall",
        "Photo by photo, the story unfolds", "Image by image, Ari Vale rebuilds",
        "Photo by Ari Vale goes viral", "PHOTOS: Ari Vale Through The Years", "Photos from 2016: Ari Vale",
        "Photo: the mayor", "Photo: 1998", "Photo ID required", "Ari Vale on Instagram",
        "Dex Romero for Vogue", "Nola Vale (Dex Romero for Mayor)", "Ari Vale, CBS/YouGov poll",
        "A Reuters/Ipsos poll", "Dex Romero, NBC anchor", "Getty Villa at dusk", "Screenshot of the tweet",
        "Staff Sgt. Lux Marsh", "Ari Vale / Dex Romero", "Nola Vale, courtesy of the storm, came late",
        "Credit to her mother for the song", "Fans at the AP Photo exhibition", "Family photo from 1996",
        "Photo: Nola Vale at the gala (right)", "Photo: via 2016", "Award-Winning Photo by Lux Marsh",
        "Photos: Ari Vale via the river", "Photo by Lux Marsh (see (this))", "Nola Vale (from Instagram: a life)",
        "Nola Vale, Rex/Lux Marsh poll", "Nola Vale. REUTERS: no comment", "Photo: Ari Vale, at the gala",
        "Nola Vale Priya Keller/Staff", "Photo: a | b | c | d | e | f | g | h | i | j | k",
        "Nola Vale (X)", "Photo: Ari Vale y", "Photo: the river-Getty Images", "Photo: , (12a)",
        "Nola Vale (Courtesy of Ines Marsh via nothing)",
        "Photo by Ari Vale on Monday",
        "Nola Vale (Photo by Lena Whitlock/AP " + "of the many words " * 20 + ")",
        "Nola Vale (Photo: see Instagram for more)",
    ],
)  # fmt: skip
def test_it_leaves_other_lines_alone(line: str) -> None:
    credit = parse_credit(line)
    assert (credit.raw, credit.photographers, credit.agency, credit.understood) == (
        None,
        (),
        None,
        False,
    )
    assert credit.caption == line
    assert format_credit(credit) == ""


def test_a_link_counts_only_inside_the_credit() -> None:
    line = '<a href="https://a.example/">Nola</a> (<a href="javascript:x()">Photo</a> by <a title=x href=\'https://b.example/?a=1&amp;b=2\'>Lena Lee</a>/AP)'
    assert parse_credit(line).url == "https://b.example/?a=1&b=2"
    assert parse_credit('Nola (<a name="x">Photo</a> by <a href=http://[>A</a>/AP)').url is None


def test_it_mends_an_entity_that_lost_its_name() -> None:
    assert parse_credit("Photo by Ana Lee &; Bea Lee/AP").photographers == ("Ana Lee", "Bea Lee")


def test_an_endless_character_reference_stays_text() -> None:
    line = "&#" + "9" * 5_000 + ";"
    assert parse_credit(line).caption == line


def test_an_agency_of_the_desk_is_known_once_its_table_is_given() -> None:
    table = AgencyTable.from_rows((*AGENCIES, AgencyRow("Porch Pics")))
    assert parse_credit("Nola Vale (Porch Pics)").raw is None
    assert parse_credit("Nola Vale (Porch Pics)", agencies=table).agency == "Porch Pics"


@pytest.mark.parametrize(
    ("credit", "line"),
    [
        (PhotoCredit.of(photographers=("Joseph Okpako",), agency="WireImage"), "Photo: Joseph Okpako/WireImage"),
        (PhotoCredit.of(agency="HBO", kind="courtesy"), "Courtesy of HBO"),
        (PhotoCredit.of(photographers=("A Lee",), agency="HBO", kind="courtesy"), "Photo: A Lee/HBO"),
        (PhotoCredit.of(raw="Instagram/@arivale", kind="social"), "Instagram/@arivale"),
        (PhotoCredit.of(via="AP", kind="handout"), "Handout via AP"),
        (PhotoCredit.of(via="AP"), "Photo via AP"),
        (PhotoCredit.of(), ""),
        (CreditPart(kind="file"), "File photo"),
        (CreditPart(kind="screenshot", platform="youtube"), "Screenshot: YouTube"),
        (CreditPart(kind="screenshot"), "Screenshot"),
        (CreditPart(kind="social", platform="newnet", handle="@a"), "Photo: @a/newnet"),
        (CreditPart(photographers=("A Lee",), kind="staff"), "Staff photo: A Lee"),
        (CreditPart(photographers=("A Lee",), agency="Staff", kind="staff"), "Photo: A Lee/Staff"),
        (CreditPart(photographers=("A Lee",), courtesy="HBO"), "Photo: A Lee, courtesy of HBO"),
        (CreditPart(agency="LAPD", via="AP", kind="handout"), "Photo: LAPD/Handout via AP"),
    ],
)  # fmt: skip
def test_it_prints_the_house_credit_line(credit: PhotoCredit | CreditPart, line: str) -> None:
    assert format_credit(credit) == line
