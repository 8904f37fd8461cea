"""The home page as readers get it; how it is composed is tests/articles/test_fronts.py's."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.fronts import RIVER
from articles.models import Article, Front, Slot, SlotEntry
from tests import builders

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TOP = 4


def stories(count: int, **fields: Any) -> list[Article]:
    """The newest first."""
    return [
        builders.make_article(
            headline=f"Story no. {number:03}", publish_at=NOW - timedelta(minutes=number + 1), **fields
        )
        for number in range(count)
    ]  # fmt: skip


def page(reader: Client) -> str:
    return reader.get("/").content.decode()


def headlines(reader: Client) -> list[str]:
    found: list[str] = re.findall(
        r'<h[23] class="card__headline[^>]*><a[^>]*>([^<]*)', page(reader)
    )
    return found


def test_an_empty_paper_says_so(reader: Client) -> None:
    assert "The first story is being written." in page(reader)


def test_without_an_editors_hand_the_newest_lead(reader: Client) -> None:
    made = stories(4)
    assert headlines(reader) == [article.headline for article in made]


def test_each_section_has_its_strip_with_what_the_page_has_not_shown(reader: Client) -> None:
    older = [
        builders.make_section(name=name, description=f"All {name}.") for name in ("Film", "Books")
    ]
    for section in older:
        stories(3, section=section)
        Article.objects.filter(section=section).update(publish_at=NOW - timedelta(days=9))
    stories(1 + TOP + RIVER)
    html = page(reader)
    assert "All Film." in html
    assert "All Books." in html
    for section in older:
        assert html.count(f'id="strip-{section.pk}"') == 1
    assert len(headlines(reader)) == 1 + TOP + RIVER + 6


def test_a_slot_of_its_own_stands_under_its_heading(reader: Client) -> None:
    made = stories(20)
    focus = Slot.objects.create(
        front=Front.objects.create(), key="focus", max=3, title="Saturday reading", backfill=False
    )
    SlotEntry.objects.create(slot=focus, article=made[19], headline_override="Read this one slowly")
    html = page(reader)
    assert (
        html.index("Saturday reading") < html.index("Read this one slowly") < html.index("Latest")
    )
    assert made[19].headline not in html


@pytest.mark.parametrize(("photo", "words"), [(True, False), (False, True)])
def test_a_lead_without_a_picture_is_set_in_words(photo: bool, words: bool, reader: Client) -> None:
    lead = stories(3)[0]
    if photo:
        picture = {"format": "jpeg", "width": 960, "height": 640, "path": "a.jpg", "bytes": 1}
        builders.make_lead(lead, photo=builders.make_photo(manifest=[picture]))
    assert ("front--words" in page(reader)) == words


def test_a_headline_for_the_home_page_is_used_there(reader: Client) -> None:
    article = builders.make_article(headline="The long one", headline_home="Short")
    assert headlines(reader) == ["Short"]
    assert "The long one" in reader.get(article.get_absolute_url()).content.decode()
