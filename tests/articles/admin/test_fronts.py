"""The page of a front: what it shows, and that its form does everything without a script."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from articles.actions.curating import (
    Placement,
    SlotPlan,
    arrange_front,
    arrangement_of,
    open_front,
)
from articles.models import Article, Front
from tests import builders
from tests.articles.admin.filled import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def front() -> Front:
    return open_front(None)


def address(front: Front) -> str:
    return reverse("admin:articles_front_arrange", args=[front.pk])


def put(front: Front, editor: User | None = None, **slots: list[Article]) -> None:
    plans = [SlotPlan(key, tuple(Placement(a.pk) for a in found)) for key, found in slots.items()]
    front.refresh_from_db()
    arrange_front(front, plans, expected_version=front.version, by=editor)


def stored(front: Front) -> dict[str, list[int]]:
    return {plan.key: [e.article_id for e in plan.entries] for plan in arrangement_of(front)}


def sent(client: Client, front: Front, **changes: Any) -> dict[str, Any]:
    """What a browser would send of the page as it stands, with changes."""
    form = client.get(address(front)).context["form"]
    data: dict[str, Any] = {"version": form.version, "place": []}
    for slot in form.slots:
        data["place"].append(f"slot:{slot.key}")
        data[f"title-{slot.key}"], data[f"max-{slot.key}"] = slot.title, slot.max
        data[f"fill-{slot.key}"] = slot.fill
        for card in slot.cards:
            data["place"].append(f"card:{card.article_id}")
            data[f"headline-{card.article_id}"] = card.headline
            data[f"until-{card.article_id}"] = card.until
            if card.pinned:
                data[f"pinned-{card.article_id}"] = "on"
    data["place"].append("slot:")
    return {**data, **changes}


def press(client: Client, front: Front, button: str, **changes: Any) -> Any:
    return client.post(address(front), sent(client, front, do=button, **changes), follow=True)


# --- Opening ----------------------------------------------------------------------------------
def test_a_front_is_made_when_it_is_first_opened(desk: Client) -> None:
    section = builders.make_section()
    home = desk.get(reverse("admin:articles_front_home"), follow=True)
    assert [zone.name for zone in home.context["zones"]] == ["Lead", "Top", "Focus"]
    other = desk.get(reverse("admin:articles_front_section", args=[section.pk]), follow=True)
    assert [zone.name for zone in other.context["zones"]] == ["Lead", "Top"]
    assert Front.objects.count() == 2
    assert desk.get(reverse("admin:articles_front_section", args=[0])).status_code == 404


@pytest.mark.parametrize("role", ["writer", "moderator", "stranger"])
def test_only_editors_arrange_fronts(role: str, front: Front, request: Any) -> None:
    client = Client()
    client.force_login(request.getfixturevalue(role))
    paths = [
        address(front),
        reverse("admin:articles_front_home"),
        reverse("admin:articles_front_section", args=[builders.make_section().pk]),
    ]
    expected = 302 if role == "stranger" else 403
    assert [client.get(path).status_code for path in paths] == [expected] * 3
    assert client.post(address(front), {"version": 1, "place": "slot:lead"}).status_code == expected
    assert Front.objects.get().version == 1


def test_nothing_is_saved_without_the_forms_token(front: Front, editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(address(front), {"version": 1}).status_code == 403


# --- What it shows ----------------------------------------------------------------------------
def test_a_card_says_how_its_story_stands(desk: Client, front: Front) -> None:
    now = timezone.now()
    live, draft = builders.make_article(), builders.make_draft()
    soon = builders.make_article(publish_at=now + timedelta(hours=2))
    over = builders.make_article(expire_at=now - timedelta(minutes=1))
    put(front, top=[live, draft, soon, over])
    top = desk.get(address(front)).context["zones"][1]
    assert [card.state for card in top.cards] == ["Live", "Draft", "Scheduled", "Ended"]
    assert [bool(card.note) for card in top.cards] == [False, True, True, True]


def test_what_time_fills_in_is_what_readers_see(desk: Client, front: Front) -> None:
    made = [
        builders.make_article(publish_at=timezone.now() - timedelta(hours=n + 1)) for n in range(4)
    ]
    put(front, lead=[made[2]])
    lead, top, focus = desk.get(address(front)).context["zones"]
    assert lead.ghosts == focus.ghosts == []
    assert top.ghosts == [made[0], made[1], made[3]]
    shown = desk.get("/").content.decode()
    assert shown.index(made[2].headline) < shown.index(made[0].headline)


def test_stories_to_pick_from_are_published_or_scheduled_and_not_on_the_page(
    desk: Client, front: Front
) -> None:
    live = builders.make_article(headline="Live pier")
    soon = builders.make_article(headline="Soon", publish_at=timezone.now() + timedelta(hours=1))
    builders.make_draft()
    builders.make_article(expire_at=timezone.now() - timedelta(minutes=1))
    put(front, lead=[builders.make_article()])
    assert [c.article for c in desk.get(address(front)).context["cards"]] == [soon, live]
    found = desk.get(address(front), {"stories": "1", "q": "pier"}).content.decode()
    assert "Live pier" in found
    assert "Soon" not in found
    assert "<html" not in found


def test_the_page_costs_the_same_however_much_is_on_it(desk: Client, front: Front) -> None:
    # The session, the login, its rights and its groups'; the front, slots and entries; sections
    # twice, tagged slots; the cards; composing (slots, entries, newest, cards, bylines); picks.
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(address(front))
        return len(captured)

    def more() -> list[Article]:
        made = [builders.make_article(section=builders.make_section()) for _ in range(3)]
        for article in made:
            builders.make_lead(article)
        return made

    put(front, top=more())
    more()
    desk.get(address(front))
    few = count()
    put(front, lead=more()[:1], top=more(), focus=more())
    desk.get(address(front))  # the menu's sections are kept until something changes
    assert count() == few <= 17


def test_scripts_find_the_page_under_the_strict_policy(desk: Client, front: Front) -> None:
    assert "unsafe" not in desk.get(address(front))["Content-Security-Policy"]


# --- Saving -----------------------------------------------------------------------------------
def test_the_whole_arrangement_is_one_form(desk: Client, front: Front) -> None:
    one, two = builders.make_article(), builders.make_article()
    data = sent(desk, front)
    data["place"] = ["slot:lead", f"card:{one.pk}", "slot:top", f"card:{two.pk}", "slot:"]
    data |= {f"headline-{two.pk}": "Shorter", f"until-{two.pk}": "2031-05-01T18:30"}
    data |= {f"pinned-{two.pk}": "on", "title-focus": "Read on", "max-focus": "2"}
    response = desk.post(address(front), data, follow=True)
    assert "Readers see it now" in response.content.decode()
    assert stored(front) == {"lead": [one.pk], "top": [two.pk], "focus": []}
    entry = two.slot_entries.get()
    assert (entry.headline_override, entry.pinned) == ("Shorter", True)
    assert f"{timezone.localtime(entry.until):%Y-%m-%dT%H:%M}" == "2031-05-01T18:30"
    focus = front.slots.get(key="focus")
    assert (focus.title, focus.max, focus.backfill) == ("Read on", 2, False)
    assert "Shorter" in Client().get("/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("until-{}", "tomorrow-ish", "is no date and time"),
        ("until-{}", "9999-99-99T99:99", "is no date and time"),
        ("headline-{}", "x" * 201, "is over 200 characters"),
        ("max-top", "0", "from 1 to 24"),
        ("max-top", "many", "from 1 to 24"),
        ("title-top", "x" * 81, "is over 80 characters"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(
    field: str, value: str, words: str, desk: Client, front: Front
) -> None:
    article = builders.make_article()
    put(front, top=[article])
    changed = {field.format(article.pk): value, "title-focus": "Typed by hand"}
    response = press(desk, front, "save", **changed)
    html = response.content.decode()
    assert words in html
    assert value in html
    assert "Typed by hand" in html
    assert Front.objects.get().version == 2


def test_a_slot_keeps_a_source_that_the_form_does_not_offer(desk: Client, front: Front) -> None:
    section, tag = builders.make_section(), builders.make_tag()
    slot = front.slots.get(key="top")
    slot.backfill_section, slot.backfill_tag = section, tag
    slot.save()
    press(desk, front, "save")
    press(desk, front, "save", **{"fill-top": "99999-"})
    slot.refresh_from_db()
    assert (slot.backfill_section, slot.backfill_tag) == (section, tag)
    press(desk, front, "save", **{"fill-top": f"{section.pk}-"})
    slot.refresh_from_db()
    assert (slot.backfill_section, slot.backfill_tag) == (section, None)
    press(desk, front, "save", **{"fill-top": "none"})
    slot.refresh_from_db()
    assert not slot.backfill


# --- Buttons, for those without a script -------------------------------------------------------
def test_every_move_has_a_button(desk: Client, front: Front) -> None:
    one, two, three, new = (builders.make_article() for _ in range(4))
    put(front, lead=[one], top=[two, three])
    press(desk, front, f"down:{two.pk}")
    assert stored(front)["top"] == [three.pk, two.pk]
    press(desk, front, f"up:{two.pk}")
    assert stored(front)["top"] == [two.pk, three.pk]
    press(desk, front, f"up:{two.pk}")  # it is the first already
    assert stored(front)["top"] == [two.pk, three.pk]
    press(desk, front, f"move:{one.pk}", **{f"to-{one.pk}": "top"})
    assert stored(front) == {"lead": [], "top": [one.pk, two.pk, three.pk], "focus": []}
    press(desk, front, f"off:{two.pk}")
    assert stored(front)["top"] == [one.pk, three.pk]
    press(desk, front, f"move:{new.pk}", **{f"to-{new.pk}": "lead"})
    assert stored(front)["lead"] == [new.pk]


def test_a_story_goes_below_what_is_pinned(desk: Client, front: Front) -> None:
    pinned, other, new = (builders.make_article() for _ in range(3))
    put(front, top=[pinned, other])
    press(desk, front, "save", **{f"pinned-{pinned.pk}": "on"})
    press(desk, front, f"move:{new.pk}", **{f"to-{new.pk}": "top"})
    assert stored(front)["top"] == [pinned.pk, new.pk, other.pk]


@pytest.mark.parametrize(
    ("button", "until"),
    [("2h", "2026-11-23T12:15"), ("8h", "2026-11-23T18:15"), ("tonight", "2026-11-23T23:59"), ("always", "")],
)  # fmt: skip
def test_an_end_is_one_click(button: str, until: str, desk: Client, front: Front) -> None:
    article = builders.make_article()
    put(front, top=[article])
    with travel("2026-11-23T10:15:20+00:00", tick=False):
        desk.force_login(User.objects.get(username="editor"))
        press(desk, front, f"{button}:{article.pk}")
        card = desk.get(address(front)).context["zones"][1].cards[0]
    assert card.card.until == until


@pytest.mark.parametrize("button", ["up:999999", "up:x", "off:", "move:999999", "dance:1", ""])
def test_a_command_that_makes_no_sense_changes_nothing(
    button: str, desk: Client, front: Front
) -> None:
    article = builders.make_article()
    put(front, top=[article])
    assert press(desk, front, button).status_code == 200
    assert stored(front)["top"] == [article.pk]


def test_a_search_saves_nothing_and_keeps_what_was_typed(desk: Client, front: Front) -> None:
    article = builders.make_article()
    put(front, top=[article])
    response = press(desk, front, "search", q="nothing", **{f"headline-{article.pk}": "Typed"})
    assert 'value="Typed"' in response.content.decode()
    assert response.context["cards"] == []
    assert Front.objects.get().version == 2


def test_a_slot_that_is_changed_on_its_own_form_is_not_written_over(
    desk: Client, front: Front
) -> None:
    data = sent(desk, front)
    slot = front.slots.get(key="top")
    save(desk, reverse("admin:articles_slot_change", args=[slot.pk]), max="7")
    assert desk.post(address(front), data).status_code == 409
    assert front.slots.get(key="top").max == 7


def test_a_number_beyond_all_numbers_is_no_story(desk: Client, front: Front) -> None:
    data = {"version": front.version, "place": ["slot:top", f"card:{'9' * 30}"]}
    assert desk.post(address(front), data, follow=True).status_code == 200
    assert stored(front)["top"] == []
