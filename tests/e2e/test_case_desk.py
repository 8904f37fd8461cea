"""The case desk in a browser: an attack is seen, looked at, voided and brought back, by keyboard with
scripts and by mouse without; and every page in both themes at both widths.
"""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from reactions import blocks, moderation, networks, quotas, tallies
from reactions.models import Action, ReactionKind
from tests.builders import make_article
from tests.e2e.conftest import Visit
from tests.e2e.writing import tab_to
from tests.reactions.case_rows import FARM, Attacked, attack, counts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def attacked(transactional_db: None) -> Attacked:
    for kept in (blocks, networks, quotas):
        kept.forget()
    kinds = {kind.slug: kind.pk for kind in ReactionKind.objects.all()}
    story = make_article(headline="The night ferry sails after all")
    return attack(story, kinds["heart"], kinds["wow"])


def shown(page: Page, attacked: Attacked) -> dict[str, int]:
    """What readers' bars get: at most a second old (G5), so it is asked until it is the newest."""
    assert tallies.differences() == []
    now = counts(attacked.story)
    for _ in range(100):
        answer: dict[str, int] = page.request.get(f"/r/{attacked.story.pk}.json").json()["counts"]
        if answer == now:
            return answer
        page.wait_for_timeout(100)
    raise AssertionError(f"Readers see {answer}, {now} is counted")


def press(page: Page, name: str | re.Pattern[str], role: str = "link") -> None:
    """By keyboard alone."""
    target = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    tab_to(page, target)
    page.keyboard.press("Enter")


def test_an_attack_is_voided_and_brought_back_by_keyboard(
    visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], moderator: User,
    attacked: Attacked,
) -> None:  # fmt: skip
    seen = visit("/admin/login/")
    page = seen.page
    sign_in(page, moderator)
    page.goto("/admin/")
    tab_to(page, page.locator(".panel--cases").get_by_role("link").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(attacked.story.headline)
    press(page, re.compile("Show these votes.*Wow"))
    would = page.locator("[data-words]")
    expect(would).to_contain_text("Would remove 75 of 95, and 5 that wait")
    # The choice answers while it is made.
    wow = page.get_by_role("checkbox", name="Wow")
    tab_to(page, wow)
    page.keyboard.press("Space")
    page.get_by_label("Cookie’s age").focus()
    page.keyboard.press("Home")
    expect(would).to_contain_text("Would remove 95 of 95")
    page.keyboard.press("ArrowDown")
    expect(would).to_contain_text("Would remove 75 of 95")
    expect(page.locator("[data-status]")).to_contain_text("Would remove 75 of 95")
    reason = page.locator("#id_reason")
    tab_to(page, reason)
    page.keyboard.type("One network with new cookies.")
    void = page.get_by_role("button", name="Void 80 votes")
    tab_to(page, void)
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("80 votes void now.")
    assert shown(page, attacked) == attacked.before
    press(page, re.compile("^Undo"), role="button")
    expect(page.locator(".messagelist")).to_contain_text("80 votes are as they were")
    assert shown(page, attacked) == attacked.after
    assert [action.verb for action in Action.objects.order_by("pk")] == ["void", "undo"]
    assert seen.errors == []


def test_the_same_without_scripts(
    visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], moderator: User,
    attacked: Attacked,
) -> None:  # fmt: skip
    page = visit("/admin/login/", javascript=False).page
    sign_in(page, moderator)
    page.goto("/admin/")
    page.locator(".panel--cases").get_by_role("link", name=attacked.story.headline).click()
    page.get_by_role("link", name=re.compile("Show these votes.*Wow")).click()
    expect(page.locator("[data-words]")).to_contain_text("Would remove 75 of 95")
    # Another choice than the one that was looked at is looked at first; the reason stays.
    page.get_by_label("Why", exact=True).first.fill("One network.")
    page.get_by_role("checkbox", name="Heart").check()
    page.get_by_role("button", name="Void 80 votes").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was done")
    expect(page.get_by_label("Why", exact=True).first).to_have_value("One network.")
    page.get_by_role("checkbox", name="Heart").uncheck()
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Void 80 votes").click()
    expect(page.locator(".messagelist")).to_contain_text("80 votes void now.")
    assert shown(page, attacked) == attacked.before
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.locator(".messagelist")).to_contain_text("80 votes are as they were")
    assert shown(page, attacked) == attacked.after


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(
    width: int, scheme: str, visit: Callable[..., Visit], sign_in: Callable[[Page, User], None],
    axe: Callable[[Page], list[str]], moderator: User, attacked: Attacked,
) -> None:  # fmt: skip
    seen = visit("/admin/login/", width=width, scheme=scheme)
    page, case = seen.page, attacked.case
    sign_in(page, moderator)
    votes = moderation.VoteFilter((attacked.story.pk,), nets=(FARM,))
    moderation.quarantine(votes, moderator, reason="A farm?", case=case)
    day = timezone.now() + timezone.timedelta(hours=24)
    moderation.shadow(moderator, until=day, reason="The same host.", net=FARM, case=case)
    quiet = make_article(headline="A quiet story")
    for path in (
        "/admin/", "/admin/reactions/case/", "/admin/reactions/action/", "/admin/reactions/block/",
        f"/admin/reactions/case/{case.pk}/change/",
        f"/admin/reactions/case/{case.pk}/change/?look=1&nets={FARM}",
        f"/admin/reactions/case/look/{quiet.pk}/",
        f"/admin/reactions/board/{attacked.story.pk}/change/",
    ):  # fmt: skip
        page.goto(path)
        for more in page.locator(".case details").all():
            more.evaluate("each => { each.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert seen.errors == [], path
        assert axe(page) == [], path
        seen.errors.clear()  # axe tries a style of its own on fields of dates
    assert seen.foreign == []
