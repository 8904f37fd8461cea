"""The outbound HTTP door: what it asks and answers, redirects, the test settings."""

from collections.abc import Callable

import pytest
from pytest_django.fixtures import Settings

from newsroom.lib.http import Refused, Unreachable, get, lead
from tests.newsroom.http_tools import (
    HOSTS,
    YOUTUBE,
    Dialled,
    Resolver,
    no_look_up,
    reason_of,
    redirect,
)
from tests.provider_server import ProviderServer, Reply

# --- What it asks, what it gives back ---------------------------------------------------------


def test_it_asks_and_answers(provider: ProviderServer, settings: Settings) -> None:
    settings.EMBED_USER_AGENT = "Newsroom/0.1 (+https://news.example)"
    provider.answer(Reply(headers={"Content-Type": "application/json", "X-A": "1"}, body=b"{}"))

    answer = get(YOUTUBE + "#part", hosts=HOSTS)

    assert (answer.status, answer.url, answer.body) == (200, YOUTUBE + "#part", b"{}")
    assert answer.headers == {"content-type": "application/json", "x-a": "1", "content-length": "2"}
    (asked,) = provider.asked
    assert asked.target == "/oembed?url=x"
    assert asked.headers == {
        "host": "www.youtube.com",
        "user-agent": "Newsroom/0.1 (+https://news.example)",
        "accept": "application/json",
        "accept-encoding": "identity",
        "connection": "close",
    }


def test_it_asks_for_what_the_caller_accepts(provider: ProviderServer) -> None:
    get(f"{provider.origin}/photo.jpg", accept="image/*")

    assert provider.asked[0].headers["accept"] == "image/*"
    assert provider.asked[0].headers["host"] == provider.address


@pytest.mark.parametrize("status", [200, 204, 300, 304, 401, 404, 410, 429, 500, 503, 999])
def test_any_other_status_is_an_answer(provider: ProviderServer, status: int) -> None:
    provider.answer(Reply(status, {"Retry-After": "60"}))

    answer = get(YOUTUBE)

    assert (answer.status, answer.headers["retry-after"]) == (status, "60")


def test_it_joins_repeated_headers_and_unfolds_folded_ones(provider: ProviderServer) -> None:
    provider.answer(
        Reply(raw=lambda _stop: iter([b"HTTP/1.1 200 OK\r\nA: 1\r\nB: 2\r\n 3\r\na: 4\r\n\r\n{}"]))
    )

    answer = get(YOUTUBE)

    assert answer.headers == {"a": "1, 4", "b": "2 3"}
    assert answer.body == b"{}"


def test_it_keeps_no_cookie(provider: ProviderServer) -> None:
    provider.answer(Reply(headers={"Set-Cookie": "id=1"}))

    get(YOUTUBE)
    get(YOUTUBE)

    assert "cookie" not in provider.asked[1].headers


# --- Redirects --------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_it_follows_three_redirects(provider: ProviderServer, status: int) -> None:
    provider.answer_at("/oembed", redirect("/a", status))
    provider.answer_at("/a", redirect("https://www.youtube.com/b?c#d", status))
    provider.answer_at("/b", redirect("é", status))
    provider.answer(Reply(body=b"there"))

    answer = get(YOUTUBE, hosts=HOSTS)

    assert (answer.url, answer.body) == ("https://www.youtube.com/%C3%A9", b"there")
    assert [asked.target for asked in provider.asked] == ["/oembed?url=x", "/a", "/b?c", "/%C3%A9"]


def test_it_reads_no_body_that_nobody_wants(provider: ProviderServer) -> None:
    provider.answer(Reply(200, {"Content-Length": "9999999"}, b"a part of it"))
    answer = get(f"{provider.origin}/", max_bytes=0)
    assert (answer.status, answer.body) == (200, b"")


def test_it_says_where_an_address_leads_and_does_not_go_there(provider: ProviderServer) -> None:
    hosts = frozenset({"127.0.0.1"})
    provider.answer_at("/short", Reply(302, {"Location": "/post?utm=1"}))
    assert lead(f"{provider.origin}/short", hosts=hosts) == (302, f"{provider.origin}/post?utm=1")
    assert len(provider.asked) == 1
    assert provider.asked[0].headers["accept"] == "text/html"
    provider.answer_at("/page", Reply(200, {}, b"x" * 1_000_000))
    assert lead(f"{provider.origin}/page", hosts=hosts) == (200, "")
    with pytest.raises(Refused, match="on a host"):
        lead(f"{provider.origin}/short", hosts=frozenset({"vm.tiktok.com"}))


