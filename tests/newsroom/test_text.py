"""Plain text: cleaning, keys, counts, excerpts."""

import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.lib.characters import RESERVED_SLUGS
from newsroom.lib.text import (
    clean_line,
    clean_text,
    excerpt,
    initials,
    is_blank,
    normalise_key,
    reading_minutes,
    slugify,
    word_count,
)
from tests.cases import load_jsonl

CODER = "\U0001f469\u200d\U0001f4bb"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
# Any text, and texts made of what cleaning is about.
TRICKY = st.text(
    "aÉßİıﬁ½é-'_ \t\n\x00\x1b\x1c\x85\u00a0\u00ad\u00b4\u00a8\u0301\u0327\u0345\u034f\u0600"
    "\u061c\u0915\u0958\u094d\u09cd\u1160\u180e\u200b\u200c\u200d\u200e\u2028\u202e\u202f\u2066"
    "\u2069\u2126\u2800\u3099\u304b\u3164\u6771\uac00\u1100\u1161\ufe0f\ufeff\ufffe\u1fef\u2000"
    "«»!?\ufdfa\u1e9e\u01c5\u03c2\ud800\U0001f469\U0001f4bb\U000e0041"
)
TEXTS = st.one_of(st.text(), TRICKY)


# --- Cleaning ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [
        ("", ""),
        ("  two \t\r\n words  ", "two words"),
        ("a\x00b\x07c\x1b[31m\x7f\x9b", "abc[31m"),
        (
            "one\x0btwo\x0cthree\x1cfour\x85five\u2028six\u2029seven",
            "one two three four five six seven",
        ),
        ("\u202eevil\u202c \u2066isolate\u2069", "evil isolate"),
        ("zero\u200bwidth\ufeff\u2060\u00ad\u180e", "zerowidth"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("non\uffff\ufdd0characters\ufffc", "noncharacters"),
        ("e\u0301", "é"),
        ("fancy\u00a0 space", "fancy space"),
        ("Kendrick\u00a0Lamar", "Kendrick Lamar"),
        ("Quoi\u00a0? \u00ab\u00a0Oui\u202f\u00bb", "Quoi\u00a0? \u00ab\u00a0Oui\u202f\u00bb"),
        ("\u200e\u200fשלום\u200f, world\u200e", "שלום\u200f, world"),
        # Joiners: inside words and emoji of other scripts, after a virama, nowhere else.
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("र\u094d\u200d", "र\u094d\u200d"),
        ("\u0995\u200d\u09cd\u0995", "\u0995\u200d\u09cd\u0995"),
        (CODER * 3, CODER * 3),
        ("\u200dend\u200d mid\u200cdle é\u200d \u200d!", "end middle é !"),
        ("\u0645\u200c\u200d\u200c\u0645", "\u0645\u200c\u0645"),
        (f"up {ENGLAND} \U000e0067\U000e007f", f"up {ENGLAND}"),
        (
            "z\u0335" + "\u0301" * 40 + "o",
            unicodedata.normalize("NFC", "z\u0335\u0301\u0301\u0301\u0301o"),
        ),
        ("\u0628\u0651\u064e", "\u0628\u064e\u0651"),
        # Nothing to see.
        ("\u200b\u200b", ""),
        ("\u3164", ""),
        ("\u115f \u1160 \u2800 \uffa0 \ufe0f", ""),
        ("\u200d\u200c\u200e", ""),
    ],
)
def test_it_cleans_a_line(value: str, cleaned: str) -> None:
    assert clean_line(value) == cleaned


@pytest.mark.parametrize(
    "value",
    ["", " ", "\t\n", "\u00a0\u3000", "\u200b", "\u3164", "\u2800", "\u115f", "\ufe0f", "\x00"],
)
def test_it_knows_what_is_blank(value: str) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", [".", " a ", "0", "مرحبا", CODER, "\u2800\u2801", "\ud800"])
def test_it_knows_what_can_be_seen(value: str) -> None:
    assert not is_blank(value)


@given(TEXTS)
def test_a_cleaned_line_is_clean(value: str) -> None:
    cleaned = clean_line(value)

    assert clean_line(cleaned) == cleaned
    assert cleaned == cleaned.strip() == unicodedata.normalize("NFC", cleaned)
    assert cleaned.encode().decode() == cleaned
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u200b]|  ", cleaned)
    assert cleaned == "" or not is_blank(cleaned)


@given(st.text("abc äöü漢字", min_size=1))
def test_cleaning_loses_no_word(value: str) -> None:
    assert clean_line(value).split() == value.split()


def test_a_long_run_of_marks_takes_no_time() -> None:
    marks = "\u0301\u0327" * 500_000

    assert clean_line("a" + marks) == unicodedata.normalize("NFC", "a" + marks[:5])


@pytest.mark.parametrize(
    "layer", ["\u200e ", "\u200e\u200d", "\u200d ", "\u00a0\u200e", "\u0345\u200d", "\u0958\u0301"]
)
def test_layers_of_debris_come_off_at_once(layer: str) -> None:
    line = clean_line("a" + layer * 100_000)

    assert clean_line(line) == line
    assert line.startswith("a")


