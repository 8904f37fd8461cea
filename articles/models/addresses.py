"""Addresses of rows, without resolving the same one twice."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse

# A front page names some 60 addresses, most of them again in the next list.
KEPT = 4_096


def path_of(view: str, slug: str) -> str:
    """The path of the page of `view` ("articles:tag") that this slug names."""
    return _path_of(view, slug, get_script_prefix())


def absolute(path: str) -> str:
    """An absolute URL of ours. Never from the request's Host header."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"


@lru_cache(KEPT)
def _path_of(view: str, slug: str, prefix: str) -> str:
    return reverse(view, args=[slug])
