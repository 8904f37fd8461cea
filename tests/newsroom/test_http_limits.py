"""Hostile and broken answers at the outbound HTTP door, from a loopback server."""

import gzip
import tracemalloc
import zlib
from typing import Any

import pytest

from newsroom.lib import wire
from newsroom.lib.http import FetchError, Refused, Unreachable, get
from newsroom.lib.wire import Deadline
from tests.cases import load_jsonl
from tests.newsroom.http_tools import (
    HOSTS,
    PATIENCE_SECONDS,
    SOON_SECONDS,
    YOUTUBE,
    reason_of,
    redirect,
)
from tests.provider_server import ProviderServer, Reply, drip, endless_chunks, hang, reply_for

REFUSED_CASES = {
    "gzip bomb": "too-large",
    "endless chunked": "too-large",
    "200k keys": "too-large",
    "redirect to metadata": "redirect-downgrade",
    "redirect to gopher": "not-http",
    "redirect loop": "too-many-redirects",
    "downgrade": "redirect-downgrade",
    "scheme-relative loopback": "host-not-allowed",
    "backslash": "forbidden-character",
    "empty Location": "redirect-nowhere",
}
UNREACHABLE_CASES = {
    "slow body": "deadline",
    "slow headers": "deadline",
    "never answers": "deadline",
    "reset mid body": "reset",
}


def outcome(case: dict[str, Any], provider: ProviderServer) -> str:
    provider.answer(reply_for(case))
    seconds = SOON_SECONDS if expected(case).endswith("deadline") else PATIENCE_SECONDS
    try:
        return str(get(YOUTUBE, hosts=HOSTS, deadline_seconds=seconds).status)
    except FetchError as error:
        return f"{type(error).__name__} {error.reason}"


def expected(case: dict[str, Any]) -> str:
    for kind, cases in (("Refused", REFUSED_CASES), ("Unreachable", UNREACHABLE_CASES)):
        for words, reason in cases.items():
            if words in case["note"]:
                return f"{kind} {reason}"
    return str(case["status"])


def test_it_survives_the_shared_provider_answers(provider: ProviderServer) -> None:
    cases = load_jsonl("embeds/provider_answers.jsonl")

    outcomes = {case["note"]: outcome(case, provider) for case in cases}

    assert outcomes == {case["note"]: expected(case) for case in cases}
    # The desk's rule for a failure follows from its class: Refused is final, Unreachable not.
    for case in cases:
        if case["expect"] == "retry":
            assert not outcomes[case["note"]].startswith("Refused")
        if case["expect"] in {"card", "card_without_html", "gone"}:
            assert outcomes[case["note"]].isdecimal()


# --- Limits -----------------------------------------------------------------------------------


def gzip_reply(body: bytes, encoding: str = "gzip") -> Reply:
    return Reply(headers={"Content-Encoding": encoding}, body=body)


@pytest.mark.parametrize(
    ("reply", "body"),
    [
        (Reply(body=b"x" * 100), b"x" * 100),
        (gzip_reply(gzip.compress(b"x" * 100)), b"x" * 100),
        (gzip_reply(gzip.compress(b"x" * 100) + b"rest"), b"x" * 100),
        (gzip_reply(zlib.compress(b"x" * 100), " Deflate "), b"x" * 100),
        (gzip_reply(b"x", "identity"), b"x"),
        (gzip_reply(b""), b""),
        (Reply(headers={"Transfer-Encoding": "chunked"}, body=b"2\r\n{}\r\n0\r\n\r\n"), b"{}"),
        (Reply(headers={"Content-Length": "2"}, body=b"{}and more"), b"{}"),
        (Reply(headers={"Content-Length": "soon"}, body=b"{}"), b"{}"),
        (Reply(headers={"Content-Length": "-5"}, body=b"{}"), b"{}"),
        (Reply(stream=lambda _stop: iter([b"{", b"}"])), b"{}"),
    ],
)
def test_it_reads_a_body_up_to_the_cap(provider: ProviderServer, reply: Reply, body: bytes) -> None:
    provider.answer(reply)

    assert get(YOUTUBE, max_bytes=100).body == body


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"x" * 101),
        Reply(headers={"Content-Length": "10000000000"}, body=b"x"),
        Reply(stream=lambda _stop: iter([b"x" * 101])),
        gzip_reply(gzip.compress(b"x" * 101)),
        gzip_reply(gzip.compress(b"x" * 10_000_000)[:100]),
        Reply(headers={"Transfer-Encoding": "chunked"}, stream=endless_chunks),
        # No byte of body, but framing without end.
        Reply(
            headers={"Transfer-Encoding": "chunked"},
            stream=lambda _stop: iter([b"1;" + b"a" * 60_000 + b"\r\nx\r\n"] * 100),
        ),
        Reply(
            headers={"Transfer-Encoding": "chunked"},
            stream=lambda _stop: iter([b"0\r\n", *[b"a: b\r\n"] * 100_000]),
        ),
    ],
)
def test_it_refuses_a_larger_body(provider: ProviderServer, reply: Reply) -> None:
    provider.answer(reply)

    assert reason_of(kind=Refused, max_bytes=100) == "too-large"


