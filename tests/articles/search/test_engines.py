"""What an engine is told: the query as the databases read it. Their answers: test_finding.py."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.engine import Wanted, fits
from articles.search.postgres import tsquery
from articles.search.query import parse
from articles.search.sqlite import match_of, number_of, time_of


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("pier", '("pier")'),
        ("pier OR quay jazz", '("pier" OR "quay") AND ("jazz")'),
        ('"night pier" -harb*', '((("night" AND "pier"))) NOT ("harb" *)'),
        ('pier -"free jazz"', '("pier")'),
    ],
)
def test_sqlite_reads(text: str, match: str) -> None:
    assert match_of(Wanted(parse(text, english=True))) == match


def test_sqlite_reads_a_headline_and_filters() -> None:
    wanted = Wanted(parse("pier -jazz", english=True).in_headline(), filters=("\ue000section3",))
    assert match_of(wanted) == '(("\ue001pier") AND "\ue000section3") NOT ("jazz")'


@pytest.mark.parametrize(
    ("text", "whole", "listed"),
    [
        ("pier", "('pier')", "('pier')"),
        ("pier OR quay jazz", "('pier' | 'quay') & ('jazz')", "('pier' | 'quay') & ('jazz')"),
        ('"night pier" -harb*', "(('night' & 'pier')) & !'harb':*", "(('night' & 'pier'))"),
        ('pier -"free jazz" -band', "('pier') & !'band'", "('pier') & !'band'"),
    ],
)
def test_postgresql_reads(text: str, whole: str, listed: str) -> None:
    query = parse(text, english=True)
    assert (tsquery(query), tsquery(query, listed=True)) == (whole, listed)


def test_both_are_asked_for_phrases_in_the_text() -> None:
    sql, params = fits(parse('"night pier" OR jazz* -"free jazz" quay', english=True), find="instr")
    assert sql.startswith(
        "(instr(entry.text, %s) > 0 OR instr(entry.text, %s) > 0) AND instr(entry.text, %s) = 0"
    )
    assert params[:3] == [" night pier ", " jazz", " free jazz "]


@given(st.datetimes(timezones=st.just(UTC)), st.integers(1, 10**9))
def test_an_entrys_number_grows_with_its_time(moment: datetime, article_id: int) -> None:
    number = number_of(moment, article_id)
    assert timedelta(0) <= abs(moment - time_of(number)) < timedelta(seconds=1)
    if moment < datetime(9999, 1, 1, tzinfo=UTC):
        assert number < number_of(moment + timedelta(seconds=2))
