"""What the tests of the outbound HTTP door share: a played provider, spies, answers in short."""

import socket
from collections.abc import Sequence
from typing import Any

import pytest

from newsroom.lib.http import FetchError, get
from newsroom.lib.wire import FETCH_REASONS
from tests.provider_server import Reply

PUBLIC = "93.184.216.34"
YOUTUBE = "https://www.youtube.com/oembed?url=x"
HOSTS = frozenset({"www.youtube.com"})
SOON_SECONDS = 0.5  # for what never comes
PATIENCE_SECONDS = 60.0  # for what comes, on a busy machine too


def reason_of(url: str = YOUTUBE, *, kind: type[FetchError], **options: Any) -> str:
    """The reason of the error of this kind that the request ends in."""
    with pytest.raises(kind) as caught:
        get(url, **options)
    assert str(caught.value).startswith(FETCH_REASONS[caught.value.reason])
    return caught.value.reason


def no_look_up(host: str) -> Sequence[str]:
    raise AssertionError(f"{host} was looked up")


def redirect(location: str, status: int = 302) -> Reply:
    return Reply(status, {"Location": location})


class Dialled(list[tuple[str, int]]):
    """The addresses connected to, in order; a server on loopback stands behind each."""

    def __init__(self, port: int, *, dead: Sequence[str] = ()) -> None:
        super().__init__()
        self._port, self._dead = port, dead
        self._connect = socket.create_connection

    def __call__(self, address: tuple[str, int], timeout: float) -> socket.socket:
        self.append(address)
        if address[0] in self._dead:
            raise TimeoutError
        return self._connect(("127.0.0.1", self._port), timeout)


class Resolver:
    """Gives these answers in turn, and counts."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        return self.answers[len(self.asked) - 1]
