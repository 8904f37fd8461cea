"""The Redis cache that fails open: on a port nobody listens on, and on a live server."""

import os
import socket
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
import redis
from django.core.cache.backends.redis import RedisCacheClient
from redis.exceptions import OutOfMemoryError, ResponseError

from newsroom import cache as module
from newsroom.cache import FailOpenRedisCache, breaker_for

LIVE_URL = os.environ.get("TEST_CACHE_URL", "redis://127.0.0.1:6379/9")
QUICK = {"OPTIONS": {"socket_connect_timeout": 0.05, "socket_timeout": 0.2}}


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "monotonic", clock)
    return clock


@pytest.fixture
def refused_url() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return f"redis://:secret@127.0.0.1:{port}/0"


@pytest.fixture
def lost(refused_url: str) -> FailOpenRedisCache:
    """A cache whose server refuses connections."""
    return FailOpenRedisCache(refused_url, QUICK)


@pytest.fixture
def live() -> Iterator[FailOpenRedisCache]:
    """A cache on the live server, with keys of its own; skipped where none answers, but in CI."""
    try:
        with redis.Redis.from_url(LIVE_URL, socket_connect_timeout=1) as client:
            client.ping()
    except redis.ConnectionError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no Redis answers at {LIVE_URL}")
    cache = FailOpenRedisCache(LIVE_URL, {**QUICK, "KEY_PREFIX": uuid4().hex})
    yield cache
    cache.delete_many(["a", "b", "n"])
    disconnect(cache)


CALLS: list[tuple[str, Callable[[FailOpenRedisCache], Any], Any]] = [
    ("get", lambda cache: cache.get("a"), None),
    ("get with a default", lambda cache: cache.get("a", "default"), "default"),
    ("get_many", lambda cache: cache.get_many(["a", "b"]), {}),
    ("get_or_set", lambda cache: cache.get_or_set("a", lambda: "made"), "made"),
    ("set", lambda cache: cache.set("a", 1), None),
    ("set_many", lambda cache: cache.set_many({"a": 1}), []),
    ("add", lambda cache: cache.add("a", 1), True),
    ("touch", lambda cache: cache.touch("a"), False),
    ("delete", lambda cache: cache.delete("a"), False),
    ("delete_many", lambda cache: cache.delete_many(["a", "b"]), None),
    ("has_key", lambda cache: "a" in cache, False),
    ("clear", lambda cache: cache.clear(), False),
]
EACH_CALL = pytest.mark.parametrize(
    ("call", "outcome"), [call[1:] for call in CALLS], ids=[call[0] for call in CALLS]
)


@EACH_CALL
def test_a_lost_cache_looks_empty(
    lost: FailOpenRedisCache, call: Callable[[FailOpenRedisCache], Any], outcome: Any
) -> None:
    assert call(lost) == outcome


@EACH_CALL
def test_a_paused_cache_looks_empty(
    lost: FailOpenRedisCache,
    clock: Clock,
    call: Callable[[FailOpenRedisCache], Any],
    outcome: Any,
) -> None:
    lost.get("a")

    assert call(lost) == outcome


def test_a_lost_counter_is_a_missing_one(lost: FailOpenRedisCache) -> None:
    with pytest.raises(ValueError, match="not found"):
        lost.incr("n")
    with pytest.raises(ValueError, match="not found"):
        lost.decr("n")


def test_a_server_that_hangs_is_a_lost_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        cache = FailOpenRedisCache(url, {"OPTIONS": {"socket_timeout": 0.05}})

        assert cache.get("a", "default") == "default"

        disconnect(cache)


