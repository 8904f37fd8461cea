"""The database is away: old copies stand in for their pages, but none that a change speaks against."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from articles import site_clock
from articles.models import Article, ArticleQuerySet, public_changed, site_state
from tests import builders
from tests.articles.caching.conftest import Front

pytestmark = pytest.mark.django_db


@contextmanager
def away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No query is answered, and it is time to ask for the generation again."""

    def refuse(*_: Any) -> Any:
        raise OperationalError("the database is away")

    monkeypatch.setattr(site_state, "RECHECK_SECONDS", -1.0)
    monkeypatch.setattr("articles.site_clock.close_old_connections", lambda: None)
    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def old(front: Front, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a page that is kept, but too old to be shown without asking."""
    path = builders.make_article(headline="Kept in memory").get_absolute_url()
    front.get(path)
    monkeypatch.setattr("articles.caching.wsgi.monotonic", lambda: time.monotonic() + 600.0)
    return path


def test_a_kept_page_is_shown_with_its_age(
    old: str, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    with away(monkeypatch):
        answer = front.get(old)
    assert answer.status == 200
    assert "Kept in memory" in answer.text
    assert int(answer.headers["Age"]) >= 600
    assert answer.headers["Warning"].startswith("110")


def test_readers_of_kept_pages_do_not_each_ask_a_database_that_is_away(
    old: str, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    with away(monkeypatch):
        for _ in range(20):
            front.get(old)
    assert front.renders == 1


def test_what_is_not_kept_says_when_to_come_back(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    with away(monkeypatch):
        answer = front.get("/")
    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "<h1" in answer.text


def test_a_story_withdrawn_before_the_outage_does_not_come_back(
    old: str, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    Article.objects.update(status=Article.Status.WITHDRAWN)
    public_changed()
    with away(monkeypatch):
        assert front.get(old).status == 503


def test_a_story_whose_time_ended_in_the_outage_does_not_come_back(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = builders.make_article()
    ends = site_clock.database_now() + timedelta(seconds=60)
    Article.objects.filter(pk=story.pk).update(expire_at=ends)
    public_changed()
    assert front.get(story.get_absolute_url()).status == 200
    with away(monkeypatch):
        assert front.get(story.get_absolute_url()).status == 200
        monkeypatch.setattr("articles.caching.wsgi.monotonic", lambda: time.monotonic() + 61.0)
        assert front.get(story.get_absolute_url()).status == 503


def test_a_day_is_the_end_of_it(front: Front, old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.caching.wsgi.monotonic", lambda: time.monotonic() + 90_000.0)
    with away(monkeypatch):
        assert front.get(old).status == 503


def test_after_the_outage_pages_are_made_anew(
    old: str, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    with away(monkeypatch):
        front.get(old)
    Article.objects.update(headline="Fresh again")
    monkeypatch.setattr(site_clock, "PAUSE_SECONDS", 0.0)
    site_clock.forget()
    assert "Fresh again" in front.get(old).text


def test_a_fault_of_ours_is_covered_by_the_copy_too(
    old: str, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(ArticleQuerySet, "published", crash)
    assert "Kept in memory" in front.get(old).text


def test_the_process_itself_sees_a_change_that_it_could_not_number(
    front: Front, caplog: pytest.LogCaptureFixture
) -> None:
    story = builders.make_article(headline="Before")

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if "articles_sitestate" in sql and not sql.startswith("SELECT"):
            raise OperationalError("no more connections")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        public_changed()
        front.get("/")  # another thread of this process, before the commit
        Article.objects.filter(pk=story.pk).update(headline="After")
        site_state._advance()
        transaction.set_rollback(False)  # the test's own, which the refusal spoiled
        assert "After" in front.get("/").text
    assert "other processes were not told" in caplog.text
