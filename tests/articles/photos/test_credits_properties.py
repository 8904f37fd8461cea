"""Credit lines of any sort: no word is lost, what is printed reads back, length does no harm."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.photos.agencies import AGENCIES
from articles.photos.credits import PhotoCredit, format_credit, parse_credit
from articles.photos.credits_text import plain_line

PIECES = st.sampled_from(
    ["Photo by", "Photo:", "Courtesy of", "Lena Whitlock", "Getty Images", "AP", "/", " via ", " for ",
     "(", ")", "[", "]", "@nola", "Instagram", "Screenshot", ", File", "; ", " and ", ". ", "|", "–",
     "<b>", "</a>", "<br>", '<a href="https://x.example/">', "&amp;", "&nbsp;", "&;", "\n", "Left:",
     "©", "2016", "写真：", "Special to ", "Staff", " on ", "nola", "-", "#", "1234a", "📸",
     "Copyright ", "© 2024 ", "Nola Vale: ", "; Dex Romero: ", " // ", "MG25", "(2)", "Courtesy: ", " - ",
     "Jane RoeGetty Images", '<i class="credit">', "All rights reserved", " for The Times"]
)  # fmt: skip
LINES = st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@settings(deadline=None)
@given(LINES | st.text())
def test_it_never_raises_and_loses_no_word(line: str) -> None:
    credit = parse_credit(line)
    kept = words(credit.caption) + words(credit.raw or "")
    assert sorted(kept) == sorted(words(plain_line(line).text))
    assert credit.understood == (credit.raw is not None) == bool(credit.parts)


NAMES = st.builds(
    "{} {}".format,
    st.sampled_from(["Lena", "José", "J.", "Иван", "Jean-Paul", "高橋"]),
    st.sampled_from(["Whitlock", "de la Cruz", "O’Brien", "Петров", "Lee, Jr.", "Ng"]),
)
KNOWN = st.sampled_from([row.name for row in AGENCIES])
OUTLETS = st.sampled_from(["The Porch", "Blue Harbor Studios", "Evening Herald"])


@settings(deadline=None)
@given(
    people=st.lists(NAMES, min_size=1, max_size=4, unique=True),
    agency=st.none() | KNOWN | OUTLETS,
    via=st.none() | KNOWN,
    client=st.none() | st.sampled_from(["BET", "The Recording Academy", "Netflix, Inc."]),
    kind=st.sampled_from(["agency", "file"]),
)
def test_a_printed_credit_reads_back_the_same(
    people: list[str], agency: str | None, via: str | None, client: str | None, kind: str
) -> None:
    via = None if via == agency else via
    written = PhotoCredit.of(
        photographers=tuple(people), agency=agency, via=via, for_client=client, kind=kind
    )
    read = parse_credit(format_credit(written))
    assert (read.photographers, read.agency, read.via, read.for_client) == (
        tuple(people), agency, via, client
    )  # fmt: skip
    assert read.caption == ""


@settings(deadline=None)
@given(KNOWN)
def test_a_printed_agency_reads_back_the_same(agency: str) -> None:
    assert parse_credit(format_credit(PhotoCredit.of(agency=agency))).agency == agency


@pytest.mark.parametrize(
    "unit",
    ["(", ")", "()", "Photo by ", " / ", "<a ", "a, ", "@", "&#", ". A", ";", "Left: ", "\n", " ",
     "(Photo by A/Getty Images) ", "photo credit ", "AP, ", "[a (b", '<a href="https://x.example/">'],
)  # fmt: skip
def test_it_takes_lines_of_any_length(unit: str) -> None:
    line = unit * (20_000 // len(unit))
    assert len(words(parse_credit(line).caption)) <= len(words(line))


def test_a_list_longer_than_any_credit_keeps_its_words() -> None:
    line = "Photo: " + ", ".join(["AP"] * 20)
    credit = parse_credit(line)
    assert words(credit.caption) + words(credit.raw or "") == words(line)
