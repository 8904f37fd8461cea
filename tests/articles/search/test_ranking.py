"""The order of stories by their texts alone. What both databases make of it: test_finding.py."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.search.engine import Entry
from articles.search.entry import entry_text
from articles.search.query import parse
from articles.search.ranking import freshness, ranked

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def entry(number: int, *texts: str, days: int = 0) -> Entry:
    """Headline, summary, body."""
    return Entry(
        number, NOW - timedelta(days=days), entry_text([], [text.split() for text in texts])
    )


def order(query: str, *entries: Entry) -> list[int]:
    found = ranked(entries, parse(query, english=True).terms, now=NOW)
    return [entry.article_id for entry in found]


def test_headline_then_summary_then_body_however_often() -> None:
    body, about = entry(1, "a", "b", "pier " * 30), entry(2, "a", "pier", "c")
    assert order("pier", body, about, entry(3, "pier", "b", "c")) == [3, 2, 1]


def test_more_mentions_and_a_shorter_body_count() -> None:
    once, long = entry(1, "a", "b", "pier"), entry(3, "a", "b", "pier " + "water " * 2_000)
    assert order("pier", long, once, entry(2, "a", "b", "pier and pier")) == [2, 1, 3]


def test_of_several_words_a_rare_one_weighs_more() -> None:
    common = [entry(number, "night", "b", "c") for number in range(2, 9)]
    assert order("night OR pier", *common, entry(1, "pier", "b", "c"))[0] == 1


def test_a_phrase_and_a_beginning_count_as_they_were_asked_for() -> None:
    apart, together = entry(1, "night the pier", "b", "c"), entry(2, "night pier", "b", "c")
    assert order('"night pier"', apart, together) == [2, 1]
    assert order("pie*", entry(1, "a", "b", "c"), entry(2, "pier", "b", "c")) == [2, 1]


def test_an_older_one_counts_less_and_never_nothing() -> None:
    assert order("pier", entry(1, "pier", "b", "c", days=900), entry(2, "pier", "b", "c")) == [2, 1]
    ages = [freshness(NOW - timedelta(days=days), NOW) for days in (0, 365, 20_000)]
    assert ages == pytest.approx([1.0, 0.8, 0.6], abs=0.01)


def test_an_entry_that_ends_within_its_summary_is_no_error() -> None:
    whole = entry(1, "a pier", "night " * 40, "water")
    cut = whole._replace(article_id=2, text=whole.text[:60])
    assert order("pier OR water", whole, cut) == [1, 2]


def test_nothing_is_ranked_as_nothing() -> None:
    assert order("pier") == []
