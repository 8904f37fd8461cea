"""The relaxations CKEditor 4 needs, on the pages that carry it and nowhere else.

Measured: inline handlers on its toolbar buttons and inline styles; no eval, no inline script
(as long as `divarea` replaces the iframe area).
"""

from django.http import HttpResponse

EDITOR_POLICY: dict[str, list[str]] = {
    "script-src-attr": ["'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}


def editor_page(response: HttpResponse) -> HttpResponse:
    """Mark a response as a page with the editor on it. Redirects and errors stay strict."""
    if response.status_code == 200:
        # What django-csp's csp_replace decorator sets; the admin's view is no place for a decorator.
        response._csp_replace = EDITOR_POLICY  # type: ignore[attr-defined]
    return response


def frames_our_pages(response: HttpResponse) -> HttpResponse:
    """Mark a response as a page with a frame of ours in it."""
    response._csp_replace = {"frame-src": ["'self'"]}  # type: ignore[attr-defined]
    return response


def framed_by_us(response: HttpResponse) -> HttpResponse:
    """Mark a response as a page that may stand in such a frame."""
    response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
