"""Sitemaps: what search engines are told of, and Google News."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Series
from tests import builders

pytestmark = pytest.mark.django_db


def xml(reader: Client, name: str, **options: object) -> str:
    return reader.get(f"/sitemap{name}.xml", **options).content.decode()  # type: ignore[arg-type]


def test_the_index_names_each_part_and_each_month_that_has_stories(reader: Client) -> None:
    for month in (1, 3):
        builders.make_article(publish_at=datetime(2026, month, 15, tzinfo=UTC))
    index = xml(reader, "")
    for name in ("articles", "sections", "tags", "people", "series", "news", "2026-01", "2026-03"):
        assert f"<loc>http://localhost:8000/sitemap-{name}.xml</loc>" in index
    assert "2026-02" not in index


def test_a_month_lists_its_stories_with_their_last_real_change(reader: Client) -> None:
    story = builders.make_article(
        publish_at=datetime(2026, 1, 31, 23, 59, tzinfo=UTC),
        updated_at_public=datetime(2026, 2, 3, tzinfo=UTC),
    )
    assert story.get_absolute_url() in xml(reader, "-2026-01")
    assert "<lastmod>2026-02-03</lastmod>" in xml(reader, "-2026-01")
    assert story.get_absolute_url() not in xml(reader, "-2026-02")


@pytest.mark.parametrize(
    "fields", [{"noindex": True}, {"canonical_url": "https://example.org/first"}]
)
def test_what_is_not_ours_to_index_is_left_out(fields: dict[str, object], reader: Client) -> None:
    story = builders.make_article(**fields)
    assert story.slug not in xml(reader, "-articles")
    if "noindex" in fields:
        page = reader.get(story.get_absolute_url()).content.decode()
        assert 'name="robots" content="noindex"' in page


def test_addresses_are_under_our_own_name(reader: Client) -> None:
    builders.make_section()
    builders.add_byline(builders.make_article())
    for name in ("-articles", "-sections", "-people", ""):
        text = xml(reader, name, headers={"host": "127.0.0.1"})
        assert "<loc>http://localhost:8000/" in text
        assert "127.0.0.1" not in text


def test_the_news_are_of_two_days_and_not_paid_for(reader: Client) -> None:
    fresh = builders.make_article(headline="Fresh & new")
    old = builders.make_article(publish_at=timezone.now() - timedelta(hours=49))
    paid = builders.make_article(kind="sponsored")
    text = xml(reader, "-news")
    assert "<news:title>Fresh &amp; new</news:title>" in text
    assert "<news:language>en</news:language>" in text
    assert "<news:name>Newsroom</news:name>" in text
    assert fresh.get_absolute_url() in text
    assert old.slug not in text
    assert paid.slug not in text


def test_people_without_published_work_are_left_out(reader: Client) -> None:
    builders.add_byline(builders.make_draft(), builders.make_contributor(slug="nobody-yet"))
    assert "nobody-yet" not in xml(reader, "-people")


def test_an_unknown_part_is_not_found_and_robots_names_the_index(reader: Client) -> None:
    assert reader.get("/sitemap-secrets.xml").status_code == 404
    robots = reader.get("/robots.txt").content.decode()
    assert "Sitemap: http://localhost:8000/sitemap.xml" in robots


def test_topics_and_series_of_drafts_alone_are_left_out(reader: Client) -> None:
    tag = builders.make_tag(slug="a-secret")
    series = Series.objects.create(title="Secrets", slug="secrets")
    drafts = [builders.make_draft() for _ in range(3)]
    for draft in drafts:
        builders.add_tag(draft, tag)
        series.items.create(article=draft)
    assert "a-secret" not in xml(reader, "-tags")
    assert "secrets" not in xml(reader, "-series")
    series.items.create(article=builders.make_article())
    assert "<loc>http://localhost:8000/series/secrets/</loc>" in xml(reader, "-series")


def test_a_section_that_is_being_prepared_is_offered_nowhere(reader: Client) -> None:
    hidden = builders.make_section(name="Not yet", nav=False)
    builders.make_draft(section=hidden)
    shown = builders.make_section(name="By hand", nav=False)
    builders.make_article(section=shown)
    urls = reader.get("/sitemap-sections.xml").content.decode()
    form = reader.get("/search/").content.decode()
    assert hidden.get_absolute_url() not in urls
    assert shown.get_absolute_url() in urls
    assert "Not yet" not in form
    assert "By hand" in form
