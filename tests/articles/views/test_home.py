"""The home page: what editors put there, then the newest, nothing twice."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Front, Slot, SlotEntry
from articles.navigation import forget_nav
from articles.views.home import RIVER, TOP
from tests import builders

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def stories(count: int, **fields: Any) -> list[Article]:
    """The newest first."""
    return [
        builders.make_article(
            headline=f"Story no. {number:03}", publish_at=NOW - timedelta(minutes=number + 1), **fields
        )
        for number in range(count)
    ]  # fmt: skip


@pytest.fixture
def slot() -> Slot:
    return Slot.objects.create(front=Front.objects.create(), key="top", max=5)


def headlines(reader: Client) -> list[str]:
    html = reader.get("/").content.decode()
    found: list[str] = re.findall(r'<h[23] class="card__headline[^>]*><a[^>]*>([^<]*)', html)
    return found


def test_an_empty_paper_says_so(reader: Client) -> None:
    assert "The first story is being written." in reader.get("/").content.decode()


def test_without_an_editors_hand_the_newest_lead(reader: Client) -> None:
    made = stories(4)
    assert headlines(reader) == [article.headline for article in made]


def test_what_editors_put_there_comes_first_in_their_order(reader: Client, slot: Slot) -> None:
    made = stories(6)
    second = Slot.objects.create(front=slot.front, key="second", order=1)
    SlotEntry.objects.create(slot=second, article=made[5])
    SlotEntry.objects.create(slot=slot, article=made[4], order=2)
    SlotEntry.objects.create(slot=slot, article=made[3], order=1)
    order = [made[n].headline for n in (3, 4, 5, 0, 1, 2)]
    assert headlines(reader) == order


def test_nothing_stands_there_twice(reader: Client, slot: Slot) -> None:
    forget_nav()
    section = builders.make_section(name="Music")
    made = stories(40, section=section)
    other = Slot.objects.create(front=slot.front, key="other", order=1)
    for place in (slot, other):
        SlotEntry.objects.create(slot=place, article=made[7])
    found = headlines(reader)
    assert found[0] == made[7].headline
    assert len(found) == len(set(found))
    assert len(found) > 1 + TOP + RIVER, "the section has its strip"


def test_each_section_has_its_strip_with_what_the_page_has_not_shown(reader: Client) -> None:
    forget_nav()
    older = [
        builders.make_section(name=name, description=f"All {name}.") for name in ("Film", "Books")
    ]
    for section in older:
        stories(3, section=section)
        Article.objects.filter(section=section).update(publish_at=NOW - timedelta(days=9))
    stories(1 + TOP + RIVER)
    html = reader.get("/").content.decode()
    assert "All Film." in html
    assert "All Books." in html
    for section in older:
        assert html.count(f'id="strip-{section.pk}"') == 1
    assert len(headlines(reader)) == 1 + TOP + RIVER + 6


def test_an_entry_ends_when_its_time_does(reader: Client, slot: Slot) -> None:
    made = stories(3)
    entry = SlotEntry.objects.create(slot=slot, article=made[2], until=NOW + timedelta(hours=1))
    assert headlines(reader)[0] == made[2].headline
    SlotEntry.objects.filter(pk=entry.pk).update(until=timezone.now() - timedelta(seconds=1))
    assert headlines(reader)[0] == made[0].headline
    assert str(entry) == f"{made[2]} in Home: top"


def test_an_expired_entry_does_not_hide_a_running_one_of_the_same_story(
    reader: Client, slot: Slot
) -> None:
    made = stories(3)
    other = Slot.objects.create(front=slot.front, key="other", order=1)
    SlotEntry.objects.create(slot=slot, article=made[2], until=NOW - timedelta(hours=1))
    SlotEntry.objects.create(slot=other, article=made[2])
    assert headlines(reader)[0] == made[2].headline


@pytest.mark.parametrize(
    "fields", [{"status": Article.Status.DRAFT}, {"publish_at": NOW + timedelta(days=1)}]
)
def test_a_curated_story_is_shown_only_while_it_is_public(
    fields: dict[str, Any], reader: Client, slot: Slot
) -> None:
    hidden = builders.make_article(**fields)
    SlotEntry.objects.create(slot=slot, article=hidden)
    assert hidden.headline not in headlines(reader)


def test_a_sections_front_is_not_the_home_page(reader: Client) -> None:
    made = stories(2)
    front = Front.objects.create(section=builders.make_section(name="Music"))
    SlotEntry.objects.create(slot=Slot.objects.create(front=front, key="top"), article=made[1])
    assert headlines(reader)[0] == made[0].headline
    assert str(front) == "Music"


def test_a_headline_for_the_home_page_is_used_there(reader: Client) -> None:
    article = builders.make_article(headline="The long one", headline_home="Short")
    assert headlines(reader) == ["Short"]
    assert "The long one" in reader.get(article.get_absolute_url()).content.decode()
