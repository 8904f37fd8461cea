"""A name has changed: its stories are marked at once, and found by the new name after a sweep."""

import threading
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import close_old_connections, connection, transaction
from pytest_django import DjangoAssertNumQueries

from articles import tasks
from articles.actions.naming import name_changed
from articles.models import Contributor, SearchStale, Tag
from articles.search import SearchQuery, index_article, index_stale, mark_stale, search, stale
from tests import builders
from tests.live import PATIENCE_SECONDS


def found(text: str) -> int:
    return search(SearchQuery(text=text)).total


def tagged(name: str, stories: int = 1) -> Tag:
    tag = builders.make_tag(name)
    for _ in range(stories):
        article = builders.make_article(headline="Plain")
        builders.add_tag(article, tag)
        index_article(article)
    return tag


@transaction.atomic
def rename(name: Tag | Contributor, new: str) -> None:
    name.name = new
    name.save()
    mark_stale(name)


@pytest.mark.django_db
def test_a_new_name_of_a_tag_is_found_after_the_sweep() -> None:
    tag = tagged("Brass")
    tagged("Drums")
    rename(tag, "Strings")
    assert (found("brass"), found("strings"), SearchStale.objects.count()) == (1, 0, 1)
    assert tasks.index_stale(tag.pk) == 1
    assert (found("brass"), found("strings"), SearchStale.objects.count()) == (0, 1, 0)
    assert tasks.index_stale() == 0


@pytest.mark.django_db
def test_a_new_name_of_a_contributor_is_found_after_the_command_from_cron() -> None:
    article, person = builders.make_article(), builders.make_contributor(name="Ada Quill")
    builders.add_byline(article, person)
    index_article(article)
    rename(person, "Ada Stone")
    call_command("sweep")
    assert (found("quill"), found("stone")) == (0, 1)


@pytest.mark.django_db
def test_a_tag_that_goes_is_not_found_any_more() -> None:
    tag = tagged("Brass")
    with transaction.atomic():
        name_changed(tag)
        tag.delete()
    index_stale()
    assert (found("brass"), found("plain")) == (0, 1)


@pytest.mark.django_db
def test_many_stories_are_marked_by_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    tag = tagged("Brass", stories=3)
    with django_assert_num_queries(1):
        mark_stale(tag)
    mark_stale(tag)
    assert SearchStale.objects.count() == 3


@pytest.mark.django_db
def test_a_turn_takes_so_many_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stale, "CHUNK", 2)
    rename(tagged("Brass", stories=5), "Strings")
    assert [index_stale(chunks=2), index_stale(chunks=2)] == [4, 1]
    assert found("strings") == 5


@pytest.mark.django_db
def test_a_mark_of_a_story_that_is_gone_does_nothing() -> None:
    SearchStale.objects.create(article_id=999_999)
    assert (index_stale(), SearchStale.objects.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_a_name_that_changes_while_a_sweep_runs_is_not_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The sweep has read the old name when the verb begins. Whoever is first, a mark stays."""
    tag = tagged("Brass")
    mark_stale(tag)
    read, begun = threading.Event(), threading.Event()
    index = stale.index_articles

    def index_slowly(ids: object) -> None:
        index(ids)  # type: ignore[arg-type]
        read.set()
        assert begun.wait(PATIENCE_SECONDS)

    monkeypatch.setattr(stale, "index_articles", index_slowly)

    def change() -> None:
        assert read.wait(PATIENCE_SECONDS)
        begun.set()
        rename(tag, "Strings")

    _both(index_stale, change)
    monkeypatch.setattr(stale, "index_articles", index)
    assert SearchStale.objects.count() == 1
    index_stale()
    assert (found("brass"), found("strings")) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_a_mark_that_is_there_is_not_swept_with_the_old_name() -> None:
    """The verb is not committed yet when a sweep comes by, which takes no mark of its stories."""
    tag = tagged("Brass")
    mark_stale(tag)
    with transaction.atomic():
        rename(tag, "Strings")
        if connection.features.has_select_for_update:  # elsewhere the sweep waits for this commit
            _both(index_stale)
    assert SearchStale.objects.count() == 1
    index_stale()
    assert (found("brass"), found("strings")) == (0, 1)


def _both(*works: Callable[[], object]) -> None:
    """Each in a thread with a connection of its own, to their ends."""
    errors: list[Exception] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001  (the test says it)
            errors.append(error)
        finally:
            connection.close()
            close_old_connections()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not errors
    assert not any(thread.is_alive() for thread in threads)
