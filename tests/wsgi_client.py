"""A client that speaks WSGI, to whatever stands in front of Django."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.test import RequestFactory


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(
    application: Callable[..., Iterable[bytes]], url: str, method: str = "GET", **headers: str
) -> Answer:
    """One request; header names as keywords (`if_none_match`). Sent as localhost's."""
    parts = urlsplit(url)
    environ: dict[str, Any] = RequestFactory().generic(method, "/").environ
    environ |= {"HTTP_HOST": "localhost", "SERVER_NAME": "localhost", "SERVER_PORT": "8000"}
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    environ["PATH_INFO"] = unquote_to_bytes(parts.path).decode("latin-1")
    environ["QUERY_STRING"] = parts.query
    said: list[tuple[str, list[tuple[str, str]]]] = []
    body = application(environ, lambda status, headers, *_: said.append((status, list(headers))))
    content = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    status, pairs = said[-1]
    return Answer(int(status[:3]), dict(pairs), content)
