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

from selectolax.lexbor import LexborHTMLParser

from articles.body.clean import Note, clean
from articles.importers.base import ImportedArticle, PageRefused
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
    document = _document(text)
    bars = read_wp_bars(text)
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
        published_at=_date_in(source.path),
        bar=bar,
        warnings=(
            *_warnings(bar, source, photo_line=photo_line, headline=document.title),
            *map(describe, cleaned.notes),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Document:
    body: str
    title: str = ""
    canonical: str = ""


def _document(text: str) -> _Document:
    """A fragment as it is; of a whole HTML document the article's part, its title and address."""
    head = text[:2_000].lower()
    if "<html" not in head and "<!doctype" not in head:
        return _Document(body=text)
    tree = LexborHTMLParser(text)
    for selector in (".entry-content", "[itemprop=articleBody]", "article", "main"):
        node = tree.css_first(selector)
        if node is not None:
            break
    else:
        raise PageRefused("the document has no .entry-content, <article> or <main>")
    title = tree.css_first("h1")
    headline = clean_line(title.text() if title else "")
    for inside in node.css("h1"):
        inside.decompose()  # it is the headline, not the body's first line
    link = tree.css_first("link[rel=canonical]")
    return _Document(
        body=node.inner_html or "",
        title=headline,
        canonical=(link.attributes.get("href") or "") if link else "",
    )


def _source(bar: WpBar | None, document: _Document) -> _Source:
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
    """The first line where it is a caption with a credit, and the rest; else nothing and all."""
    stripped = body.lstrip("\ufeff \t\r\n")
    line, _, rest = stripped.partition("\n")
    looks_like_text = not re.match(r"<(?!em|i>|a[ >]|strong|b>|span)", line)
    if looks_like_text and len(line) <= PHOTO_LINE_CHARS and parse_credit(line).raw:
        return line.strip(), rest
    return "", body


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
