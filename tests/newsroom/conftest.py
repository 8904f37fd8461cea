"""Fixtures of the outbound HTTP door's tests."""

import socket
from collections.abc import Callable, Iterator, Sequence

import pytest
from pytest_django.fixtures import Settings

from tests.newsroom.http_tools import Dialled
from tests.provider_server import ProviderServer


@pytest.fixture
def provider(settings: Settings) -> Iterator[ProviderServer]:
    """A loopback server that plays www.youtube.com."""
    with ProviderServer() as server:
        settings.HTTP_TEST_ADDRESSES = [server.address]
        settings.HTTP_TEST_ROUTES = {"www.youtube.com": server.address}
        yield server


@pytest.fixture
def dial(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Dialled]:
    def replace(port: int, *, dead: Sequence[str] = ()) -> Dialled:
        dialled = Dialled(port, dead=dead)
        monkeypatch.setattr(socket, "create_connection", dialled)
        return dialled

    return replace
