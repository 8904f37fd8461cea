"""The usage report: which uses count, whose they are, and a file that no spreadsheet runs."""

import csv
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.models import Agency, Article, PhotoUse
from articles.photos.usage import HEADER, span, uses_in
from tests import builders
from tests.conftest import staff

pytestmark = pytest.mark.django_db
USAGE = "/admin/articles/photo/usage/"
MAY = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)


def in_month(when: datetime = MAY, **fields: Any) -> Article:
    return builders.make_article(**{"publish_at": when, "first_published_at": when, **fields})


def rows(client: Client, **params: Any) -> list[dict[str, str]]:
    response = client.get(USAGE, {"month": "2026-05", "format": "csv", **params})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.getvalue().decode("utf-8-sig")
    found = list(csv.reader(text.splitlines()))
    assert tuple(found[0]) == HEADER
    return [dict(zip(HEADER, row, strict=True)) for row in found[1:]]


def test_a_row_says_all_that_an_agency_bills(desk: Client) -> None:
    house = Agency.objects.create(name="Lantern Images")
    collection = Agency.objects.create(name="Tidewire", parent=house)
    photo = builders.make_photo(
        photographer_text="Ines Lark; Bo Netmaker", agency=collection, agency_text="Tidewire", via=house,
        supplier_ref="TW-20871", rights_class="agency_per_use", rights_until="2026-12-01T00:00Z",
    )  # fmt: skip
    story = in_month(headline="The pier, “sung”")
    builders.make_lead(story, photo=photo)
    (row,) = rows(desk)
    assert row == {
        "Published": "2026-05-31", "Story": "The pier, “sung”",
        "Address": f"http://localhost:8000{story.get_absolute_url()}", "Placement": "Lead",
        "Photo": str(photo.pk), "Supplier’s number": "TW-20871", "Photographer": "Ines Lark; Bo Netmaker",
        "Agency": "Tidewire", "Part of": "Lantern Images", "Via": "Lantern Images",
        "Credit line": row["Credit line"], "Rights": "Agency, paid per use", "Rights end": "2026-12-01",
    }  # fmt: skip
    assert "Ines Lark" in row["Credit line"]


def test_what_readers_saw_counts_and_nothing_else(desk: Client) -> None:
    story = in_month()
    lead = builders.make_lead(story)
    shown = story.photo_uses.create(photo=lead.photo, slot="body")
    other = story.photo_uses.create(photo=lead.photo, slot="body")
    story.photo_uses.create(photo=lead.photo, slot="gallery", live=False)
    body = f'<figure data-photo="{shown.pk}"></figure><figure data-photo="{other.pk}1"></figure>'
    Article.objects.filter(pk=story.pk).update(body_html=body)
    gone = builders.make_lead(in_month(status="withdrawn"))
    builders.make_lead(builders.make_draft(publish_at=MAY))
    builders.make_lead(in_month(datetime(2026, 6, 1, tzinfo=UTC)))
    builders.make_lead(in_month(datetime(2026, 4, 30, 23, 59, tzinfo=UTC)))
    assert set(uses_in(date(2026, 5, 9))) == {lead, shown, gone}
    assert len(rows(desk)) == 3


def test_an_agency_comes_with_its_collections_and_what_it_distributed(desk: Client) -> None:
    house, other = (Agency.objects.create(name=name) for name in ("Lantern", "Quay"))
    collection = Agency.objects.create(name="Tidewire", parent=house)
    photos = [
        builders.make_photo(agency=house), builders.make_photo(agency=collection),
        builders.make_photo(agency=other, via=house), builders.make_photo(agency=other),
    ]  # fmt: skip
    for photo in photos:
        builders.make_lead(in_month(), photo=photo)
    found = {int(row["Photo"]) for row in rows(desk, agency=house.pk)}
    assert found == {photo.pk for photo in photos[:3]}
    assert len(rows(desk)) == len(rows(desk, agency="x")) == 4
    page = desk.get(USAGE, {"month": "2026-05", "agency": house.pk})
    assert page.context["uses"] == 3
    assert [(row["name"], row["uses"]) for row in page.context["counts"]] == [
        ("Quay", 2), ("Lantern", 1), ("Tidewire", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("first", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(first: str, desk: Client) -> None:
    text = f'{first}HYPERLINK("https://bad.example")'
    photo = builders.make_photo(supplier_ref=text, agency_text=text)
    builders.make_lead(in_month(headline=text), photo=photo, credit_override=text)
    (row,) = rows(desk)
    for column in ("Story", "Supplier’s number", "Agency", "Credit line"):
        assert row[column] == f"'{text}"


def test_many_uses_cost_what_one_does(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        builders.make_lead(in_month())
    assert PhotoUse.objects.count() == 12
    with django_assert_num_queries(5):  # session, user, what it may (2), rows
        assert len(rows(desk)) == 12


def test_months_that_are_none_are_the_last_one(desk: Client) -> None:
    for month in ("", "2026-13", "x"):
        assert desk.get(USAGE, {"month": month}).status_code == 200
    assert span(date(2026, 12, 9)) == (date(2026, 12, 1), date(2027, 1, 1))


def test_the_report_is_the_desks(reader: Client, writer: User) -> None:
    reader.force_login(staff("desk", "Photo desk"))
    assert "Usage report" in reader.get("/admin/articles/photo/").content.decode()
    assert reader.get(USAGE).status_code == 200
    reader.force_login(writer)
    assert reader.get(USAGE).status_code == 403
    assert "Usage report" not in reader.get("/admin/articles/photo/").content.decode()


@pytest.mark.parametrize("month", ["", "9999-12", "2026-13", "May"])
def test_a_month_that_is_none_is_the_one_before_this(month: str, desk: Client) -> None:
    assert desk.get(USAGE, {"month": month}).status_code == 200
