"""What the index calls the words of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.words import MAX_WORD_CHARS, fold, keys, singular, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Pier, at night.", ["the", "pier", "at", "night"]),
        ("Beyoncé’s CAFÉ", ["beyonce", "cafe"]),
        ("Straße Łódź Ærø", ["strasse", "lodz", "aero"]),
        ("don't rock’n’roll O'Neill", ["dont", "rocknroll", "oneill"]),
        ("post-punk AT&T C++ 2026", ["post", "punk", "at", "t", "c", "2026"]),
        ("soft\u00adhyphen", ["softhyphen"]),
        ("ＦＵＬＬ ｗｉｄｔｈ", ["full", "width"]),
        ("😀 ... \0 — “”", []),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("مرحبا بالعالم", ["مرحبا", "بالعالم"]),
    ],
)
def test_words_are_folded(text: str, found: list[str]) -> None:
    assert keys(text, english=True) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("東京都", ["東京", "京都", "都"]),
        ("手", ["手"]),
        ("서울에서", ["서울", "울에", "에서", "서"]),
        ("สวัสดี", ["สวั", "วัส", "สดี", "ดี"]),
        ("iPhone手机abc", ["iphone", "手机", "机", "abc"]),
    ],
)
def test_a_script_without_spaces_becomes_pairs_of_letters(text: str, found: list[str]) -> None:
    assert keys(text, english=False) == found


@pytest.mark.parametrize(
    ("plural", "word"),
    [
        ("concerts", "concert"), ("cities", "city"), ("churches", "church"), ("boxes", "box"),
        ("classes", "class"), ("houses", "house"), ("heroes", "hero"), ("shoes", "shoe"),
        ("movies", "movie"), ("women", "woman"), ("pies", "pie"),
        ("news", "news"), ("series", "series"), ("bus", "bus"), ("tennis", "tennis"),
        ("glass", "glass"), ("gas", "gas"), ("concert", "concert"),
    ],
)  # fmt: skip
def test_an_english_plural_finds_the_word(plural: str, word: str) -> None:
    assert singular(plural) == word


def test_other_languages_keep_their_endings() -> None:
    assert fold("corps", False) == "corps"
    assert fold("repas", False) == "repas"


def test_a_word_knows_where_it_stands() -> None:
    text = "At Zoë’s, 東京 again"
    assert [text[word.start : word.end] for word in words(text, english=True)] == [
        "At", "Zoë’s", "東京", "京", "again",
    ]  # fmt: skip


@given(st.text())
def test_any_text_gives_plain_words_in_order(text: str) -> None:
    found = list(words(text, english=True))
    assert all(word.key and not word.key.isspace() and "\0" not in word.key for word in found)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert [word.start for word in found] == sorted(word.start for word in found)


@given(st.text(min_size=100, alphabet="abcdé"))
def test_a_word_is_cut_to_a_length_that_any_index_takes(text: str) -> None:
    assert all(len(key) <= MAX_WORD_CHARS for key in keys(text, english=True))
