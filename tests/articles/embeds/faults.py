"""What a provider may do to us, and what must become of the row: a table, and the ways to bring it
about on loopback.
"""

import gzip
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

from tests.newsroom.http_tools import PUBLIC, redirect
from tests.provider_server import Reply, Stream, drip, hang

TLS = Path(__file__).resolve().parent.parent.parent / "data" / "tls"
JSON = {"Content-Type": "application/json"}
MINUTE, HOUR, DAY = 60, 3_600, 86_400
MARKED = b"""{"type": "video", "title": "The night", "author_name": "<img onerror=alert(1)>Nola",
    "author_url": "javascript:alert(1)", "thumbnail_url": "http://169.254.169.254/x.png",
    "html": "<script src=//evil.example/x.js></script><iframe src=//evil.example></iframe>"}"""


@dataclass(frozen=True, slots=True)
class Fault:
    """`means` is the outcome (articles.embeds.answers), `words` what the desk reads of it, `wait`
    the seconds until the next look, without jitter. `counts`: a failure of the host.
    """

    name: str
    reply: Reply
    means: str
    words: str
    wait: int
    counts: bool = False


def retry(name: str, reply: Reply, words: str, wait: int = 5 * MINUTE) -> Fault:
    return Fault(name, reply, "retry", words, wait, counts=True)


def useless(name: str, reply: Reply, words: str) -> Fault:
    return Fault(name, reply, "degraded", words, DAY)


def megabytes(count: int) -> Stream:
    def stream(_stop: Event) -> Iterator[bytes]:
        for _ in range(count):
            yield b" " * 1_000_000

    return stream


def bomb() -> Reply:
    body = gzip.compress(b" " * 10_000_000)
    return Reply(200, {**JSON, "Content-Encoding": "gzip"}, body)


LATE = "The host did not answer in time."
LARGE = "The answer is larger than allowed."
ELSEWHERE = "The address, or one it leads to, is not on a host that may be asked."
SILENT_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + b"X: y\r\n" * 90
FAULTS = [
    retry("it hangs", Reply(raw=hang, late=True), LATE),
    retry("headers by the byte", Reply(raw=drip(SILENT_HEAD), late=True), LATE),
    retry("a body by the byte", Reply(200, JSON, stream=drip(b" " * 600), late=True), LATE),
    retry("it breaks off", Reply(200, {**JSON, "Content-Length": "99"}, b"{"), "ended too early."),
    retry("it resets", Reply(raw=lambda _stop: iter([]), reset=True), "broke the connection."),
    retry("it speaks no HTTP", Reply(raw=lambda _stop: iter([b"SSH-2.0\r\n"])), "is not HTTP."),
    retry("a page of HTML", Reply(200, {"Content-Type": "text/html"}, b"<p>Log in"), "no readable JSON"),
    retry("too many", Reply(429, {"Retry-After": "600"}), "with status 429", 10 * MINUTE),
    retry("too many, and not until when", Reply(429), "with status 429"),
    retry("an error", Reply(500), "with status 500"),
    retry("rest for a day", Reply(503, {"Retry-After": "9" * 12}), "with status 503", DAY),
    useless("10 MB announced", Reply(200, {**JSON, "Content-Length": "10000000"}, b"{"), LARGE),
    useless("10 MB sent", Reply(200, JSON, stream=megabytes(10)), LARGE),
    useless("a gzip bomb", bomb(), LARGE),
    useless("a redirect loop", redirect("SELF"), "leads on more than 3 times."),
    useless("a redirect to itself by http", redirect("http://www.youtube.com/"), "https to http."),
    useless("a redirect to loopback", redirect("https://127.0.0.1/"), ELSEWHERE),
    useless("a redirect to a cloud's keys", redirect("https://169.254.169.254/latest/"), ELSEWHERE),
    useless("invalid JSON", Reply(200, JSON, b'{"type": "video"'), "no readable JSON"),
    useless("JSON of no post", Reply(200, JSON, b"[]"), "no JSON object"),
    useless("an odd status", Reply(418), "with status 418"),
    Fault("not found", Reply(404), "gone", "with status 404", HOUR),
    Fault("not for us", Reply(401), "gone", "with status 401", HOUR),
    Fault("scripts in the answer", Reply(200, JSON, MARKED), "ok", "", DAY),
]  # fmt: skip


# --- Faults of names, connections and certificates ----------------------------------------------


class Internet:
    """Names and connections as they seem to our fetcher: `www.youtube.com` has these addresses,
    look-up by look-up, and whatever is connected to is the server on this port of loopback.
    """

    def __init__(self, *look_ups: list[str], port: int) -> None:
        self.look_ups, self.port = list(look_ups), port
        self.dialled: list[str] = []
        self._connect, self._resolve = socket.create_connection, socket.getaddrinfo

    def resolve(self, host: str, *rest: Any, **options: Any) -> list[Any]:
        if host != "www.youtube.com":
            return self._resolve(host, *rest, **options)
        if not self.look_ups:
            raise socket.gaierror(-2, "Name or service not known")
        found = self.look_ups.pop(0) if len(self.look_ups) > 1 else self.look_ups[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in found]

    def connect(self, address: tuple[str, int], timeout: float) -> socket.socket:
        self.dialled.append(address[0])
        return self._connect(("127.0.0.1", self.port), timeout)


def trusting(name: str) -> ssl.SSLContext:
    """A client that knows these certificates' authority, and takes any name for YouTube's."""
    context = ssl.create_default_context(cafile=str(TLS / name))
    context.check_hostname = False
    return context


def showing(name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / name, TLS / "key.pem")
    return context


def strict(name: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(TLS / name))


PRIVATE = "The host's network address is not a public one."
CERTIFICATE = "The host's certificate or encryption is not valid."
Context = Callable[[str], ssl.SSLContext]


@dataclass(frozen=True, slots=True)
class Deceit:
    """`look_ups` are the addresses in the order of asking, `knows` makes our client's TLS context,
    `certificate` is what the server shows; it answers by a redirect to its own host.
    """

    name: str
    look_ups: tuple[list[str], ...]
    words: str
    dialled: int
    asked: int = 0
    certificate: str = "good.pem"
    knows: Context = trusting
    retried: bool = False


DECEITS = [
    Deceit("a name of loopback", (["127.0.0.1"],), PRIVATE, 0),
    Deceit("a name of a private network", (["10.0.0.7"],), PRIVATE, 0),
    Deceit("one private address among others", ([PUBLIC, "169.254.169.254"],), PRIVATE, 0),
    Deceit("private the second time", ([PUBLIC], ["127.0.0.1"]), PRIVATE, 1, asked=1),
    Deceit("no such name", (), "The host name was not found.", 0, retried=True),
    Deceit("another name's certificate", ([PUBLIC],), CERTIFICATE, 1, knows=strict, retried=True),
    Deceit("an old certificate", ([PUBLIC],), CERTIFICATE, 1, certificate="expired.pem", retried=True),
]  # fmt: skip
