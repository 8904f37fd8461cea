"""Reactions on a phone with the longest words, the most kinds and a thumb: nothing leaves the screen."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from reactions.models import Board, ReactionKind, ReactionSet, SetKind
from reactions.voting import cast_vote
from tests.builders import make_article
from tests.e2e.conftest import Visit
from tests.e2e.test_reader import WIDER_THAN_THE_SCREEN, check_every_screen
from tests.reactions.conftest import new_visitor

pytestmark = pytest.mark.django_db(transaction=True)

Open = Callable[..., Visit]
SignIn = Callable[[Page, User], None]
LONG = "Donaudampfschifffahrtsgesellschaftskapitän"


@pytest.fixture
def story() -> Article:
    return make_article(headline="The night ferry sails after all")


def own_set(story: Article, number: int, label: str = "") -> ReactionSet:
    """So many kinds for the one story; the first of them is called `label`."""
    found = ReactionSet.objects.create(slug="own", question=f"Was sagt der {LONG}?")
    kinds = list(ReactionKind.objects.order_by("pk")[:number])
    if label:
        ReactionKind.objects.filter(pk=kinds[0].pk).update(label=label)
    SetKind.objects.bulk_create(
        SetKind(set=found, kind=kind, order=at) for at, kind in enumerate(kinds)
    )
    Board.objects.update_or_create(article=story, defaults={"set": found})
    return found


def box(found: Locator) -> dict[str, float]:
    at = found.bounding_box()
    assert at
    return dict(at)


@pytest.mark.parametrize("width", [320, 360])
def test_a_long_word_stays_on_the_screen(visit: Open, story: Article, width: int) -> None:
    own_set(story, 12, label=LONG)
    page = visit(story.get_absolute_url(), width=width).page
    page.locator(".reaction").first.click()
    expect(page.get_by_role("status")).to_have_text(f"You chose {LONG}. Thank you.")
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []
    for part in (".reactions__question", ".reactions__status", ".reactions__undo"):
        at = box(page.locator(part))
        assert at["x"] + at["width"] <= width
    assert all(box(each)["width"] >= 44 for each in page.locator(".reaction").all())


@pytest.mark.parametrize(("number", "rows"), [(4, 1), (5, 2), (7, 2), (9, 3)])
def test_no_kind_has_a_row_to_itself(visit: Open, story: Article, number: int, rows: int) -> None:
    own_set(story, number)
    page = visit(story.get_absolute_url(), width=360).page
    tops = [box(each)["y"] for each in page.locator(".reaction").all()]
    assert len(set(tops)) == rows
    assert tops.count(max(tops)) > 1
    page.set_viewport_size({"width": 1280, "height": 900})
    tops = [box(each)["y"] for each in page.locator(".reaction").all()]
    assert tops.count(min(tops)) == min(number, 7)


def test_what_failed_does_not_look_like_what_worked(visit: Open, story: Article) -> None:
    page = visit(story.get_absolute_url()).page
    status = page.get_by_role("status")
    page.route("**/vote", lambda route: route.abort())
    page.locator(".reaction").first.click()
    expect(status).to_contain_text("not saved")
    wrong = status.evaluate("line => getComputedStyle(line).color")
    page.unroute("**/vote")
    page.locator(".reaction").first.click()
    expect(status).to_contain_text("Thank you.")
    assert status.evaluate("line => getComputedStyle(line).color") != wrong


def test_the_ranking_that_is_open_is_marked(visit: Open, story: Article) -> None:
    page = visit("/most-reacted/this-week/").page
    here = page.get_by_role("navigation", name="Period").locator("[aria-current]")
    expect(here).to_have_text("This week")
    expect(here).not_to_have_css("box-shadow", "none")
    other = page.get_by_role("link", name="This month")
    expect(other).to_have_css("box-shadow", "none")


@pytest.fixture
def desk(visit: Open, sign_in: SignIn, moderator: User) -> Callable[[str, int], Page]:
    def open_page(path: str, width: int = 360) -> Page:
        page = visit("/admin/login/", width=width, scheme="dark").page
        sign_in(page, moderator)
        page.goto(path)
        return page

    return open_page


def test_every_tool_of_a_kind_is_within_reach(desk: Callable[..., Page], story: Article) -> None:
    found = own_set(story, 12, label=LONG)
    page = desk(f"/admin/reactions/reactionset/{found.pk}/change/")
    first = page.locator("#members-0")
    expect(first.locator("[data-move='1']")).to_be_visible()
    for tool in ("select", "[data-move='-1']", "[data-move='1']", "input[type=checkbox]"):
        at = box(first.locator(tool))
        assert at["x"] >= 0
        assert at["x"] + at["width"] <= 360
        assert min(at["width"], at["height"]) >= 24
    field, picker = (box(page.locator(each).first) for each in (".set-colour", ".set-picker"))
    assert picker["y"] < field["y"] + field["height"], "the picker stands beside its field"
    first.locator("input[type=checkbox]").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Taken out: ")


def test_a_refused_verb_keeps_its_ticks(desk: Callable[..., Page], story: Article) -> None:
    other = make_article(headline="Another ferry")
    page = desk("/admin/reactions/board/")
    page.get_by_role("checkbox", name=f"Choose “Reactions to {other.headline}”").check()
    assert min(box(page.locator("#action-toggle"))[side] for side in ("width", "height")) >= 24
    chosen_set = page.locator(".actions select[name=use]")
    expect(chosen_set).to_be_hidden()
    page.select_option("[name=action]", "use_set")
    expect(chosen_set).to_be_visible()
    expect(page.locator(".actions [name=reason]")).to_be_hidden()
    page.select_option("[name=action]", "freeze")
    page.get_by_role("button", name="Go").click()
    expect(page.locator(".messagelist")).to_contain_text("Say why")
    expect(page.locator(".actions [name=reason]")).to_be_focused()
    expect(page.locator(".action-counter")).to_contain_text("1 of 2 selected")
    page.keyboard.type("Names a minor.")
    page.get_by_role("button", name="Go").click()
    expect(page.locator(".messagelist")).to_contain_text("Reactions changed on 1 of 1 story.")
    states = dict(Board.objects.values_list("article_id", "state"))
    assert states == {story.pk: "open", other.pk: "frozen"}


def test_the_list_of_boards_is_accessible_with_a_verb_refused(
    visit: Open, sign_in: SignIn, moderator: User, story: Article, axe: Callable[[Page], list[str]]
) -> None:
    seen = visit("/admin/login/", reduced_motion="reduce")
    sign_in(seen.page, moderator)
    seen.page.goto("/admin/reactions/board/")
    seen.page.locator(".action-select").first.check()
    seen.page.select_option("[name=action]", "hide")
    seen.page.get_by_role("button", name="Go").click()
    expect(seen.page.locator(".messagelist")).to_contain_text("Say why")
    check_every_screen(seen, axe)


def test_a_kinds_form_is_accessible(
    visit: Open, sign_in: SignIn, moderator: User, axe: Callable[[Page], list[str]]
) -> None:
    seen = visit("/admin/login/", reduced_motion="reduce")
    sign_in(seen.page, moderator)
    kind = ReactionKind.objects.get(slug="heart")
    seen.page.goto(f"/admin/reactions/reactionkind/{kind.pk}/change/")
    check_every_screen(seen, axe)


def test_a_link_that_looks_like_a_button_is_not_underlined(
    desk: Callable[..., Page], story: Article
) -> None:
    page = desk(f"/admin/reactions/case/look/{story.pk}/")
    expect(page.get_by_role("link", name="Not now")).to_have_css("text-decoration-line", "none")
    page.goto("/admin/reactions/live/")
    expect(page.get_by_role("link", name="Reload")).to_have_css("text-decoration-line", "none")
    expect(page.locator(".breadcrumbs a").first).to_have_css("text-decoration-line", "underline")


def test_a_refused_freeze_is_in_sight_without_a_script(
    visit: Open, sign_in: SignIn, moderator: User, story: Article
) -> None:
    for _ in range(5):
        make_article()
    page = visit("/admin/login/", width=360, javascript=False).page
    sign_in(page, moderator)
    page.goto("/admin/reactions/live/")
    row = page.locator(f"[data-id='{story.pk}']")
    row.locator("summary").click()
    row.get_by_label("Why?").fill(" ")
    row.get_by_role("button", name="Freeze").click()
    expect(row.locator(".live-refused")).to_contain_text("Say why")
    expect(row.get_by_label("Why?")).to_be_focused()
    expect(row.locator(".live-refused")).to_be_in_viewport()


def test_a_cases_numbers_stay_beside_a_long_name(desk: Callable[..., Page], story: Article) -> None:
    own_set(story, 4, label=LONG)
    cast_vote(story.pk, new_visitor(), ReactionKind.objects.order_by("pk")[0].pk)
    page = desk(f"/admin/reactions/case/look/{story.pk}/")
    page.get_by_label("Why you look into it").fill("A reader wrote in.")
    page.get_by_role("button", name="Open a case").click()
    row = page.locator(".case-now tbody tr", has_text=LONG)
    for cell in row.locator("td").all():
        at = box(cell)
        assert at["x"] + at["width"] <= 360


def test_a_kind_is_seen_beside_its_name(desk: Callable[..., Page], story: Article) -> None:
    own_set(story, 1, label=LONG)
    page = desk("/admin/reactions/reactionkind/")
    at = box(page.get_by_role("row", name="Heart").locator(".field-looks img"))
    assert at["x"] + at["width"] <= 360


def test_the_verb_that_is_meant_is_no_thinner_than_the_others(desk: Callable[..., Page]) -> None:
    page = desk("/admin/reactions/reactionset/add/", width=1280)
    for name in ("Save", "Save and add another"):
        button = page.get_by_role("button", name=name, exact=True)
        expect(button).to_have_css("font-weight", "700")
