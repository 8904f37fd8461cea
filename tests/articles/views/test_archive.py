"""The archive by year, month and day; what has no stories is left to the redirects."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import Settings

from articles import archive
from articles.models import Article, Redirect
from tests import builders

pytestmark = pytest.mark.django_db


def story(*moment: int, **fields: object) -> Article:
    return builders.make_article(publish_at=datetime(*moment, tzinfo=UTC), **fields)  # type: ignore[misc]


def page(reader: Client, path: str) -> str:
    response = reader.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_archive_leads_to_the_years_and_months_that_have_stories(reader: Client) -> None:
    story(2020, 2, 29, 12)
    story(2022, 11, 3, 12)
    html = page(reader, "/archive/")
    for path in ("/2020/02/", "/2022/11/", "/2020/", "/2022/"):
        assert f'href="{path}"' in html
    assert "/2021/" not in html
    assert "/2020/01/" not in html


def test_an_empty_archive_says_so(reader: Client) -> None:
    assert "Nothing published here yet." in page(reader, "/archive/")
    assert archive.months_of([]) == []


def test_a_year_has_the_newest_of_each_month(reader: Client) -> None:
    for day in range(1, 6):
        story(2022, 3, day, 12, headline=f"March {day}th")
    story(2021, 3, 1, 12, headline="The year before")
    html = page(reader, "/2022/")
    assert html.index("March 5th") < html.index("March 4th") < html.index("March 3th")
    assert "March 2th" not in html
    assert "The year before" not in html


def test_a_month_has_its_calendar_and_its_stories_by_day(reader: Client) -> None:
    story(2022, 11, 3, 9, headline="In the morning")
    story(2022, 11, 3, 21, headline="In the evening")
    story(2022, 12, 1, 0, headline="The month after")
    html = page(reader, "/2022/11/")
    assert html.count('href="/2022/11/03/"') == 2
    assert 'href="/2022/11/04/"' not in html
    assert html.index("In the evening") < html.index("In the morning")
    assert "The month after" not in html


def test_a_day_has_its_stories(reader: Client) -> None:
    story(2022, 11, 23, 0, 0, headline="At midnight")
    story(2022, 11, 23, 23, 59, headline="Before midnight")
    story(2022, 11, 24, 0, 0, headline="The next day")
    html = page(reader, "/2022/11/23/")
    assert "At midnight" in html
    assert "Before midnight" in html
    assert "The next day" not in html


def test_days_are_those_of_the_sites_own_zone(reader: Client, settings: Settings) -> None:
    settings.TIME_ZONE = "America/New_York"
    story(2022, 11, 24, 3, headline="Late in New York")
    assert "Late in New York" in page(reader, "/2022/11/23/")
    assert 'href="/2022/11/23/"' in page(reader, "/2022/11/")
    assert reader.get("/2022/11/24/").status_code == 404


@pytest.mark.parametrize("path", ["/2022/", "/2022/11/", "/2022/11/23/", "/2022/02/30/"])
def test_a_date_without_stories_is_an_old_address_or_nothing(path: str, reader: Client) -> None:
    assert reader.get(path).status_code == 404
    Redirect.objects.create(old_path=path, target_path="/archive/")
    response = reader.get(path)
    assert (response.status_code, response["Location"]) == (301, "/archive/")


@pytest.mark.parametrize("path", ["/1826/", "/2022/13/", "/2022/1/", "/2022/11/32/", "/2022/11/1/"])
def test_what_is_no_date_is_no_page(path: str, reader: Client) -> None:
    story(2022, 11, 1, 12)
    assert reader.get(path).status_code == 404


def test_an_old_post_under_its_date_still_leads_on(reader: Client) -> None:
    post = story(2022, 11, 23, 12, slug="pier")
    Redirect.objects.create(old_path="/2022/11/23/pier-burns/", target_article=post)
    assert reader.get("/2022/11/23/pier-burns/")["Location"] == "/story/pier/"


def test_many_years_are_read_in_several_queries() -> None:
    story(1962, 5, 1, 12)
    story(2022, 5, 1, 12)
    months = archive.months_of(archive.years())
    assert [(day.year, day.month) for day in months] == [(2022, 5), (1962, 5)]


def test_a_slip_in_a_year_leaves_the_archive_and_the_sitemaps_whole(reader: Client) -> None:
    """A browser's date field takes "0202" while somebody types 2024."""
    story(202, 5, 1, 12, headline="A slip")
    story(1870, 5, 1, 12, headline="From the first volume")
    html = page(reader, "/archive/")
    assert 'href="/1870/05/"' in html
    assert "0202" not in html
    assert "sitemap-1870-05.xml" in page(reader, "/sitemap.xml")
    assert "From the first volume" in page(reader, "/1870/05/01/")
