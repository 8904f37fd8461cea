"""Saves in the same moment: every story gets an address of its own, and none is lost."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection

from articles.actions import editing
from articles.actions.editing import save_article
from articles.models import Article

WRITERS = 8


@pytest.mark.django_db(transaction=True)
def test_eight_stories_of_one_headline_get_eight_addresses() -> None:
    together, errors = Barrier(WRITERS), []

    def write() -> None:
        together.wait()
        try:
            save_article(Article(headline="The same", body_html="<p>x</p>"), by=None)
        except Exception as error:  # noqa: BLE001  (a thread's error must reach the test)
            errors.append(error)
        connection.close()

    threads = [Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(set(Article.objects.values_list("slug", flat=True))) == WRITERS


@pytest.mark.django_db
def test_a_slug_taken_in_the_last_moment_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    save_article(Article(headline="The same", body_html=""), by=None)
    real, looks = editing.free_slug, []

    def too_early(article: Article, wanted: str = "") -> str:
        looks.append(1)
        return "the-same" if len(looks) == 1 else real(article, wanted)

    monkeypatch.setattr(editing, "free_slug", too_early)
    second = save_article(Article(headline="The same", body_html=""), by=None)
    assert second.slug == "the-same-2"
    assert Article.objects.count() == 2


@pytest.mark.django_db
def test_what_no_other_slug_can_mend_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(article: Article, *args: Any, **options: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(Article, "save", fail)
    with pytest.raises(IntegrityError):
        save_article(Article(headline="One", body_html=""), by=None)
