"""The shared cases through explain, as the desk and other programs see the product."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cases import case_path, load_jsonl
from tests.newsroom.html_oracle import faults

CREDIT_NAMES = {"credit": "raw"}


def test_embeds_are_the_shared_cases_embeds(explain: Any) -> None:
    cases = load_jsonl("embeds/cases.jsonl")
    rows = explain("embeds", *({"id": case["id"], "html": case["html"]} for case in cases))
    wrong = []
    for case, row in zip(cases, rows, strict=True):
        expected, extra = case["expect"], case.get("extra", {})
        wanted = {
            **{key: expected[key] for key in ("provider", "media_id", "canonical_url")},
            "start": extra.get("start"),
        }
        found = [{key: embed[key] for key in wanted} for embed in row["embeds"]]
        if found != ([wanted] * extra.get("count", 1) if expected["provider"] else []):
            wrong.append((case["id"], row))
    assert wrong == []


def test_credits_are_the_shared_cases_credits(explain: Any) -> None:
    cases = load_jsonl("credits/cases.jsonl")
    rows = explain("credit", *({"id": case["id"], "text": case["text"]} for case in cases))
    wrong = []
    for case, row in zip(cases, rows, strict=True):
        expect = {CREDIT_NAMES.get(key, key): value for key, value in case["expect"].items()}
        found = {key: row[key] for key in expect}
        if "credits" in expect:
            found["credits"] = [
                {key: each[key] for key in wanted}
                for each, wanted in zip(row["credits"], expect["credits"], strict=True)
            ]
        if found != expect:
            wrong.append((case["id"], found, expect))
    assert wrong == []


def test_urls_are_judged_as_the_shared_cases_say(explain: Any) -> None:
    cases = load_jsonl("urls/cases.jsonl")
    keys = ("id", "url", "resolves_to")
    rows = explain("url", *({key: case[key] for key in keys if key in case} for case in cases))
    assert [(case["id"], case["allow"]) for case in cases] == [
        (row["id"], row.get("allow")) for row in rows
    ]


def test_photos_are_taken_or_refused_as_the_shared_cases_say(explain: Any) -> None:
    cases = json.loads(case_path("photos/index.json").read_text(encoding="utf-8"))
    files: tuple[Path, ...] = tuple(case_path(f"photos/{case['file']}") for case in cases)
    for case, row in zip(cases, explain("photo", files=files), strict=True):
        if case["verdict"] != "normalise_or_refuse":
            assert row["accept"] == (case["verdict"] == "accept"), case["file"]
        if row["accept"] and "display_size" in case:
            assert [row["width"], row["height"]] == case["display_size"]
        if row["accept"] and "orientation" in case:
            assert row["orientation"] == case["orientation"]
        names = {"byline": "photographer", "credit": "agency"}
        for key, value in case.get("expected_credit", {}).items():
            assert row[names.get(key, key)] == value, (case["file"], key)
        if row["accept"] and "frames" in case:
            assert row["frames"] == case["frames"]
        if row["accept"] and "real_format" in case:
            assert row["format"] == case["real_format"]


@pytest.mark.parametrize("rendered", [False, True])
def test_hostile_html_is_harmless(rendered: bool, explain: Any) -> None:
    cases = load_jsonl("html/hostile.jsonl")
    rows = explain("html", *cases, rendered=rendered)
    assert [row["id"] for row in rows] == [case["id"] for case in cases]
    if not rendered:
        assert not [row["id"] for row in rows if faults(row.get("html", ""))]
        again = explain("html", *({"id": row["id"], "html": row.get("html", "")} for row in rows))
        assert [row["html"] for row in again] == [row.get("html", "") for row in rows]


def test_benign_html_keeps_every_word_and_tag(explain: Any) -> None:
    cases = load_jsonl("html/benign.jsonl")
    rows = explain("html", *cases)
    for case, row in zip(cases, rows, strict=True):
        assert "error" not in row, case["id"]
        for tag in case["must_keep_tags"]:
            assert f"<{tag}" in row["html"], case["id"]
