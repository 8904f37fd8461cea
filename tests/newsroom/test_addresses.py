"""Which URLs and addresses our fetcher may ask for."""

from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsroom.lib.addresses import (
    REASONS,
    URL_MAX_CHARS,
    UrlFormError,
    WebAddress,
    is_public,
    judge_url,
    split_url,
)
from tests.cases import load_jsonl

PUBLIC = "93.184.216.34"


def test_it_judges_the_shared_urls() -> None:
    wrong = [
        (case["id"], case["note"], verdict.reason)
        for case in load_jsonl("urls/cases.jsonl")
        if (verdict := judge_url(case["url"], resolves_to=case.get("resolves_to"))).allow
        != case["allow"]
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/oembed?url=https%3A%2F%2Fx.com%2Fa%2Fstatus%2F1&format=json#top",
        "HTTPS://Example.COM",
        "https://example.com?x=1",
        "https://example.com./",
        "https://xn--mnchen-3ya.example.com/",
        "https://my_host.example.com/",
        "http://example.com:80/",
        "https://1.1.1.1/",
        "https://[2606:4700:4700::1111]/",
        "https://[2606:4700:4700::1111]:443/",
        "https://example.com/wp-content/uploads/фото.jpg",
        "https://example.com/100%-cotton",
        "https://a.photo/",
        "https://example.com/" + "a" * 2000,
    ],
)
def test_it_allows_ordinary_urls(url: str) -> None:
    assert judge_url(url).reason == "ok"
    assert judge_url(url, resolves_to=[PUBLIC]).allow


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "not-http"),
        ("//example.com/", "not-http"),
        ("http:///example.com/", "not-http"),
        ("http:/example.com/", "not-http"),
        ("view-source:http://example.com/", "not-http"),
        (" http://example.com/", "forbidden-character"),
        ("http://example.com/\t", "forbidden-character"),
        ("http://example.com/a b", "forbidden-character"),
        ("http://example.com/\u3000", "forbidden-character"),
        ("http://exam\u200bple.com/", "forbidden-character"),
        ("http://exam\u00adple.com/", "forbidden-character"),
        ("http://example.com/\u202egpj.exe", "forbidden-character"),
        ("http://example.com/\ud800", "forbidden-character"),
        ("https://example.com\\@127.0.0.1/", "forbidden-character"),
        ("http://example.com/%0d%0aX-Injected:%201", "forbidden-character"),
        ("http://example.com/%00", "forbidden-character"),
        ("http://user:secret@example.com/", "userinfo"),
        ("http://@example.com/", "userinfo"),
        ("http://example.com;@127.0.0.1/", "userinfo"),
        ("http://example.com#@127.0.0.1/", "userinfo"),
        ("http://example.com?@127.0.0.1/", "userinfo"),
        ("http://:80/", "bad-host"),
        ("http://./", "bad-host"),
        ("http://.example.com/", "bad-host"),
        ("http://example.com../", "bad-host"),
        ("http://-a.example.com/", "bad-host"),
        ("http://a-.example.com/", "bad-host"),
        ("http://exa$mple.com/", "bad-host"),
        ("http://example.com%2f@evil/", "userinfo"),
        ("http://example.com%2fevil.example.net/", "bad-host"),
        (f"http://{'a' * 64}.com/", "bad-host"),
        ("http://例え.jp/", "bad-host"),
        ("http://ｅxample.com/", "bad-host"),
        ("http://example。com/", "bad-host"),
        ("http://[::1/", "bad-host"),
        ("http://::1]/", "bad-host"),
        ("http://[]/", "bad-host"),
        ("http://[::1].example.com/", "bad-host"),
        ("http://[1.2.3.4]/", "bad-host"),
        ("http://example.com:/", "bad-port"),
        ("http://example.com:8080/", "bad-port"),
        ("http://example.com:0/", "bad-port"),
        ("http://example.com:080/", "bad-port"),
        ("http://example.com:+80/", "bad-port"),
        ("http://example.com:٨٠/", "bad-port"),
        ("http://example.com:80:80/", "bad-port"),
        ("http://127.1/", "ambiguous-number"),
        ("http://2130706433/", "ambiguous-number"),
        ("http://0x/", "ambiguous-number"),
        ("http://1.2.3.4.5/", "ambiguous-number"),
        ("http://256.1.1.1/", "ambiguous-number"),
        ("http://example.0x7f/", "ambiguous-number"),
        ("http://127.0.0.1./", "not-public-address"),
        ("http://10.0.0.1/", "not-public-address"),
        ("http://[::ffff:8.8.8.8]/", "not-public-address"),
        ("http://[2606:4700::1%25eth0]/", "not-public-address"),
        ("http://localhost./", "not-public-name"),
        ("http://a.localhost/", "not-public-name"),
        ("http://router.home.arpa/", "not-public-name"),
        ("http://nas.local/", "not-public-name"),
        ("http://db.cluster.local/", "not-public-name"),
        ("http://evil.example/", "not-public-name"),
        ("http://metadata/", "not-public-name"),
        ("http://metadata.goog/computeMetadata/v1/", "not-public-name"),
        ("http://db.service.consul/", "not-public-name"),
        ("https://example.com/" + "a" * URL_MAX_CHARS, "too-long"),
    ],
)
def test_it_says_why_a_url_is_refused(url: str, reason: str) -> None:
    verdict = judge_url(url, resolves_to=[PUBLIC])

    assert (verdict.allow, verdict.reason) == (False, reason)
    assert verdict.text == REASONS[reason]


