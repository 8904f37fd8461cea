"""Questions that are asked of the articles' table."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article
from tests import builders

pytestmark = pytest.mark.django_db


def test_of_some_articles_those_are_found_that_readers_may_see() -> None:
    public, other = builders.make_article(), builders.make_article()
    hidden = builders.make_article(expire_at=timezone.now() - timedelta(minutes=1))
    found = Article.objects.published().among([public.pk, hidden.pk, builders.make_draft().pk])
    assert list(found) == [public]
    assert other not in found
    assert not Article.objects.published().among([])


def test_articles_are_looked_for_by_their_numbers_and_not_among_all_that_are_public() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("reads SQLite's plans; PostgreSQL's depend on its statistics")
    ids = [builders.make_article().pk for _ in range(20)]
    for rows in (Article.objects.published(), Article.objects.released()):
        assert "article_newest" not in rows.among(ids).explain()
