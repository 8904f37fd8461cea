"""Every page of the desk: it opens for an editor, and costs the same however full the paper is."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Agency, Article, Contributor, Front, Photo, Section, Tag
from tests import builders
from tests.articles.admin.filled import data_of
from tests.articles.admin.rows import more_inside, paper_models, row_of

pytestmark = pytest.mark.django_db
every_model = pytest.mark.parametrize(
    "model", paper_models(), ids=lambda model: str(model._meta.model_name)
)


def address(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:articles_{model._meta.model_name}_{page}", args=args)


def queries(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def test_every_model_that_is_worked_with_is_on_the_desk() -> None:
    assert len(paper_models()) == 15
    assert not [model for model in admin.site._registry if model._meta.app_label == "taggit"]


@every_model
def test_a_list_costs_the_same_with_more_rows(model: type[Model], desk: Client) -> None:
    row_of(model)
    path = address(model, "changelist")
    desk.get(path)
    few = queries(desk, path)
    for _ in range(4):
        row_of(model)
    many = queries(desk, path)
    assert len(many) == len(few), sorted(set(many) - set(few))
    assert len(many) <= 15


@every_model
def test_a_row_opens_and_costs_the_same_with_more_rows_beside_it(
    model: type[Model], desk: Client
) -> None:
    path = address(model, "change", row_of(model).pk)
    desk.get(path)
    few = queries(desk, path)
    for _ in range(4):
        row_of(model)
    assert len(queries(desk, path)) == len(few)


@pytest.mark.parametrize("model", [m for m in paper_models() if admin.site._registry[m].inlines])
def test_rows_that_hang_on_it_cost_no_more_than_their_own_choice(
    model: type[Model], desk: Client
) -> None:
    row = row_of(model)
    path = address(model, "change", row.pk)
    desk.get(path)
    few = queries(desk, path)
    more_inside(row)
    many = queries(desk, path)
    # A choice with autocompletion looks its own row up (Django's AutocompleteSelect does that one
    # by one); nothing else may be asked once for each.
    choices = sum(
        3 * len(inline.autocomplete_fields) for inline in admin.site._registry[model].inlines
    )
    assert len(many) - len(few) <= choices, [sql for sql in many if sql not in few]


@every_model
def test_a_row_can_be_added_where_people_make_them(model: type[Model], desk: Client) -> None:
    by_hand = admin.site._registry[model].has_add_permission
    made_by_us = {"embed", "importrecord", "revision"}
    status = desk.get(address(model, "add")).status_code
    assert status == (403 if model._meta.model_name in made_by_us else 200)
    assert callable(by_hand)


@pytest.mark.parametrize(
    ("model", "term"),
    [(Article, "Story"), (Section, "Section"), (Tag, "Topic"), (Photo, "Lark"), (Contributor, "Ada"), (Agency, "Getty")],
)  # fmt: skip
def test_a_choice_is_found_by_its_name(model: type[Model], term: str, desk: Client) -> None:
    if model is not Agency:
        row_of(model)
    target = next(
        (owner, field)
        for owner, options in owners()
        for field in options.autocomplete_fields
        if owner._meta.get_field(field).related_model is model
    )
    response = desk.get(
        reverse("admin:autocomplete"),
        {
            "app_label": "articles",
            "model_name": target[0]._meta.model_name,
            "field_name": target[1],
            "term": term,
        },
    )
    assert response.status_code == 200
    assert response.json()["results"]


def owners() -> list[tuple[type[Model], Any]]:
    found: list[tuple[type[Model], Any]] = []
    for model, options in admin.site._registry.items():
        if model._meta.app_label == "articles" and isinstance(options, ModelAdmin):
            found.append((model, options))
            found += [(inline.model, inline) for inline in options.inlines]
    return found


@every_model
def test_a_search_for_anything_is_answered(model: type[Model], desk: Client) -> None:
    row_of(model)
    for term in ("x", "%", "'", "\\", "a" * 500, '"unclosed', "مرحبا"):
        assert desk.get(address(model, "changelist"), {"q": term}).status_code == 200


@every_model
def test_a_row_has_its_history(model: type[Model], desk: Client) -> None:
    assert desk.get(address(model, "history", row_of(model).pk)).status_code == 200


def test_a_list_of_articles_does_not_load_their_bodies(desk: Client) -> None:
    builders.make_article()
    for path in (
        address(Article, "changelist"),
        reverse("admin:autocomplete")
        + "?app_label=articles&model_name=redirect&field_name=target_article",
    ):
        assert not [sql for sql in queries(desk, path) if "body_html" in sql]


def test_the_editors_relaxed_policy_is_on_the_articles_form_only(desk: Client) -> None:
    article = builders.make_article()
    with_editor = [address(Article, "add"), address(Article, "change", article.pk)]
    without = [
        reverse("admin:index"),
        address(Article, "changelist"),
        address(Article, "history", article.pk),
        address(Article, "delete", article.pk),
        address(Photo, "add"),
        address(Tag, "changelist"),
        reverse("admin:login"),
    ]
    for path in with_editor:
        policy = desk.get(path)["Content-Security-Policy"]
        assert "script-src-attr 'unsafe-inline'" in policy
        assert "unsafe-eval" not in policy
        assert "script-src 'self'" in policy
    for path in without:
        assert "unsafe" not in desk.get(path)["Content-Security-Policy"]
    assert "unsafe" not in Client().get(with_editor[1])["Content-Security-Policy"]
    saved = desk.post(with_editor[1], data_of(desk.get(with_editor[1])))
    assert saved.status_code == 302
    assert "unsafe" not in saved["Content-Security-Policy"]


def test_a_fronts_name_in_the_list_leads_to_its_stories(desk: Client) -> None:
    front = row_of(Front)
    html = desk.get(address(Front, "changelist")).content.decode()
    stories, slots = address(Front, "arrange", front.pk), address(Front, "change", front.pk)
    assert html.index(f'href="{stories}"') < html.index(f'href="{slots}"')


def test_the_desk_writes_moments_as_the_paper_does(desk: Client) -> None:
    builders.make_article(publish_at=datetime(2022, 11, 26, 0, 56, tzinfo=UTC))
    page = desk.get(address(Article, "changelist")).content.decode()
    assert "26 November 2022, 00:56" in page
