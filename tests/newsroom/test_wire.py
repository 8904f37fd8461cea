"""Under the HTTP door: names, addresses, connections, TLS."""

import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from newsroom.lib import wire
from newsroom.lib.http import Refused, Unreachable, get
from tests.newsroom.http_tools import (
    PUBLIC,
    Dialled,
    Resolver,
    no_look_up,
    reason_of,
    redirect,
)
from tests.provider_server import ProviderServer, Reply

TLS = Path(__file__).resolve().parent.parent / "data" / "tls"


def test_it_connects_to_the_address_it_judged(dial: Callable[..., Dialled]) -> None:
    with ProviderServer() as server:
        server.answer(Reply(body=b"{}"))
        dialled = dial(server.port)
        resolve = Resolver([PUBLIC], ["127.0.0.1"])

        answer = get("http://provider.example.com/x", resolve=resolve)

    assert answer.body == b"{}"
    assert dialled == [(PUBLIC, 80)]
    assert resolve.asked == ["provider.example.com"]
    assert server.asked[0].headers["host"] == "provider.example.com"


def test_a_name_that_turns_private_after_a_redirect_is_refused(
    dial: Callable[..., Dialled],
) -> None:
    with ProviderServer() as server:
        server.answer(redirect("/again"))
        dialled = dial(server.port)
        resolve = Resolver([PUBLIC], ["127.0.0.1"])

        reason = reason_of("http://provider.example.com/", kind=Refused, resolve=resolve)

    assert reason == "not-public-address"
    assert dialled == [(PUBLIC, 80)]
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], [PUBLIC, "10.0.0.1"], [PUBLIC] * 20 + ["::1"], ["64:ff9b::a9fe:a9fe"]],
)
def test_one_private_address_refuses_the_name(
    dial: Callable[..., Dialled], addresses: list[str]
) -> None:
    dialled = dial(1)

    reason = reason_of("https://example.com/", kind=Refused, resolve=Resolver(addresses))

    assert (reason, dialled) == ("not-public-address", [])


def test_it_tries_the_next_address(dial: Callable[..., Dialled]) -> None:
    with ProviderServer() as server:
        dialled = dial(server.port, dead=["2606:4700::1"])
        resolve = Resolver(["2606:4700::1", "2606:4700::1", PUBLIC])

        assert get("http://example.com/", resolve=resolve).status == 404

    assert dialled == [("2606:4700::1", 80), (PUBLIC, 80)]


def test_it_tries_ten_addresses_at_most(dial: Callable[..., Dialled]) -> None:
    addresses = [f"93.184.216.{number}" for number in range(100)]
    dialled = dial(1, dead=addresses)

    reason = reason_of("http://example.com/", kind=Unreachable, resolve=Resolver(addresses))

    assert reason == "connect-timeout"
    assert [peer for peer, _port in dialled] == addresses[:10]


def test_a_literal_address_is_not_looked_up(dial: Callable[..., Dialled]) -> None:
    with ProviderServer() as server:
        dialled = dial(server.port)

        get("http://[2606:4700:0::1]/", resolve=no_look_up)
        get(f"http://{PUBLIC}/", resolve=no_look_up)

    assert dialled == [("2606:4700::1", 80), (PUBLIC, 80)]
    assert server.asked[0].headers["host"] == "[2606:4700::1]"


@pytest.mark.parametrize("error", [socket.gaierror(-2, "unknown"), UnicodeError("bad label")])
def test_an_unknown_name_may_be_known_later(error: Exception) -> None:
    def resolve(host: str) -> Sequence[str]:
        raise error

    assert reason_of("https://example.com/", kind=Unreachable, resolve=resolve) == "dns"


def test_a_name_without_an_address_may_have_one_later() -> None:
    assert reason_of("https://example.com/", kind=Unreachable, resolve=Resolver([])) == "dns"


def test_a_look_up_that_hangs_is_left_behind() -> None:
    release = threading.Event()

    def resolve(host: str) -> Sequence[str]:
        release.wait(5)
        return ["10.0.0.1"]

    reason = reason_of(
        "https://example.com/", kind=Unreachable, resolve=resolve, deadline_seconds=1.0
    )
    release.set()

    assert reason == "dns-timeout"


