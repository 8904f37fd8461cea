"""What is taken from an oEmbed answer, whatever comes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.embeds.facts import (
    MAX_ANSWER_BYTES,
    MAX_AUTHOR_CHARS,
    MAX_TITLE_CHARS,
    EmbedFacts,
    InvalidAnswerError,
    parse_oembed,
)


def facts_of(**fields: object) -> EmbedFacts:
    return parse_oembed(json.dumps({"type": "video", **fields}).encode(), owns)


def owns(host: str) -> bool:
    return host == "www.youtube.com"


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"words",
        b"null",
        b'"x"',
        b"5",
        b"[]",
        b'[{"type":"video"}]',
        b"{}",
        b'{"type":"evil"}',
        b'{"type":["video"]}',
        b'{"type":null}',
        b'{"type":"video"',
        b'{"type":"video","title":"\xff"}',
        '{"type":"video"}'.encode("utf-16"),
        b"[" * 100_000,
        b'{"a":' * 5_000,
        b'{"type":"video","x":{' + b",".join(b'"%d":0' % n for n in range(5_000)) + b"}}",
        b'{"type":"video","width":' + b"9" * 5_000 + b"}",
        b'{"type":"video","title":"' + b"a" * MAX_ANSWER_BYTES + b'"}',
    ],
)
def test_it_refuses_what_is_no_answer(payload: bytes) -> None:
    with pytest.raises(InvalidAnswerError):
        parse_oembed(payload, owns)


def test_it_reads_past_a_byte_order_mark() -> None:
    assert parse_oembed(b'\xef\xbb\xbf{"type":"link","title":"T"}', owns).title == "T"


@pytest.mark.parametrize("value", [None, 5, ["x"], {"a": "b"}, True])
def test_a_text_of_another_type_is_no_text(value: object) -> None:
    assert facts_of(title=value, author_name=value, author_url=value) == EmbedFacts()


def test_texts_are_one_line_of_limited_length() -> None:
    facts = facts_of(title="a\x00b\n\u202ec  d" + "x" * 1000, author_name="y" * 1000)
    assert facts.title.startswith("a b c dxx")
    assert len(facts.title) == MAX_TITLE_CHARS
    assert len(facts.author_name) == MAX_AUTHOR_CHARS


def test_a_lone_surrogate_is_replaced_before_it_reaches_a_database() -> None:
    facts = parse_oembed(b'{"type":"video","title":"a\\ud800b"}', owns)
    assert facts.title == "a\ufffdb"
    facts.title.encode()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://www.youtube.com/@ann", "https://www.youtube.com/@ann"),
        ("http://www.youtube.com/@ann?x=1#y", "https://www.youtube.com/@ann"),
        ("https://evil.example/@ann", ""),
        ("javascript:alert(1)", ""),
        ("https://www.youtube.com/\u00e9", ""),
        ("https://www.youtube.com/" + "a" * 1500, ""),
    ],
)
def test_an_authors_page_is_the_providers_own_or_none(address: str, kept: str) -> None:
    assert facts_of(author_url=address).author_url == kept


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (560, 560),
        (560.5, 560),
        ("560", 560),
        (1, 1),
        (0, None),
        (-1, None),
        (10_001, None),
        ("100%", None),
        ("100%;position:fixed", None),
        ("\u0665", None),
        (True, None),
        (None, None),
        ([5], None),
    ],
)
def test_a_side_is_a_number_of_pixels_or_none(value: object, kept: int | None) -> None:
    assert facts_of(width=value).width == kept


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e400"])
def test_numbers_beyond_json_cost_their_own_field_only(number: bytes) -> None:
    facts = parse_oembed(b'{"type":"video","title":"T","height":5,"width":' + number + b"}", owns)
    assert facts == EmbedFacts(title="T", height=5)


def test_the_ratio_needs_both_sides() -> None:
    assert facts_of(width=160, height=80).ratio == 2
    assert facts_of(width=160).ratio is None


@given(st.binary(max_size=400))
def test_any_bytes_are_facts_or_refused(payload: bytes) -> None:
    try:
        facts = parse_oembed(payload, owns)
    except InvalidAnswerError:
        return
    assert isinstance(facts, EmbedFacts)


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ("title", "author_name", "author_url", "width", "height", "html", "thumbnail_url"),
            VALUES,
        ),
    )
)
def test_any_object_of_a_known_type_gives_storable_facts(fields: dict[str, object]) -> None:
    facts = facts_of(**fields)
    f"{facts.title}{facts.author_name}{facts.author_url}".encode()
    assert facts.width is None or 1 <= facts.width <= 10_000
