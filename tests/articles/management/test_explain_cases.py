"""The shared cases through explain, as the desk and other programs see the product."""

import json
from pathlib import Path
from typing import Any

import pytest

from articles.embeds.providers import by_slug
from tests.cases import case_path, load_jsonl
from tests.newsroom.html_oracle import faults

CREDIT_NAMES = {"credit": "raw"}


def test_embeds_are_the_shared_cases_embeds(explain: Any) -> None:
    cases = load_jsonl("embeds/cases.jsonl")
    rows = explain("embeds", *({"id": case["id"], "html": case["html"]} for case in cases))
    wrong = []
    for case, row in zip(cases, rows, strict=True):
        expected, extra = case["expect"], case.get("extra", {})
        known = expected["provider"] and by_slug(expected["provider"])
        wanted = {
            **{key: expected[key] for key in ("provider", "media_id", "canonical_url")},
            "start": extra.get("start"),
        }
        if row["embeds"] != ([wanted] * extra.get("count", 1) if known else []):
            wrong.append((case["id"], row))
    assert wrong == []


def test_credits_are_the_shared_cases_credits(explain: Any) -> None:
    cases = load_jsonl("credits/cases.jsonl")
    rows = explain("credit", *({"id": case["id"], "text": case["text"]} for case in cases))
    right: dict[str, list[bool]] = {}
    for case, row in zip(cases, rows, strict=True):
        expect = {CREDIT_NAMES.get(key, key): value for key, value in case["expect"].items()}
        fits = all(row[key] == value for key, value in expect.items() if key in row)
        right.setdefault(case["tier"], []).append(fits)
    assert all(right["core"])
    assert all(right["trap"])
    assert sum(right["hard"]) >= 0.85 * len(right["hard"])


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
        credit = case.get("expected_credit", {})
        if "byline" in credit:
            assert (row["photographer"], row["agency"]) == (credit["byline"], credit["credit"])


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
