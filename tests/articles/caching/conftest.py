"""The page cache around the real Django application, and a count of the renders behind it."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from articles.caching.wsgi import PageCache
from tests.wsgi_client import Answer, ask

MEGABYTE = 1_000_000


class Counted:
    """Django, with what was asked of it."""

    def __init__(self) -> None:
        self.django = get_wsgi_application()
        self.asked: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        return self.django(environ, start_response)


class Front:
    """A process of ours, as a reader or a proxy meets it."""

    def __init__(self, limit: int = 8 * MEGABYTE, **options: Any) -> None:
        self.django = Counted()
        self.cache = PageCache(self.django, limit=limit, **options)

    def get(self, url: str, method: str = "GET", **headers: str) -> Answer:
        return ask(self.cache, url, method, **headers)

    @property
    def renders(self) -> int:
        return len(self.django.asked)


@pytest.fixture
def front(db: None) -> Front:
    return Front()


@pytest.fixture(autouse=True)
def _keep_the_connection() -> Any:
    """As Django's own test client does: the test's transaction lives on this connection."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)
