"""Photos as machines are told of them: whose they are, in each use, and nothing of what is hidden."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.image_data import creators, image_object
from articles.metadata import article_meta, contributor_meta, series_meta, tag_meta
from articles.models import Article, Photo, PhotoUse, Series
from articles.models.addresses import absolute
from articles.story_rows import hold_rows
from tests import builders

pytestmark = pytest.mark.django_db
JPEG = {"format": "jpeg", "width": 960, "height": 640, "path": "photos/ab/x-960.jpg", "bytes": 7}
WEBP = {**JPEG, "format": "webp", "width": 1920, "path": "photos/ab/x-1920.webp"}
CROPS = [
    {**JPEG, "width": width, "height": height, "crop": name, "path": f"photos/ab/c-{height}.jpg"}
    for name, width, height in (
        ("16:9", 1200, 675), ("4:3", 1200, 900), ("1:1", 1200, 1200), ("social", 1200, 630)
    )
]  # fmt: skip
RIGHTS = {
    "photographer_text": "A. Lee; B. Roe", "manifest": [WEBP, JPEG, *CROPS], "copyright": "© 2024 Lee",
    "license_url": "https://x.org/licence", "licensor_url": "https://x.org/buy",
    "digital_source_type": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
}  # fmt: skip


def address(path: str) -> str:
    return f"http://localhost:8000/media/photos/ab/{path}"


def images_of(article: Article) -> list[dict[str, Any]]:
    meta = article_meta(article, bylines=[], tags=[])
    found: list[dict[str, Any]] = json.loads(str(meta.json_ld)).get("image", [])
    return found


def og_of(article: Article) -> dict[str, str]:
    return dict(article_meta(article, bylines=[], tags=[]).og)


def test_a_lead_photo_comes_in_three_shapes_with_everyone_who_has_rights_in_it() -> None:
    article = builders.make_article()
    builders.make_lead(article, photo=builders.make_photo(**RIGHTS))
    wide, middle, square = images_of(article)
    assert wide == {
        "@type": "ImageObject",
        "url": address("c-675.jpg"),
        "contentUrl": address("c-675.jpg"),
        "width": 1200,
        "height": 675,
        "caption": "The pier",
        "creditText": "Photo: A. Lee and B. Roe/Harbour Pictures",
        "copyrightNotice": "© 2024 Lee",
        "license": "https://x.org/licence",
        "acquireLicensePage": "https://x.org/buy",
        "creator": [{"@type": "Person", "name": "A. Lee"}, {"@type": "Person", "name": "B. Roe"}],
        "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
        "representativeOfPage": True,
    }
    for image, height in ((middle, 900), (square, 1200)):
        url = address(f"c-{height}.jpg")
        assert image == {**wide, "url": url, "contentUrl": url, "height": height}


def test_a_shared_link_shows_the_crop_made_for_it() -> None:
    article = builders.make_article()
    lead = builders.make_lead(article, photo=builders.make_photo(**RIGHTS))
    og = og_of(article)
    assert (og["og:image"], og["og:image:width"], og["og:image:height"]) == (
        address("c-630.jpg"), "1200", "630",
    )  # fmt: skip
    assert og["og:image:alt"] == og["twitter:image:alt"] == "A pier at dusk"
    lead.crop = {"ratio": "original", "x": 0.1, "y": 0.1}  # no crop is made around this point
    assert og_of(article)["og:image"] == address("x-960.jpg")
    assert [image["url"] for image in images_of(article)] == [address("x-960.jpg")]


def test_a_shared_link_may_have_a_picture_of_its_own() -> None:
    article = builders.make_article()
    builders.make_lead(article, photo=builders.make_photo(manifest=[JPEG]))
    photo = builders.make_photo(manifest=[{**JPEG, "path": "photos/cd/y.jpg"}])
    article.photo_uses.create(photo=photo, slot="social", alt="A poster")
    og = og_of(article)
    assert og["og:image"].endswith("/photos/cd/y.jpg")
    assert (og["og:image:alt"], og["og:image:width"]) == ("A poster", "960")


def test_a_photo_whose_crops_are_not_made_is_given_whole() -> None:
    article = builders.make_article()
    builders.make_lead(article, photo=builders.make_photo(manifest=[WEBP, JPEG]))
    (image,) = images_of(article)
    assert (image["url"], image["width"], image["height"]) == (address("x-960.jpg"), 960, 640)
    assert og_of(article)["og:image"] == image["url"]


def test_every_picture_of_a_story_is_given_with_the_words_of_its_use() -> None:
    article = builders.make_article()
    photo = builders.make_photo(**RIGHTS)
    builders.make_lead(article, photo=photo)
    told = {"photo": photo, "caption": "In the text", "credit_override": "Lee, for us"}
    body = article.photo_uses.create(slot="body", **told)
    article.photo_uses.create(photo=photo, slot="body", caption="Nowhere in the text")
    for number in (1, 2):
        article.photo_uses.create(photo=photo, slot="gallery", caption=f"Slide {number}")
    article.body_html = f'<p>Words.</p><figure data-photo="{body.pk}"></figure>'
    images = images_of(article)
    assert [image["caption"] for image in images] == [
        "The pier", "The pier", "The pier", "In the text", "Slide 1", "Slide 2",
    ]  # fmt: skip
    assert images[3]["creditText"] == "Lee, for us"
    assert images[3]["creator"][0]["name"] == "A. Lee"
    assert ["representativeOfPage" in image for image in images] == [True] * 3 + [False] * 3


@pytest.mark.parametrize("status", [Photo.Status.EXPIRED, Photo.Status.REMOVED])
def test_a_picture_that_may_not_be_shown_is_nowhere(status: str) -> None:
    article = builders.make_article()
    photo = builders.make_photo(**RIGHTS, status=status)
    builders.make_lead(article, photo=photo)
    for slot in ("gallery", "social"):
        article.photo_uses.create(photo=photo, slot=slot)
    assert images_of(article) == []
    assert not [name for name in og_of(article) if "image" in name]
    assert og_of(article)["twitter:card"] == "summary"
    person = builders.make_contributor(portrait=photo)
    assert "photos/" not in str(contributor_meta(person))


def test_a_picture_without_a_file_is_not_announced() -> None:
    article = builders.make_article()
    builders.make_lead(article)
    article.photo_uses.create(photo=builders.make_photo(), slot="gallery")
    assert images_of(article) == []
    assert "og:image" not in og_of(article)


def test_who_made_it_is_a_person_or_else_the_agency() -> None:
    def made(**fields: Any) -> list[dict[str, str]]:
        return creators(builders.make_photo(**fields))

    assert made() == [{"@type": "Person", "name": "Ines Lark"}]
    assert made(photographer_text="") == [{"@type": "Organization", "name": "Harbour Pictures"}]
    house = builders.make_contributor(name="The Studio", kind="organisation")
    assert made(photographer=house) == [{"@type": "Organization", "name": "The Studio"}]
    assert made(photographer_text="", agency_text="") == []
    assert "creator" not in image_object(
        PhotoUse(photo=builders.make_photo(photographer_text="", agency_text=""))
    )


def test_where_nobody_sells_a_licence_its_terms_say_how_to_get_one() -> None:
    photo = builders.make_photo(license_url="https://x.org/licence")
    assert image_object(PhotoUse(photo=photo))["acquireLicensePage"] == "https://x.org/licence"


def test_pages_of_people_tags_and_series_own_up_to_their_picture_too() -> None:
    photo = builders.make_photo(**RIGHTS)
    person = builders.make_contributor(portrait=photo)
    tag = builders.make_tag("Jazz", image=photo)
    series = Series.objects.create(title="The Salt Year", slug="salt", hero=photo)
    for meta, kind in (
        (contributor_meta(person), "ProfilePage"),
        (tag_meta(tag), "CollectionPage"),
        (series_meta(series), "CollectionPage"),
    ):
        data = json.loads(str(meta.json_ld))
        assert data["@type"] == kind
        image = data["mainEntity"]["image"]
        assert image["creditText"] == "Photo: A. Lee and B. Roe/Harbour Pictures"
        assert image["acquireLicensePage"] == "https://x.org/buy"
        assert dict(meta.og)["og:image"] == address("c-630.jpg")
    assert data["mainEntity"]["url"] == absolute(series.get_absolute_url())
    assert "image" not in json.loads(str(tag_meta(builders.make_tag()).json_ld))["mainEntity"]


def test_rights_are_read_with_the_story(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    article = builders.make_article()
    house = builders.make_contributor(name="The Studio", kind="organisation")
    photo = builders.make_photo(**{**RIGHTS, "photographer": house})
    builders.make_lead(article, photo=photo)
    article.photo_uses.create(photo=photo, slot="gallery")
    story = Article.objects.get(pk=article.pk)
    hold_rows(story)
    with django_assert_num_queries(0):
        images = images_of(story)
    assert [image["creator"][0]["name"] for image in images] == ["The Studio"] * 4


def test_a_series_page_has_its_data(reader: Client) -> None:
    series = Series.objects.create(
        title="The Salt Year", slug="salt", hero=builders.make_photo(**RIGHTS)
    )
    series.items.create(article=builders.make_article())
    page = reader.get(series.get_absolute_url()).content.decode()
    assert re.search(r'"@type": ?"CreativeWorkSeries"', page)
    assert '<meta property="og:image" content="http' in page
    assert '<meta property="og:image:alt"' not in page  # nothing is said where nothing is known
