"""The suite's common ground: a fixed cast, no broker, a clean cache, services marked as such."""

import os
from collections.abc import Generator, Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from articles import site_clock
from articles.actions import nudge
from articles.models import site_state
from tests import database

RUNS_OWN = pytest.StashKey[bool]()  # whether the connection leads to the run's database
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}
# How long an example takes says how busy the machine is.
hypothesis_settings.register_profile(
    "newsroom", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("newsroom")


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


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> bool:
    """Whether the worker's database is there already; without workers it never is."""
    if not hasattr(request.config, "workerinput"):
        return False
    with django_db_blocker.unblock():
        return database.migrated_once(tmp_path_factory.getbasetemp().parent)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with django_db_blocker.unblock():
        database.keep()
    request.session.stash[RUNS_OWN] = True
    yield
    request.session.stash[RUNS_OWN] = False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    try:
        return (yield)
    finally:
        # Before the first test that asks for the run's database, and after the last of all, the
        # connection leads to the settings' own.
        if item.session.stash.get(RUNS_OWN, False) and database.commits(item):
            with item.config.stash[blocking_manager_key].unblock():
                database.restore()


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
