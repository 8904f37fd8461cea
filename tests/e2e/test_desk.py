"""Every list and form of the desk opens in a browser under the admin's policy."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article, Correction
from reactions import moderation
from reactions.models import Action, Base, Block, Board, Case, ReactionKind, ReactionSet
from tests.articles.admin.rows import paper_models, row_of
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.django_db(transaction=True)

CROWD: list[type[Model]] = [Action, Base, Block, Board, Case, ReactionKind, ReactionSet]
PEOPLE: list[type[Model]] = [Group, User]


@pytest.fixture
def desk(visit: Callable[..., Visit], sign_in: Callable[[Page, User], None]) -> Visit:
    chief = User.objects.create_superuser("chief", password="correct horse")
    seen = visit("/admin/login/")
    sign_in(seen.page, chief)
    return seen


def open_all(desk: Visit, models: list[type[Model]]) -> None:
    """List, form and empty form of each model."""
    page = desk.page
    for model in models:
        name = f"/admin/{model._meta.app_label}/{model._meta.model_name}"
        row = model._default_manager.first()
        assert row, f"no row of {name}"
        page.goto(f"{name}/")
        can_add = page.locator(f".object-tools a[href='{name}/add/']").count()
        paths = [f"{name}/", f"{name}/{row.pk}/change/", *([f"{name}/add/"] * can_add)]
        for path in paths:
            response = page.goto(path)
            assert response is not None
            assert response.status == 200, path
            assert desk.errors == [], path
            assert desk.foreign == [], path


def test_every_model_of_the_paper_opens(desk: Visit) -> None:
    for model in paper_models():
        row_of(model)
    open_all(desk, paper_models())


def test_every_model_of_the_crowd_and_the_people_opens(desk: Visit) -> None:
    article = row_of(Article)
    Board.objects.for_article(article.pk)
    Group.objects.create(name="Interns")
    writer = User.objects.create(username="another")
    case = moderation.look_into(article.pk, writer, reason="It looks odd.")
    moderation.shadow(
        writer,
        visitor=7,
        reason="One of many.",
        until=timezone.now() + timedelta(days=1),
        case=case,
    )
    kind = ReactionKind.objects.first()
    Base.objects.create(
        article_id=article.pk, kind=kind, n=3, source="x", imported_at="2026-01-01T00:00Z"
    )
    open_all(desk, CROWD + PEOPLE)


def test_no_registered_model_is_left_out() -> None:
    assert {*paper_models(), *CROWD, *PEOPLE} == set(admin.site._registry)


def test_a_choice_is_found_by_typing(desk: Visit) -> None:
    correction = row_of(Correction)
    page = desk.page
    page.goto(f"/admin/articles/correction/{correction.pk}/change/")
    page.locator(".field-article .select2-selection").click()
    page.locator(".select2-search__field").fill(str(correction.article)[:5])
    found = page.locator(".select2-results__option[role=option]").first
    expect(found).to_contain_text(str(correction.article))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_contain_text("was changed successfully")
    assert desk.errors == []


def test_a_row_is_added_to_an_article_s_bylines(desk: Visit) -> None:
    article = row_of(Article)
    page = desk.page
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    rows = page.locator("[data-rows=bylines] .desk-row:visible")
    before = rows.count()
    page.get_by_role("button", name="Add a byline").click()
    expect(rows).to_have_count(before + 1)
    expect(rows.last.get_by_label("Name")).to_be_focused()
    assert desk.errors == []


def test_someone_without_the_right_is_sent_to_the_login_or_refused(
    visit: Callable[..., Visit], moderator: User
) -> None:
    article = row_of(Article)
    seen = visit(f"/admin/articles/article/{article.pk}/change/")
    seen.page.locator("#id_username").fill(moderator.get_username())
    seen.page.locator("#id_password").fill("correct horse")
    seen.page.get_by_role("button", name="Log in").click()
    expect(seen.page.locator("h1")).to_have_text("There is no page at this address")
    seen.page.goto("/admin/articles/article/")
    expect(seen.page.locator("h1")).to_have_text("This page is not open to you")
    assert seen.errors == []
