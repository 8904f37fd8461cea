"""Tag names as a writer types them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.lib.tags import TAG_MAX_CHARS, TAGS_MAX, split_tags
from newsroom.lib.text import slugify
from tests.cases import load_jsonl


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("", []),
        (",,, ,", []),
        ("music, film", ["music", "film"]),
        ('"quoted, comma", plain', ["quoted, comma", "plain"]),
        ('"unclosed, second', ["unclosed", "second"]),
        ("Beyoncé, beyonce, BEYONCE\u200b", ["Beyoncé"]),
        (" two\n words ,\u3164", ["two words"]),
        ("../../etc", ["../../etc"]),
    ],
)
def test_it_splits_tags(value: str, names: list[str]) -> None:
    assert split_tags(value) == names


def test_it_accepts_the_shared_tags() -> None:
    for case in load_jsonl("text/cases.jsonl"):
        if case["field"] == "tags" and case.get("expect") == "accept":
            assert all(slugify(name) for name in split_tags(case["value"])), case["id"]


def test_it_refuses_a_long_tag_in_words() -> None:
    assert split_tags("x" * TAG_MAX_CHARS)
    with pytest.raises(ValueError, match="longer than 100 characters"):
        split_tags("x" * (TAG_MAX_CHARS + 1))


def test_it_refuses_too_many_tags_in_words() -> None:
    numbers = ",".join(map(str, range(TAGS_MAX)))
    assert len(split_tags(f"{numbers},0,1")) == TAGS_MAX
    with pytest.raises(ValueError, match="more than 50 tags"):
        split_tags(",".join(map(str, range(20_000))))


@given(st.text())
def test_it_never_gives_a_blank_or_repeated_tag(value: str) -> None:
    try:
        names = split_tags(value)
    except ValueError:
        return
    assert all(names)
    assert len(set(names)) == len(names)
