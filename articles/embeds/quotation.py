"""What a provider's blockquote says in words: text, author and day, and never its HTML."""

import datetime as dt
import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.embeds.url import BLANK
from newsroom.lib.html_guard import BodyRefused, guard

MAX_QUOTE_CHARS = 2000
MAX_AUTHOR_CHARS = 300
MAX_PARTS = 40

_SPACES = re.compile(r"\s+")
_LINKS_IN_TEXT = re.compile(r"(?:https?://t\.co/|\bpic\.(?:twitter|x)\.com/)\S*|\[image or embed\]")
_ATTRIBUTION = re.compile(
    r"(?:[\u2014\u2013-] *|Posted by |A (?:post|photo|video|reel) (?:shared|posted) by )"
    r"(.+?\(@[\w.-]+\)|[^(]+?(?= on |$))",
    re.IGNORECASE,
)
# As X and Bluesky end their blockquotes: "April 20, 2018", "Apr 5, 2024 at 1:00 PM".
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"\b([A-Z][a-z]{2})[a-z]* ([0-9]{1,2}), ([0-9]{4})\b")


@dataclass(frozen=True, slots=True)
class Quotation:
    """The post's own words line by line; "" and None for what the quote doesn't say."""

    text: str = ""
    author: str = ""
    published: dt.date | None = None


def quotation(quote: LexborNode) -> Quotation:
    """Read a blockquote in a provider's markup: paragraphs of words, then who wrote them, and when."""
    said, author = [], ""
    for paragraph in quote.css("p")[:MAX_PARTS]:
        text = _words(_text(paragraph))
        by = _ATTRIBUTION.match(text)
        if by:
            author = author or by.group(1)
        elif text:
            said.append(text)
    rest = _words(_outside_paragraphs(quote).replace("\n", " "))
    by = _ATTRIBUTION.match(rest)
    if by:
        author = author or by.group(1)
    return Quotation(
        text="\n".join(said)[:MAX_QUOTE_CHARS],
        author=author.strip()[:MAX_AUTHOR_CHARS],
        published=_day(rest),
    )


def quotation_in(html: str) -> Quotation:
    """The same of the first blockquote in a piece of HTML from outside; nothing where there is none."""
    try:
        guard(html)
    except BodyRefused:
        return Quotation()
    quote = LexborHTMLParser(html).css_first("blockquote")
    return quotation(quote) if quote is not None else Quotation()


def _outside_paragraphs(quote: LexborNode) -> str:
    child, rest = quote.first_child, []
    while child is not None:
        if child.tag != "p":
            rest.append(_text(child))
        child = child.next
    return "".join(rest)


def _day(text: str) -> dt.date | None:
    """The last day named in a text, in English as the providers write it."""
    for month, day, year in reversed(_DAY.findall(text)):
        if month.lower() in _MONTHS:
            try:
                return dt.date(int(year), _MONTHS.index(month.lower()) + 1, int(day))
            except ValueError:
                continue
    return None


def _words(text: str) -> str:
    text = _LINKS_IN_TEXT.sub("", text[: MAX_QUOTE_CHARS * 2])
    lines = (_SPACES.sub(" ", line).strip(BLANK) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def _text(node: LexborNode) -> str:
    if node.is_text_node:
        return _SPACES.sub(" ", node.text_content or "")
    parts = node.traverse(include_text=True)
    return "".join("\n" if part.tag == "br" else _text(part) for part in parts if _speaks(part))


def _speaks(node: LexborNode) -> bool:
    return node.is_text_node or node.tag == "br"
