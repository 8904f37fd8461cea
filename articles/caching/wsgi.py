"""The page cache: a WSGI application around Django's, so that a kept page costs no Django at all.

Only what a view marked with `public_page` is kept, and only as long as nothing that readers see
has changed (articles.site_clock). Each process keeps its own; nothing is purged, what is no longer
right is not found. While the database is away, copies that no known change speaks against stand
in for their pages.

A kept answer never names one reader: no cookie is part of the key, and an answer that sets one,
or differs by one, is not kept.
"""

import logging
from collections.abc import Callable, Iterable
from threading import Event, Lock
from time import monotonic, time
from typing import Any, NamedTuple

from articles import site_clock
from articles.caching.encoding import best_encoding
from articles.caching.pages import KEEP_SECONDS, TICKET, Ticket, canonical_query
from articles.caching.store import Answer, Headers, Store
from articles.models import known_generation

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Key = tuple[str | None, bool, str, str]

SAFE_METHODS = frozenset({"GET", "HEAD"})
KEPT_STATUSES = frozenset({"200", "404", "410"})
STALE_SECONDS = 86_400.0
# How long a request waits for another one that renders the same page, before it does so itself.
TURN_SECONDS = 10.0
RETRY_SECONDS = "5"
TURN = "newsroom.page_turn"  # where a request of ours keeps its own
# Addresses that anyone can make up share this part, so that they push no story's page out.
MADE_UP_SHARE = 8


class Kept(NamedTuple):
    answer: Answer
    moment: site_clock.Moment
    made: float
    expires: float


class Turn(NamedTuple):
    """One thread's render of a page. The ticket says whether the page is for everybody, as soon
    as its view was reached.
    """

    ticket: Ticket
    over: Event


class Reply(NamedTuple):
    """What Django answered; the body not read yet."""

    status: str
    headers: Headers
    body: Iterable[bytes]

    def header(self, name: str) -> str:
        return ",".join(value for key, value in self.headers if key.lower() == name).lower()

    def close(self) -> None:
        if hasattr(self.body, "close"):
            self.body.close()