@pytest.mark.parametrize(
    "head",
    [
        b"X: " + b"a" * 65_537 + b"\r\n",
        b"X: a\r\n" * 101,
        (b"X: " + b"a" * 10_000 + b"\r\n") * 10,
        b"\r\nHTTP/1.1 100 Continue\r\n" * 10_000,
    ],
)
def test_it_refuses_endless_headers(provider: ProviderServer, head: bytes) -> None:
    first = b"HTTP/1.1 100 Continue\r\n" if b"100" in head else b"HTTP/1.1 200 OK\r\n"
    provider.answer(Reply(raw=lambda _stop: iter([first, head, b"\r\n{}"])))

    assert reason_of(kind=Refused) == "headers-too-large"


@pytest.mark.parametrize(
    "reply",
    [
        gzip_reply(b"this is not gzip"),
        gzip_reply(b"x", "br"),
        gzip_reply(gzip.compress(b"{}"), "gzip, gzip"),
    ],
)
def test_it_refuses_what_it_cannot_decode(provider: ProviderServer, reply: Reply) -> None:
    provider.answer(reply)

    assert reason_of(kind=Refused) == "bad-encoding"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(headers={"Content-Length": "50"}, body=b"{}"), "truncated"),
        (gzip_reply(gzip.compress(b"x" * 100)[:-10]), "truncated"),
        (Reply(headers={"Transfer-Encoding": "chunked"}, body=b"50\r\n{}"), "truncated"),
        (Reply(headers={"Transfer-Encoding": "chunked"}, body=b"many\r\n{}"), "truncated"),
        (Reply(headers={"Transfer-Encoding": "chunked"}, body=b"-5\r\n{}"), "bad-answer"),
        (Reply(raw=lambda _stop: iter([b"SSH-2.0-OpenSSH_9.2\r\n"])), "bad-answer"),
        (Reply(raw=lambda _stop: iter([])), "reset"),
        (Reply(raw=lambda _stop: iter([]), reset=True), "reset"),
        (Reply(raw=hang), "deadline"),
        (Reply(raw=drip(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 50)), "deadline"),
        (Reply(stream=drip(b"{" * 50)), "deadline"),
        (Reply(stream=drip(b"{" * 5000, bytes_per_second=500)), "deadline"),
    ],
)
def test_it_may_try_a_broken_answer_again(
    provider: ProviderServer, reply: Reply, reason: str
) -> None:
    provider.answer(reply)
    seconds = SOON_SECONDS if reason == "deadline" else PATIENCE_SECONDS

    assert reason_of(kind=Unreachable, deadline_seconds=seconds) == reason


def test_the_deadline_covers_all_redirects_together(
    provider: ProviderServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a clock of the test's, on which each answer takes more than half of it."""
    provider.answer(redirect("/"))
    each = 0.6 * PATIENCE_SECONDS
    monkeypatch.setattr(wire, "monotonic", lambda: each * len(provider.asked))

    assert reason_of(kind=Unreachable, deadline_seconds=PATIENCE_SECONDS) == "deadline"
    assert len(provider.asked) == 2


def test_a_deadline_gives_what_is_left_and_no_more_than_asked_for() -> None:
    assert Deadline(100).left(3) == 3
    assert 99 < Deadline(100).left() <= 100
    with pytest.raises(Unreachable, match="in time"):
        Deadline(0).left()


@pytest.mark.parametrize("generator", [{"gzip_spaces": 300_000_000}, {"stream_forever": True}])
def test_a_huge_answer_stays_out_of_memory(
    provider: ProviderServer, generator: dict[str, Any]
) -> None:
    name = "Content-Encoding" if "gzip_spaces" in generator else "Transfer-Encoding"
    value = "gzip" if "gzip_spaces" in generator else "chunked"
    provider.answer(reply_for({"status": 200, "headers": {name: value}, "body_gen": generator}))
    tracemalloc.start()
    try:
        reason = reason_of(kind=Refused)
        _now, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert reason == "too-large"
    assert peak_bytes < 5_000_000
