"""Saved pages of a WordPress site: a caption and credit line, the body, the reaction bar.

Pure: text in, ImportedArticle out. Where the plugin's markup is described: importing.md section 5
and reactions.md of the design documents. Facts that the page does not hold (author, section,
tags, often the date) stay empty.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from articles.body.clean import Note, clean
from articles.importers.base import ImportedArticle, PageRefused
from articles.importers.document import Document, read_document
from articles.importers.wp_bar import WpBar, read_wp_bars
from articles.photos.credits import parse_credit
from newsroom.lib.html import guard, plain_text
from newsroom.lib.text import clean_line, excerpt, title_from_slug

SLUG = re.compile(r"[\w-]{1,180}")
DATED_PATH = re.compile(r"/(\d{4})/(\d{1,2})/(?:(\d{1,2})/)?[^/]+/?$")
# Prefixes under which the same site is served to its makers.
STAGING = ("dev.", "staging.", "stage.", "test.", "beta.", "www.", "m.", "amp.")
HEADLINE_CHARS = 70
# The columns' sizes. No honest page comes near them.
MAX_HOST_CHARS = 253
MAX_URL_CHARS = 1_000
MAX_ID_CHARS = 200
PHOTO_LINE_CHARS = 1_000
CAPTION_CHARS = 200  # of a paragraph that is a photo line
# A paragraph with words, emphasis and links; `-->` of a block editor's comment before it.
_FIRST_PARAGRAPH = re.compile(
    r"(?:<!-- wp:paragraph[^>\n]*-->\s*)?<p(?:\s[^>]*)?>"
    r"((?:[^<\n]|</?(?:em|i|b|strong|span|small|a)\b[^<>\n]*>){1,1000})</p>(?:\s*<!-- /wp:paragraph -->)?",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"\n|<(?:p|div|h[1-6]|figure|blockquote|[uo]l|table|section|amp-[a-z]+|iframe|!--)\b",
    re.IGNORECASE,
)
# What is more than words stays in the body: a picture, a shortcode round one.
_NO_LINE = re.compile(r"<(?!em|i>|a[ >]|strong|b>|span)|\[caption\b|.*<img\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the page stood: from the share URL of its reaction bar, or from its canonical link."""

    url: str = ""
    host: str = ""
    path: str = ""
    slug: str = ""


def hosts_of(host: str) -> frozenset[str]:
    """The names one site goes by: dev.example.org is also example.org and www.example.org."""
    if not host:
        return frozenset()
    base = host
    for prefix in STAGING:
        if base.startswith(prefix) and base.count(".") > 1:
            base = base.removeprefix(prefix)
            break
    return frozenset({host, base, f"www.{base}"})


def read_page(text: str, *, default_host: str = "") -> ImportedArticle:
    """Read one saved page. Raises PageRefused naming what is missing, BodyRefused when too large."""
    guard(text)
    if "\x00" in text or not text.strip():
        raise PageRefused("it holds no text: is it a saved page?")
    document = read_document(text.replace("\r\n", "\n").replace("\r", "\n"))
    unread: list[str] = []
    bars = read_wp_bars(text, unread=unread)
    bar = bars[0] if bars else None
    source = _source(bar, document)
    photo_line, body = _split_photo_line(document.body)
    cleaned = clean(body)  # without the plugin's boxes, which hold words too
    words = plain_text(cleaned.html)
    if not words and not cleaned.embeds:
        raise PageRefused("no paragraph of text and no embed was found")
    headline, working = _headline(document.title, source.slug, photo_line=photo_line, words=words)
    return ImportedArticle(
        host=source.host or default_host,
        external_id=_identity(bar, source, text),
        raw_sha=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        body_html=body,
        slug=source.slug,
        headline=headline,
        headline_is_working=working,
        photo_line=photo_line,
        source_url=source.url,
        old_paths=_old_paths(source, bar),
        published_at=document.published_at or _date_in(source.path),
        bar=bar,
        warnings=(
            *_warnings(bar, source, photo_line=photo_line, headline=document.title),
            *unread,
            *(f"left out, as no part of the story: {words}" for words in document.left_out),
            *map(describe, cleaned.notes),
        ),
    )


def _source(bar: WpBar | None, document: Document) -> _Source:
    url = (bar.share_url if bar else "") or document.canonical
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return _Source()
    if parts.scheme not in {"http", "https"} or not 0 < len(host) <= MAX_HOST_CHARS:
        return _Source()
    path = unquote(parts.path)
    last = path.rstrip("/").rpartition("/")[2]
    slug = last.lower() if SLUG.fullmatch(last) else ""
    return _Source(url=url[:MAX_URL_CHARS], host=host, path=path, slug=slug)


