"""Headers that Django and django-csp don't set, or take their time to."""

from collections.abc import Callable
from functools import cache, cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

GetResponse = Callable[[HttpRequest], HttpResponse]
DATA_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
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


class PolicyMiddleware(CSPMiddleware):
    """django-csp's Content-Security-Policy, written once and not for each answer, which took a
    sixth of the time of a small one. Data is no page: it loads nothing.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if HEADER in response or any(name.startswith("_csp_") for name in vars(response)):
            return super().process_response(request, response)
        is_data = response.get("Content-Type", "").startswith("application/json")
        response[HEADER] = DATA_POLICY if is_data else self._pages
        return response

    @cached_property
    def _pages(self) -> str:
        return build_policy()


class StaffPolicyMiddleware:
    """The admin's own Content-Security-Policy: strict, but for what its stock scripts need.

    Must stand after django-csp's middleware, which reads the mark that this one leaves.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(_desk()):
            page = getattr(response, "_csp_replace", {})
            response._csp_replace = {**settings.STAFF_CSP_CHANGES, **page}  # type: ignore[attr-defined]
        return response


@cache
def _desk() -> str:
    return reverse("admin:index")
