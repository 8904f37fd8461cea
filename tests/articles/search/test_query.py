"""The little language of the search box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.query import MAX_EXCLUDED, MAX_QUERY_CHARS, MAX_TERMS, Query, Term, parse


def shown(query: Query) -> str:
    """A query as a line: terms with + between their words, groups in brackets, ! before excluded."""

    def term(each: Term) -> str:
        return "+".join(each.keys) + ("*" if each.prefix else "")

    groups = [
        term(group[0]) if len(group) == 1 else f"({' '.join(map(term, group))})"
        for group in query.groups
    ]
    return " ".join([*groups, *(f"!{term(each)}" for each in query.excluded)])


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("pier jazz", "pier jazz"),
        ("pier AND jazz", "pier jazz"),
        ('"night at the pier"', "night+at+the+pier"),
        ("“night pier” „jazz", "night+pier jazz"),
        ('"never closed', "never+closed"),
        ("pier -jazz", "pier !jazz"),
        ('pier -"free jazz"', "pier !free+jazz"),
        ("pier – jazz", "pier jazz"),
        ("pier OR harbour jazz", "(pier harbour) jazz"),
        ("a OR b OR c", "(a b c)"),
        ("pier | harbour", "(pier harbour)"),
        ("pier or harbour", "pier or harbour"),
        ("OR pier OR", "pier"),
        ("-pier", "!pier"),
        ("post-punk", "post+punk"),
        ("Beyoncé's", "beyonce"),
        ("harb*", "harb*"),
        ("concerts*", "concert*"),
        ("a*", "a"),
        ("pier pier -jazz pier OR Piers -jazz", "pier !jazz"),
        ("*", ""),
        ("手", "手*"),
        ("手机", "手机"),
        ("手机好", "手机+机好"),
        ("手机abc", "手机+机+abc"),
        ("headline:pier NEAR(a, b)", "headline+pier near+a b"),
        ("", ""),
        ("😀 \0 () '';-- \\", ""),
    ],
)
def test_what_a_query_means(text: str, meaning: str) -> None:
    assert shown(parse(text, english=True)) == meaning


def test_to_leave_out_is_no_question() -> None:
    assert not parse("-pier", english=True)
    assert parse("pier", english=True)


def test_a_query_is_cut_to_a_length_and_a_number_of_terms() -> None:
    assert not parse(" " * MAX_QUERY_CHARS + "late", english=True)
    many = parse(" ".join(f"w{number}" for number in range(50)), english=True)
    assert len(many.terms) == MAX_TERMS
    without = parse(
        "pier " + " ".join(f"-w{number}" for number in range(9)) + " jazz", english=True
    )
    assert [term.keys for term in without.excluded] == [(f"w{n}",) for n in range(MAX_EXCLUDED)]
    assert [term.keys for term in without.terms] == [("pier",), ("jazz",)]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (" ".join(f"w{number}" for number in range(13)), 12),
        (" ".join(f'"a{number} b"' for number in range(5)) + " pier", 5),
        ("pier " + " ".join(f"-w{number}" for number in range(6)), 6),
    ],
)
def test_a_query_says_that_it_was_cut(text: str, meaning: int) -> None:
    query = parse(text, english=True)
    assert query.cut
    assert len([*query.terms, *query.excluded]) == meaning
    assert not parse('pier OR quay -opera harb* "night pier"', english=True).cut


def test_a_fifth_beginning_is_a_plain_word_and_a_fifth_phrase_is_left_out() -> None:
    query = parse("aa* bb* cc* dd* ee*", english=True)
    assert (shown(query), query.cut) == ("aa* bb* cc* dd* ee", True)
    phrases = " OR ".join(f'"a{number} b"' for number in range(5))
    assert shown(parse(f"{phrases} pier", english=True)) == "(a0+b a1+b a2+b a3+b) pier"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("pier ja", "pier ja*"),
        ("pier j", "pier j"),
        ("ja*", "ja*"),
        ("-ja", "!ja"),
        ("", ""),
        ("post-pu", "post+pu*"),
        ('"night pi"', "night+pi"),
        ('"night pi" ja', "night+pi ja*"),
        ("pier ja -brass", "pier ja !brass"),
    ],
)
def test_the_last_word_may_be_opened(text: str, meaning: str) -> None:
    assert shown(parse(text, english=True).with_open_end()) == meaning


def test_a_query_that_cant_be_opened_stays_the_same_object() -> None:
    query = parse("ja*", english=True)
    assert query.with_open_end() is query


@given(st.text(max_size=300) | st.text(alphabet='ab "-*|()OR手\0', max_size=60))
def test_no_text_is_a_wrong_query(text: str) -> None:
    query = parse(text, english=True)
    terms = [*query.terms, *query.excluded]
    assert len(terms) <= MAX_TERMS
    assert all(term.keys and all(term.keys) for term in terms)
    assert all(group for group in query.groups)
