"""What is taken from an oEmbed answer, whatever comes."""

import datetime as dt
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


@pytest.mark.parametrize(
    ("field", "text"),
    [("", ""), ("title", "One\nTwo"), ("html", "Three")],
)
def test_the_posts_words_are_where_the_provider_has_them(field: str, text: str) -> None:
    answer = {"type": "rich", "title": "One\n\n\x00 Two ", "html": "<blockquote><p>Three"}
    facts = parse_oembed(json.dumps(answer).encode(), owns, text=field)
    assert facts.text == text


@pytest.mark.parametrize("value", [None, 5, ["<blockquote><p>x"], {"a": "b"}])
def test_words_of_another_type_are_no_words(value: object) -> None:
    answer = json.dumps({"type": "rich", "title": value, "html": value}).encode()
    assert parse_oembed(answer, owns, text="html") == EmbedFacts()
    assert parse_oembed(answer, owns, text="title") == EmbedFacts()


def test_an_author_may_be_named_in_the_words_alone() -> None:
    html = "<blockquote><p>Three</p>&mdash; Ann (@ann)</blockquote>"
    answer = {"type": "rich", "html": html}
    assert parse_oembed(json.dumps(answer).encode(), owns, text="html").author_name == "Ann (@ann)"
    assert facts_of(**answer).author_name == ""


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-03-07 10:00:00", dt.date(2026, 3, 7)),
        ("2026-03-07T10:00:00Z", dt.date(2026, 3, 7)),
        ("2026-02-30", None),
        ("soon", None),
        (20260307, None),
    ],
)
def test_a_day_of_publication_is_a_day_or_none(value: object, day: dt.date | None) -> None:
    assert facts_of(upload_date=value).published == day


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://i.example/a.jpg?w=5", "https://i.example/a.jpg?w=5"),
        ("http://i.example/a.jpg", ""),
        ("https://evil.example/a.jpg", ""),
        ("https://i.example/\u00e9.jpg", ""),
        ("https://i.example/" + "a" * 1500, ""),
        ("data:image/png;base64,", ""),
        (5, ""),
    ],
)
def test_a_picture_comes_by_https_from_a_known_host(address: object, kept: str) -> None:
    answer = json.dumps({"type": "video", "thumbnail_url": address}).encode()
    assert parse_oembed(answer, owns, picture_hosts={"i.example"}).thumbnail_url == kept
    assert parse_oembed(answer, owns).thumbnail_url == ""


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
