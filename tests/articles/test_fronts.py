"""Composing a front: by hand first, filled by time, each story in one place."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.fronts import RIVER, STRIP, FrontPage, home_front, section_front
from articles.models import Article, Front, Section, Slot, SlotEntry
from tests import builders

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def stories(count: int, **fields: Any) -> list[Article]:
    """The newest first."""
    return [
        builders.make_article(publish_at=NOW - timedelta(minutes=number + 1), **fields)
        for number in range(count)
    ]


def make_slot(key: str, **fields: Any) -> Slot:
    front, _ = Front.objects.get_or_create(section=fields.pop("section", None))
    return Slot.objects.create(front=front, key=key, **fields)


def put(slot: Slot, article: Article, **fields: Any) -> SlotEntry:
    return SlotEntry.objects.create(slot=slot, article=article, **fields)


def everything(front: FrontPage) -> list[Article]:
    """In reading order."""
    strips = [article for _, strip in front.strips for article in strip]
    return [*(a for slot in front.slots for a in slot.articles), *front.river, *strips]


def test_without_a_front_the_newest_fill_lead_and_top_then_the_river() -> None:
    made = stories(1 + 4 + RIVER + 2)
    front = home_front([])
    assert front.lead == made[0]
    assert front.top == made[1:5]
    assert list(front.river) == made[5 : 5 + RIVER]
    assert not front.more


def test_an_empty_paper_has_an_empty_front() -> None:
    front = home_front([builders.make_section()])
    assert (front.lead, front.lead_photo, everything(front)) == (None, None, [])


def test_what_is_put_somewhere_by_hand_is_not_used_to_fill_what_comes_before() -> None:
    made = stories(8)
    focus = make_slot("focus", max=2, order=2, backfill=False, title="Weekend")
    put(focus, made[0])
    front = home_front([])
    assert front.lead == made[1]
    assert [slot.articles for slot in front.more] == [[made[0]]]
    assert front.more[0].title == "Weekend"


def test_pinned_entries_come_first_then_the_editors_order_then_time() -> None:
    made = stories(8)
    top = make_slot("top", max=4)
    put(top, made[6], order=1)
    put(top, made[5], order=2)
    put(top, made[7], order=9, pinned=True)
    front = home_front([])
    assert front.top == [made[7], made[6], made[5], made[1]]


def test_a_slot_holds_as_many_as_it_may_and_the_rest_goes_where_its_time_puts_it() -> None:
    made = stories(9)
    top = make_slot("top", max=2)
    for article in made[5:9]:
        put(top, article, order=article.pk)
    front = home_front([])
    assert front.top == made[5:7]
    assert set(made[7:9]) <= set(front.river)


def test_a_story_in_two_slots_stands_in_the_first() -> None:
    made = stories(6)
    first = make_slot("focus", order=1, max=2, backfill=False)
    second = make_slot("late", order=2, max=2, backfill=False)
    for slot in (second, first):
        put(slot, made[3])
    front = home_front([])
    assert [(slot.key, slot.articles) for slot in front.more] == [("focus", [made[3]])]
    assert len(everything(front)) == len(set(everything(front)))


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Article.Status.WITHDRAWN},
        {"status": Article.Status.DRAFT},
        {"publish_at": NOW + timedelta(days=1)},
        {"expire_at": NOW - timedelta(minutes=1)},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_an_entry_shows_only_while_its_story_is_public(hidden: dict[str, Any]) -> None:
    made = stories(3)
    put(make_slot("lead"), builders.make_article(**hidden))
    assert everything(home_front([])) == made


def test_an_entry_ends_when_its_time_does_and_hides_no_running_one() -> None:
    made = stories(4)
    lead = make_slot("lead")
    entry = put(lead, made[3], until=NOW + timedelta(hours=1))
    assert home_front([]).lead == made[3]
    SlotEntry.objects.filter(pk=entry.pk).update(until=timezone.now() - timedelta(seconds=1))
    assert home_front([]).lead == made[0]
    put(make_slot("top", max=4), made[3])
    assert home_front([]).top[0] == made[3]


def test_a_headline_for_the_slot_stands_there_only_on_the_page() -> None:
    story = stories(1)[0]
    put(make_slot("lead"), story, headline_override="Tonight")
    lead = home_front([]).lead
    assert lead
    assert lead.headline_home == "Tonight"
    story.refresh_from_db()
    assert story.headline_home == ""


def test_a_slot_that_is_not_filled_by_time_may_be_empty() -> None:
    stories(3)
    make_slot("lead", backfill=False)
    front = home_front([])
    assert front.lead is None
    assert len(front.top) == 3


def test_a_slot_fills_from_its_section_or_its_tag() -> None:
    section, tag = builders.make_section(), builders.make_tag()
    stories(6)
    of_section = builders.make_article(section=section, publish_at=NOW - timedelta(days=3))
    of_tag = builders.make_article(publish_at=NOW - timedelta(days=4))
    builders.add_tag(of_tag, tag)
    make_slot("focus", order=1, max=2, backfill_section=section)
    make_slot("late", order=2, max=2, backfill_tag=tag)
    filled = {slot.key: slot.articles for slot in home_front([]).more}
    assert filled == {"focus": [of_section], "late": [of_tag]}


def test_strips_hold_the_newest_of_each_section_that_stand_nowhere_else() -> None:
    music, film = builders.make_section(), builders.make_section()
    made = stories(5 + RIVER + STRIP + 2, section=music)
    stories(2, section=film)
    Article.objects.filter(section=film).update(publish_at=NOW - timedelta(days=9))
    front = home_front([film, music])
    assert [section for section, _ in front.strips] == [film, music]
    assert list(front.strips[1][1]) == made[5 + RIVER : 5 + RIVER + STRIP]
    assert len(everything(front)) == len(set(everything(front)))


def test_a_sections_front_is_its_own_and_takes_from_its_section_alone() -> None:
    section = builders.make_section()
    inside = stories(3, section=section)
    stories(3)
    assert everything(section_front(section)) == []
    put(make_slot("lead", section=section), inside[2])
    make_slot("top", section=section, max=4, order=1)
    front = section_front(section)
    assert (front.lead, front.top) == (inside[2], inside[:2])
    assert front.placed == {article.pk for article in inside}
    assert home_front([]).lead != inside[2]


def test_the_queries_are_the_same_for_any_archive(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sections = [builders.make_section() for _ in range(6)]
    tag = builders.make_tag()
    make_slot("focus", max=3, backfill_tag=tag)

    # 1 slots, 2 entries, 3 the newest by pool, 4 cards, 5 bylines
    def five(sections: list[Section]) -> None:
        with django_assert_num_queries(5):
            home_front(sections)

    for section in sections:
        builders.add_byline(stories(2, section=section)[0])
    five(sections)
    for section in sections:
        stories(9, section=section)
    five(sections)


def test_a_slot_holds_no_more_than_a_page_can_show() -> None:
    slot = make_slot("top", max=24)
    slot.full_clean()
    slot.max = 25
    with pytest.raises(ValidationError, match="At most 24"):
        slot.full_clean()