def _split_photo_line(body: str) -> tuple[str, str]:
    """The first line where it is a caption with a credit, and the rest; else nothing and all.

    It ends with the line or where a block begins; a paragraph that is nothing but a caption and who
    took the picture is one too.
    """
    stripped = body.lstrip("\ufeff \t\r\n")
    if paragraph := _FIRST_PARAGRAPH.match(stripped):
        line, rest = paragraph.group(1), stripped[paragraph.end() :]
        taken = _taken_by(line)
    else:
        block = _BLOCK.search(stripped)
        line = stripped[: block.start()] if block else stripped
        rest = stripped[len(line) :]
        taken = not _NO_LINE.match(line) and bool(parse_credit(line).raw)
    if taken and len(line) <= PHOTO_LINE_CHARS:
        return line.strip(), rest
    return "", body


def _taken_by(line: str) -> bool:
    """A caption and, at its end, who took the picture: "said Vale (via Billboard)" is a sentence."""
    credit = parse_credit(line)
    if not credit.raw or len(credit.caption) > CAPTION_CHARS:
        return False
    at_the_end = (
        plain_text(line).rstrip(" .)]").endswith(credit.raw.rpartition("; ")[2].rstrip(" .)]"))
    )
    return at_the_end and all(part.photographers and part.agency for part in credit.parts)


def _post_id(bar: WpBar | None) -> str:
    """The post's id. Only digits: a shortcode's name, which may stand there, is on many pages."""
    found = bar.post_id if bar else ""
    return found if found.isascii() and found.isdigit() and len(found) <= MAX_ID_CHARS else ""


def _identity(bar: WpBar | None, source: _Source, text: str) -> str:
    """The post's id on the old site; without one its address; without that, what the page says."""
    if post_id := _post_id(bar):
        return post_id
    if source.path not in {"", "/"}:
        return f"path-{hashlib.sha256(source.path.encode()).hexdigest()[:32]}"
    return "page-" + hashlib.sha256(text.strip().encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _headline(title: str, slug: str, *, photo_line: str, words: str) -> tuple[str, bool]:
    """The page's own title; else one from the slug or the first sentence, which a writer confirms."""
    if title:
        return title[:300], False
    if slug:
        return title_from_slug(slug, context=f"{photo_line} {words}")[:300], True
    first_sentence = re.split(r"(?<=[.!?…])\s", words.strip(), maxsplit=1)[0]
    return excerpt(clean_line(first_sentence), max_chars=HEADLINE_CHARS), True


def _old_paths(source: _Source, bar: WpBar | None) -> tuple[str, ...]:
    paths = [source.path] if source.path not in {"", "/"} else []
    if (post_id := _post_id(bar)) and source.host:
        paths.append(f"/?p={post_id}")
    return tuple(paths)


def _date_in(path: str) -> datetime | None:
    """The date of a dated permalink (/2022/09/08/slug/); noon, since the hour is not in it."""
    match = DATED_PATH.search(path)
    if not match:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return datetime(year, month, day, 12, tzinfo=UTC)
    except ValueError:
        return None


NOTES = {
    "damaged-html": "damaged HTML, these words were in it",
    "unknown-shortcode": "unknown shortcode unwrapped",
    "dropped-shortcode": "shortcode dropped",
    "dynamic-block": "block without content dropped",
    "unknown-frame": "frame of an unknown host became a link",
    "dropped-element": "element dropped",
    "dropped-picture": "picture dropped",
    "embed": "embed",
}


def describe(note: Note) -> str:
    """A cleaning note in words, for the report."""
    times = f" ({note.count} times)" if note.count > 1 else ""
    return f"{NOTES[note.code]}: {note.subject}{times}"


def _warnings(
    bar: WpBar | None, source: _Source, *, photo_line: str, headline: str
) -> tuple[str, ...]:
    found = []
    if not photo_line:
        found.append("no photo line")
    if bar is None:
        found.append("no reaction bar")
    elif not bar.version.startswith("1."):
        found.append("the bar's emoji ids were read by WP Reactions Lite's table: check the kinds")
    if not source.host:
        found.append("no host: name it with --host, or pages of two sites may be taken for one")
    if not source.slug:
        found.append("no slug")
        if not headline:
            found.append("no title")
    return tuple(found)
