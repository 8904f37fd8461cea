"""The suite's common ground: a fixed cast, no broker, a clean cache, services marked as such."""

import os
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client

from articles import site_clock
from articles.actions import nudge
from articles.models import site_state

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What touches the database runs again on PostgreSQL (see tests/run.py), browsers apart."""
    for item in items:
        touches = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(
            getattr(item, "fixturenames", ())
        )
        if touches and not item.get_closest_marker("e2e"):
            item.add_marker("services")


def pytest_configure(config: pytest.Config) -> None:
    # Playwright's loop runs in the main thread; Django's guard against that is not for tests.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _own_content_types() -> None:
    """Each test asks for its models' numbers anew, whatever ran before it in this process: its first
    page costs the same queries wherever it stands.
    """
    ContentType.objects.clear_cache()


@pytest.fixture(autouse=True)
def _own_generation(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test goes on with what another one's database said, and none is asked in between: the
    number of queries would depend on the time they take.
    """
    monkeypatch.setattr(site_state, "RECHECK_SECONDS", 3_600.0)
    site_clock.forget()


@pytest.fixture(autouse=True)
def nudges(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[int]]]:
    """The messages that would have gone to Celery, instead of sending them."""
    sent: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(nudge, "_enqueue", lambda name, ids: sent.append((name, ids)))
    return sent


def staff(name: str, group: str) -> User:
    user = User.objects.create_user(name, password="correct horse", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def writer(db: None) -> User:
    return staff("writer", "Writers")


@pytest.fixture
def editor(db: None) -> User:
    return staff("editor", "Editors")


@pytest.fixture
def moderator(db: None) -> User:
    return staff("moderator", "Moderators")


@pytest.fixture
def stranger(db: None) -> User:
    """A login without any right."""
    return User.objects.create_user("stranger", password="correct horse")


@pytest.fixture
def reader() -> Client:
    return Client()
