"""The headers that are ours, and the admin's own policy."""

from typing import Any

import pytest
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from newsroom.middleware import (
    DATA_POLICY,
    PERMISSIONS,
    PolicyMiddleware,
    SecurityHeadersMiddleware,
    StaffPolicyMiddleware,
)


def answer(middleware: type[Any], path: str = "/", **headers: str) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("x", headers=headers)
        if "editor" in path:
            response._csp_replace = {"img-src": ["x"]}  # type: ignore[attr-defined]
        return response

    response: HttpResponse = middleware(view)(RequestFactory().get(path))
    return response


def test_every_answer_has_our_headers() -> None:
    response = answer(SecurityHeadersMiddleware)
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Permissions-Policy"] == PERMISSIONS


def test_a_view_may_know_better() -> None:
    response = answer(SecurityHeadersMiddleware, **{"Cross-Origin-Resource-Policy": "cross-origin"})
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_admins_pages_have_the_admins_policy_and_no_other_page(settings: Settings) -> None:
    reader = answer(StaffPolicyMiddleware)
    assert not hasattr(reader, "_csp_replace")
    desk = answer(StaffPolicyMiddleware, "/admin/articles/")
    assert desk._csp_replace == settings.STAFF_CSP_CHANGES  # type: ignore[attr-defined]
    page = answer(StaffPolicyMiddleware, "/admin/editor/")
    assert page._csp_replace == {**settings.STAFF_CSP_CHANGES, "img-src": ["x"]}  # type: ignore[attr-defined]


def directives(policy: str) -> set[str]:
    return set(policy.split("; "))


def test_a_page_has_the_policy_that_django_csp_would_write() -> None:
    written = answer(PolicyMiddleware)["Content-Security-Policy"]
    assert directives(written) == directives(answer(CSPMiddleware)["Content-Security-Policy"])


def test_a_page_of_its_own_mind_has_its_policy() -> None:
    written = answer(PolicyMiddleware, "/editor/")["Content-Security-Policy"]
    assert "img-src x" in directives(written)
    own = {"Content-Security-Policy": "sandbox"}
    assert answer(PolicyMiddleware, **own)["Content-Security-Policy"] == "sandbox"


def test_data_may_load_nothing() -> None:
    response = answer(PolicyMiddleware, **{"Content-Type": "application/json"})
    assert response["Content-Security-Policy"] == DATA_POLICY
    assert "default-src 'none'" in DATA_POLICY


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/nothing-here/", "/livez", "/admin/login/", "/robots.txt"])
def test_every_page_has_the_headers_errors_included(path: str, reader: Client) -> None:
    response = reader.get(path)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    trusted = "require-trusted-types-for" in response["Content-Security-Policy"]
    assert trusted == (not path.startswith("/admin/"))


@pytest.mark.django_db
def test_no_header_of_a_request_gets_into_a_page(reader: Client) -> None:
    evil = {
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https",
        "x-original-url": "/admin/",
    }
    response = reader.get("/", headers=evil)
    assert b"evil.example" not in response.content
    assert "evil.example" not in str(response.headers)
    assert reader.get("/", headers={"host": "evil.example"}).status_code == 400
