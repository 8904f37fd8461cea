"""What the address of a search page asks for, and the addresses it leads on to."""

from datetime import UTC, datetime

import pytest

from articles.search.asked import Asked, read
from articles.search.entry import filter_key
from tests import builders

pytestmark = pytest.mark.django_db


def test_every_parameter_is_read_and_written_back() -> None:
    section = builders.make_section(name="Music", slug="music")
    tag = builders.make_tag("Jazz", slug="jazz")
    person = builders.make_contributor(name="Ada Quill", slug="ada")
    address = {
        "q": "pier", "section": "music", "tag": "jazz", "by": "ada", "kind": "review",
        "from": "2024", "to": "2024-02", "sort": "date",
    }  # fmt: skip
    asked = read(address)
    assert (asked.section, asked.tag, asked.person) == (section, tag, person)
    assert set(asked.query.filters) == {
        filter_key("section", section.pk), filter_key("tag", tag.pk),
        filter_key("by", person.pk), filter_key("kind", "review"),
    }  # fmt: skip
    assert asked.query.by_date
    assert asked.address(page=2) == (
        "/search/?q=pier&section=music&tag=jazz&by=ada&kind=review&from=2024&to=2024-02"
        "&sort=date&page=2"
    )
    assert [name for name, _ in asked.chips] == [
        "Music", "Jazz", "By Ada Quill", "Review", "From 2024", "To 2024-02",
    ]  # fmt: skip


def test_a_chip_leads_to_the_same_search_without_its_filter() -> None:
    builders.make_section(name="Music", slug="music")
    asked = read({"q": "pier", "section": "music", "kind": "review"})
    assert asked.chips == [
        ("Music", "/search/?q=pier&kind=review"),
        ("Review", "/search/?q=pier&section=music"),
    ]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2024", (2024, 1, 1), (2025, 1, 1)),
        ("2024-02", (2024, 2, 1), (2024, 3, 1)),
        ("2024-12", (2024, 12, 1), (2025, 1, 1)),
        ("2024-02-29", (2024, 2, 29), (2024, 3, 1)),
    ],
)
def test_a_year_a_month_or_a_day_is_a_span(
    text: str, since: tuple[int, int, int], until: tuple[int, int, int]
) -> None:
    query = read({"q": "x", "from": text, "to": text}).query
    assert query.since == datetime(*since, tzinfo=UTC)
    assert query.until == datetime(*until, tzinfo=UTC)


@pytest.mark.parametrize(
    "parameters",
    [
        {"section": "nowhere", "tag": "\0", "by": "x" * 999, "kind": "verse", "sort": "colour"},
        {"from": "2023-02-29", "to": "yesterday"},
        {"from": "0", "to": "99999"},
        {"q": " \0 "},
        {},
    ],
)
def test_nonsense_is_left_out_and_a_date_of_it_kept_to_be_shown(parameters: dict[str, str]) -> None:
    dates = {
        f"odd_{name}": parameters.get(key, "") for key, name in (("from", "since"), ("to", "until"))
    }
    assert read(parameters) == Asked(**dates)
    assert (read(parameters).query, read(parameters).address()) == (Asked().query, "/search/")
    assert Asked().address() == "/search/"
