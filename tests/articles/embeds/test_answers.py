"""What a provider's HTTP answer means."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from articles.embeds.answers import Outcome, interpret, retry_after_seconds
from articles.embeds.providers import by_slug, match_text
from articles.embeds.render import card_for, render_card
from tests.cases import load_jsonl

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
JSON = {"Content-Type": "application/json"}
# The network's part of the cases (hangs, bombs, resets) is newsroom.lib.http's.
CASES = [
    case
    for case in load_jsonl("embeds/provider_answers.jsonl")
    if case["body_gen"] is None or {"object_keys", "json"} & case["body_gen"].keys()
]
STATES = {
    "card": "ok",
    "card_without_html": "ok",
    "fallback": "degraded",
    "retry": "retry",
    "gone": "gone",
}


def asked(status: int, headers: dict[str, str] | None = None, body: bytes = b"") -> Outcome:
    return interpret(status, headers or JSON, body=body, provider=by_slug("youtube"), now=NOW)


def body_of(case: dict[str, Any]) -> bytes:
    made = case["body_gen"]
    if made is None:
        return (case["body"] or "").encode("utf-8", "surrogatepass")
    if "object_keys" in made:
        return json.dumps({str(n): n for n in range(made["object_keys"])}).encode()
    return bytes.fromhex(made.get("prefix_hex", "")) + json.dumps(made["json"]).encode()


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_hostile_answers_do_no_harm(case: dict[str, Any]) -> None:
    outcome = asked(case["status"], case["headers"], body_of(case))
    assert outcome.state == STATES[case["expect"]]
    assert (outcome.facts is not None) == (outcome.state == "ok")
    assert bool(outcome.reason) == (outcome.state != "ok")
    state = "degraded" if outcome.state == "retry" else outcome.state
    card = card_for(match_text(case["url"]), state, site_host="news.example", facts=outcome.facts)
    html = render_card(card)
    html.encode()
    assert not [text for text in case["page_must_not_contain"] if text in html]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "ok"),
        (201, "degraded"),
        (204, "degraded"),
        (302, "degraded"),
        (304, "degraded"),
        (400, "degraded"),
        (401, "gone"),
        (403, "gone"),
        (404, "gone"),
        (408, "retry"),
        (410, "gone"),
        (418, "degraded"),
        (425, "retry"),
        (429, "retry"),
        (451, "gone"),
        (500, "retry"),
        (503, "retry"),
        (599, "retry"),
        (600, "degraded"),
        (999, "degraded"),
    ],
)
def test_a_status_is_for_good_or_for_now(status: int, state: str) -> None:
    assert asked(status, body=b'{"type":"video"}').state == state


def test_a_web_page_in_place_of_an_answer_is_tried_again() -> None:
    assert asked(200, {"content-TYPE": "text/html; charset=utf-8"}, b"<html>").state == "retry"
    assert asked(200, {"content-type": "text/xml"}, b"<oembed/>").state == "degraded"
    assert asked(200, {"content-type": "text/html"}, b'{"type":"link"}').state == "ok"
    assert asked(200, {"x": "y"}, b'{"type":"link"}').state == "ok"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("60", 60),
        (" 60 ", 60),
        ("0", 30),
        ("1000000000000", 86_400),
        ("Tue, 01 Jan 2030 12:10:00 GMT", 600),
        ("Tue, 01 Jan 2030 12:10:00 -0000", 600),
        ("Tue, 01 Jan 2019 12:10:00 GMT", 30),
        ("Wed, 21 Oct 2099 07:28:00 GMT", 86_400),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("9" * 5_000, None),
        ("Tue, 01 Jan 999999 12:10:00 GMT", None),
    ],
)
def test_a_wait_is_between_half_a_minute_and_a_day(value: str, seconds: int | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


def test_a_busy_provider_says_when_to_come_back() -> None:
    assert asked(429, {"Retry-After": "120"}).retry_after_seconds == 120
    assert asked(503, {"retry-after": "120"}).retry_after_seconds == 120
    assert asked(404, {"Retry-After": "120"}).retry_after_seconds is None


def test_the_clock_counts_where_no_time_is_given() -> None:
    headers = {"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"}
    outcome = interpret(429, headers, body=b"", provider=by_slug("x"))
    assert outcome.retry_after_seconds == 86_400


def test_an_outcome_without_an_answer_says_why() -> None:
    assert Outcome.none("no such provider") == Outcome("degraded", reason="no such provider")
