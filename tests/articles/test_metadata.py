"""What a page says of itself to machines."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import Settings

from articles.metadata import article_meta, list_meta
from articles.models import Article, Byline, Correction, Tag
from articles.models.addresses import absolute
from tests import builders

pytestmark = pytest.mark.django_db
THEN = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)
JPEG = {"format": "jpeg", "width": 960, "height": 640, "path": "photos/ab/x-960.jpg", "bytes": 1}


def data_of(article: Article, **rows: Any) -> dict[str, Any]:
    meta = article_meta(article, **{"bylines": [], "tags": [], **rows})
    data: dict[str, Any] = json.loads(str(meta.json_ld))
    return data


def og_of(article: Article, **rows: Any) -> dict[str, str]:
    return dict(article_meta(article, **{"bylines": [], "tags": [], **rows}).og)


def test_a_story_names_its_dates_with_their_zone_and_its_kind_of_work() -> None:
    article = builders.make_article(
        kind=Article.Kind.OPINION, publish_at=THEN, first_published_at=THEN, word_count=212
    )
    data = data_of(article)
    assert data["@type"] == "OpinionNewsArticle"
    assert data["datePublished"] == data["dateModified"] == "2024-05-01T09:30:00+00:00"
    assert data["url"] == data["mainEntityOfPage"] == absolute(article.get_absolute_url())
    assert data["wordCount"] == 212
    assert not {"image", "articleSection", "correction", "author", "about"} & set(data)
    assert data_of(builders.make_article(kind="feature"))["@type"] == "NewsArticle"


def test_an_update_moves_the_date_of_change_only() -> None:
    later = THEN.replace(day=2)
    article = builders.make_article(
        publish_at=THEN, first_published_at=THEN, updated_at_public=later
    )
    data = data_of(article)
    assert (data["datePublished"], data["dateModified"]) == (THEN.isoformat(), later.isoformat())


def test_authors_stand_each_for_themselves_with_an_address() -> None:
    article = builders.make_article()
    person = builders.make_contributor(name="Ada Quill")
    agency = builders.make_contributor(name="The Wire", kind="agency")
    lens = builders.make_contributor()
    bylines = [
        Byline(contributor=person),
        Byline(contributor=agency, text_override="Wire staff"),
        Byline(contributor=lens, role="photos"),
    ]
    assert data_of(article, bylines=bylines)["author"] == [
        {"@type": "Person", "name": "Ada Quill", "url": absolute(person.get_absolute_url())},
        {"@type": "Organization", "name": "The Wire", "url": absolute(agency.get_absolute_url())},
    ]


def test_a_card_elsewhere_has_title_picture_times_and_tags() -> None:
    article = builders.make_article(
        headline_social="For the feeds", section=builders.make_section()
    )
    builders.make_lead(article, photo=builders.make_photo(manifest=[JPEG]))
    meta = article_meta(
        article, bylines=[], tags=[builders.make_tag("One"), builders.make_tag("Two")]
    )
    og = dict(meta.og)
    assert og["og:title"] == "For the feeds"
    assert og["og:image"] == "http://localhost:8000/media/photos/ab/x-960.jpg"
    assert og["twitter:card"] == "summary_large_image"
    assert og["article:section"] == article.section.name  # type: ignore[union-attr]
    assert [value for name, value in meta.og if name == "article:tag"] == ["One", "Two"]


def test_headline_and_address_may_differ_for_search_engines() -> None:
    article = builders.make_article(
        headline_seo="For the engines", canonical_url="https://partner.example/story"
    )
    meta = article_meta(article, bylines=[], tags=[])
    assert (meta.title, meta.canonical) == ("For the engines", "https://partner.example/story")


def test_a_story_without_a_dek_is_described_by_its_first_words() -> None:
    article = builders.make_article(dek="", body_text="It happened. " * 100)
    description = article_meta(article, bylines=[], tags=[]).description
    assert description.startswith("It happened. It happened.")
    assert len(description) <= 200


def test_tags_are_what_a_story_is_about() -> None:
    place = builders.make_tag("Oslo", kind=Tag.Kind.PLACE, same_as=["https://x.org/oslo"])
    topic = builders.make_tag("Tides")
    assert data_of(builders.make_article(), tags=[place, topic])["about"] == [
        {"@type": "Place", "name": "Oslo", "url": absolute(place.get_absolute_url()), "sameAs": ["https://x.org/oslo"]},
        {"@type": "Thing", "name": "Tides", "url": absolute(topic.get_absolute_url())},
    ]  # fmt: skip


def test_corrections_are_owned_up_to() -> None:
    correction = Correction(text="Wrong name.", published_at=THEN)
    assert data_of(builders.make_article(), corrections=[correction])["correction"] == [
        {"@type": "CorrectionComment", "text": "Wrong name.", "datePublished": THEN.isoformat()}
    ]


def test_no_value_can_end_the_script() -> None:
    article = builders.make_article(headline="</script><script>alert(1)</script>")
    meta = article_meta(article, bylines=[], tags=[])
    assert "<" not in str(meta.json_ld)
    assert json.loads(str(meta.json_ld))["headline"] == article.headline


def test_addresses_come_from_the_settings(settings: Settings) -> None:
    settings.SITE_URL = "https://paper.example"
    assert absolute("/a/") == "https://paper.example/a/"
    assert absolute("https://cdn.example/x.jpg") == "https://cdn.example/x.jpg"
    meta = list_meta("Music", "All of it", "/section/music/", page=3)
    assert meta.canonical == "https://paper.example/section/music/?page=3"
    assert dict(meta.og)["og:title"] == meta.title == "Music, page 3"
