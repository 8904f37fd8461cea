"""What may cost a parser too much is refused before one sees it, in words for a person."""

import pytest

from newsroom.lib.html_guard import (
    MAX_BODY_BYTES,
    MAX_BRACKETS,
    MAX_DEPTH,
    MAX_ENTITIES,
    MAX_LINES,
    MAX_TAGS,
    BodyRefused,
    guard,
)

DEAR = {
    "10 MB of text": ("x" * 10_000_000, "10.0 MB"),
    "10 MB of paragraphs": ("<p>small</p>" * 900_000, "MB"),
    "2 MB in UTF-8": ("é" * 1_100_000, "2.2 MB"),
    "100,000 open boxes": ("<div>" * 100_000, "tags"),
    "20,000 open boxes": ("<div>" * 20_000, "nested"),
    "250,000 open comments": ("<!--" * 250_000, "tags"),
    "400,000 entities": ("&lt;abcdefg" * 400_000, "MB"),
    "100,000 entities": ("&lt;" * 100_000, "entities"),
    "100,000 attributes": ("<p " + " ".join(f"a{n}" for n in range(100_000)) + ">", "attributes"),
    "300 attributes": ("<p " + " ".join(f"a{n}='<'" for n in range(300)) + ">", "attributes"),
    "bold never closed": ("".join(f"<b id={n}>" for n in range(5000)) + "<p>x" * 200, "nested"),
    "bold repeated in each paragraph": (
        "".join(f"<b title='{'x' * 900}{n}'>" for n in range(200)) + "<p>x</p>" * 2000,
        "never closes them",
    ),
}
# Each closes its boxes only for a scan that reads tags where HTML has none.
DECEIT = {
    "in an abrupt comment": "<div><!--></div-->",
    "in a comment": "<div><!-- </div> -->",
    "in a bogus comment": "<div><!</div>",
    "in a processing instruction": "<div><?</div>",
    "in a script": "<div><script></div></script>",
    "in an attribute": "<div><a title='</div>'></a>",
    "from inside a table": "<table><tr><td></div><div>",
    "with the wrong name": "<div></span>",
    "from inside bold": "<b><div></b>",
    "of list items by turns": "<p><dd></p><p><li></p>",
}
FLAT = {
    "unclosed paragraphs": "<p>x\n" * 2000,
    "unclosed items": "<ul>" + "<li>x<li><p>y" * 1000 + "</ul>",
    "unclosed cells": "<table>" + "<tr><td>x<td>y" * 1000 + "</table>",
    "crossed formatting": "<p><b><i>x</b></i></p>" * 100,
    "breaks and pictures": "<br><img src=x>" * 3000,
    "links never closed": "<a href=x>y" * 2000,
    "stray ends": "</b></p></div>" * 5000,
    "text with less-than": "1 < 2 << 3 <= 4 </ <3" * 1000,
    "a cut-off tag": "<p>x</p><a href='",
    "a long address": f"<img src='data:image/png;base64,{'A/+' * 100_000}'>",
    "comments": "<!-- <div> -->" * 5000,
    "many ends of nothing": "<b>" * 200 + "</x>" * 10_000,
    "depth just allowed": "<div>" * MAX_DEPTH,
}


@pytest.mark.parametrize("name", DEAR)
def test_it_refuses_what_a_parser_would_pay_for(name: str) -> None:
    html, words = DEAR[name]
    with pytest.raises(BodyRefused, match=words):
        guard(html)


@pytest.mark.parametrize("name", DECEIT)
def test_it_counts_boxes_whose_end_is_hidden(name: str) -> None:
    with pytest.raises(BodyRefused, match="nested"):
        guard(DECEIT[name] * 1000)


@pytest.mark.parametrize("name", FLAT)
def test_it_lets_flat_text_through(name: str) -> None:
    guard(FLAT[name])


def test_the_message_tells_a_person_what_to_do() -> None:
    with pytest.raises(BodyRefused) as refusal:
        guard("x" * 10_000_000)
    assert str(refusal.value).startswith(
        "This text is 10.0 MB; the most that can be stored is 2.0 MB."
    )
    assert "Split it" in str(refusal.value)


def test_it_refuses_a_text_of_lines() -> None:
    guard("\n" * MAX_LINES)
    with pytest.raises(BodyRefused, match="lines"):
        guard("\n" * (MAX_LINES + 1))


def test_it_refuses_a_text_of_brackets() -> None:
    guard("[" * MAX_BRACKETS)
    with pytest.raises(BodyRefused, match="square brackets"):
        guard("[" * (MAX_BRACKETS + 1))


def test_a_day_of_live_blogging_stays_far_within() -> None:
    """10,000 words, 2,000 links, 300 posts in their providers' markup, three tables of 60 rows."""
    entry = "<h3>10:42</h3>\n<p><strong>Nola</strong> " + "word &amp; " * 40
    entry += '<a href="https://a.example/story?a=1&amp;b=2">link</a> ' * 8 + "</p>\n\n"
    post = (
        '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Words <a href="https://t.co/x">'
    )
    post += 't.co/x</a></p>&mdash; Nola (@nola) <a href="https://x.com/nola/status/20">May 1</a>'
    post += '</blockquote>\n<script async src="https://platform.twitter.com/widgets.js"></script>\n'
    row = "<tr>" + "<td>1</td>" * 8 + "</tr>\n"
    day = entry * 250 + post * 300 + f"<table><tbody>{row * 60}</tbody></table>" * 3
    guard(day)
    assert 2 * len(day) < MAX_BODY_BYTES
    for mark, most in {
        "<": 2 * MAX_TAGS,
        "&": MAX_ENTITIES,
        "\n": MAX_LINES,
        "[": MAX_BRACKETS,
    }.items():
        assert 2 * day.count(mark) < most, mark
