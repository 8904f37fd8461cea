"""The agency table."""

import pytest

from articles.photos.agencies import AGENCIES, AgencyRow, AgencyTable, normalise_agency


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("getty images", "Getty Images"),
        ("GettyImages", "Getty Images"),
        ("Wire Image", "WireImage"),
        ("AP Photo", "AP"),
        ("Associated Press", "AP"),
        ("AFP PHOTO", "AFP"),
        ("REUTERS", "Reuters"),
        ("AFP-Yonhap", "AFP"),
        ("EPA-EFE/Shutterstock", "EPA-EFE"),
        ("The Porch/AP", "AP"),
        ("アフロ", "Aflo"),
    ],
)
def test_it_knows_every_spelling_of_an_agency(written: str, name: str) -> None:
    row = normalise_agency(written)
    assert row is not None
    assert row.name == name


@pytest.mark.parametrize("written", ["", "/", "Getty Museum", "AP history", "The Porch", "a " * 50])
def test_it_knows_no_others(written: str) -> None:
    assert normalise_agency(written) is None


def test_every_parent_is_a_row_and_no_name_comes_twice() -> None:
    names = [row.name for row in AGENCIES]
    assert len(names) == len(set(names))
    assert {row.parent for row in AGENCIES if row.parent} <= set(names)


def test_wireimage_belongs_to_getty_images() -> None:
    row = normalise_agency("WireImage")
    assert row is not None
    assert row.parent == "Getty Images"


def test_the_desk_can_add_an_agency_and_take_over_a_spelling() -> None:
    table = AgencyTable.from_rows(
        (*AGENCIES, AgencyRow("Porch Pictures", ("Porch", "MEGA")), AgencyRow("?"))
    )
    porch = table.find("porch pictures")
    assert porch is not None
    assert normalise_agency("mega", agencies=table) == porch
    assert table.find("?") is None


@pytest.mark.parametrize(
    ("written", "alone"),
    [("MEGA", True), ("Mega", False), ("wireimage", True), ("PA", False), ("The Porch", False)],
)
def test_a_short_name_stands_alone_only_as_the_agency_writes_it(written: str, alone: bool) -> None:
    assert AgencyTable.from_rows(AGENCIES).stands_alone(written) is alone


def test_it_finds_the_longest_name_at_either_end() -> None:
    table = AgencyTable.from_rows(AGENCIES)
    assert table.split_end("Amos Mwangi-USA TODAY Sports") == ("Amos Mwangi-", "USA TODAY Sports")
    assert table.split_start("AP Photo by Amos Mwangi") == (" by Amos Mwangi", "AP Photo")
    assert table.split_end("Amos Mwangi") is None
    assert table.split_start("") is None
