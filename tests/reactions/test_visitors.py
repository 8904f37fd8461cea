import time

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from reactions import visitors
from reactions.visitors import Visitor

NOW = int(time.time())
OLD_KEY = "o" * 50
ids = st.integers(min_value=1, max_value=2**63 - 1)


def asking(value: str, *, name: str = "visitor") -> HttpRequest:
    request = RequestFactory().get("/")
    request.COOKIES[name] = value
    return request


@given(ids)
def test_what_is_signed_is_read(number: int) -> None:
    visitor = Visitor(id=number, issued_at=NOW)
    assert visitors.read(visitors.sign(visitor)) == visitor


def test_minted_ids_fit_63_bits_and_differ() -> None:
    minted = {visitors.mint().id for _ in range(100)}
    assert len(minted) == 100
    assert all(0 < number < 2**63 for number in minted)


def test_an_id_of_zero_is_never_minted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.randbits", lambda bits: 0)
    assert visitors.mint().id == 1


def test_any_changed_character_is_refused() -> None:
    value = visitors.sign(Visitor(id=7, issued_at=NOW))
    for place, old in enumerate(value):
        new = "A" if old != "A" else "B"
        assert visitors.read(value[:place] + new + value[place + 1 :]) is None


@given(st.text(max_size=80))
def test_nothing_else_is_read(value: str) -> None:
    assert visitors.read(value) is None


@pytest.mark.parametrize("value", ["", "..", "a.b.c", "a.!.c", "a.bb.c", "é.é.é", "a.b.c.d"])
def test_damaged_values_are_refused(value: str) -> None:
    assert visitors.read(value) is None


def test_another_sites_signature_is_refused() -> None:
    with override_settings(SECRET_KEY="x" * 50):
        value = visitors.sign(Visitor(id=7, issued_at=NOW))
    assert visitors.read(value) is None


def test_a_cookie_of_the_last_key_is_still_read() -> None:
    with override_settings(SECRET_KEY=OLD_KEY):
        value = visitors.sign(Visitor(id=7, issued_at=NOW))
    with override_settings(SECRET_KEY_FALLBACKS=[OLD_KEY]):
        assert visitors.read(value) == Visitor(id=7, issued_at=NOW)
        assert visitors.sign(Visitor(id=7, issued_at=NOW)).split(".")[0] != value.split(".")[0]


def test_a_cookie_dies_after_a_year() -> None:
    year = visitors.COOKIE_MAX_AGE_SECONDS
    assert visitors.read(visitors.sign(Visitor(id=7, issued_at=NOW - year + 86_400))) is not None
    assert visitors.read(visitors.sign(Visitor(id=7, issued_at=NOW - year - 86_400))) is None


def test_the_request_names_its_visitor() -> None:
    visitor = Visitor(id=7, issued_at=NOW)
    assert visitors.visitor_of(asking(visitors.sign(visitor))) == visitor
    assert visitors.visitor_of(RequestFactory().get("/")) is None


@pytest.mark.parametrize(("https", "name"), [(False, "visitor"), (True, "__Host-visitor")])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(https: bool, name: str) -> None:
    response = HttpResponse()
    with override_settings(HTTPS=https):
        visitors.remember(response, Visitor(id=7, issued_at=NOW))
    cookie = response.cookies[name]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert bool(cookie["secure"]) is https
    assert cookie["path"] == "/"
    assert cookie["domain"] == ""
    assert cookie["max-age"] == visitors.COOKIE_MAX_AGE_SECONDS


def test_over_https_the_unprefixed_name_counts_for_nothing() -> None:
    value = visitors.sign(Visitor(id=7, issued_at=NOW))
    with override_settings(HTTPS=True):
        assert visitors.visitor_of(asking(value)) is None
        assert visitors.visitor_of(asking(value, name="__Host-visitor")) is not None
