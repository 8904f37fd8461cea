"""Redis as a cache that may be lost at any moment: while it is, it looks like an empty one.

Django's own backend raises from `get` when Redis is down, which makes every page a 500. Here a
failure is a miss, and for a second nobody asks again, so an outage costs a page no time-outs.
"""

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import OutOfMemoryError, ReadOnlyError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0
# The server is away, full or being replaced. Other errors are mistakes of ours and are raised.
FAILURES = (RedisConnectionError, RedisTimeoutError, OutOfMemoryError, ReadOnlyError)

Value = TypeVar("Value")


class Breaker:
    """Open for a second after a failure; then one caller tries while the others still wait.

    Shared by the threads of a process: Django makes a cache object for each.
    """

    def __init__(self, server: str) -> None:
        self._server = server
        self._lock = Lock()
        self._failed = False
        self._paused_until = 0.0

    def lets_through(self) -> bool:
        with self._lock:
            if not self._failed:
                return True
            now = monotonic()
            if now < self._paused_until:
                return False
            self._paused_until = now + PAUSE_SECONDS
            return True

    def failed(self, error: Exception) -> None:
        with self._lock:
            first, self._failed = not self._failed, True
            self._paused_until = monotonic() + PAUSE_SECONDS
        if first:
            logger.error("Cache %s is away, pages go on without it: %s", self._server, error)

    def worked(self) -> None:
        with self._lock:
            again, self._failed = self._failed, False
        if again:
            logger.warning("Cache %s is back.", self._server)


@cache
def breaker_for(location: str) -> Breaker:
    return Breaker(re.sub(r"//[^@/]*@", "//", location))  # the password stays out of the log


class FailOpenClient(RedisCacheClient):
    """Django's Redis client; with the server away, each call has the outcome of an empty cache."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        # redis-py's default of three retries with back-off would hold a page for seconds.
        super().__init__(servers, **{"retry": Retry(NoBackoff(), 0), **options})
        self._breaker = breaker_for(",".join(servers))

    def _guarded(self, call: Callable[..., Value], *args: Any, without: Value) -> Value:
        if not self._breaker.lets_through():
            return without
        try:
            result = call(*args)
        except FAILURES as error:
            self._breaker.failed(error)
            return without
        self._breaker.worked()
        return result

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        """True with the server away: nobody else holds the key, so the caller goes on."""
        return self._guarded(super().add, key, value, timeout, without=True)

    def get(self, key: Any, default: Any) -> Any:
        return self._guarded(super().get, key, default, without=default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._guarded(super().set, key, value, timeout, without=None)

    def touch(self, key: Any, timeout: Any) -> bool:
        return self._guarded(super().touch, key, timeout, without=False)

    def delete(self, key: Any) -> bool:
        return self._guarded(super().delete, key, without=False)

    def get_many(self, keys: Iterable[Any]) -> dict[Any, Any]:
        return self._guarded(super().get_many, keys, without={})

    def has_key(self, key: Any) -> bool:
        return self._guarded(super().has_key, key, without=False)

    def incr(self, key: Any, delta: int) -> Any:
        """Raises ValueError with the server away, as for any key that isn't there."""
        number = self._guarded(super().incr, key, delta, without=None)
        if number is None:
            raise ValueError(f"Key '{key}' not found.")
        return number

    def set_many(self, data: Mapping[Any, Any], timeout: Any) -> None:
        self._guarded(super().set_many, data, timeout, without=None)

    def delete_many(self, keys: Iterable[Any]) -> None:
        self._guarded(super().delete_many, keys, without=None)

    def clear(self) -> bool:
        return self._guarded(super().clear, without=False)


class FailOpenRedisCache(RedisCache):
    """The BACKEND of CACHES. LOCATION and OPTIONS as for Django's RedisCache."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = FailOpenClient