class PageCache:
    """`proxy_header`: Django's SECURE_PROXY_SSL_HEADER, set when a proxy stands in front."""

    def __init__(
        self, application: Application, *, limit: int, proxy_header: tuple[str, str] | None = None
    ) -> None:
        self.application = application
        self.pages: Store[Kept] = Store(limit - limit // MADE_UP_SHARE)
        self.made_up: Store[Kept] = Store(limit // MADE_UP_SHARE)
        self.proxy_header = proxy_header
        self._rendering: dict[Key, Turn] = {}
        self._guard = Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in SAFE_METHODS:
            return self.application(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        canonical = canonical_query(query) if query else ""
        if canonical is None:
            return self._render(None, environ, start_response)
        key = (environ.get("HTTP_HOST"), self._secure(environ), environ["PATH_INFO"], canonical)
        found = self._right(key, environ)
        if found is not None:
            return self._send(found, environ, start_response)
        try:
            found = self._other_threads(key, environ)
            if found is not None:
                return self._send(found, environ, start_response)
            return self._render(key, environ, start_response)
        finally:
            self._end_turn(key, environ)

    def _secure(self, environ: Environ) -> bool:
        if self.proxy_header:
            name, value = self.proxy_header
            return bool(environ.get(name, "").split(",", 1)[0].strip() == value)
        return bool(environ["wsgi.url_scheme"] == "https")

    # --- Finding ---------------------------------------------------------------------------

    def _kept(self, key: Key, environ: Environ) -> Kept | None:
        kept = self.pages.get(key) or self.made_up.get(key)
        # A missing page says nothing of the same path with a query: that may be an old address.
        if kept and kept.answer.status[:3] != "200" and environ.get("QUERY_STRING"):
            return None
        return kept

    def _right(self, key: Key, environ: Environ) -> Kept | None:
        """The kept page, if it is what Django would answer, or the best there is for now."""
        kept = self._kept(key, environ)
        if kept is None:
            return None
        moment = site_clock.current_or_none()
        if moment is None:
            return kept if _may_stand_in(kept) else None
        still = kept.moment.generation == moment.generation and monotonic() < kept.expires
        return kept if still else None

    def _other_threads(self, key: Key, environ: Environ) -> Kept | None:
        """Take the turn to render this page, or wait for the thread that has it: only where the
        page is for everybody. The desk, the probes, files don't wait for one another.
        """
        with self._guard:
            other = self._rendering.get(key)
            if other is None:
                environ[TURN] = self._rendering[key] = Turn(Ticket(), Event())
        if other is None:
            return self._right(key, environ)  # another's turn may have ended since our first look
        if not (other.ticket.keep_seconds or self._kept(key, environ)):
            return None
        other.over.wait(TURN_SECONDS)
        return self._right(key, environ)

    def _end_turn(self, key: Key, environ: Environ) -> None:
        turn = environ.pop(TURN, None)
        if turn is not None:
            with self._guard:
                self._rendering.pop(key, None)
            turn.over.set()

    # --- Making ----------------------------------------------------------------------------

    def _render(
        self, key: Key | None, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Ask Django, and keep the answer under `key` if it is for everybody."""
        ticket = environ[TURN].ticket if TURN in environ else Ticket()
        # A copy: Django and the view take out of theirs what they have seen to.
        reply = _ask(self.application, {**environ, TICKET: ticket})
        if reply.status[0] == "5":
            return self._instead(key, reply, environ, start_response)
        if not _is_public(ticket, reply, environ):
            start_response(reply.status, reply.headers)
            return reply.body
        body = b"".join(reply.body)
        reply.close()
        now = monotonic()
        answer = Answer(reply.status, reply.headers, body)
        expires = min(now + ticket.keep_seconds, ticket.moment.ends)
        kept = Kept(answer, ticket.moment, now, expires)
        if key:
            self._keep(key, kept)
        return self._send(kept, environ, start_response)

    def _keep(self, key: Key, kept: Kept) -> None:
        made_up = bool(key[3]) or kept.answer.status[:3] != "200"
        store, other = (self.made_up, self.pages) if made_up else (self.pages, self.made_up)
        other.drop(key)
        store.put(key, kept, kept.answer.size)

    def _instead(
        self, key: Key | None, reply: Reply, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """For an error: the kept copy where it may be shown; where the database is away, a 503."""
        kept = self._kept(key, environ) if key else None
        if kept and _may_stand_in(kept):
            reply.close()
            return self._send(kept, environ, start_response)
        if reply.status[:3] == "500" and site_clock.current_or_none() is None:
            headers = [*reply.headers, ("Retry-After", RETRY_SECONDS)]
            start_response("503 Service Unavailable", headers)
            return reply.body
        start_response(reply.status, reply.headers)
        return reply.body

    # --- Answering -------------------------------------------------------------------------

    def _send(self, kept: Kept, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        variant = kept.answer.variant(best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
        more: Headers = []
        if self.proxy_header:
            # nginx counts whole seconds: s-maxage=1 would be up to two. This is "till the end of
            # this second", and goes no further than nginx.
            more.append(("X-Accel-Expires", f"@{int(time())}"))
        if (age := monotonic() - kept.made) > KEEP_SECONDS:
            more += [("Age", str(int(age))), ("Warning", '110 - "Response is Stale"')]
        condition = environ.get("HTTP_IF_NONE_MATCH")
        if condition and kept.answer.status[0] == "2" and matches(condition, variant.etag):
            start_response("304 Not Modified", variant.headers_304 + more)
            return ()
        start_response(kept.answer.status, variant.headers + more if more else variant.headers)
        return variant.body if environ["REQUEST_METHOD"] == "GET" else ()


def _ask(application: Application, environ: Environ) -> Reply:
    said: list[tuple[str, Headers]] = []

    def hear(status: str, headers: Headers, exc_info: object = None) -> None:
        said[:] = [(status, headers)]

    body = application(environ, hear)
    status, headers = said[0]
    return Reply(status, headers, body)


def _is_public(ticket: Ticket, reply: Reply, environ: Environ) -> bool:
    """Whether the answer is the same for everybody: what its view says, and its headers bear out."""
    status = reply.status[:3]
    if not ticket.keep_seconds or status not in KEPT_STATUSES:
        return False
    if status != "200" and environ.get("QUERY_STRING"):
        return False
    if reply.header("set-cookie") or "cookie" in reply.header("vary"):
        logger.error("%s is no page for everybody: it depends on cookies.", environ["PATH_INFO"])
        return False
    control = reply.header("cache-control")
    return "public" in control and not reply.header("content-encoding")


def _may_stand_in(kept: Kept) -> bool:
    """Whether an old copy may be shown in place of an error.

    Not when a change is known since it was made, whatever it was; not when something that readers
    saw was to disappear by now; not for ever. While the database is away nothing can be published
    or withdrawn, so what is known of the last change is all there is.
    """
    now = monotonic()
    return (
        kept.moment.generation == known_generation()
        and now < kept.moment.hides
        and now < kept.made + STALE_SECONDS
    )


def matches(condition: str, etag: str) -> bool:
    """If-None-Match, by weak comparison: proxies that re-encode mark our tags W/."""
    if condition == etag:
        return True
    tags = [tag.strip().removeprefix("W/") for tag in condition.split(",")]
    return etag in tags or tags == ["*"]
