"""Bodies made to cost time: each shape at any size, the same text for the same size.

For the growth test, which counts work, and for tests/bench/embed_reading.py, which measures it.
"""

from collections.abc import Callable

FILM = "https://www.youtube.com/watch?v=aB3_-xYz012"
POST = "https://x.com/someone/status/20"
UNKNOWN = "https://unknown.example/x"
FRAME = f'<iframe src="{UNKNOWN}"></iframe>'
# As many as a body may hold, two tags an element.
MAX_ELEMENTS = 14_500

Shape = Callable[[int], str]


def repeated(text: str, *, most: int = 10**9) -> Shape:
    """As often as the size has room for it, `most` times at most (the guard's caps)."""
    return lambda size: text * min(size // len(text), most)


def elements(text: str) -> Shape:
    return repeated(text, most=2 * MAX_ELEMENTS // text.count("<"))


def brackets(text: str) -> Shape:
    return repeated(text, most=24_000 // text.count("["))


def nested(start: str, inside: str, end: str, *, depth: int = 120) -> Shape:
    """Towers of `depth` elements, side by side."""
    return elements(start * depth + inside + end * depth)


def within(before: str, shape: Shape, after: str = "") -> Shape:
    return lambda size: f"{before}{shape(size)}{after}"


SHAPES: dict[str, Shape] = {
    # quotes in quotes, with and without a post
    "blockquotes": nested("<blockquote>", "x", "</blockquote>"),
    "blockquotes with links": nested(f'<blockquote><a href="{POST}">x</a>', "", "</blockquote>", depth=60),
    "tweets of no post": nested(f'<blockquote class="twitter-tweet"><a href="{UNKNOWN}">x</a>', "", "</blockquote>", depth=60),
    "tweets around a post": repeated('<blockquote class="twitter-tweet">' * 120 + f'<a href="{POST}">x</a>' + "</blockquote>" * 120, most=90),
    "instagram quotes": nested(f'<blockquote class="instagram-media" data-instgrm-permalink="{UNKNOWN}">', f'<a href="{POST}">x</a>', "</blockquote>"),
    "facebook quotes": nested(f'<div class="fb-post" data-href="{UNKNOWN}"><blockquote>', "<p>x</p>", "</blockquote></div>", depth=60),
    "a quote of many paragraphs": within('<blockquote class="twitter-tweet">', elements("<p>x</p>"), "</blockquote>"),
    # figures, frames and other elements
    "figures in captions": nested("<figure><figcaption>x", "", "</figcaption></figure>", depth=60),
    "embed figures": nested('<figure class="wp-block-embed"><figcaption>x', "<iframe></iframe>", "</figcaption></figure>", depth=60),
    "embed wrappers": nested('<div class="wp-block-embed__wrapper">', "x", "</div>"),
    "objects": nested(f'<object><param name=x value="{UNKNOWN}">', "<embed>", "</object>"),
    "noscripts": elements("<noscript><img src=x></noscript>"),
    "oembeds in oembeds": nested("<oembed>", "x", "</oembed>"),
    "oembeds of nothing": elements("<oembed>x</oembed>"),
    "frames of nothing": elements("<iframe></iframe>"),
    "frames of nothing in bold": within("<p>" + "<b>" * 200, elements("<iframe></iframe>")),
    "loader scripts": within("<p>" + "<b>" * 200, elements('<script src="//platform.twitter.com/widgets.js"></script>')),
    "embeds in bold": within("<p>" + f'<b title="{"x" * 1000}">' * 60, repeated(f'x<iframe src="{FILM}"></iframe>', most=499)),
    "oembed tags in code": within("<pre>", elements("<oembed>x</oembed>")),
    # addresses
    "links": elements(f'<a href="{UNKNOWN}">{UNKNOWN}</a>'),
    "links that never end": elements(f'<a href="{UNKNOWN}">x</p>'),
    "links in paragraphs": elements(f'<p><a href="{POST}">words</a></p>'),
    "addresses in paragraphs": elements(f"<p>{UNKNOWN}</p>"),
    "addresses of many hosts": lambda size: "".join(f"<p>https://{n}.unknown.example/x</p>" for n in range(min(size // 42, MAX_ELEMENTS))),
    "embeds in paragraphs": repeated(f"<p>{FILM}</p>", most=500),
    "lines of addresses": repeated(f"{UNKNOWN}\n", most=24_000),
    "broken lines": elements(f"{UNKNOWN}<br></i>"),
    "a paragraph of broken lines": within("<p>", elements(f"{FILM}<br></i>"), "x"),
    "schemes": repeated("https://"),
    # shortcodes
    "embed shortcodes": repeated(f"[embed]{FILM}[/embed] ", most=500),
    "embed openings": brackets("[embed]"),
    "embed openings far apart": brackets("[embed]" + "x" * 70),
    "embed openings unclosed": brackets("[embed "),
    "embed openings, quotes unclosed": brackets('[embed a="'),
    "embed ends": brackets("[/embed]"),
    "linked shortcodes": elements(f'[embed]<a href="{UNKNOWN}">x</a>'),
    "shortcodes of no post": brackets("[youtube a!] "),
    "attributes": brackets("[embed " + "a=b " * 900 + "]"),
    "captions": brackets("[caption]"),
    "unknown shortcodes": brackets("[foo_bar a=1]x[/foo_bar]"),
    "escaped shortcodes": brackets("[[a]x[/a]] "),
    "brackets": brackets("["),
    # comments, tags and characters
    "block comments": elements('<!-- wp:embed {"url":"x"} --></i>'),
    "block comments of deep JSON": within("<!-- wp:embed ", repeated("[", most=24_000), " -->"),
    "block comments of long JSON": within('<!-- wp:embed {"url":"', repeated("a"), '"} -->'),
    "blank comments": within("<!--", repeated(" "), "wp:x"),
    "less-than signs": repeated("< ", most=29_000),
    "tags without an end": repeated("<a ", most=20_000),
    "quotes without an end": within("<a ", repeated('href="x ', most=200), ">"),
    "entities": repeated("&amp;", most=50_000),
    "entities of entities": within("&amp;", repeated("amp;")),
    "a data address": within('<img src="data:image/png;base64,', repeated("A"), '">'),
    "a frame of data": within('<iframe src="data:text/html,', repeated("A"), '"></iframe>'),
    "a long class": within('<p class="', repeated("x "), '">x</p>'),
    "a long style": within('<span style="', repeated("font-weight "), '">x</span>'),
    "zero-width spaces": within(f"<p>{FILM}", lambda size: "\u200b" * (size // 3)),
    "blanks": repeated(" "),
    "line ends": repeated("\n", most=25_000),
    "lines": repeated("x\n", most=24_000),
    "line breaks": elements("x<br></i>"),
    "words": repeated("Words of a long text, quite ordinary. "),
    "table cells": within("<table>", elements("<tr><td>x</td></tr>")),
    "list items": within("<ul>", repeated("<li>x", most=MAX_ELEMENTS)),
}  # fmt: skip

# More than is taken in, and so refused before anything reads it.
BEYOND: dict[str, str] = {
    "3 MB": "x" * 3_000_000,
    "10 MB of paragraphs": "<p>x</p>" * 1_250_000,
    "60,000 embeds": f"<p>{FILM}</p>" * 60_000,
    "less-than signs": "<" * 2_000_000,
    "entities": "&lt;" * 500_000,
    "nesting": "<blockquote>" * 20_000,
    "attributes": "<p " + "a=b " * 400_000 + ">",
    "brackets": "[[" * 1_000_000,
    "lines": "x\n" * 900_000,
    "shortcodes": f"[embed]{FILM}[/embed]" * 30_000,
}
