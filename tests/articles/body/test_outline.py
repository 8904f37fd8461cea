"""Headings, words and the first paragraph of a body."""

from articles.body.outline import Heading, outline


def test_headings_have_ids_of_their_own() -> None:
    html = '<h2>Who &amp; what</h2><h3 id="c-x">X</h3><h2>Who <em>what</em></h2><h4>…</h4>'
    assert outline(html).headings == (
        Heading(2, "c-who-what", "Who & what"),
        Heading(3, "c-x", "X"),
        Heading(2, "c-who-what-2", "Who what"),
        Heading(4, "c-section", "…"),
    )


def test_a_heading_inside_a_heading_is_one_more() -> None:
    found = outline("<h3>a<em><h2>b</h2></em></h3>").headings
    assert [heading.level for heading in found] == [3, 2]


def test_words_are_counted_as_a_reader_counts() -> None:
    assert (
        outline("<p>It’s 4,200 well-read words—five.</p><oembed>https://a.b/</oembed>").words == 5
    )


def test_scripts_without_spaces_are_estimated() -> None:
    assert outline("<p>東京で撮影された</p>").words == 4


def test_reading_takes_a_minute_at_least() -> None:
    assert outline("<p>one</p>").reading_minutes == 1
    assert outline("<p>" + "word " * 500 + "</p>").reading_minutes == 3
    assert outline("").reading_minutes == 0


def test_the_first_paragraph_is_the_first_with_words() -> None:
    html = '<h2>A</h2><p><img src="/x"></p><p class="align-center">b &amp; <br>c</p><p>d</p>'
    assert outline(html).first_paragraph == "b & c"
    assert outline("<h2>A</h2>").first_paragraph == ""
