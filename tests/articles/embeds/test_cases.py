"""The shared cases: fragments as they come from old systems, and what they must become."""

from typing import Any

import pytest

from articles.embeds.detect import find_embeds, rewrite_embeds
from tests.cases import load_jsonl

CASES = load_jsonl("embeds/cases.jsonl")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_it_finds_the_post_and_nothing_else(case: dict[str, Any]) -> None:
    expected = case["expect"]
    extra = case.get("extra", {})
    found = [(r.provider, r.media_id, r.canonical_url, r.start) for r in find_embeds(case["html"])]
    wanted = (
        expected["provider"],
        expected["media_id"],
        expected["canonical_url"],
        extra.get("start"),
    )
    assert found == ([wanted] * extra.get("count", 1) if expected["provider"] else [])


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_rewriting_again_changes_nothing(case: dict[str, Any]) -> None:
    once = rewrite_embeds(case["html"])
    twice = rewrite_embeds(once.html)
    assert twice.html == once.html
    assert [(r.identity, r.url) for r in twice.refs] == [(r.identity, r.url) for r in once.refs]
