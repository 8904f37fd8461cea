"""What lies under newsroom.lib.http: errors, one deadline, look-ups, connections, TLS.

Every wait is cut to what is left of one deadline: a time-out per read never ends when a server
sends a byte a second. Nothing here knows URLs or HTTP.
"""

import socket
import ssl
from collections.abc import Callable, Sequence
from functools import cache
from io import BufferedReader, RawIOBase
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

from newsroom.lib.addresses import REASONS

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CONNECT_TIMEOUT_SECONDS = 3.0
DNS_TIMEOUT_SECONDS = 3.0
MAX_ADDRESSES = 10
MAX_REDIRECTS = 3

# Codes of failure and what they say to a person at the desk.
FETCH_REASONS = REASONS | {
    "host-not-allowed": "The address, or one it leads to, is not on a host that may be asked.",
    "too-many-redirects": f"The address leads on more than {MAX_REDIRECTS} times.",
    "redirect-downgrade": "The address leads from https to http.",
    "redirect-nowhere": "The address leads on without saying where.",
    "too-large": "The answer is larger than allowed.",
    "headers-too-large": "The answer has too many or too long headers.",
    "bad-encoding": "The answer is compressed in a way that can't be read.",
    "dns": "The host name was not found. Trying again later may help.",
    "dns-timeout": "The host name could not be looked up in time.",
    "connect": "The host took no connection.",
    "connect-timeout": "The host did not take a connection in time.",
    "tls": "The host's certificate or encryption is not valid.",
    "deadline": "The host did not answer in time.",
    "reset": "The host broke the connection.",
    "truncated": "The answer ended too early.",
    "bad-answer": "The answer is not HTTP.",
}

Resolver = Callable[[str], Sequence[str]]


class FetchError(Exception):
    """A request that gave no answer. `reason` is a key of FETCH_REASONS, str() a sentence."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{FETCH_REASONS[reason]} {detail}".rstrip())
        self.reason = reason


class Refused(FetchError):
    """Permanent: asking the same again would be refused again."""


class Unreachable(FetchError):
    """Transient: the same request may succeed later."""

    @property
    def soft_permanent(self) -> bool:
        """True where only the other side's repair helps (TLS): try again rarely."""
        return self.reason == "tls"


class Deadline:
    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    def left(self, at_most: float = float("inf")) -> float:
        """Seconds left, > 0; raises Unreachable when there are none."""
        seconds = self._end - monotonic()
        if seconds <= 0:
            raise Unreachable("deadline")
        return min(seconds, at_most)


class Wire(RawIOBase):
    """A socket as http.client reads it: no wait beyond the deadline, no byte beyond the budget."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline
        self._budget, self._over_budget = 0, ""

    def allow(self, max_bytes: int, *, or_else: str) -> None:
        """Read at most `max_bytes` from here on; more raises Refused(or_else)."""
        self._budget, self._over_budget = max_bytes, or_else

    def makefile(self, mode: str) -> BufferedReader:
        return BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        self._sock.settimeout(self._deadline.left())
        count = self._sock.recv_into(buffer)
        self._budget -= count
        if self._budget < 0:
            raise Refused(self._over_budget)
        return count


def system_resolve(host: str) -> Sequence[str]:
    """The system resolver's addresses for a name, in its order; raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def look_up(host: str, resolve: Resolver, *, deadline: Deadline) -> list[str]:
    """The name's addresses. In a thread, because the system's resolver knows no time-out; one
    that hangs is left behind and ends with the resolver's own."""
    box: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

    def work() -> None:
        try:
            box.put(resolve(host))
        except (OSError, UnicodeError) as error:
            box.put(error)

    Thread(target=work, name=f"look-up {host}", daemon=True).start()
    try:
        found = box.get(timeout=deadline.left(DNS_TIMEOUT_SECONDS))
    except Empty as error:
        raise Unreachable("dns-timeout") from error
    if isinstance(found, Exception):
        raise Unreachable("dns") from found
    return list(dict.fromkeys(found))


def connect(
    peers: Sequence[str], port: int, *, tls_name: str | None, deadline: Deadline
) -> socket.socket:
    """A connection to the first of these literal addresses that takes one.

    With `tls_name` in TLS, the certificate verified for that name. Raises Unreachable.
    """
    failure: OSError | None = None
    for peer in peers[:MAX_ADDRESSES]:
        timeout = deadline.left(CONNECT_TIMEOUT_SECONDS)
        try:
            sock = socket.create_connection((peer, port), timeout)
        except OSError as error:
            failure = error
        else:
            return sock if tls_name is None else _secure(sock, tls_name, deadline)
    reason = "connect-timeout" if isinstance(failure, TimeoutError) else "connect"
    raise Unreachable(reason) from failure


@cache
def tls_context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _secure(sock: socket.socket, name: str, deadline: Deadline) -> socket.socket:
    try:
        sock.settimeout(deadline.left())
        return tls_context().wrap_socket(sock, server_hostname=name)
    except TimeoutError as error:
        raise Unreachable("deadline") from error
    except ssl.SSLError as error:
        # A peer that hangs up has an exception of its own in some releases, a reason in others.
        if "EOF" in f"{type(error).__name__} {error.reason} {error}".upper():
            raise Unreachable("reset") from error
        raise Unreachable("tls", f"({error.reason})") from error
    except OSError as error:
        raise Unreachable("reset") from error
    finally:
        # wrap_socket has taken the descriptor over: this closes only what it did not take.
        sock.close()
