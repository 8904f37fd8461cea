"""Every place where a reader meets a photo shows whom it is owed to.

tests/placements.py is the list. What can draw a photo is found in the code: a file that isn't in the
list yet fails `test_no_place_is_left_out`.
"""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pytest_django import Settings
from selectolax.lexbor import LexborHTMLParser

from articles.models import Photo, Series
from tests import builders
from tests.placements import (
    APART,
    FILES,
    FOLDER,
    MEDIA,
    OF_PHOTO,
    OF_USE,
    PLACEMENTS,
    TOLD_TO_MACHINES,
    byline_face,
    page,
    page_of,
    profile,
    series_hero,
    story,
    tag_picture,
)

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
USES = [
    pytest.param(name, credit, id=f"{name}: {'its own' if credit else 'of the photo'}")
    for name, placement in PLACEMENTS.items()
    for credit in (["", OF_USE] if placement.has_use else [""])
]


def photo() -> Photo:
    return builders.make_photo(manifest=FILES, alt_default="A pier at dusk")


# --- The tests -------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "credit"), USES)
def test_a_photo_stands_with_its_credit(name: str, credit: str, settings: Settings) -> None:
    settings.FEED_FULL_TEXT = name == "whole text in a feed"
    html = PLACEMENTS[name].show(photo(), credit)
    pictures = [
        image
        for image in LexborHTMLParser(html).css("img")
        if FOLDER in (image.attributes.get("src") or "")
    ]
    assert pictures
    assert len(pictures) == len(re.findall(rf'src="[^" ]*{FOLDER}', html))
    for picture in pictures:
        around = picture.parent
        while around is not None and not around.css_matches("figure, .faces"):
            around = around.parent
        assert around is not None, "a picture outside a figure"
        assert (credit or OF_PHOTO) in around.text()
        assert not credit or OF_PHOTO not in around.text()


@pytest.mark.parametrize("credit", ["", OF_USE])
def test_a_feeds_picture_travels_with_its_credit(credit: str) -> None:
    story(photo(), credit)
    contents = list(ET.fromstring(page("/feed/")).iter(f"{MEDIA}content"))
    assert len(contents) == 1
    assert contents[0].findtext(f"{MEDIA}credit") == (credit or OF_PHOTO)


@pytest.mark.parametrize("credit", ["", OF_USE])
@pytest.mark.parametrize("slot", ["lead", "body", "gallery"])
def test_machines_are_told_the_credit_of_each_use(slot: str, credit: str) -> None:
    html = page_of(photo(), credit, slot)
    (data,) = LexborHTMLParser(html).css('script[type="application/ld+json"]')
    (image,) = json.loads(data.text())["image"]
    assert image["creditText"] == (credit or OF_PHOTO)


def test_a_picture_that_nobody_is_credited_for_stands_in_no_list_of_people_or_things() -> None:
    bare = builders.make_photo(manifest=FILES, photographer_text="", agency_text="")
    for show in (byline_face, profile, tag_picture, series_hero):
        assert FOLDER not in show(bare, "")
        Series.objects.all().delete()


def test_no_place_is_left_out() -> None:
    calls = (
        r"\b(?:figure_view|photo_figure|face_of|poster_of|figure_plain|image_file|image_object"
        r"|images_of|shared_image|picture_sources)\("
    )
    draws = {
        "*.py": re.compile(calls),
        "*.html": re.compile(r"<img\b|_figure(?:_plain)?\.html|figure_of|{% faces"),
    }
    found = {
        str(path.relative_to(ROOT))
        for folder in ("articles", "reactions", "newsroom", "templates")
        for pattern, expression in draws.items()
        for path in (ROOT / folder).rglob(pattern)
        if expression.search(path.read_text())
    }
    desk = {name for name in found if name.startswith(("templates/admin/", "articles/admin/"))}
    listed = {name for each in PLACEMENTS.values() for name in each.drawn_by}
    assert found - desk == listed | TOLD_TO_MACHINES | set(APART)


def test_no_style_sheet_hides_a_credit() -> None:
    """Not on paper either. Where a picture goes, its credit may go with it."""
    for path in (ROOT / "static/css").rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        for selectors, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
            if re.search(r"figcaption|__credit|__rights|figure__notice", selectors):
                assert not re.search(
                    r"display:\s*none|visibility:\s*hidden|font-size:\s*0(?![.\d])", rules
                ), selectors
