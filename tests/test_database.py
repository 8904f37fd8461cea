"""The run's database is put right between its tests, and no other one after them."""

import pytest

from tests import conftest, database


@pytest.mark.parametrize("is_last", [False, True])
def test_after_the_last_test_nothing_is_put_back(
    is_last: bool, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection leads to the settings' own database by then, a developer's perhaps."""
    item, done = request.node, list[str]()
    monkeypatch.setattr(database, "commits", lambda _: True)
    monkeypatch.setattr(database, "restore", lambda: done.append("put back"))
    teardown = conftest.pytest_runtest_teardown(item, None if is_last else item)
    next(teardown)
    with pytest.raises(StopIteration):
        teardown.send(None)
    assert done == ([] if is_last else ["put back"])
