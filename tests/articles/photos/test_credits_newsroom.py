"""Lines as a newsroom meets them in a day (tests/data): each read, printed and read again; and lines
that look like credits and are none.

A row: line, what it says (a field that isn't there is empty), `credits`: how many, if not one.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.photos.credits import CreditPart, PhotoCredit, format_credit, parse_credit
from tests.articles.photos.test_credits_properties import KNOWN, NAMES, OUTLETS, words

DATA = Path(__file__).parents[2] / "data"
ROWS = [json.loads(line) for line in (DATA / "credit_lines.jsonl").read_text("utf-8").splitlines()]
TRAPS = (DATA / "credit_traps.txt").read_text("utf-8").splitlines()
FIELDS = ("agency", "via", "for_client", "kind", "courtesy", "platform", "handle")


def said(credit: PhotoCredit) -> dict[str, Any]:
    fields = {name: getattr(credit, name) for name in ("caption", *FIELDS)}
    fields["people"] = list(credit.photographers)
    fields["credits"] = len(credit.parts) if len(credit.parts) > 1 else None
    return {name: value for name, value in fields.items() if value}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["line"])
def test_it_reads_a_days_lines(row: dict[str, Any]) -> None:
    assert said(parse_credit(row["line"])) == {k: v for k, v in row.items() if k != "line"}


def parts_of(credit: PhotoCredit) -> list[tuple[Any, ...]]:
    """What its credits say, but for the words they were written in."""
    return [(part.photographers, *(getattr(part, f) for f in FIELDS)) for part in credit.parts]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["line"])
def test_what_is_printed_of_them_reads_back_the_same(row: dict[str, Any]) -> None:
    credit = parse_credit(row["line"])
    again = parse_credit(format_credit(credit))
    assert parts_of(again) == parts_of(credit)
    assert again.caption == ""


@pytest.mark.parametrize("line", TRAPS)
def test_it_takes_no_trap_for_a_credit(line: str) -> None:
    credit = parse_credit(line)
    assert (credit.understood, credit.raw) == (False, None)
    assert words(credit.caption) == words(line)


PEOPLE = st.lists(NAMES, min_size=1, max_size=3, unique=True).map(tuple)
AGENCY = KNOWN | OUTLETS | st.just("Invision/AP")
HANDLE = st.sampled_from(["@nola", "@nola.vale", "@jane_roe"])
PLATFORM = st.sampled_from(["instagram", "tiktok", "twitter", "youtube", "facebook"])
CLIENT = st.sampled_from(["BET", "The Recording Academy", "Netflix, Inc.", "adidas", "Yahoo! Inc"])
GIVER = st.sampled_from(["HBO", "Ines Marsh", "the Vale family", "Harbor Records"])
NONE = st.none()


def part(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[CreditPart]:
    return st.builds(CreditPart, **fields)


PARTS = st.one_of(
    part(photographers=PEOPLE, for_client=NONE | st.sampled_from(["BET", "The Prize"])),
    part(photographers=PEOPLE, agency=AGENCY, for_client=NONE | CLIENT, kind=st.sampled_from(["agency", "file"])),
    part(photographers=PEOPLE, agency=OUTLETS, via=KNOWN, kind=st.sampled_from(["agency", "file"])),
    part(agency=AGENCY, kind=st.just("agency")),
    part(agency=KNOWN, for_client=CLIENT, kind=st.just("agency")),
    part(agency=OUTLETS, via=KNOWN, kind=st.just("agency")),
    part(via=KNOWN, kind=st.sampled_from(["agency", "handout"])),
    part(photographers=PEOPLE, kind=st.just("staff")),
    part(photographers=PEOPLE | st.just(()), courtesy=GIVER, via=NONE | KNOWN, kind=st.just("courtesy")),
    part(courtesy=GIVER, kind=st.just("handout")),
    part(handle=HANDLE, platform=NONE | PLATFORM, kind=st.just("social")),
    part(photographers=st.tuples(NAMES), handle=NONE | HANDLE, platform=PLATFORM, kind=st.just("social")),
    part(handle=NONE | HANDLE, platform=PLATFORM, kind=st.just("screenshot")),
    part(agency=KNOWN, kind=st.just("screenshot")),
    part(agency=st.sampled_from(["LAPD", "Harbor Police"]), via=NONE | KNOWN, kind=st.just("handout")),
    part(kind=st.sampled_from(["file", "handout", "screenshot", "courtesy"])),
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(PARTS, min_size=1, max_size=3, unique=True))
def test_whatever_a_credit_says_it_prints_and_reads_back(parts: list[CreditPart]) -> None:
    read = parse_credit("; ".join(map(format_credit, parts)))
    expected = PhotoCredit(parts=tuple(parts))
    # That the picture is an archive's the agency says.
    plain = [["agency" if v == "archive" else v for v in each] for each in parts_of(read)]
    assert plain == [list(each) for each in parts_of(expected)]
    assert read.caption == ""
