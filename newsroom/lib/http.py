"""The only outbound HTTP door: GET one URL, within limits of time, size, redirects and address.

It keeps no cookies, follows no proxy settings and no redirect by itself. A name is resolved once,
all its addresses are judged, and the connection goes to that literal address with the name in
SNI and Host: an answer that changes between check and use (DNS rebinding) changes nothing.

http.client and not a friendlier client, because every wait must be cut to what is left of one
deadline: a time-out per read never ends when a server sends a byte a second.
"""

import logging
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, IncompleteRead, LineTooLong
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urljoin

from django.conf import settings

from newsroom.lib.addresses import (
    PORTS,
    UrlFormError,
    Verdict,
    WebAddress,
    is_literal,
    judge_addresses,
    judge_url,
    split_url,
)
from newsroom.lib.wire import (
    MAX_REDIRECTS,
    Deadline,
    FetchError,
    Refused,
    Resolver,
    Unreachable,
    Wire,
    connect,
    look_up,
    system_resolve,
)

if TYPE_CHECKING:
    import socket

__all__ = ["Answer", "FetchError", "Refused", "Unreachable", "Verdict", "get", "judge_url", "lead"]

logger = logging.getLogger(__name__)

MAX_HEADER_BYTES = 64 * 1024
READ_BYTES = 16 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# zlib's "find out by yourself": the gzip and the zlib format.
AUTO_WINDOW_BITS = 32 + zlib.MAX_WBITS
COMPRESSED = frozenset({"gzip", "x-gzip", "deflate"})
ASCII = bytes(range(128)).decode()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its status. `url` is the last one asked; header names are in lower
    case, repeated ones joined by a comma; `body` is decoded."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Aim:
    """Where to connect: literal addresses in the order to try, all judged."""

    address: WebAddress
    peers: Sequence[str]
    port: int
    tls: bool


def get(
    url: str,
    *,
    hosts: frozenset[str] | None = None,
    accept: str = "application/json",
    max_bytes: int = 512 * 1024,
    deadline_seconds: float = 8.0,
    resolve: Resolver = system_resolve,
) -> Answer:
    """GET `url`, following at most three redirects, each judged like the first.

    `hosts` (lower case), where given, are the only hosts that may be asked, redirects included.
    `max_bytes` counts the decoded body, with 0 none of it is read; `deadline_seconds` covers look-ups, connections, headers
    and body together. Any status is an Answer. Raises Refused and Unreachable.
    """
    deadline = Deadline(deadline_seconds)
    for _hop in range(MAX_REDIRECTS + 1):
        aim = _aim(url, hosts, resolve=resolve, deadline=deadline)
        answer = _ask(url, aim, accept=accept, max_bytes=max_bytes, deadline=deadline)
        if answer.status not in REDIRECTS:
            return answer
        url = _next_url(url, answer.headers.get("location", ""))
    raise Refused("too-many-redirects")


def lead(
    url: str,
    *,
    hosts: frozenset[str],
    deadline_seconds: float = 8.0,
    resolve: Resolver = system_resolve,
) -> tuple[int, str]:
    """GET `url` for its status and the address it leads to ("" where it is no redirect). Neither is
    that address asked for nor any body read. Raises Refused and Unreachable.
    """
    deadline = Deadline(deadline_seconds)
    aim = _aim(url, hosts, resolve=resolve, deadline=deadline)
    answer = _ask(url, aim, accept="text/html", max_bytes=0, deadline=deadline)
    if answer.status not in REDIRECTS:
        return answer.status, ""
    return answer.status, _next_url(url, answer.headers.get("location", ""))


def _aim(url: str, hosts: frozenset[str] | None, *, resolve: Resolver, deadline: Deadline) -> _Aim:
    try:
        address = split_url(url)
    except UrlFormError as error:
        raise Refused(str(error)) from error
    if hosts is not None and address.host not in hosts:
        raise Refused("host-not-allowed")
    verdict = judge_url(url)
    test_port = _test_port(address, verdict)
    if test_port is not None:
        return _Aim(address, ["127.0.0.1"], test_port, tls=False)
    if not verdict.allow:
        raise Refused(verdict.reason)
    if is_literal(address.host):
        peers = [address.host]
    else:
        peers = look_up(address.host, resolve, deadline=deadline)
        reason = judge_addresses(peers)
        if reason != "ok":
            raise Unreachable("dns") if reason == "no-address" else Refused(reason)
    return _Aim(address, peers, address.port, tls=address.scheme == "https")


