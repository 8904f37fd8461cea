"""The set editor: what is saved, what contrast refuses, what the preview draws without writing."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from articles.models import Article, generation
from reactions.models import Board, ReactionKind, ReactionSet, SetKind
from tests.builders import make_article, make_section
from tests.reactions.test_admin import desk, with_rights
from tests.reactions.test_bar import bar, buttons

pytestmark = [pytest.mark.django_db, pytest.mark.services]
ADD = reverse("admin:reactions_reactionset_add")
LIST = reverse("admin:reactions_reactionset_changelist")
PREVIEW = reverse("admin:reactions_reactionset_preview")
SHEET = reverse("admin:reactions_reactionset_preview_sheet")


def page_of(found: ReactionSet) -> str:
    return reverse("admin:reactions_reactionset_change", args=[found.pk])


def form_of(
    found: ReactionSet | None = None, rows: list[dict[str, Any]] | None = None, **fields: Any
) -> dict[str, Any]:
    """The form's fields: of a set as it is, or of a new one; rows as {"kind": 3, "order": 1}."""
    members = list(found.members.all()) if found else []
    if rows is None:
        rows = [{"kind": m.kind_id, "order": m.order} for m in members]
    data: dict[str, Any] = {
        "question": found.question if found else "Q?",
        "slug": found.slug if found else "q",
        "members-TOTAL_FORMS": len(rows),
        "members-INITIAL_FORMS": len(members),
    }
    if found and found.is_default:
        data["is_default"] = "on"
    for n, row in enumerate(rows):
        kept = {"id": members[n].pk, "set": found.pk} if found and n < len(members) else {}
        data |= {f"members-{n}-{name}": value for name, value in {**kept, **row}.items()}
    return data | fields


@pytest.fixture
def default(story: Article) -> ReactionSet:
    return ReactionSet.objects.get(is_default=True)


def order_of(found: ReactionSet) -> list[str]:
    return [member.kind.slug for member in found.members.select_related("kind")]


def test_a_set_is_made_with_its_kinds_in_order(
    moderator: User, kinds: dict[str, ReactionKind], story: Article
) -> None:
    rows = [
        {"kind": kinds["wow"].pk, "order": 2},
        {"kind": kinds["poo"].pk, "order": ""},
        {"kind": kinds["heart"].pk, "order": 1},
    ]
    data = form_of(rows=rows, size="large", light_button="#123456", light_text="fff")
    data |= {"light_chosen": "#333333"}
    assert desk(moderator).post(ADD, data).status_code == 302
    made = ReactionSet.objects.get(slug="q")
    assert order_of(made) == ["heart", "wow", "poo"]
    assert [member.order for member in made.members.all()] == [1, 2, 3]
    light = {"button": "#123456", "text": "#ffffff", "chosen": "#333333"}
    assert made.style == {"size": "large", "light": light}


def test_changed_places_are_on_the_bar_at_once(
    moderator: User, default: ReactionSet, story: Article
) -> None:
    before, rows = generation(), form_of(default)
    rows["members-0-order"] = 99
    assert desk(moderator).post(page_of(default), rows).status_code == 302
    assert next(iter(buttons(story).values())).startswith("Heart")
    assert generation() != before


@pytest.mark.parametrize(
    ("fields", "where", "words"),
    [
        ({"light_text": "#aaaaaa"}, "light_text", "needs 4.5:1"),
        ({"dark_button": "#888888"}, "dark_button", "in the dark theme and needs 4.5:1"),
        ({"light_border": "#eeeeee"}, "light_border", "needs 3:1"),
        ({"light_badge": "#333333"}, "light_badge", "Number on the badge"),
        ({"dark_chosen": "red"}, "dark_chosen", "“red” is no colour"),
    ],
    ids=["text", "button", "border", "badge", "no colour"],
)
def test_what_fails_is_refused_in_words_at_its_field_and_nothing_is_lost(
    moderator: User, default: ReactionSet, fields: dict[str, str], where: str, words: str
) -> None:
    data = form_of(default, question="My new words?", **fields)
    page = LexborHTMLParser(desk(moderator).post(page_of(default), data).content)
    errors = page.css_first(f".field-{where} ul.errorlist, .errorlist#id_{where}_error")
    assert words in errors.text()
    if "needs" in words:
        assert re.search(r"#[0-9a-f]{6} on #[0-9a-f]{6} would pass|another ground", errors.text())
    assert page.css_first("#id_question").attributes["value"] == "My new words?"
    (typed,) = fields.values()
    assert page.css_first(f"#id_{where}").attributes["value"] == typed
    default.refresh_from_db()
    assert (default.question, default.style) == ("What do you think?", {})


