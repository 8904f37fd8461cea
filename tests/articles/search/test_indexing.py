"""What the index knows, and when it learns it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.models import Article
from articles.search import (
    SearchQuery,
    forget_article,
    index_article,
    index_in_chunks,
    indexing,
    rebuild,
    search,
)
from articles.search.engine import engine_for
from tests import builders

pytestmark = pytest.mark.django_db


def found(text: str) -> int:
    return search(SearchQuery(text=text)).total


def entries() -> int:
    table = {"sqlite": "articles_search_entry"}.get(connection.vendor, "articles_search")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_the_newest_words_replace_the_old_ones() -> None:
    article = builders.make_article(headline="The pier")
    index_article(article)
    Article.objects.filter(pk=article.pk).update(headline="The quay")
    index_article(article)
    assert (found("pier"), found("quay"), entries()) == (0, 1, 1)


def test_the_live_row_is_read_and_not_the_object() -> None:
    article = builders.make_article(headline="The pier")
    article.headline = "The quay"
    index_article(article)
    assert (found("pier"), found("quay")) == (1, 0)


def test_what_is_not_released_leaves_the_index() -> None:
    article = builders.make_article(headline="The pier")
    index_article(article)
    Article.objects.filter(pk=article.pk).update(status=Article.Status.WITHDRAWN)
    index_article(article)
    assert entries() == 0


def test_an_article_is_forgotten() -> None:
    article = builders.make_article(headline="The pier")
    index_article(article)
    forget_article(article)
    assert entries() == 0


def test_another_time_of_publication_moves_a_story_in_the_order() -> None:
    first, second = (builders.make_article(headline=f"Pier {name}") for name in ("one", "two"))
    for article in (first, second):
        index_article(article)
    later = timezone.now() - timedelta(seconds=5)
    Article.objects.filter(pk=first.pk).update(publish_at=later)
    index_article(first)
    page = search(SearchQuery(text="pier", by_date=True))
    assert [hit.article.headline for hit in page.hits] == ["Pier one", "Pier two"]


def test_an_article_without_anything_is_no_error() -> None:
    index_article(builders.make_article(headline="…", dek="", body_text=""))
    assert entries() == 1


def test_a_very_long_story_is_found_by_its_beginning() -> None:
    body = "opening " + "water " * 30_000 + " " + " ".join(f"w{n}" for n in range(20_000))
    index_article(builders.make_article(headline="Long", body_text=body))
    assert found("opening") == 1


def test_many_are_indexed_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "CHUNK", 2)
    ids = [builders.make_article(headline="Pier").pk for _ in range(5)]
    steps: list[int] = []
    assert index_in_chunks(ids, progress=steps.append) == 5
    assert steps == [2, 4, 5]
    assert found("pier") == 5


def test_the_index_is_made_anew_from_the_rows() -> None:
    gone = builders.make_article(headline="Gone pier")
    index_article(gone)
    gone.delete()
    builders.make_article(headline="The pier")
    builders.make_draft(headline="Draft pier")
    assert rebuild() == 1
    assert (entries(), found("pier")) == (1, 1)


def test_a_dropped_index_can_be_dropped_again() -> None:
    engine = engine_for()
    engine.drop(connection)
    engine.drop(connection)
    engine.create(connection)
    assert entries() == 0


def test_indexing_one_article_takes_a_handful_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    article = builders.make_article(headline="The pier")
    # savepoint, released?, tags, bylines, rows, (SQLite: delete,) insert, savepoint's end
    with django_assert_max_num_queries(8):
        index_article(article)
