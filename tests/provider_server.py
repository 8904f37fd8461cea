"""A provider of our own on loopback: it says what a test tells it to, hostile answers included.

    with ProviderServer() as provider:
        provider.answer(Reply(body=b"{}"))
        settings.HTTP_TEST_ROUTES = {"www.youtube.com": provider.address}

Sockets and no http.server, because half of what it has to say is not HTTP a server would say.
Every wait ends when the server stops, so a test that gave up early leaves nothing running.
"""

import json
import socket
import ssl
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any, Self

Stream = Callable[[Event], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. Content-Length is added unless a length or framing header is there already, or
    the body is a stream. "SELF" as Location stands for the URL that was asked."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    # Called with the server's stop event; yields the body piece by piece.
    stream: Stream | None = None
    # A whole answer, head included, in place of everything above.
    raw: Stream | None = None
    reset: bool = False  # end by RST in place of FIN
    late: bool = False  # nobody waits for its end

    def head(self, target: str) -> bytes:
        headers = dict(self.headers)
        if headers.get("Location") == "SELF":
            headers["Location"] = target
        framed = {"content-length", "transfer-encoding"} & {name.lower() for name in headers}
        if self.stream is None and not framed:
            headers["Content-Length"] = str(len(self.body))
        lines = [f"HTTP/1.1 {self.status} Whatever"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, "", ""]).encode("utf-8")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it arrived; header names in lower case."""

    target: str
    headers: Mapping[str, str]

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


class ProviderServer:
    """Answers each request by its path's Reply, or by the default one (404 until it is set)."""

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self._default = Reply(status=404)
        self._by_path: dict[str, list[Reply]] = {}
        self._tls, self._lock, self._stop = tls, Lock(), Event()
        self._threads: list[Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._listener.settimeout(0.05)
        self.port: int = self._listener.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        self.origin = f"http://{self.address}"

    def answer(self, reply: Reply) -> None:
        """Answer every path that has no reply of its own."""
        self._default = reply

    @property
    def is_late(self) -> bool:
        """Whether such an answer has no end that anybody waits for."""
        return self._default.late

    def answer_at(self, path: str, *replies: Reply) -> None:
        """Answer one path: by these replies in turn, by the last one from then on."""
        self._by_path[path] = list(replies)

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stop.is_set():
            with suppress(TimeoutError):
                connection, _peer = self._listener.accept()
                connection.settimeout(5)
                self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), closing(self._secured(connection)) as peer:
            asked = _read_request(peer)
            if asked is None:
                return
            self.asked.append(asked)
            reply = self._reply(asked.path)
            for piece in self._pieces(reply, asked):
                if self._stop.is_set():
                    return
                peer.sendall(piece)
            if reply.reset:
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _secured(self, connection: socket.socket) -> socket.socket:
        if self._tls is None:
            return connection
        with connection:
            return self._tls.wrap_socket(connection, server_side=True)

    def _reply(self, path: str) -> Reply:
        with self._lock:
            replies = self._by_path.get(path)
            if not replies:
                return self._default
            return replies.pop(0) if len(replies) > 1 else replies[0]

    def _pieces(self, reply: Reply, asked: Asked) -> Iterator[bytes]:
        if reply.raw is not None:
            yield from reply.raw(self._stop)
            return
        yield reply.head(asked.target)
        yield from reply.stream(self._stop) if reply.stream is not None else iter([reply.body])


def _read_request(peer: socket.socket) -> Asked | None:
    received = b""
    while b"\r\n\r\n" not in received:
        piece = peer.recv(65536)
        if not piece:
            return None
        received += piece
    first, *lines = received.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return Asked(first.split(" ")[1], {name.lower(): value for name, value in headers.items()})


# --- Bodies that no honest provider sends -----------------------------------------------------


def drip(data: bytes, *, bytes_per_second: float = 1) -> Stream:
    """One byte at a time."""

    def stream(stop: Event) -> Iterator[bytes]:
        for byte in data:
            yield bytes([byte])
            stop.wait(1 / bytes_per_second)

    return stream


def hang(stop: Event) -> Iterator[bytes]:
    """Nothing, until the server stops."""
    stop.wait()
    yield b""


def endless_chunks(_stop: Event) -> Iterator[bytes]:
    """A chunked body without end."""
    piece = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
    while True:
        yield piece


def reply_for(case: Mapping[str, Any]) -> Reply:
    """The Reply of a provider_answers row; raises KeyError for a generator it does not know."""
    headers, generator = case["headers"], case.get("body_gen")
    if generator is None:
        body = (case["body"] or "").encode("utf-8", "surrogatepass")
        return Reply(case["status"], headers, body)
    name = next((key for key in generator if key in GENERATORS), str(generator))
    return GENERATORS[name](case["status"], headers, generator)


def _object_keys(status: int, headers: Mapping[str, str], generator: Mapping[str, Any]) -> Reply:
    count = generator["object_keys"]
    return Reply(status, headers, json.dumps({f"k{n}": n for n in range(count)}).encode())


def _prefixed(status: int, headers: Mapping[str, str], generator: Mapping[str, Any]) -> Reply:
    body = bytes.fromhex(generator["prefix_hex"]) + json.dumps(generator["json"]).encode()
    return Reply(status, headers, body)


def _gzip_spaces(status: int, headers: Mapping[str, str], generator: Mapping[str, Any]) -> Reply:
    # After a full flush each block stands alone, so one block repeated is a whole bomb.
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    megabyte = b" " * 1_000_000
    first, block = (packer.compress(megabyte) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    body = first + block * (generator["gzip_spaces"] // len(megabyte) - 1)
    return Reply(status, headers, body)


def _drip_headers(status: int, headers: Mapping[str, str], _generator: Mapping[str, Any]) -> Reply:
    head = Reply(status, {**headers, "X-Padding": "x" * 500}).head("/")
    return Reply(raw=drip(head), late=True)


def _reset_after(status: int, headers: Mapping[str, str], generator: Mapping[str, Any]) -> Reply:
    length = {"Content-Length": str(generator["reset_after"] * 10)}
    return Reply(status, {**headers, **length}, b"{" * generator["reset_after"], reset=True)


GENERATORS: dict[str, Callable[[int, Mapping[str, str], Mapping[str, Any]], Reply]] = {
    "object_keys": _object_keys,
    "prefix_hex": _prefixed,
    "gzip_spaces": _gzip_spaces,
    "stream_forever": lambda status, headers, _: Reply(status, headers, stream=endless_chunks),
    "drip_bytes_per_second": lambda status, headers, generator: Reply(
        status,
        headers,
        stream=drip(b" " * generator["total"], bytes_per_second=generator["drip_bytes_per_second"]),
        late=True,
    ),
    "drip_headers": _drip_headers,
    "hang": lambda _status, _headers, _generator: Reply(raw=hang, late=True),
    "reset_after": _reset_after,
}
