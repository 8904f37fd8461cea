"""IPTC's Digital Source Type, and the label that no placement of such a picture leaves out."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from articles.image_data import image_object
from articles.models import Article, Photo, PhotoUse, Series, SeriesItem
from articles.photos.figure import face_of, figure_view
from articles.photos.rights_xmp import rights_packet
from articles.photos.source_types import (
    AI_IN_PARTS,
    AI_MADE,
    SOURCE_TYPES,
    canonical,
    notice_of,
    source_type_of,
)
from articles.photos.work import rights_of
from tests import builders
from tests.articles.photos.test_figure import MANIFEST

AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


@pytest.mark.parametrize(
    ("value", "notice"),
    [
        ("", ""),
        (AI, AI_MADE),
        (AI.replace("http:", "https:") + "/", AI_MADE),
        ("digsrctype:trainedAlgorithmicMedia", AI_MADE),
        ("Trained Algorithmic Media", AI_MADE),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia", AI_IN_PARTS),
        ("compositeSynthetic", AI_IN_PARTS),
        ("digitalCapture", ""),
        ("algorithmicallyEnhanced", ""),
        ("algorithmicMedia", ""),
        ("virtualRecording", "Recording of a virtual event"),
        # Terms of other schemes and of years to come.
        ("http://c2pa.org/digitalsourcetype/trainedAlgorithmicData", AI_IN_PARTS),
        ("http://cv.example/partlySynthetic", AI_IN_PARTS),
        ("http://cv.example/paintedOnGlass", ""),
        ("///", ""),
    ],
)  # fmt: skip
def test_what_ai_made_or_changed_is_told(value: str, notice: str) -> None:
    assert notice_of(value) == notice


def test_a_term_is_kept_by_its_address_and_an_unknown_one_as_it_is() -> None:
    assert canonical("trainedalgorithmicmedia") == AI
    assert canonical("http://cv.example/new") == "http://cv.example/new"
    assert source_type_of("new") is None
    assert len({term.code.casefold() for term in SOURCE_TYPES}) == len(SOURCE_TYPES)


def ai_photo(**fields: Any) -> Photo:
    return builders.make_photo(
        **{"digital_source_type": AI, "manifest": MANIFEST, "alt_default": "A pier", **fields}
    )


@pytest.mark.django_db
@pytest.mark.parametrize("template", ["_figure.html", "_figure_plain.html"])
@pytest.mark.parametrize("use", [{}, {"caption": "C", "credit_override": "Mine"}])
def test_a_figure_says_it_whatever_its_use_says(template: str, use: dict[str, str]) -> None:
    for credit in ({}, {"photographer_text": "", "agency_text": ""}):
        view = figure_view(PhotoUse(photo=ai_photo(**credit), **use))
        assert AI_MADE in render_to_string(f"components/{template}", {"figure": view})


@pytest.mark.django_db
def test_every_page_that_shows_the_picture_says_it(reader: Client) -> None:
    photo = ai_photo()
    article = builders.make_article(kind=Article.Kind.GALLERY, section=builders.make_section())
    builders.make_lead(article, photo=photo)
    article.photo_uses.create(photo=photo, slot="gallery")
    use = article.photo_uses.create(photo=photo, slot="body")
    figure = f'<p>Words.</p><figure data-photo="{use.pk}"></figure>'
    Article.objects.filter(pk=article.pk).update(body_html=figure)
    writer = builders.make_contributor(portrait=photo)
    builders.add_byline(article, writer)
    series = Series.objects.create(title="The pier", slug="pier", hero=photo)
    SeriesItem.objects.create(series=series, article=article)
    assert article.section is not None
    paths = [article.get_absolute_url(), "/", article.section.get_absolute_url(),
             writer.get_absolute_url(), "/series/pier/", "/feed/"]  # fmt: skip
    for path in paths:
        answer = reader.get(path)
        html = answer.content.decode()
        pictures = html.count("<picture>") + html.count('class="faces__face"')
        pictures = pictures or html.count("<media:content")
        assert answer.status_code == 200, path
        assert pictures, path
        assert len(re.findall(AI_MADE, html)) >= pictures, path


@pytest.mark.django_db
def test_machines_are_told_too() -> None:
    photo = ai_photo()
    assert image_object(PhotoUse(photo=photo))["digitalSourceType"] == AI
    packet = rights_packet(rights_of(photo)).decode()
    assert f"<Iptc4xmpExt:DigitalSourceType>{AI}</Iptc4xmpExt:DigitalSourceType>" in packet
    face = face_of(photo)
    assert face is not None
    assert face.credit.startswith(f"{AI_MADE}. ")
