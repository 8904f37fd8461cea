"""The one place that makes HTML safe, and the only one that marks it so.

The allow-list is data in newsroom.lib.html_policy, the parsing is nh3's
(https://nh3.readthedocs.io), and before it newsroom.lib.html_guard looks at what comes in.
"""

import html as entities
import json
import re

import nh3
from django.utils.safestring import SafeString, mark_safe

from newsroom.lib.html_guard import (
    MAX_BODY_BYTES,
    MAX_DEPTH,
    BodyRefused,
    guard,
    refuse_too_big,
)
from newsroom.lib.html_policy import (
    ALLOWED_CLASSES,
    ALLOWED_TAGS,
    CKEDITOR_ALLOWED_CONTENT,
    EVERY_TAG,
    LINK_RELS,
    LINK_SCHEMES,
    REMOVED_WITH_CONTENT,
    check_attribute,
)

__all__ = [
    "ALLOWED_TAGS",
    "CKEDITOR_ALLOWED_CONTENT",
    "MAX_BODY_BYTES",
    "MAX_DEPTH",
    "BodyRefused",
    "guard",
    "json_script",
    "plain_text",
    "refuse_too_big",
    "sanitise",
    "trusted",
]

_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    clean_content_tags=set(REMOVED_WITH_CONTENT),
    attributes={
        "*": set(EVERY_TAG),
        **{
            tag: {*attributes, *(("class",) if tag in ALLOWED_CLASSES else ())}
            for tag, attributes in ALLOWED_TAGS.items()
        },
    },
    attribute_filter=check_attribute,
    strip_comments=True,
    link_rel=None,
    url_schemes=set(LINK_SCHEMES),
)

# --- The sanitiser ------------------------------------------------------------------------------
# Nothing that HTML or XML may hold: the C0 controls but tab and line ends, and non-characters.
_FORBIDDEN_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# These read the serialiser's output, where "<" and ">" stand for nothing but tags.
_OEMBED = re.compile(r"<oembed(?: [^>]*)?>\s*(https?://[^\s<]+)\s*</oembed>|</?oembed[^>]*>")
_PHOTO = re.compile(
    r'<figure(?: [^>]*)? data-photo="(\d+)"[^>]*>(?:\s|&nbsp;|<br>|<p>|</p>)*</figure>'
)
_STRAY_PHOTO = re.compile(r'(<figure(?: [^>]*)?) data-photo="\d+"(?=[^>]*>(?!</figure>))')
_LINK = re.compile(r"<a((?: [^>]*)?)>")
_REL = re.compile(r' rel="([^"]*)"')
_PRE = re.compile(r"(<pre(?: [^>]*)?>)\n+")
# Passes over the text until nothing changes. Two are enough for all but text made to need more.
MAX_PASSES = 8


def sanitise(html: str) -> str:
    """House HTML of any HTML: what a body may hold, and nothing else.

    In: any text. Out: HTML of ALLOWED_TAGS only, a fixed point: sanitising it again changes
    nothing. Raises BodyRefused (see newsroom.lib.html_guard, which looks at the output as well).
    """
    for _ in range(MAX_PASSES):
        guard(html)
        cleaned = _one_pass(html)
        if cleaned == html:
            return cleaned
        html = cleaned
    raise BodyRefused("The HTML of this text can't be made sense of. Paste it as plain text.")


def _one_pass(html: str) -> str:
    html = html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    html = _CLEANER.clean(_FORBIDDEN_CHARACTERS.sub("", html))
    html = _OEMBED.sub(lambda match: f"<oembed>{match[1]}</oembed>" if match[1] else "", html)
    html = _PHOTO.sub(r'<figure data-photo="\1"></figure>', html)
    html = _STRAY_PHOTO.sub(r"\1", html)
    # A parser drops the line end after <pre>: leaving it would lose one line at each save.
    html = _PRE.sub(r"\1", html)
    return _LINK.sub(_with_rel, html)


def _with_rel(link: re.Match[str]) -> str:
    if ' rel="' not in link[1]:
        return f'<a{link[1]} rel="{" ".join(LINK_RELS)}">'
    declared = _REL.findall(link[1])
    return f'<a{_REL.sub("", link[1])} rel="{" ".join((*declared, *LINK_RELS))}">'


# --- What else is made of house HTML ------------------------------------------------------------
_BLOCK_BOUNDARY = re.compile(
    r"</?(?:address|aside|blockquote|caption|dd|details|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p"
    r"|pre|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?: [^<>]*)?>|<oembed>[^<]*</oembed>"
)


def plain_text(html: str) -> str:
    """The words of house HTML as a reader reads them.

    In: sanitised HTML. Out: unescaped text, one line for each block or line, no blank lines, runs
    of spaces as one. Embed addresses are no words. The result is text: escape it before showing it.
    """
    text = _BLOCK_BOUNDARY.sub("\n", re.sub(r"[\t\n\r ]+", " ", html)).replace("<br>", "\n")
    text = entities.unescape(re.sub(r"<[^<>]*>", "", text))
    lines = (re.sub(r" +", " ", line).strip(" ") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def trusted(html: str) -> SafeString:
    """Mark as safe what this project built from sanitised or escaped parts."""
    return mark_safe(html)  # noqa: S308 - the single place


_JSON_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def json_script(data: object) -> SafeString:
    """JSON that may stand in a `<script type="application/ld+json">`: no value can end the element.

    In: dicts, lists, text, numbers; anything else is written as str() writes it (dates: give
    isoformat()). Raises ValueError for NaN and infinities, which JSON does not have.
    """
    text = json.dumps(data, ensure_ascii=False, default=str, allow_nan=False, separators=(",", ":"))
    return trusted(text.translate(_JSON_ESCAPES))
