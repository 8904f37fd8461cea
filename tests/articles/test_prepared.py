"""Querysets written once: the same rows as the queryset's own, with other values at each call."""

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Value
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, Byline, Photo
from articles.models.prepared import (
    Given,
    Prepared,
    PreparedInstances,
    PreparedTogether,
    named_sql,
)
from articles.models.shape import Shape
from tests import builders

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_each_call_brings_its_own_values_and_the_sql_is_written_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[None] = []

    def make() -> Any:
        written.append(None)
        return Article.objects.filter(slug=Given("slug")).values_list("headline", "publish_at")

    one, two = builders.make_article(), builders.make_article()
    headlines = Prepared(make)
    for article in (one, two):
        assert list(map(tuple, headlines(slug=article.slug))) == [
            (article.headline, article.publish_at)
        ]
    assert headlines(slug="nobody's") == []
    assert len(written) == 1


def test_times_are_compared_as_times() -> None:
    early, late = (builders.make_article(publish_at=NOW - timedelta(hours=n)) for n in (3, 1))
    before = Prepared(
        lambda: Article.objects.filter(publish_at__lt=Given("moment")).values_list("pk")
    )
    assert [pk for (pk,) in before(moment=NOW - timedelta(hours=2))] == [early.pk]
    assert {pk for (pk,) in before(moment=NOW)} == {early.pk, late.pk}
    assert before(moment=None) == []


def test_instances_come_with_what_they_refer_to(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    photo = builders.make_photo(manifest=[{"format": "jpeg"}])
    article = builders.make_article(section=builders.make_section(name="Music"))
    builders.make_lead(article, photo=photo)
    bare = builders.make_article()
    columns = ("headline", "section__name", "lead__photo__manifest", "lead__photo__agency__name")
    stories = PreparedInstances(
        lambda: Article.objects.filter(pk=Given("pk")).order_by(), Article, columns
    )
    with django_assert_num_queries(2):
        (found,), (other,) = stories(pk=article.pk), stories(pk=bare.pk)
        assert found == article
        assert found.section
        assert found.section.name == "Music"
        assert found.lead
        assert found.lead.photo.manifest == [{"format": "jpeg"}]
        assert found.lead.photo.agency is None
        assert (other.section, other.lead) == (None, None)
    with django_assert_num_queries(1):  # what was not asked for is there when it is asked for
        assert found.slug == article.slug


def test_parts_of_one_query_have_an_order_and_a_limit_of_their_own() -> None:
    articles = [builders.make_article(publish_at=NOW - timedelta(hours=n)) for n in range(5)]
    both = PreparedTogether(
        lambda: [
            Article.objects.newest().values_list("pk", "publish_at")[:2],
            Article.objects.filter(pk=Given("pk")).order_by().values_list("pk", "publish_at"),
            Article.objects.filter(pk=0).order_by().values_list("pk", "publish_at"),
        ]
    )
    newest, last, none = both(pk=articles[4].pk)
    assert {pk for pk, _ in newest} == {articles[0].pk, articles[1].pk}
    assert [tuple(row) for row in last] == [(articles[4].pk, articles[4].publish_at)]
    assert none == []


def test_a_thread_asks_over_its_own_connection() -> None:
    asked_over: list[object] = []
    asked = Prepared(lambda: Photo.objects.filter(pk=Given("pk")).order_by().values_list("pk"))

    def ask() -> None:
        with connection.execute_wrapper(
            lambda execute, sql, params, many, context: (
                asked_over.append(context["connection"]) or execute(sql, params, many, context)
            )
        ):
            asked(pk=0)
        connection.close()

    asked(pk=0)
    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert len(asked_over) == 1
    assert asked_over[0] is not connections[DEFAULT_DB_ALIAS]


def test_rows_of_json_become_what_the_fields_hold() -> None:
    shape = Shape(
        Byline, ("role", "contributor__active", "article__publish_at", "contributor__same_as")
    )
    values = {
        "pk": 1, "role": "author", "article": 2, "contributor": 3, "contributor__active": 1,
        "article__publish_at": "2026-11-23 10:00:00", "contributor__same_as": '["https://x.org"]',
    }  # fmt: skip
    byline = shape.made_of_json([values[column] for column in shape.columns])
    assert (byline.pk, byline.article_id, byline.contributor_id) == (1, 2, 3)
    assert byline.contributor.active is True
    assert byline.contributor.same_as == ["https://x.org"]
    assert byline.article.publish_at
    assert byline.article.publish_at.isoformat() == "2026-11-23T10:00:00+00:00"


def test_a_part_of_a_statement_names_what_is_given_and_holds_what_is_said() -> None:
    named = named_sql(Article.objects.filter(slug="o'hara", pk=Given("article")).values_list("id"))
    story = builders.make_article(slug="o'hara")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM ({named}) found", {"article": story.pk})
        assert cursor.fetchall() == [(story.pk,)]


@pytest.mark.parametrize("value", [7, "100%"])
def test_what_could_be_misread_stands_in_no_statement(value: int | str) -> None:
    with pytest.raises(TypeError, match="Only text"):
        named_sql(Article.objects.filter(headline=Value(value)))
