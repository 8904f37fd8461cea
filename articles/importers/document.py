"""The story within a saved page: of a whole HTML document its part, title, address and date. Pure."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.importers.base import PageRefused
from articles.photos.credits import parse_credit
from newsroom.lib.html import plain_text
from newsroom.lib.text import clean_line, excerpt

# Where themes keep the story, the surest first.
STORIES = (
    ".entry-content", "[itemprop=articleBody]", ".td-post-content", ".post-content",
    ".article-content", ".article-body", ".story-body", ".elementor-widget-theme-post-content",
    "article", "main",
)  # fmt: skip
# What themes and plugins put among the story's words: comments, bylines, ways to other pages.
FURNITURE = (
    "#comments, .comments-area, .comment-respond, .commentlist, .comment-list, #respond, "
    "#disqus_thread, .fb-comments, nav, .entry-meta, .post-meta, .byline, .entry-footer, "
    ".post-navigation, .author-box"
)
DATES = (
    ("meta[property='article:published_time']", "content"),
    ("meta[itemprop=datePublished]", "content"),
    ("time[itemprop=datePublished]", "datetime"),
    ("time.entry-date", "datetime"),
    ("time.published", "datetime"),
)
NOTE_CHARS = 60
_HEADING = re.compile(r"<h1\b[^<>]*>", re.IGNORECASE)
_HEADING_END = re.compile(r"</h1\s*>", re.IGNORECASE)
# Possessive: a text of many comments may be gone through in one way only.
_EXPORT = re.compile(
    r"(?:\ufeff|\s)*+(?:<\?xml[^>]*>\s*+)?+(?:<!--(?:(?!-->).)*+-->\s*+)*+<rss\b", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Document:
    """body: the story's HTML. title: its `<h1>`, else what it is called for sharing. canonical: its
    address. published_at: aware. left_out: the beginnings of what was among it and is no part of it.
    """

    body: str
    title: str = ""
    canonical: str = ""
    published_at: datetime | None = None
    left_out: tuple[str, ...] = ()


def read_document(text: str) -> Document:
    """A fragment as it is, without the `<h1>` before its story; of a whole HTML document the story's part.

    Raises PageRefused.
    """
    if _EXPORT.match(text[:4_000]):
        raise PageRefused("it is a WordPress export (WXR), not a saved page")
    head = text[:2_000].lower()
    if "<html" not in head and "<!doctype" not in head:
        return _fragment(text)
    tree = LexborHTMLParser(text)
    story = next(filter(None, map(tree.css_first, STORIES)), None)
    if story is None:
        raise PageRefused("the document has no .entry-content, <article> or <main>")
    title = clean_line(_text(tree.css_first("h1")))
    title = title or clean_line(_attribute(tree, "meta[property='og:title']", "content"))
    for heading in story.css("h1"):
        if clean_line(heading.text()) == title:
            heading.decompose()  # it is the headline, not the body's first line
            break
    return Document(
        title=title,
        canonical=_attribute(tree, "link[rel=canonical]", "href"),
        published_at=next(_dates(tree), None),
        left_out=tuple(_take_out(story)),
        body=story.inner_html or "",
    )


def _fragment(text: str) -> Document:
    """Its `<h1>` is the title where no more than the photo line stands before it; another is a
    heading in the story, as writers use it.
    """
    start = _HEADING.search(text)
    end = _HEADING_END.search(text, start.end()) if start else None
    if start is None or end is None:
        return Document(body=text)
    before = text[: start.start()]
    lines = [line for part in before.split("\n") for line in plain_text(part).splitlines()]
    in_comment = before.rfind("<!--") > before.rfind("-->")
    if in_comment or len(lines) > 1 or (lines and not parse_credit(lines[0]).raw):
        return Document(body=text)
    title = clean_line(LexborHTMLParser(text[start.end() : end.start()]).text())
    body = text[: start.start()] + text[end.end() :]
    return Document(body=body, title=title) if title else Document(body=text)


def _take_out(story: LexborNode) -> list[str]:
    """What was taken out says how it begins. The story itself is none, whatever its class."""
    # The parser names a node once for each of its selectors. The inner ones go first.
    found = {node.mem_id: node for node in story.css(FURNITURE) if node.mem_id != story.mem_id}
    said = []
    for node in reversed(found.values()):
        said.append(excerpt(clean_line(node.text(separator=" ")), max_chars=NOTE_CHARS))
        node.decompose()
    return [words for words in reversed(said) if words]


def _dates(tree: LexborHTMLParser) -> Iterator[datetime]:
    """When it was published, wherever the page says so; without a zone in UTC."""
    said = [_attribute(tree, selector, name) for selector, name in DATES]
    said += [date for node in tree.css("script[type='application/ld+json']") for date in _ld(node)]
    for text in said:
        try:
            date = datetime.fromisoformat(text)
            date = date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            continue
        if date.year > 1:  # what some systems print for no date at all
            yield date


def _ld(node: LexborNode) -> Iterator[str]:
    try:
        found: Any = json.loads(node.text())
    except (ValueError, RecursionError):
        return
    graph = found.get("@graph", found) if isinstance(found, dict) else found
    for each in graph if isinstance(graph, list) else [graph]:
        date = each.get("datePublished") if isinstance(each, dict) else None
        if isinstance(date, str):
            yield date


def _text(node: LexborNode | None) -> str:
    return node.text() if node is not None else ""


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get(name) or "").strip() if node is not None else ""
