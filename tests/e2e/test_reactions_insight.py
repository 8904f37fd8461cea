"""Analytics and export in a browser: for everybody, with and without a script."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from reactions.models import Hour, ReactionKind
from tests.builders import make_article, make_section
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.django_db(transaction=True)
ANALYTICS = "/admin/reactions/analytics/"
EXPORT = "/admin/reactions/export/"


@pytest.fixture
def votes() -> None:
    article = make_article(headline="Ballast", section=make_section(name="Stage"))
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    Hour.objects.bulk_create(
        Hour(article=article, kind=kind, hour=now - timedelta(hours=ago), n=kind.pk + ago, fresh=0)
        for kind in ReactionKind.objects.all()
        for ago in (2, 30, 75)
    )


@pytest.fixture
def desk(
    visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], moderator: User
) -> Callable[..., Visit]:
    def open_it(path: str, **options: object) -> Visit:
        seen = visit("/admin/login/", **options)
        sign_in(seen.page, moderator)
        answer = seen.page.goto(path)
        assert answer is not None
        assert answer.status == 200
        return seen

    return open_it


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [ANALYTICS, EXPORT])
def test_it_is_open_to_everybody(
    desk: Callable[..., Visit],
    votes: None,
    axe: Callable[[Page], list[str]],
    path: str,
    scheme: str,
) -> None:
    seen = desk(path, width=360, scheme=scheme)
    assert seen.errors == []  # axe itself tries styles
    assert axe(seen.page) == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
    seen.page.set_viewport_size({"width": 1280, "height": 900})
    assert axe(seen.page) == []


def test_a_period_and_a_section_are_chosen_without_a_script(
    desk: Callable[..., Visit], votes: None
) -> None:
    page = desk(ANALYTICS, javascript=False, width=360).page
    page.get_by_role("link", name="30 days").click()
    expect(page.get_by_role("link", name="30 days")).to_have_attribute("aria-current", "true")
    page.get_by_label("Section", exact=True).select_option("Stage")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="30 days")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("link", name="Ballast")).to_be_visible()
    expect(page.locator(".period__words")).to_contain_text("Stage")


def test_a_file_is_downloaded_without_a_script(desk: Callable[..., Visit], votes: None) -> None:
    page = desk(EXPORT, javascript=False).page
    page.get_by_label("Hours:").check()
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download").click()
    assert waited.value.suggested_filename.startswith("reactions-hours-")
    text = waited.value.path().read_text(encoding="utf-8-sig")
    assert text.startswith("hour,article,slug,headline,section,kind,votes,fresh")
    assert "Ballast" in text