def test_the_advice_is_good(moderator: User, default: ReactionSet) -> None:
    client = desk(moderator)
    page = client.post(page_of(default), form_of(default, light_text="#aaaaaa")).content.decode()
    advised = re.findall(r"(#[0-9a-f]{6}) on #[0-9a-f]{6} would pass", page)
    answer = client.post(page_of(default), form_of(default, light_text=min(advised)))
    assert answer.status_code == 302


def test_the_form_shows_what_is_stored(moderator: User, default: ReactionSet) -> None:
    ReactionSet.objects.update(style={"size": "small", "dark": {"border": "#ffffff"}})
    page = LexborHTMLParser(desk(moderator).get(page_of(default)).content)
    assert page.css_first("#id_dark_border").attributes["value"] == "#ffffff"
    assert page.css_first("#id_light_border").attributes["placeholder"] == "#857a6b"
    assert page.css_first("#id_size option[selected]").attributes["value"] == "small"


def test_taking_a_kind_out_says_what_becomes_of_its_votes(
    moderator: User, default: ReactionSet, story: Article
) -> None:
    data = form_of(default) | {"members-1-DELETE": "on"}
    page = desk(moderator).post(page_of(default), data, follow=True).content.decode()
    assert "Taken out: ❤️ Heart" in page
    assert "To end a kind everywhere, retire it." in page
    assert "Heart" not in bar(story)


def test_a_set_without_kinds_and_a_site_without_a_default_are_warned_of(
    moderator: User, default: ReactionSet
) -> None:
    data = form_of(default) | {f"members-{n}-DELETE": "on" for n in range(7)}
    del data["is_default"]
    page = desk(moderator).post(page_of(default), data, follow=True).content.decode()
    assert "no kind that readers could choose" in page
    assert "No set is the default now" in page


def test_it_says_where_a_set_is_used(moderator: User, default: ReactionSet) -> None:
    client = desk(moderator)
    assert (
        "Every story whose board and section name no set."
        in client.get(page_of(default)).content.decode()
    )
    section = make_section(name="Music")
    other = ReactionSet.objects.create(slug="m", question="Loud?", section=section)
    for _ in range(2):
        Board.objects.create(article=make_article(), set=other)
    page = client.get(page_of(other)).content.decode()
    assert (
        "Stories in Music, unless their board names another; 2 stories whose board names it."
        in page
    )
    lonely = ReactionSet.objects.create(slug="n", question="Where?")
    assert "Nowhere: make it the default" in client.get(page_of(lonely)).content.decode()


def test_the_list_shows_kinds_and_stories(moderator: User, default: ReactionSet) -> None:
    page = LexborHTMLParser(desk(moderator).get(LIST).content)
    drawn = page.css(".field-kinds_in_order img")
    assert [image.attributes["alt"] for image in drawn[:3]] == ["Thumbs up", "Heart", "Laugh"]
    assert page.css_first(".field-stories").text() == "0"


# --- The preview ---------------------------------------------------------------------------------


def previewed(client: Client, data: dict[str, Any]) -> LexborHTMLParser:
    answer = client.post(PREVIEW, data)
    assert answer.status_code == 200
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    return LexborHTMLParser(answer.content)


def test_the_preview_is_the_readers_buttons_in_both_themes(
    moderator: User, default: ReactionSet, kinds: dict[str, ReactionKind]
) -> None:
    rows = [{"kind": kinds["wow"].pk, "order": 9}, {"kind": kinds["cool"].pk, "order": 3}]
    page = previewed(desk(moderator), form_of(rows=rows, question="Unsaved?"))
    assert [side.css_first("h2").text() for side in page.css(".side")] == ["Unsaved?"] * 2
    for side in page.css(".side"):
        labels = [each.attributes["data-label"] for each in side.css("button.reaction")]
        assert labels == ["Cool", "Wow"]
        assert len(side.css('[aria-pressed="true"]')) == 1
        assert side.css(".ratio")
    assert page.css_first("body").attributes["data-failing"] == "0"


