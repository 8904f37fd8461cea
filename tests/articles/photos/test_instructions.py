"""What agencies ask for in words → a proposal; each case as some agency would write it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.photos.instructions import MAX_CHARS, TERMS, clauses, read_instructions

ARRIVED = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def codes(text: str) -> set[str]:
    return {term.code for term in read_instructions(text).terms}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("May only be used for 14 days from time of transmission.", 14),
        ("14 days from transmission", 14), ("USE WITHIN 30 DAYS", 30), ("14-DAY USE ONLY", 14),
        ("Valid for two weeks", 14), ("Only for use within 48 hours", 2), ("Licensed for 3 months", 90),
        ("Images must be deleted after 30 days; 14 days use on the web", 14),
        ("Nutzung nur für 14 Tage", 14), ("Verwendung innerhalb von vier Wochen", 28),
        ("Utilisation pendant 14 jours", 14), ("one (1) month use", 30),
        ("Report usage within 14 days", None), ("Invoice payable within 30 days of use", None),
        ("Taken 14 days ago, for use", None), ("Not to be used until 14 days after release", None),
        ("The 14 days of the festival", None), ("Use for 99999 days", None),
    ],
)  # fmt: skip
def test_a_number_of_days(text: str, days: int | None) -> None:
    proposal = read_instructions(text)
    assert proposal.days == days
    assert proposal.until(ARRIVED) == (ARRIVED + timedelta(days=days) if days else None)
    assert bool(proposal.days_words) == bool(days)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("NO USE AFTER 12 MARCH 2026", date(2026, 3, 12)), ("expires 2026-03-12", date(2026, 3, 12)),
        ("Not to be used after March 12, 2026.", date(2026, 3, 12)),
        ("For use until 12th of March 2026 only", date(2026, 3, 12)),
        ("Use by 12.03.2026", date(2026, 3, 12)), ("Must be removed by 12/31/2026", date(2026, 12, 31)),
        ("Use until 03/04/2026", date(2026, 3, 4)),  # reads both ways: the earlier
        ("Nutzung bis 12. März 2026", date(2026, 3, 12)), ("Keine Nutzung nach dem 12.3.26", date(2026, 3, 12)),
        ("Utilisation jusqu’au 1er août 2026", date(2026, 8, 1)), ("Expire le 2 février 2027", date(2027, 2, 2)),
        ("Rights end 5 May 2027; no use after 2 May 2027", date(2027, 5, 2)),
        ("The exhibition runs until 12 March 2026", None), ("Photo taken 12 March 2026", None),
        ("No use after 31 February 2026", None), ("Embargoed until 12 March 2026", None),
    ],
)  # fmt: skip
def test_a_last_day_is_a_day_of_use(text: str, last: date | None) -> None:
    proposal = read_instructions(text)
    assert proposal.last_day == last
    day_after = (
        datetime.combine(last + timedelta(days=1), datetime.min.time(), UTC) if last else None
    )
    assert proposal.until(ARRIVED) == day_after


def test_the_earlier_of_two_ends_counts() -> None:
    assert read_instructions("Use within 7 days", "No use after 4 March 2026").until(ARRIVED) == (
        datetime(2026, 3, 5, tzinfo=UTC)
    )
    assert read_instructions("Use within 1 day. No use after 4 March 2026").until(ARRIVED) == (
        ARRIVED + timedelta(days=1)
    )


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("EMBARGOED UNTIL 00:01 GMT 12 MARCH 2026", datetime(2026, 3, 12, 0, 1, tzinfo=UTC)),
        ("Embargo: 12 March 2026, 6pm EST", datetime(2026, 3, 12, 23, tzinfo=UTC)),
        ("Not for use before 5/6/2026", datetime(2026, 6, 5, tzinfo=UTC)),  # the later
        ("No publication before 12 March 2026", datetime(2026, 3, 12, tzinfo=UTC)),
        ("Sperrfrist bis 12. März 2026, 18 Uhr", datetime(2026, 3, 12, 18, tzinfo=UTC)),
        ("Sous embargo jusqu'au 12 mars 2026", datetime(2026, 3, 12, tzinfo=UTC)),
        ("Pas de publication avant le 12 mars 2026", datetime(2026, 3, 12, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_an_embargo(text: str, start: datetime) -> None:
    proposal = read_instructions(text)
    assert proposal.start is not None
    assert proposal.start.at(UTC) == start
    assert proposal.last_day is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("May only be used for 14 days. No Archiving; No Licensing. Mandatory credit.",
         {"no_archive", "no_resale", "mandatory_credit"}),
        ("RESTRICTED TO EDITORIAL USE - MANDATORY CREDIT “WIRE PHOTO / B. NETMAKER” - NO MARKETING NO ADVERTISING",
         {"editorial_only", "mandatory_credit"}),
        ("NO SALES, NO ARCHIVES, NO INTERNET", {"no_resale", "no_archive", "no_web"}),
        ("No archiving or licensing", {"no_archive", "no_resale"}),
        ("Not to be archived, sold or cropped", {"no_archive", "no_resale", "no_crop"}),
        ("INTERNET OUT", {"no_web"}), ("Print use only", {"no_web"}), ("No web or online use", {"no_web"}),
        ("Online use is strictly prohibited", {"no_web"}), ("Nicht für Online-Nutzung", {"no_web"}),
        ("Keine Nutzung im Internet", {"no_web"}), ("Pas d'internet", {"no_web"}),
        ("No social media", {"no_social"}), ("NO TABLOIDS, NO MAGS", {"no_tabloids", "no_magazines"}),
        ("No TV", {"no_tv"}), ("One time use only", {"one_time"}), ("ONE-TIME-USE", {"one_time"}),
        ("Einmalige Verwendung", {"one_time"}), ("Utilisation unique", {"one_time"}),
        ("No digital manipulation", {"no_crop"}), ("Must not be altered", {"no_crop"}),
        ("Keine Archivierung, keine Weitergabe", {"no_archive", "no_resale"}),
        ("Archivage interdit", {"no_archive"}), ("Crédit obligatoire", {"mandatory_credit"}),
        ("Namensnennung erforderlich", {"mandatory_credit"}), ("Nur redaktionelle Nutzung", {"editorial_only"}),
        ("Embargo, see note", {"time_unread"}),
        ("No restrictions on web use", set()), ("No web restrictions", set()), ("Please credit", set()),
        ("No archiving, web use permitted", {"no_archive"}), ("", set()), ("The actor on the web of lies", set()),
    ],
)  # fmt: skip
def test_terms(text: str, expected: set[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("OUT UK", "UK"), ("AUSTRIA OUT", "AUSTRIA"), ("UK, Ireland out", "UK, Ireland"),
        ("UK AND IRELAND OUT. NO SALES.", "UK, IRELAND"), ("USA OUT, CANADA OUT", "USA, CANADA"),
        ("Not for sale in France or Belgium", "France, Belgium"), ("ÖSTERREICH OUT", "ÖSTERREICH"),
        ("Kein Verkauf in Österreich", "Österreich"), ("Interdit en Suisse", "Suisse"),
        ("GERMANY OUT. NO COMMERCIAL OR EDITORIAL SALES IN GERMANY", "GERMANY"), ("OUT: Japan", "Japan"),
    ],
)  # fmt: skip
def test_territories(text: str, names: str) -> None:
    (term,) = (each for each in read_instructions(text).terms if each.code == "territory_out")
    assert term.detail == names
    assert term.label == f"Not to be used in {names}"


@pytest.mark.parametrize(
    "text", ["Keep us out", "Germany out of the World Cup", "SOLD OUT", "Find out UK prices", "It is out in June"]
)  # fmt: skip
def test_what_is_no_territory(text: str) -> None:
    assert "territory_out" not in codes(text)


def test_each_proposal_names_the_words_it_was_read_from() -> None:
    text = "Handout. Use until 12 March 2026. Embargo 2 March 2026, 06:00 - within 9 days of use; no web"
    proposal = read_instructions(text)
    assert proposal.last_day_words == "Use until 12 March 2026"
    assert proposal.start_words == "Embargo 2 March 2026, 06:00"
    assert proposal.days_words == "within 9 days of use"
    assert [term.words for term in proposal.forbids_web] == ["no web"]
    assert not read_instructions("Nothing that anybody asks for")


WORDS = st.sampled_from(
    [
        "no",
        "not",
        "use",
        "until",
        "out",
        "UK",
        "Austria",
        "12",
        "march",
        "2026",
        "14",
        "days",
        "for",
        "web",
        "internet",
        "archive",
        "sale",
        "or",
        "and",
        ",",
        ".",
        "-",
        ";",
        "embargo",
        "before",
        "expires",
        "credit",
        "mandatory",
        "editorial",
        "only",
        "nicht",
        "kein",
        "bis",
        "pas",
        "jusqu'au",
        "00:01",
        "GMT",
    ]
)


@given(st.text() | st.lists(WORDS, max_size=60).map(" ".join))
def test_any_text_is_read(text: str) -> None:
    proposal = read_instructions(text)
    assert {term.code for term in proposal.terms} <= TERMS.keys()
    whole = " ".join(clauses(text))
    for term in proposal.terms:
        assert term.words in whole
    proposal.until(ARRIVED)
    if proposal.start:
        proposal.start.at(UTC)


@pytest.mark.parametrize(
    "piece", ["no ", "UK ", "UK, ", "not x ", "12 march ", "for 14 ", "until ", "credit must ", "no a, ", "out UK "]
)  # fmt: skip
def test_what_is_longer_than_any_instructions_is_cut(piece: str) -> None:
    """Time grows with the length and no faster: ten times the limit is read as the limit."""
    whole = piece * (10 * MAX_CHARS // len(piece))
    assert read_instructions(whole) == read_instructions(whole[:MAX_CHARS])
