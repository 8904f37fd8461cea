"""The run's database is put right between its tests, and no other one before or after them."""

import pytest

from tests import conftest, database


@pytest.mark.parametrize("is_there", [True, False, None])
def test_without_a_database_of_the_run_nothing_is_put_back(
    is_there: bool | None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the last test, and where all before were skipped, the connection leads to the settings'
    own database, a developer's perhaps.
    """
    item, done = request.node, list[str]()
    monkeypatch.setattr(database, "commits", lambda _: True)
    monkeypatch.setattr(database, "restore", lambda: done.append("put back"))
    monkeypatch.setattr(item.session, "stash", pytest.Stash())
    if is_there is not None:
        item.session.stash[conftest.RUNS_OWN] = is_there
    teardown = conftest.pytest_runtest_teardown(item)
    next(teardown)
    with pytest.raises(StopIteration):
        teardown.send(None)
    assert done == (["put back"] if is_there else [])


@pytest.mark.django_db
def test_the_database_of_the_run_is_known_to_be_there(request: pytest.FixtureRequest) -> None:
    assert request.session.stash[conftest.RUNS_OWN]