def test_it_writes_nothing(
    moderator: User, default: ReactionSet, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, before = desk(moderator), generation()
    data = form_of(default, question="Unsaved?", light_button="#123456")
    client.post(PREVIEW, data)
    default.refresh_from_db()
    assert (default.question, default.style) == ("What do you think?", {})
    assert generation() == before
    assert SetKind.objects.count() == 7


def test_it_draws_a_form_that_can_not_be_saved(moderator: User, default: ReactionSet) -> None:
    data = form_of(default, slug="", question="", light_text="#999999", dark_text="nonsense")
    page = previewed(desk(moderator), data)
    assert int(page.css_first("body").attributes["data-failing"] or 0) >= 1
    assert "would pass" in page.css_first(".ratio--fails").text()
    assert "stands here" in page.css_first("h2").text()


@pytest.mark.parametrize(
    "data",
    [
        {}, {"members-TOTAL_FORMS": "x"}, {"members-TOTAL_FORMS": "9" * 30},
        {"members-TOTAL_FORMS": "1", "members-0-kind": "9" * 30},
        {"members-TOTAL_FORMS": "1", "members-0-kind": "99", "members-0-order": "٣"},
        {"section": "x", "size": "vast", "light_button": "\0"},
    ],
    ids=["nothing", "no number", "vast", "vast kind", "unknown kind", "nonsense"],
)  # fmt: skip
def test_it_bears_whatever_is_sent(
    moderator: User, default: ReactionSet, data: dict[str, str]
) -> None:
    assert "Without a kind there is no bar." in previewed(desk(moderator), data).text()


def test_its_stylesheet_is_of_the_unsaved_style(moderator: User, default: ReactionSet) -> None:
    client = desk(moderator)
    page = previewed(client, form_of(default, light_button="#123456", light_text="#ffffff"))
    sheet = client.get(page.css_first("link[data-sheet]").attributes["href"] or "")
    assert "light-dark(#123456," in sheet.content.decode()
    assert '[data-set="0"]' in sheet.content.decode()
    evil = client.get(SHEET, {"light_button": "#fff;}*{display:none"})
    assert evil.content == b""


def test_the_frame_shows_the_saved_set_first(moderator: User, default: ReactionSet) -> None:
    client = desk(moderator)
    answer = client.get(page_of(default))
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    frame = LexborHTMLParser(answer.content).css_first("iframe")
    saved = LexborHTMLParser(client.get(frame.attributes["src"] or "").content)
    assert saved.css_first("h2").text() == "What do you think?"
    assert len(saved.css("button.reaction")) == 14


@pytest.mark.parametrize("rights", [(), ("view_board",)], ids=["none", "others"])
def test_nobody_else_gets_a_preview(default: ReactionSet, rights: tuple[str, ...]) -> None:
    client = desk(with_rights(*rights))
    assert client.post(PREVIEW, form_of(default)).status_code == 403
    assert client.get(SHEET).status_code == 403
    saved = reverse("admin:reactions_reactionset_saved_preview", args=[default.pk])
    assert client.get(saved).status_code == 403


def test_a_preview_needs_the_forms_token(moderator: User, default: ReactionSet) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    assert client.post(PREVIEW, form_of(default)).status_code == 403


def test_who_may_only_look_sees_the_set_and_no_fields(default: ReactionSet) -> None:
    page = desk(with_rights("view_reactionset", "view_setkind")).get(page_of(default))
    assert page.status_code == 200
    assert 'name="light_button"' not in page.content.decode()


def test_a_form_with_many_rows_reads_the_kinds_once(
    moderator: User, default: ReactionSet, kinds: dict[str, ReactionKind]
) -> None:

    client = desk(moderator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page_of(default)).status_code == 200
        return len(captured)

    queries()  # the first page of a process also asks for its content types
    before = queries()
    for kind in list(kinds.values())[7:]:
        SetKind.objects.get_or_create(set=default, kind=kind)
    assert queries() == before
