"""manage.py explain: one JSON line for each line or file, whatever the line holds."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import live
from tests.cases import case_path

Rows = list[dict[str, Any]]


def one(rows: Rows) -> dict[str, Any]:
    (row,) = rows
    return row


# --- What it answers ------------------------------------------------------------------------------


def test_embeds_are_named_with_their_start(explain: Any) -> None:
    html = "<p>https://www.youtube.com/watch?v=-cEzsCAzTak&amp;t=70</p><p>text</p>"
    assert one(explain("embeds", {"id": "a", "html": html})) == {
        "id": "a",
        "embeds": [
            {
                "provider": "youtube",
                "media_id": "-cEzsCAzTak",
                "canonical_url": "https://www.youtube.com/watch?v=-cEzsCAzTak",
                "start": 70,
                "kind": "video",
            }
        ],
        "notes": [],
    }


def test_what_became_of_an_unknown_frame_is_said(explain: Any) -> None:
    row = one(explain("embeds", {"id": 1, "html": '<iframe src="https://map.example/"></iframe>'}))
    assert row == {"id": 1, "embeds": [], "notes": ["The frame from map.example became a link."]}


def test_a_credit_is_taken_apart(explain: Any) -> None:
    text = "Nola (Photo by A. Lee/Getty Images for The Prize)"
    row = one(explain("credit", {"id": 1, "text": text}))
    wanted = {
        "id": 1, "caption": "Nola", "photographers": ["A. Lee"], "agency": "Getty Images",
        "via": None, "for": "The Prize", "kind": "agency",
        "raw": "Photo by A. Lee/Getty Images for The Prize",
    }  # fmt: skip
    assert {key: row[key] for key in wanted} == wanted


def test_html_is_shown_as_stored_and_as_read(explain: Any) -> None:
    line = {"id": "x", "html": "<p style='x'>Hi</p><p>https://youtu.be/-cEzsCAzTak</p>"}
    stored = one(explain("html", line))["html"]
    assert "<p>Hi</p>" in stored
    assert "<oembed>https://www.youtube.com/watch?v=-cEzsCAzTak</oembed>" in stored
    read = one(explain("html", line, rendered=True))["html"]
    assert "embed--youtube" in read
    assert "oembed>" not in read


def test_rendering_is_for_html_only(explain: Any) -> None:
    assert "caption" in one(explain("credit", {"id": 1, "text": "Nola"}, rendered=True))


def test_html_beyond_the_limits_is_refused_in_words(explain: Any) -> None:
    row = one(explain("html", {"id": "deep", "html": "<div>" * 5_000}))
    assert row["id"] == "deep"
    assert "html" not in row
    assert "Traceback" not in row["error"]


def test_a_url_is_judged_with_and_without_what_it_resolves_to(explain: Any) -> None:
    rows = explain(
        "url",
        {"id": 1, "url": "https://example.org/"},
        {"id": 2, "url": "https://example.org/", "resolves_to": ["127.0.0.1"]},
        {"id": 3, "url": "http://[::1]/"},
        {"id": 4, "url": "https://example.org/", "resolves_to": None},
    )
    assert [row["allow"] for row in rows] == [True, False, False, True]
    assert all(row["reason"] for row in rows)


def test_a_photo_is_described_or_refused(explain: Any, tmp_path: Path) -> None:
    good, missing = case_path("photos/credit_iptc.jpg"), tmp_path / "missing.jpg"
    rows = explain("photo", files=(good, missing, tmp_path, case_path("photos/zip.jpg")))
    assert [row["accept"] for row in rows] == [True, False, False, False]
    assert {row["file"] for row in rows} >= {str(good), str(missing)}
    assert len({tuple(row) for row in rows}) == 1, "every row has the same keys"
    assert rows[0]["photographer"]
    assert all(row["reason"] for row in rows[1:])


# --- Lines that are not as they should be ---------------------------------------------------------

BAD = [
    b"not json", b"[]", b"null", b"5", b'"x"', b"{}", b'{"id": 1}', b'{"id": 1, "html": 5}',
    b'{"id": 1, "html": null}', b"\xff\xfe\x00", b'{"id": 1, "html": "\xff"}', b"{" * 10_000,
    b'{"id": ' + b"[" * 900 + b"]" * 900 + b', "html": ""}', b'{"id": NaN, "html": ""}',
    b'{"id": ' + b"9" * 5_000 + b', "html": ""}', b'{"id": 1, "html": "' + b"<b>" * 9_000 + b'"}',
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
@pytest.mark.parametrize("subject", ["embeds", "html", "credit", "url"])
def test_a_bad_line_gets_an_error_and_the_rest_goes_on(
    subject: str, bad: bytes, explain: Any
) -> None:
    good = {"id": "after", "html": "<p>x</p>", "text": "x", "url": "https://example.org/"}
    rows = explain(subject, bad, b"", b"   ", good)
    assert len(rows) == 2
    assert rows[0]["error"]
    assert rows[1]["id"] == "after"
    assert "error" not in rows[1]


@pytest.mark.parametrize("value", ["127.0.0.1", [5], {"a": 1}, 5, [None]])
def test_what_a_name_resolves_to_is_a_list_of_addresses(value: object, explain: Any) -> None:
    row = one(explain("url", {"id": 7, "url": "https://example.org/", "resolves_to": value}))
    assert row == {"id": 7, "error": "“resolves_to” must be a list of addresses."}


def test_a_line_ends_at_its_line_feed_only(explain: Any) -> None:
    text = "one\u2028two\u2029three\x85four\x0bfive"
    raw = json.dumps({"id": "sep", "text": text}, ensure_ascii=False).encode()
    rows = explain("credit", raw, {"id": "next", "text": "x"})
    assert [row["id"] for row in rows] == ["sep", "next"]


def test_a_lone_surrogate_stops_nothing(explain: Any) -> None:
    lines = [
        b'{"id": "\\ud800", "html": "<p>\\ud800</p>", "text": "\\udfff", "url": "http://\\ud800/"}'
    ]
    for subject in ("html", "embeds", "credit", "url"):
        assert len(explain(subject, *lines)) == 1


def test_a_thousand_lines_get_a_thousand_answers_in_their_order(explain: Any) -> None:
    lines = [
        {"id": n, "html": f"<p>No. {n}</p>", "text": f"No. {n} (Photo by A. Lee/AP)"}
        for n in range(1_000)
    ]
    for subject in ("html", "embeds", "credit"):
        assert [row["id"] for row in explain(subject, *lines)] == list(range(1_000))


def test_it_works_as_a_process_of_its_own(tmp_path: Path) -> None:
    """Without a database: explaining needs none."""
    env = {**live.environment(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3"}
    lines = b'{"id": 1, "html": "<p>a\xe2\x80\xa8b</p>"}\nbad\n{"id": 2, "html": "<p>c</p>"}\n'
    done = subprocess.run(
        [sys.executable, "manage.py", "explain", "html"], input=lines, env=env, cwd=live.ROOT,
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    rows = [json.loads(line) for line in done.stdout.split(b"\n") if line]
    assert [row["id"] for row in rows] == [1, None, 2]
    assert done.stderr == b""
    assert not (tmp_path / "none.sqlite3").exists()
