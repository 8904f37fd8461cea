"""Pieces of pages, kept in this process: what a story's page shows beside the story itself.

Each is kept for a moment of the site (articles.site_clock): until anything that readers see is
changed, or changes by its schedule. This is no page cache (whole answers, shared with proxies): it
is what a page that is made anew doesn't have to make. Nothing of one reader may be kept here.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from django.conf import settings
from django.utils.safestring import SafeString

from articles.site_clock import Moment, current

Pieces = Mapping[str, SafeString]
# What weighs by age (related stories) is weighed anew after this time.
KEEP_SECONDS = 600.0
# What an entry costs beside its text: keys, tuples, places in the table.
ENTRY_BYTES = 500


@dataclass(slots=True)
class _Entry:
    generation: tuple[int, int]
    until: float
    pieces: Pieces
    size: int


@dataclass(slots=True)
class _Store:
    """The entries, the one used longest ago first."""

    entries: "OrderedDict[str, _Entry]" = field(default_factory=OrderedDict)
    size: int = 0
    lock: Lock = field(default_factory=Lock)

    def put(self, key: str, entry: _Entry, limit: int) -> None:
        with self.lock:
            self._drop(key)
            self.entries[key] = entry
            self.size += entry.size
            while self.size > limit:
                self._drop(next(iter(self.entries)))

    def _drop(self, key: str) -> None:
        if gone := self.entries.pop(key, None):
            self.size -= gone.size

    def get(self, key: str, generation: tuple[int, int], now: float) -> Pieces | None:
        with self.lock:
            entry = self.entries.get(key)
            if entry is None or entry.generation != generation or entry.until <= now:
                return None
            self.entries.move_to_end(key)
            return entry.pieces


_store = _Store()
_page: ContextVar[Moment | None] = ContextVar("page", default=None)


def kept(
    key: str,
    make: Callable[[], Pieces],
    *,
    seconds: float = KEEP_SECONDS,
    moment: Moment | None = None,
) -> Pieces:
    """The pieces of this key, made when there are none of this moment.

    `moment` is to be asked for before the first row that `make` uses is read; without it none is
    read before `make`. `settings.FRAGMENT_BYTES` bounds what all of them take; 0 keeps nothing.
    """
    limit = settings.FRAGMENT_BYTES
    if not limit:
        return make()
    # Before the work: what changes while it is done makes its result stale. A page has one moment:
    # a piece of a later one could hold cards of the earlier.
    moment, now = _page.get() or moment or current(), monotonic()
    found = _store.get(key, moment.generation, now)
    if found is not None:
        return found
    pieces = make()
    size = sum(2 * len(text) for text in pieces.values()) + ENTRY_BYTES
    until = min(now + seconds, moment.ends)
    _store.put(key, _Entry(moment.generation, until, pieces, size), limit)
    return pieces


@contextmanager
def page_of(moment: Moment) -> Iterator[None]:
    """What `of_page` keeps in here is of this moment, asked for before the page's first query."""
    token = _page.set(moment)
    try:
        yield
    finally:
        _page.reset(token)


def of_page(key: str, make: Callable[[], SafeString]) -> SafeString:
    """One piece, for templates: their rows are read by then. Kept on public pages only."""
    moment = _page.get()
    if moment is None:
        return make()
    return kept(key, lambda: {"": make()}, moment=moment)[""]


def forget() -> None:
    """Drop everything: for tests."""
    with _store.lock:
        _store.entries.clear()
        _store.size = 0
