"""Curating: a front is written whole or not at all; the banner goes up and comes down at once."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.utils import timezone

from articles.actions.curating import (
    FrontConflict,
    Placement,
    SlotPlan,
    SlotSettings,
    arrange_front,
    arrangement_of,
    end_banner,
    open_front,
    put_up_banner,
)
from articles.models import Banner, Front, SiteState, SlotEntry, generation
from articles.navigation import current_banner
from tests import builders

pytestmark = pytest.mark.django_db


def stories(front: Front) -> dict[str, list[int]]:
    return {plan.key: [e.article_id for e in plan.entries] for plan in arrangement_of(front)}


def plan(key: str, *ids: int) -> SlotPlan:
    return SlotPlan(key, tuple(map(Placement, ids)))


def test_the_home_page_starts_with_its_usual_slots() -> None:
    front = open_front(None)
    assert [(slot.key, slot.max, slot.title) for slot in front.slots.all()] == [
        ("lead", 1, ""),
        ("top", 4, ""),
        ("focus", 3, "In focus"),
    ]
    assert open_front(None) == front
    assert front.slots.count() == 3


def test_a_sections_front_starts_with_a_lead_and_a_top() -> None:
    front = open_front(builders.make_section())
    assert [(slot.key, slot.max) for slot in front.slots.all()] == [("lead", 1), ("top", 3)]


def test_an_arrangement_is_written_whole(editor: User) -> None:
    front = open_front(None)
    one, two, three = (builders.make_article().pk for _ in range(3))
    until = timezone.now() + timedelta(hours=2)
    top = SlotPlan("top", (Placement(two, "Shorter", until), Placement(three, pinned=True)))
    arrange_front(front, [plan("lead", one), top], expected_version=1, by=editor)
    assert front.version == 2
    # What is pinned stands above the rest, whatever its place.
    assert stories(front) == {"lead": [one], "top": [three, two], "focus": []}
    entry = SlotEntry.objects.get(article=two)
    assert (entry.headline_override, entry.until) == ("Shorter", until)
    arrange_front(front, [plan("lead", two), plan("top")], expected_version=2, by=editor)
    assert stories(front) == {"lead": [two], "top": [], "focus": []}


def test_a_story_stands_once_on_a_front_and_a_deleted_one_nowhere(editor: User) -> None:
    front = open_front(None)
    one, gone = builders.make_article(), builders.make_draft()
    number = gone.pk
    gone.delete()
    arrange_front(
        front, [plan("lead", one.pk), plan("top", one.pk, number)], expected_version=1, by=editor
    )
    assert stories(front) == {"lead": [one.pk], "top": [], "focus": []}


def test_settings_of_a_slot_are_written_with_it(editor: User) -> None:
    front = open_front(None)
    section = builders.make_section()
    settings = SlotSettings("Read on", 2, backfill_section_id=section.pk)
    arrange_front(front, [SlotPlan("top", (), settings)], expected_version=1, by=editor)
    slot = front.slots.get(key="top")
    assert (slot.title, slot.max, slot.backfill, slot.backfill_section) == (
        "Read on",
        2,
        True,
        section,
    )
    assert front.slots.get(key="focus").title == "In focus"


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(editor: User) -> None:
    front = open_front(None)
    first, second = builders.make_article().pk, builders.make_article().pk
    arrange_front(Front.objects.get(), [plan("lead", first)], expected_version=1, by=editor)
    with pytest.raises(FrontConflict) as refused:
        arrange_front(front, [plan("lead", second)], expected_version=1, by=editor)
    assert refused.value.version == 2
    theirs = next(plan for plan in refused.value.theirs if plan.key == "lead")
    assert [entry.article_id for entry in theirs.entries] == [first]
    assert stories(front)["lead"] == [first]


def test_what_was_replaced_is_in_the_fronts_history(editor: User) -> None:
    front = open_front(None)
    old, new = builders.make_article(headline="The old lead"), builders.make_article()
    arrange_front(front, [plan("lead", old.pk)], expected_version=1, by=editor)
    arrange_front(front, [plan("lead", new.pk)], expected_version=2, by=editor)
    entry = LogEntry.objects.latest("pk")
    assert (entry.user, entry.object_id) == (editor, str(front.pk))
    assert "lead: The old lead" in entry.change_message


def test_readers_pages_are_made_anew(
    editor: User, django_capture_on_commit_callbacks: object
) -> None:
    front = open_front(None)
    before = generation()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        arrange_front(front, [], expected_version=1, by=editor)
    assert generation() != before
    assert SiteState.objects.get().generation > before[0]


# --- The banner -------------------------------------------------------------------------------
def banner(**fields: object) -> Banner:
    now = timezone.now()
    values = {"text": "The pier is closed", "starts": now, "ends": now + timedelta(hours=2)}
    return Banner(**{**values, **fields})  # type: ignore[arg-type]


def test_a_banner_goes_up_at_once_and_comes_down_at_once() -> None:
    assert current_banner() is None
    up = put_up_banner(banner(starts=timezone.now() - timedelta(seconds=1)))
    assert current_banner() == up
    end_banner(up)
    assert current_banner() is None
    up.refresh_from_db()
    assert up.ends <= timezone.now()


def test_ending_a_banner_twice_keeps_its_first_end() -> None:
    up = put_up_banner(banner(starts=timezone.now() - timedelta(seconds=1)))
    end_banner(up)
    ends = Banner.objects.get().ends
    end_banner(up)
    assert Banner.objects.get().ends == ends


def test_a_banner_that_has_not_begun_never_will() -> None:
    starts = timezone.now() + timedelta(hours=1)
    end_banner(put_up_banner(banner(starts=starts, ends=starts + timedelta(hours=1))))
    assert not Banner.objects.exists()