class Attempts(list[float]):
    """Counts how often the server is really asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
        super().__init__()
        self.error: Exception | None = redis.ConnectionError("refused")
        attempts = self

        def get(self: RedisCacheClient, key: Any, default: Any) -> Any:
            attempts.append(clock.now)
            if attempts.error is not None:
                raise attempts.error
            return "found"

        monkeypatch.setattr(RedisCacheClient, "get", get)


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Attempts:
    return Attempts(monkeypatch, clock)


def test_it_asks_again_after_a_second(
    lost: FailOpenRedisCache, attempts: Attempts, clock: Clock
) -> None:
    for now in (1000.0, 1000.5, 1000.99, 1001.0, 1001.5, 1002.0):
        clock.now = now
        lost.get("a")

    assert attempts == [1000.0, 1001.0, 1002.0]


def test_it_works_again_once_the_server_is_back(
    lost: FailOpenRedisCache, attempts: Attempts, clock: Clock
) -> None:
    lost.get("a")
    attempts.error = None

    assert lost.get("a", "default") == "default"
    clock.now += 1
    assert [lost.get("a"), lost.get("a")] == ["found", "found"]


def test_all_threads_of_a_process_share_the_pause(
    refused_url: str, attempts: Attempts, clock: Clock
) -> None:
    first, second = (FailOpenRedisCache(refused_url, QUICK) for _ in range(2))

    first.get("a")
    second.get("a")

    assert len(attempts) == 1


def test_one_caller_tries_while_the_others_wait(refused_url: str, clock: Clock) -> None:
    breaker = breaker_for(refused_url)
    breaker.failed(redis.ConnectionError())
    clock.now += 1

    assert [breaker.lets_through(), breaker.lets_through()] == [True, False]


def test_it_logs_an_outage_once_and_its_end_once(
    lost: FailOpenRedisCache, attempts: Attempts, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        lost.get("a")
        clock.now += 1
    attempts.error = None
    for _ in range(3):
        lost.get("a")
        clock.now += 1

    away, back = caplog.messages
    assert "is away" in away
    assert "is back" in back
    assert "secret" not in caplog.text


def test_a_full_server_is_a_lost_one(lost: FailOpenRedisCache, attempts: Attempts) -> None:
    attempts.error = OutOfMemoryError("maxmemory")

    assert lost.get("a", "default") == "default"


def test_a_mistake_of_ours_is_raised(lost: FailOpenRedisCache, attempts: Attempts) -> None:
    attempts.error = ResponseError("value is not an integer")

    with pytest.raises(ResponseError):
        lost.get("a")


@pytest.mark.services
def test_it_is_a_cache(live: FailOpenRedisCache) -> None:
    live.set("a", {"x": [1]}, 30)
    assert live.get("a") == {"x": [1]}
    assert live.add("a", 2) is False
    assert live.touch("a", 60) is True
    assert live.delete("a") is True
    assert live.get("a") is None
    assert live.add("a", 2) is True
    live.set_many({"a": 1, "b": 2}, 30)
    assert live.get_many(["a", "b", "c"]) == {"a": 1, "b": 2}
    assert live.incr("a", 5) == 6
    with pytest.raises(ValueError, match="not found"):
        live.incr("missing")
    live.delete_many(["a", "b"])
    assert "a" not in live


@pytest.mark.services
def test_it_reconnects_after_the_server_dropped_it(live: FailOpenRedisCache) -> None:
    live.set("a", 1, 30)
    with redis.Redis.from_url(LIVE_URL) as client:
        ours = {connection.getsockname() for connection in sockets(live)}
        for entry in client.client_list():
            host, _, port = entry["addr"].rpartition(":")
            if (host, int(port)) in ours:
                client.client_kill(entry["addr"])

    assert live.get("a") == 1


def pools(cache: FailOpenRedisCache) -> list[Any]:
    return list(vars(cache._cache)["_pools"].values())


def disconnect(cache: FailOpenRedisCache) -> None:
    for pool in pools(cache):
        pool.disconnect()


def sockets(cache: FailOpenRedisCache) -> Iterator[socket.socket]:
    for pool in pools(cache):
        for connection in pool._available_connections:
            yield connection._sock