def test_it_cleans_several_lines() -> None:
    value = " one  line\r\n\r\n\n\n two\u200b\x07 \u2028three\n"

    assert clean_text(value) == "one line\n\ntwo\nthree"


@given(TEXTS)
def test_a_cleaned_text_is_clean(value: str) -> None:
    assert clean_text(clean_text(value)) == clean_text(value)


def case_value(case: dict[str, Any]) -> str:
    generator = case.get("gen")
    return generator["char"] * generator["count"] if generator else str(case["value"])


def test_it_treats_the_shared_titles_as_told() -> None:
    for case in load_jsonl("text/cases.jsonl"):
        value = case_value(case)
        # Set between two letters, as one row is nothing but line separators and yet accepted.
        cleaned = clean_line(value if case.get("must_keep_text") else f"a{value}b")
        for forbidden in case.get("forbidden_after", []):
            assert forbidden not in cleaned, case["id"]
        assert case.get("must_keep_text", "") in cleaned, case["id"]
        if case.get("expect") == "refuse" and case["field"] == "title":
            assert is_blank(value) or len(clean_line(value)) > 300, case["id"]
        if case.get("must_show_literally"):
            assert "".join(cleaned.split()) == "".join(f"a{value}b".split()), case["id"]
        slug = slugify(value)
        assert 0 < len(slug) <= 80, case["id"]
        assert slug not in RESERVED_SLUGS, case["id"]


# --- Keys -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Beyoncé", "BEYONCE"),
        ("Kendrick  Lamar", "kendrick\u00a0lamar"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("D’Angelo", "d'angelo"),
        ("Jay\u2011Z", "JAY-Z"),
        ("ＡＢＣ", "abc"),
        ("ﬁlm", "FILM"),
        ("İstanbul", "istanbul"),
        ("Σίσυφος", "ΣΙΣΥΦΟΣ"),
        ("مُحَمَّد", "محمد"),
        ("Ёлка", "елка"),
        ("\u2764\ufe0f", "\u2764"),
    ],
)
def test_it_knows_two_spellings_of_one_name(one: str, other: str) -> None:
    assert normalise_key(one) == normalise_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("C#", "C"),
        ("か", "が"),
        ("कि", "क"),
        ("ไม่", "ไม้"),
        ("Jay-Z", "JayZ"),
        ("\u00a8", "\u00af"),
        (CODER, "\U0001f469"),
    ],
)
def test_it_keeps_two_names_apart(one: str, other: str) -> None:
    assert normalise_key(one) != normalise_key(other)


@given(TEXTS)
def test_a_key_is_its_own_key_and_empty_only_for_nothing(value: str) -> None:
    key = normalise_key(value)

    assert normalise_key(key) == key
    assert (key == "") == (clean_line(value) == "")
    assert normalise_key(clean_line(value)) == key


# --- Counts and cuts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" – — … !", 0),
        ("It’s a well-known 24/7 story—really", 7),
        ("Привет, мир", 2),
        ("नमस्ते दुनिया", 2),
        ("한국 뉴스", 2),
        ("東京五輪", 2),
        ("東京五輪 and カラオケ", 5),
        ("日", 1),
    ],
)
def test_it_counts_words(text: str, words: int) -> None:
    assert word_count(text) == words


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (238, 1), (400, 2), (2380, 10)])
def test_it_tells_the_minutes(words: int, minutes: int) -> None:
    assert reading_minutes(words) == minutes


@pytest.mark.parametrize(
    ("text", "max_chars", "cut"),
    [
        ("Short enough.", 13, "Short enough."),
        ("One two, three four", 9, "One two…"),
        ("One two three", 8, "One two…"),
        ("One  two\n\nthree", 12, "One two…"),
        ("He said (quietly) no", 10, "He said…"),
        ("Unbreakableword", 8, "Unbreak…"),
        ("A Unbreakableword", 9, "A Unbrea…"),
        ("東京五輪開幕", 4, "東京五…"),
        (f"ab{CODER}c", 5, "ab…"),
        ("ab\u0915\u094d\u0937x", 4, "ab…"),
        ("\u200b" * 500 + "One two, three four", 9, "One two…"),
        ("One" + " " * 500 + "two", 9, "One two"),
    ],
)
def test_it_cuts_an_excerpt(text: str, max_chars: int, cut: str) -> None:
    assert excerpt(text, max_chars=max_chars) == cut


@given(TEXTS, st.integers(1, 30))
def test_an_excerpt_is_never_too_long(text: str, max_chars: int) -> None:
    assert len(excerpt(text, max_chars=max_chars)) <= max_chars


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Joseph Okpako", "JO"),
        ("Madonna", "M"),
        ("Mary Jane O’Neil-Watson", "MW"),
        ("(élodie) durand", "ÉD"),
        ("山田太郎", "山"),
        ("@!", ""),
        ("", ""),
    ],
)
def test_it_gives_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
