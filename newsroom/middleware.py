"""Headers that Django and django-csp don't set."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

GetResponse = Callable[[HttpRequest], HttpResponse]
PERMISSIONS = "camera=(), microphone=(), geolocation=(), browsing-topics=()"


class SecurityHeadersMiddleware:
    """Cross-Origin-Resource-Policy and Permissions-Policy, unless the view has set its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class StaffPolicyMiddleware:
    """The admin's own Content-Security-Policy: strict, but for what its stock scripts need.

    Must stand after django-csp's middleware, which reads the mark that this one leaves.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(reverse("admin:index")):
            page = getattr(response, "_csp_replace", {})
            response._csp_replace = {**settings.STAFF_CSP_CHANGES, **page}  # type: ignore[attr-defined]
        return response
