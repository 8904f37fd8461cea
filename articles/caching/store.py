"""Kept pages: an answer in each encoding it was asked in, and a store of them bounded by bytes.

Knows no Django and no clock: whether a page is still right is the caller's to judge.
"""

from collections import OrderedDict
from hashlib import blake2b
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

from articles.caching.encoding import MIN_BYTES, encoded

Headers = list[tuple[str, str]]

# What a page costs beside its bytes: headers, keys, places in the tables.
PAGE_OVERHEAD_BYTES = 4_000
# What this module says itself. A header that speaks of one connection has no place in a store.
OWN_HEADERS = frozenset(
    {"content-length", "etag", "content-encoding", "vary", "date", "connection"}
)
# Headers that an answer of 304 repeats (RFC 9110, 15.4.5); of the others the client has its own.
ON_304 = frozenset(
    {"cache-control", "cdn-cache-control", "vary", "etag", "content-location", "expires"}
)


class Variant(NamedTuple):
    """The answer in one encoding, ready to send."""

    etag: str
    body: tuple[bytes, ...]
    headers: Headers
    headers_304: Headers


class Answer:
    """Status, headers and body as Django gave them; encoded when first asked for, once."""

    __slots__ = ("_headers", "_lock", "_variants", "body", "size", "status")

    def __init__(self, status: str, headers: Headers, body: bytes) -> None:
        self.status, self.body = status, body
        self._headers = [pair for pair in headers if pair[0].lower() not in OWN_HEADERS]
        self._variants: dict[str, Variant] = {}
        self._lock = Lock()
        # With room for its encodings: a page's are a quarter of it and less.
        self.size = 2 * len(body) + PAGE_OVERHEAD_BYTES

    def variant(self, encoding: str) -> Variant:
        found = self._variants.get(encoding)
        if found is None:
            with self._lock:
                found = self._variants.get(encoding) or self._encode(encoding)
                self._variants[encoding] = found
        return found

    def _encode(self, encoding: str) -> Variant:
        if len(self.body) < MIN_BYTES:
            encoding = ""
        body = encoded(self.body, encoding)
        # Of the very bytes that are sent: strong, and another one for each encoding.
        etag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
        headers = [
            *self._headers,
            ("Content-Length", str(len(body))),
            ("ETag", etag),
            ("Vary", "Accept-Encoding"),
        ]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        short = [pair for pair in headers if pair[0].lower() in ON_304]
        return Variant(etag, (body,), headers, short)


Value = TypeVar("Value")


class Store(Generic[Value]):
    """What was used longest ago goes when there is no more room."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self._entries: OrderedDict[object, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object) -> Value | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key: object, value: Value, size: int) -> None:
        with self._lock:
            self._drop(key)
            if size > self.limit:
                return
            self._entries[key] = (value, size)
            self.bytes += size
            while self.bytes > self.limit:
                self._drop(next(iter(self._entries)))

    def drop(self, key: object) -> None:
        with self._lock:
            self._drop(key)

    def _drop(self, key: object) -> None:
        gone = self._entries.pop(key, None)
        if gone is not None:
            self.bytes -= gone[1]

    def __len__(self) -> int:
        return len(self._entries)
