"""What a provider's blockquote says in words."""

import datetime as dt

import pytest

from articles.embeds.quotation import MAX_QUOTE_CHARS, Quotation, quotation_in


def test_it_reads_words_author_and_day() -> None:
    said = quotation_in(
        "<blockquote><p>One <b>word</b><br>more</p><p>Two</p>"
        "&mdash; Ann Lark (@ann) <a href='https://x.com/ann/status/1'>April 5, 2026</a></blockquote>"
    )
    assert said == Quotation("One word\nmore\nTwo", "Ann Lark (@ann)", dt.date(2026, 4, 5))


@pytest.mark.parametrize(
    "html",
    ["", "words", "<p>words</p>", "<blockquote></blockquote>", "<b>" * 5000 + "<blockquote>"],
)
def test_where_there_is_no_quote_nothing_is_said(html: str) -> None:
    assert quotation_in(html) == Quotation()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Apr 5, 2026 at 1:00 PM", dt.date(2026, 4, 5)),
        ("Since May 1, 2020, by Ann; June 2, 2021", dt.date(2021, 6, 2)),
        ("Feb 30, 2026", None),
        ("Foo 3, 2026", None),
        ("5 April 2026", None),
    ],
)
def test_a_day_is_read_as_providers_write_it(text: str, day: dt.date | None) -> None:
    assert quotation_in(f"<blockquote><p>May 9, 1999</p>{text}</blockquote>").published == day


def test_scripts_and_markup_in_it_are_no_words() -> None:
    said = quotation_in("<blockquote><p>&lt;script&gt;x&lt;/script&gt;<img src=x></p></blockquote>")
    assert said.text == "<script>x</script>"


def test_words_end_somewhere() -> None:
    said = quotation_in(f"<blockquote>{'<p>' + 'a' * 5000 + '</p>'}</blockquote>")
    assert len(said.text) == MAX_QUOTE_CHARS


def test_what_links_leave_in_a_text_goes() -> None:
    said = quotation_in("<blockquote><p>See<br><a href='/'>[image or embed]</a></p></blockquote>")
    assert said.text == "See"


def test_the_author_may_stand_in_a_paragraph_of_its_own() -> None:
    said = quotation_in("<blockquote><p>Words</p><p>Posted by Ann Lark on May 1</p></blockquote>")
    assert (said.text, said.author) == ("Words", "Ann Lark")


def test_empty_paragraphs_say_nothing() -> None:
    assert quotation_in("<blockquote><p> </p><p>Words</p></blockquote>").text == "Words"
