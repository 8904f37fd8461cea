"""One thread renders a page for all who ask for it; what is nobody else's waits for nobody."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection

from articles.caching.wsgi import TURN_SECONDS
from articles.models import Article, public_changed
from tests import builders
from tests.articles.caching.conftest import Front

pytestmark = pytest.mark.django_db


def ask_and_close(front: Front) -> Any:
    """The answer; each thread of the pool has a connection of its own."""
    try:
        return front.get("/")
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_crowd_at_a_page_that_was_kept_renders_it_once() -> None:
    front = Front()
    builders.make_article()
    front.get("/")
    public_changed()
    with ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(lambda _: ask_and_close(front), range(24)))
    assert {answer.status for answer in answers} == {200}
    assert front.renders == 2


def test_requests_for_what_is_never_kept_do_not_wait_for_one_another(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    django, inside = front.django.django, []

    def slow(environ: dict[str, Any], start_response: Any) -> Any:
        if not inside:
            inside.append(environ["PATH_INFO"])
            assert front.get("/livez").status == 200, "while the first one is still being made"
        return django(environ, start_response)

    front.django.django = slow
    monkeypatch.setattr(Event, "wait", lambda *_: pytest.fail("It waits for itself."))
    assert front.get("/livez").status == 200
    assert front.renders == 2


def test_a_page_that_was_kept_is_waited_for(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    story = builders.make_article(headline="Before")
    front.get("/")
    Article.objects.filter(pk=story.pk).update(headline="After")
    public_changed()
    django, waits = front.django.django, []

    class Over(Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout)
            return True

    def slow(environ: dict[str, Any], start_response: Any) -> Any:
        if not waits:
            front.get("/")
        return django(environ, start_response)

    monkeypatch.setattr("articles.caching.wsgi.Event", Over)
    front.django.django = slow
    assert "After" in front.get("/").text
    assert waits == [TURN_SECONDS]