def test_the_system_resolver_gives_plain_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(host: str, port: None, **options: int) -> list[Any]:
        kind = options["type"]
        assert (host, kind) == ("example.com", socket.SOCK_STREAM)
        return [
            (socket.AF_INET6, kind, 6, "", ("2606:4700::1", 0, 0, 0)),
            (socket.AF_INET, kind, 6, "", (PUBLIC, 0)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    assert wire.system_resolve("example.com") == ["2606:4700::1", PUBLIC]


def test_a_refused_connection_may_be_taken_later(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
    settings.HTTP_TEST_ADDRESSES = [address]

    assert reason_of(f"http://{address}/", kind=Unreachable) == "connect"


# --- TLS --------------------------------------------------------------------------------------


def tls_server(certificate: str) -> ProviderServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / certificate, TLS / "key.pem")
    return ProviderServer(tls=context)


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test certificates count as issued by a known authority."""
    context = wire.tls_context.__wrapped__()
    context.load_verify_locations(TLS / "good.pem")
    context.load_verify_locations(TLS / "expired.pem")
    monkeypatch.setattr(wire, "tls_context", lambda: context)


@pytest.mark.usefixtures("trusted")
def test_it_verifies_the_certificate_for_the_name(dial: Callable[..., Dialled]) -> None:
    with tls_server("good.pem") as server:
        server.answer(Reply(body=b"{}"))
        dialled = dial(server.port)

        answer = get("https://provider.example.com/", resolve=Resolver([PUBLIC]))

    assert (answer.body, dialled) == (b"{}", [(PUBLIC, 443)])


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("host", "certificate"),
    [("other.example.com", "good.pem"), ("provider.example.com", "expired.pem")],
)
def test_a_certificate_of_another_name_or_time_is_no_certificate(
    dial: Callable[..., Dialled], host: str, certificate: str
) -> None:
    with tls_server(certificate) as server:
        dial(server.port)

        with pytest.raises(Unreachable, match="certificate") as caught:
            get(f"https://{host}/", resolve=Resolver([PUBLIC]))

    assert caught.value.soft_permanent
    assert server.asked == []


def test_a_self_signed_certificate_is_no_certificate(dial: Callable[..., Dialled]) -> None:
    with tls_server("good.pem") as server:
        dial(server.port)

        with pytest.raises(Unreachable) as caught:
            get("https://provider.example.com/", resolve=Resolver([PUBLIC]))

    assert caught.value.soft_permanent


@pytest.mark.parametrize(
    ("said", "reason"), [(b"HTTP/1.1 400 Bad Request\r\n\r\n", "tls"), (b"", "reset")]
)
def test_a_host_that_speaks_no_tls_is_unreachable(
    dial: Callable[..., Dialled], said: bytes, reason: str
) -> None:
    with tcp_server(said) as port:
        dial(port)

        with pytest.raises(Unreachable) as caught:
            get("https://example.com/", resolve=Resolver([PUBLIC]))

    assert (caught.value.reason, caught.value.soft_permanent) == (reason, reason == "tls")


def test_the_deadline_covers_the_handshake(dial: Callable[..., Dialled]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        dial(silent.getsockname()[1])

        reason = reason_of(
            "https://example.com/",
            kind=Unreachable,
            resolve=Resolver([PUBLIC]),
            deadline_seconds=0.1,
        )

    assert reason == "deadline"


def test_a_reset_in_the_handshake_is_a_reset(
    dial: Callable[..., Dialled], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def wrap_socket(self, sock: socket.socket, *, server_hostname: str) -> socket.socket:
            raise ConnectionResetError

    monkeypatch.setattr(wire, "tls_context", Broken)
    with ProviderServer() as server:
        dial(server.port)

        assert (
            reason_of("https://example.com/", kind=Unreachable, resolve=Resolver([PUBLIC]))
            == "reset"
        )


class tcp_server:  # noqa: N801 - a context manager
    """Takes one connection, reads what comes, says one thing and hangs up."""

    def __init__(self, said: bytes) -> None:
        self._said = said
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def _serve(self) -> None:
        connection, _peer = self._listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(self._said)

    def __enter__(self) -> int:
        self._thread.start()
        return int(self._listener.getsockname()[1])

    def __exit__(self, *_error: object) -> None:
        self._thread.join()
        self._listener.close()