def _test_port(address: WebAddress, verdict: Verdict) -> int | None:
    """TESTS ONLY: the port on 127.0.0.1 that plays this host, in spite of the address rule.

    HTTP_TEST_ADDRESSES lists "127.0.0.1:PORT" origins asked by their own http URL;
    HTTP_TEST_ROUTES maps a provider's host, its URL judged as ever, to such an origin.
    Anything but 127.0.0.1 is ignored.
    """
    origin = f"{address.host}:{address.port}"
    if verdict.allow:
        origin = getattr(settings, "HTTP_TEST_ROUTES", {}).get(address.host, "")
    elif address.scheme != "http" or origin not in settings.HTTP_TEST_ADDRESSES:
        return None
    host, _, port = origin.rpartition(":")
    if host != "127.0.0.1":
        return None
    logger.warning("Test setting: %s is played by %s.", address.host, origin)
    return int(port)


def _ask(url: str, aim: _Aim, *, accept: str, max_bytes: int, deadline: Deadline) -> Answer:
    """One request and its answer, the body read unless it is a redirect or nobody wants it."""
    tls_name = aim.address.host if aim.tls else None
    sock = connect(aim.peers, aim.port, tls_name=tls_name, deadline=deadline)
    try:
        sock.settimeout(deadline.left())
        sock.sendall(_request(aim.address, accept))
        wire = Wire(sock, deadline)
        wire.allow(MAX_HEADER_BYTES, or_else="headers-too-large")
        # HTTPResponse asks a socket for nothing but makefile().
        response = HTTPResponse(cast("socket.socket", wire), method="GET")
        response.begin()
        body = b""
        if max_bytes and response.status not in REDIRECTS:
            # Twice the cap, for the framing of chunks and what compresses badly.
            wire.allow(2 * max_bytes + MAX_HEADER_BYTES, or_else="too-large")
            body = _body(response, max_bytes)
        return Answer(response.status, url, _headers(response), body)
    except (OSError, HTTPException, ValueError) as error:
        raise _failure(error) from error
    finally:
        sock.close()


def _request(address: WebAddress, accept: str) -> bytes:
    host = f"[{address.host}]" if ":" in address.host else address.host
    if address.port != PORTS[address.scheme]:
        host = f"{host}:{address.port}"
    lines = [
        f"GET {address.target} HTTP/1.1",
        f"Host: {host}",
        f"User-Agent: {settings.EMBED_USER_AGENT}",
        f"Accept: {accept}",
        "Accept-Encoding: identity",
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


def _body(response: HTTPResponse, max_bytes: int) -> bytes:
    """The decoded body, never more of it in memory than its cap and one read."""
    if (response.length or 0) > max_bytes:
        raise Refused("too-large")
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {*COMPRESSED, "identity", ""}:
        raise Refused("bad-encoding", encoding[:40])
    decoder = zlib.decompressobj(AUTO_WINDOW_BITS) if encoding in COMPRESSED else None
    body, complete = bytearray(), True
    while chunk := response.read(READ_BYTES):
        if decoder is not None:
            try:
                chunk = decoder.decompress(chunk, max_bytes + 1 - len(body))
            except zlib.error as error:
                raise Refused("bad-encoding") from error
            complete = decoder.eof
        body += chunk
        if len(body) > max_bytes:
            raise Refused("too-large")
        if decoder is not None and complete:
            return bytes(body)
    if response.length or not complete:
        raise Unreachable("truncated")
    return bytes(body)


def _headers(response: HTTPResponse) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in response.headers.items():
        key, text = name.lower(), " ".join(value.split())  # a folded header holds line breaks
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _next_url(url: str, location: str) -> str:
    """The URL a redirect leads to; raises Refused. It is judged when it is asked."""
    if not location:
        raise Refused("redirect-nowhere")
    # http.client reads headers as Latin-1; what is beyond ASCII was UTF-8, as browsers take it.
    location = quote(location.encode("latin-1"), safe=ASCII)
    try:
        target = urljoin(url, location)
    except ValueError as error:
        raise Refused("bad-host") from error
    if url.lower().startswith("https:") and target.lower().startswith("http:"):
        raise Refused("redirect-downgrade")
    return target


def _failure(error: Exception) -> FetchError:
    """What a failed read means."""
    if isinstance(error, TimeoutError):
        return Unreachable("deadline")
    if isinstance(error, OSError):
        return Unreachable("reset")
    if isinstance(error, IncompleteRead):
        return Unreachable("truncated")
    # http.client raises its bare class for too many headers.
    if isinstance(error, LineTooLong) or type(error) is HTTPException:
        return Refused("headers-too-large")
    return Unreachable("bad-answer")
