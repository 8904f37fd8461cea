"""The passage under a headline in the list of answers."""

from hypothesis import given
from hypothesis import strategies as st

from articles.search.highlight import SNIPPET_CHARS, passage
from articles.search.query import parse


def marked(text: str, query: str) -> str:
    """The passage with [ ] round what is marked."""
    pieces = passage(text, parse(query, english=True).terms, english=True)
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def test_the_words_of_the_query_are_marked_in_their_own_spelling() -> None:
    assert marked("At Zoë’s Café the bands play.", "zoe cafes band") == (
        "At [Zoë’s] [Café] the [bands] play."
    )


def test_a_phrase_is_marked_as_a_whole_and_only_where_it_stands() -> None:
    assert marked("Night. The night pier at night.", '"night pier"') == (
        "Night. The [night pier] at night."
    )


def test_a_prefix_marks_the_longer_words() -> None:
    assert marked("Harbour and harvest", "harb*") == "[Harbour] and harvest"


def test_pairs_of_letters_are_marked_letter_by_letter() -> None:
    assert marked("我的手机好", "手机") == "我的[手机]好"


def test_a_word_is_marked_where_it_stands_and_not_within_another() -> None:
    assert marked("Banana, an ant, AN aunt", "an") == "Banana, [an] ant, [AN] aunt"
    assert marked("Banana \u00ad an ant", "an") == "Banana \u00ad [an] ant"


def test_the_stretch_with_the_most_of_the_words_is_taken() -> None:
    text = "One pier. " + "Nothing here. " * 60 + "Jazz on the pier. " + "And so on. " * 60
    found = marked(text, "pier jazz")
    assert "[Jazz] on the [pier]" in found
    assert found.startswith("…")
    assert found.endswith("…")
    assert len(found) < SNIPPET_CHARS + 20


def test_a_text_without_the_words_has_no_passage() -> None:
    assert passage("Something else", parse("pier", english=True).terms, english=True) == []


@given(st.text(alphabet="ab 手机é.\n", max_size=400), st.text(alphabet='ab 手"*-', max_size=20))
def test_a_passage_is_a_stretch_of_the_text(text: str, query: str) -> None:
    pieces = passage(text, parse(query, english=True).terms, english=True)
    whole = "".join(piece.text for piece in pieces)
    assert whole.removeprefix("…").removesuffix("…") in text
    assert all(piece.text for piece in pieces)


def test_a_stretch_near_the_beginning_with_enough_of_the_words_is_taken() -> None:
    text = "One pier. " + "Nothing here. " * 200 + "Jazz on the pier."
    terms = parse("pier OR jazz", english=True).terms
    near, far = (passage(text, terms, english=True, enough=enough) for enough in (1, None))
    assert near[0].text == "One "
    assert far[0].text == "…"