@pytest.mark.parametrize(
    ("addresses", "reason"),
    [
        ([], "no-address"),
        (["not an address"], "bad-address"),
        (["0177.0.0.1"], "bad-address"),
        ([PUBLIC, "10.0.0.1"], "not-public-address"),
        ([PUBLIC, "2606:4700::1"], "ok"),
        ([PUBLIC] * 100, "ok"),
    ],
)
def test_every_address_of_a_name_is_judged(addresses: list[str], reason: str) -> None:
    assert judge_url("https://example.com/", resolves_to=addresses).reason == reason


def test_a_literal_address_is_judged_whatever_it_is_said_to_resolve_to() -> None:
    assert not judge_url("http://127.0.0.1/", resolves_to=[PUBLIC]).allow


@pytest.mark.parametrize(
    "address",
    """
    0.0.0.0 0.1.2.3 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254
    168.63.129.16 169.254.169.254 172.16.0.0 172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1
    192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.7 224.0.0.1 239.1.2.3
    240.0.0.1 255.255.255.255
    :: ::1 ::7f00:1 ::ffff:1.1.1.1 ::ffff:127.0.0.1 64:ff9b::101:101 64:ff9b:1::1 100::1
    2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:db8::1
    2002:101:101::1 3ffe::1 3fff::1 5f00::1 fc00::1 fd12::1 fe80::1 fe80::1%eth0 2606:4700::1%1
    fec0::1 ff02::1 ff0e::1 4000::1
    """.split(),  # noqa: SIM905 - a table
)
def test_it_knows_no_public_address_here(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    """
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 93.184.216.34 100.63.255.255 100.128.0.0 126.1.1.1
    128.0.0.1 168.63.129.15 169.253.1.1 172.15.1.1 172.32.0.1 192.0.1.1 192.167.1.1 198.17.1.1
    198.20.0.1 203.0.114.1 223.255.255.255
    2001:200::1 2001:4860:4860::8888 2003::1 2400:cb00::1 2606:4700:4700::1111 2a00:1450::1
    2c0f:fb50::1
    """.split(),  # noqa: SIM905 - a table
)
def test_it_knows_the_public_addresses(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://A.Example.com.", WebAddress("https", "a.example.com", 443, "/")),
        ("http://a.com?b=c#d", WebAddress("http", "a.com", 80, "/?b=c")),
        (
            "https://a.com/é%20<x>?ü=%41",
            WebAddress("https", "a.com", 443, "/%C3%A9%20%3Cx%3E?%C3%BC=%41"),
        ),
        ("https://[2606:4700:0:0::1]:443/", WebAddress("https", "2606:4700::1", 443, "/")),
        ("http://127.0.0.1:8001/x", WebAddress("http", "127.0.0.1", 8001, "/x")),
    ],
)
def test_it_takes_a_url_apart(url: str, address: WebAddress) -> None:
    assert split_url(url) == address


URL_PIECES = st.sampled_from(
    [
        *["http", "https", "://", "//", "0x", "0177", "127", "::1", "ffff", "example", "com", ".."],
        *["localhost", "xn--a", "%00", "%2e"],
        *":@/\\?#[].-_%10\u3002\u2460\u0660\uff0e\n\0\ud800",
    ]
)


@given(st.one_of(st.text(), st.lists(URL_PIECES).map("".join)), st.lists(st.text()))
@example("http://[", [])
def test_it_never_raises(url: str, addresses: list[str]) -> None:
    assert judge_url(url).reason in REASONS
    assert judge_url(url, resolves_to=addresses).reason in REASONS


@given(st.lists(URL_PIECES).map("".join).map("http://{}".format))
def test_what_it_takes_apart_is_plain_ascii(url: str) -> None:
    try:
        address = split_url(url)
    except UrlFormError:
        return
    assert (address.host + address.target).isascii()
    assert address.target.startswith("/")
    assert address.host
    assert not set(address.host) & set("/?#@[]\\ %")


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_never_public_when_embedded_in_ipv6(address: Any) -> None:
    number = int(address)
    for prefix in (0, 0xFFFF << 32, 0x64FF9B << 96, 0x2002 << 112):
        shift = 80 if prefix >> 112 == 0x2002 else 0
        assert not is_public(
            ip_address(prefix | number << shift) if prefix else ip_address(f"::{address}")
        )
