"""What is read as an address, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.embeds.providers import PROVIDERS, match_text
from articles.embeds.url import MAX_URL_CHARS, read_url

PLAIN = "https://www.youtube.com/watch?v=aB3_-xYz012"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        f" \n\t{PLAIN}\r\n",
        f"\u200b\ufeff{PLAIN}\u2060",
        f"\xa0{PLAIN}\u202f",
        f'"{PLAIN}"',
        f"\u201c{PLAIN}\u201d",
        f"\u00ab{PLAIN}\u00bb",
        f"({PLAIN}).",
        f"[{PLAIN}]",
        f"<{PLAIN}>",
        f"{PLAIN}!?\u2026;",
        PLAIN.replace("https:", "http:"),
        PLAIN.replace("https:", ""),
        PLAIN.replace("https", "HtTpS"),
        PLAIN.replace("www.youtube.com", "WWW.YouTube.com"),
        PLAIN.replace("youtube.com", "youtube.com:443"),
        PLAIN.replace("/watch", "//watch"),
        PLAIN.replace("xYz", "x\u200bYz"),
    ],
)
def test_it_reads_one_address_without_the_debris(text: str) -> None:
    url = read_url(text)
    assert url is not None
    assert (url.host, url.path, url.param("v")) == ("www.youtube.com", ("watch",), "aB3_-xYz012")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "words",
        "www.youtube.com/watch?v=aB3_-xYz012",
        "ftp://www.youtube.com/",
        "javascript://www.youtube.com/%0aalert(1)",
        "data:text/html,x",
        "https:/www.youtube.com/",
        "https:///www.youtube.com/",
        "https://user@www.youtube.com/",
        "https://user:pw@www.youtube.com/",
        "https://www.youtube.com@evil.example/",
        "https://www.youtube.com\\@evil.example/",
        "https://www.youtube.com/a\\b",
        "https://www.youtube.com/a b",
        "https://www.youtube.com/a\tb",
        "https://www.youtube.com/a\x00b",
        "https://www.youtube.com/a\u2028b",
        'https://www.youtube.com/a"b',
        "https://www.you%74ube.com/",
        "https://www.yout\u00fcbe.com/",
        "https://www.you\u200btube.com/",
        "https://www\u3002youtube.com/",
        "https://www.youtube.com./",
        "https://www..youtube.com/",
        "https://.youtube.com/",
        "https://localhost/",
        "https://[::1]/",
        "https://www.youtube.com:8080/",
        "https://www.youtube.com:/",
        "https://www.youtube.com:0443/",
        "https://www.youtube.com/a/../b",
        "https://www.youtube.com/%2e%2e/b",
        f"https://{'a' * 64}.example/",
        f"https://{'a.' * 130}example/",
        "https://a.example/?" + "&".join(["a=b"] * 101),
        "https://a.example/" + "a" * MAX_URL_CHARS,
        "https://a.example/" + " " * 3 * MAX_URL_CHARS,
    ],
)
def test_it_refuses_everything_else(text: str) -> None:
    assert read_url(text) is None


def test_it_decodes_entities_once_where_no_parser_has() -> None:
    assert read_url("https://a.example/?a=1&amp;b=2", entities=True).param("b") == "2"
    assert read_url("https://a.example/?a=1&#038;b=2", entities=True).param("b") == "2"
    assert read_url("https://a.example/?a=1&amp;amp;b=2", entities=True).param("b") == ""
    assert read_url("https://a.example/?a=1&amp;b=2").param("b") == ""


def test_it_keeps_a_closing_bracket_that_the_address_opens() -> None:
    assert read_url("https://a.example/x_(y)").source == "https://a.example/x_(y)"
    assert read_url("(https://a.example/x)").source == "https://a.example/x"


def test_it_decodes_path_segments_but_never_into_two() -> None:
    assert read_url("https://a.example/%40b/%2Fc/%0Ad").path == ("@b", "%2Fc", "%0Ad")


def test_it_keeps_the_source_and_names_the_page_by_https() -> None:
    url = read_url("http://A.example/B?c=d#e")
    assert (url.source, url.page, url.fragment) == (
        "http://a.example/B?c=d#e",
        "https://a.example/B",
        "e",
    )


def test_the_first_value_that_is_not_empty_counts() -> None:
    url = read_url("https://a.example/?a=&b=1&b=2&a=3")
    assert url.param("a", "b") == "3"
    assert url.param("c", "b") == "1"
    assert url.param("c") == ""


@given(st.text(max_size=300))
def test_any_text_is_an_address_or_none(text: str) -> None:
    url = read_url(text)
    assert url is None or read_url(url.source) == url


HOSTS = sorted({host for provider in PROVIDERS for host in provider.hosts})
PATHS = ("/watch?v=aB3_-xYz012", "/p/C-abc_123-/", "/a/status/20", "/a/posts/1", "/t/ZTabc123/")


@given(
    st.sampled_from(HOSTS),
    st.sampled_from(PATHS),
    st.text("abcxyz0.-_@:%\\\u0430\u200b", min_size=1, max_size=12),
    st.sampled_from(("{0}{1}", "{1}{0}", "{0}.{1}", "{1}@{0}", "{1}.{0}", "{1}-{0}", "{0}@{1}")),
)
def test_a_look_alike_host_is_never_a_providers(host: str, path: str, salt: str, form: str) -> None:
    authority = form.format(host, salt)
    url = read_url(f"https://{authority}{path}")
    if url is not None and url.host not in HOSTS:
        assert match_text(f"https://{authority}{path}") is None
    if "@" in authority:
        assert url is None