def test_it_refuses_a_fourth_redirect(provider: ProviderServer) -> None:
    provider.answer(redirect("SELF"))

    assert reason_of(kind=Refused) == "too-many-redirects"
    assert len(provider.asked) == 4


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "redirect-downgrade"),
        ("https://169.254.169.254/latest/meta-data/", "not-public-address"),
        ("//127.0.0.1/", "not-public-address"),
        ("//localhost/", "not-public-name"),
        ("http://www.youtube.com/", "redirect-downgrade"),
        ("HTTP://www.youtube.com/", "redirect-downgrade"),
        ("file:///etc/passwd", "not-http"),
        ("gopher://127.0.0.1:6379/_x", "not-http"),
        ("https://www.youtube.com:6379/", "bad-port"),
        ("https://www.youtube.com@127.0.0.1/", "userinfo"),
        ("https://www.youtube.com\\@127.0.0.1/", "forbidden-character"),
        ("https://127.0.0.1\t/", "forbidden-character"),
        ("https://[::1/", "bad-host"),
        ("https://éxample.com/", "bad-host"),
        ("", "redirect-nowhere"),
    ],
)
def test_it_judges_each_redirect(provider: ProviderServer, location: str, reason: str) -> None:
    provider.answer(redirect(location))

    assert reason_of(kind=Refused, resolve=no_look_up) == reason
    assert len(provider.asked) == 1


def test_it_refuses_a_redirect_without_a_location(provider: ProviderServer) -> None:
    provider.answer(Reply(302))

    assert reason_of(kind=Refused) == "redirect-nowhere"


def test_it_refuses_a_redirect_to_a_host_off_the_list(provider: ProviderServer) -> None:
    provider.answer(redirect("https://example.com/"))

    assert reason_of(kind=Refused, hosts=HOSTS, resolve=no_look_up) == "host-not-allowed"


def test_it_refuses_a_host_off_the_list() -> None:
    url = "https://www.youtube.com.example.com/"

    assert reason_of(url, kind=Refused, hosts=HOSTS, resolve=no_look_up) == "host-not-allowed"


def test_it_may_go_from_http_to_https(provider: ProviderServer) -> None:
    provider.answer_at("/old", redirect("https://www.youtube.com/new"))
    provider.answer_at("/new", Reply(body=b"there"))

    assert get("http://www.youtube.com/old").body == b"there"


# --- The test-only door -----------------------------------------------------------------------


def test_loopback_is_refused_without_the_test_setting(settings: Settings) -> None:
    settings.HTTP_TEST_ADDRESSES = ["127.0.0.1:8001"]

    assert reason_of("http://127.0.0.1:8002/", kind=Refused) == "bad-port"
    assert reason_of("http://127.0.0.1/", kind=Refused) == "not-public-address"
    assert reason_of("https://127.0.0.1:8001/", kind=Refused) == "bad-port"
    assert reason_of("http://127.0.0.2:8001/", kind=Refused) == "bad-port"


@pytest.mark.parametrize("peer", ["10.0.0.1:80", "93.184.216.34:80", "localhost:80", "[::1]:80"])
def test_the_test_settings_reach_nothing_but_loopback(
    settings: Settings, dial: Callable[..., Dialled], peer: str
) -> None:
    settings.HTTP_TEST_ADDRESSES = [peer]
    settings.HTTP_TEST_ROUTES = {"provider.example.com": peer}
    dialled = dial(1)

    assert reason_of("http://10.0.0.1/", kind=Refused) == "not-public-address"
    assert reason_of("http://[::1]/", kind=Refused) == "not-public-address"
    url = "https://provider.example.com/"
    assert reason_of(url, kind=Unreachable, resolve=Resolver([])) == "dns"
    assert dialled == []


def test_the_test_settings_are_loud(
    provider: ProviderServer, caplog: pytest.LogCaptureFixture
) -> None:
    get(YOUTUBE)

    assert f"www.youtube.com is played by {provider.address}" in caplog.text


def test_the_product_has_no_test_setting_on() -> None:
    from newsroom import settings as product

    assert product.HTTP_TEST_ADDRESSES == []
    assert not hasattr(product, "HTTP_TEST_ROUTES")
