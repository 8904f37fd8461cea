"""What a line of an access log says; pure."""

from datetime import UTC, datetime

import pytest

from reactions.page_views.lines import Line, digest, is_bot, read
from tests.reactions.page_views.log_lines import FIREFOX, caddy, combined

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def line(text: str) -> Line:
    found = read(text.encode())
    assert found is not None
    return found


@pytest.mark.parametrize("text", [combined(), caddy()], ids=["combined", "caddy"])
def test_both_formats_say_the_same(text: str) -> None:
    found = line(text)
    assert (found.at, found.method, found.target) == (AT, "GET", "/story/a/")
    assert (found.status, found.agent, found.is_ahead) == (200, FIREFOX, False)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (combined(when="04/Mar/2026:00:06:07 -0500"), AT),
        (combined(when="04/Mar/2026:10:36:07 +0530"), AT),
        (combined(when="01/Jan/2027:00:30:00 +0100"), datetime(2026, 12, 31, 23, 30, tzinfo=UTC)),
        (caddy(ts="2026-03-04T06:06:07.123+01:00"), AT),
    ],
    ids=["west", "half an hour", "another year", "ISO 8601"],
)
def test_times_are_utc(text: str, at: datetime) -> None:
    assert line(text).at == at


@pytest.mark.parametrize(
    "text",
    [
        combined(rest=' "prefetch;prerender"'),
        combined(rest=' 0.004 "-" "prefetch"'),
        caddy(purpose="prefetch"),
    ],
    ids=["a field more", "several fields", "caddy"],
)
def test_what_a_browser_fetched_ahead_is_known(text: str) -> None:
    assert line(text).is_ahead


def test_a_format_with_more_fields_is_read_as_well() -> None:
    assert not line(combined(rest=' "198.51.100.7" 0.001')).is_ahead
    assert line(combined(agent='A \\"quoted\\" agent')).agent == 'A \\"quoted\\" agent'


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "{", "{}", "[]\n", "\0\0\0\0", "hello\n", '{"request": 5, "ts": 1}',
        '{"request": {"headers": []}, "ts": 1}', '{"level":"info","msg":"started"}',
        combined()[:60], combined(when="04/Mär/2026:05:06:07 +0000"),
        combined(when="31/Feb/2026:05:06:07 +0000"), caddy(ts=1e30), caddy()[:-9], "[" * 100_000,
        "{" + '"a":[' * 50_000,
    ],
    ids=range(17),
)  # fmt: skip
def test_what_is_in_no_format_is_nothing(text: str) -> None:
    assert read(text.encode()) is None


def test_a_request_that_was_none_is_no_bad_line() -> None:
    found = line(r'203.0.113.9 - - [04/Mar/2026:05:06:07 +0000] "\x16\x03\x01" 400 150 "-" "-"')
    assert (found.method, found.target, found.status) == (r"\x16\x03\x01", "", 400)


def test_a_digest_knows_a_line_by_nothing_personal() -> None:
    mine = digest(combined().encode())
    assert len(mine) == 32
    assert digest(combined(address="198.51.100.7", agent="Other").encode()) == mine
    others = [combined(size=5121), combined("/story/b/"), combined(when=WHEN_NEXT), "broken"]
    assert mine not in {digest(other.encode()) for other in others}
    assert digest(combined().encode(), "web2") != mine


WHEN_NEXT = "04/Mar/2026:05:06:08 +0000"


@pytest.mark.parametrize(
    "agent",
    [
        "-", "", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0)", "Twitterbot/1.0", "curl/8.5.0", "Wget/1.21",
        "python-requests/2.32", "Go-http-client/2.0", "facebookexternalhit/1.1", "Feedly/1.0",
        "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0 Safari/537.36", "UptimeRobot/2.0",
        "Mozilla/5.0 (compatible; archive.org_bot)", "SCRAPY/2.11", "Baiduspider",
    ],
)  # fmt: skip
def test_programs_that_say_so_are_bots(agent: str) -> None:
    assert is_bot(agent)


@pytest.mark.parametrize(
    "agent",
    [
        FIREFOX,
        "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/120.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 [FBAN/FBIOS]",
    ],
    ids=["Firefox", "a phone called Cubot", "Facebook's own browser"],
)
def test_browsers_are_not(agent: str) -> None:
    assert not is_bot(agent)
