"""Does a form come from our own pages? Asked without a token, for a page that caches share."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_same_origin(request: HttpRequest) -> bool:
    """True if the browser says so: Sec-Fetch-Site, else Origin, else (very old) Referer.

    Browsers send Sec-Fetch-Site on https and localhost only; a request with none of the three is
    refused.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin is None:
        origin = _origin_of(request.headers.get("Referer", ""))
    own = f"{request.scheme}://{request.get_host()}"
    return origin in {own, _origin_of(settings.SITE_URL)}


def _origin_of(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
