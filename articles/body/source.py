"""The source text of an old article, before it is parsed: damage and block comments."""

import re
from collections import Counter

# An attribute of these never holds markup: one that does lost its closing quote.
_UNCLOSED = re.compile(
    r"""(?P<kept><[a-zA-Z][^<>]*?\s(?:align|class|dir|height|href|id|lang|rel|src|style|target|width)
    \s*=\s*(?P<quote>["'])[^"'<>]*)(?=>(?P<words>[^"'<]*)<[a-zA-Z/])""",
    re.VERBOSE,
)
_LINK_TAG = re.compile(r"<(/?)[aA](?=[\s>])")
_LINK_WITHOUT_END = re.compile(
    r"""(<a\s[^<>]*>(?:[^<]|<(?!/?(?:a|p|div|li|h[1-6]|ul|ol|dl|blockquote|table|figure|section)\b))*+)
    (?=<(?!/a\b)|\Z)""",
    re.VERBOSE | re.IGNORECASE,
)
# Elements in which a parser puts, and the cleaning loses, all that follows a missing end tag.
_SWALLOWING_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>amp-[a-z0-9-]+|audio|canvas|iframe|noscript|object|oembed|script|select
    |style|textarea|title|video|div(?=[^<>]*\sdata-(?:href|oembed-url)=))
    (?=[\s/>])(?P<attributes>(?:[^<>"']|"[^"<]*"|'[^'<]*')*+(?=>)|[^<>]*)>""",
    re.VERBOSE | re.IGNORECASE,
)
_TEXT_ONLY = frozenset({"script", "style", "textarea", "title"})
# Nobody writes these without an end tag and means what a parser makes of it.
_FRAMES = re.compile(r"iframe|amp-[a-z0-9-]+")
# "<a href=/x/>" is not closed by its slash, which is part of the value.
_CLOSED_BY_SLASH = re.compile(r"(?:.*[\s\"'])?/", re.DOTALL)
# Block comments (https://developer.wordpress.org/block-editor, "Markup representation of a block").
# A void one has no saved HTML.
_BLOCK = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>(?:[a-z][a-z0-9_-]*/)?[a-z0-9][a-z0-9_-]*)\s(?P<rest>[^<>]*?)(?P<void>/)?-->"
)
_SILENT_BLOCKS = frozenset({"more", "nextpage", "spacer", "separator", "embed"})


def mend_unclosed_quotes(html: str, notes: Counter[tuple[str, str]]) -> str:
    """Close the quotes of attributes that would swallow text up to the next quote.

    `notes` gets ("damaged-html", the words saved) for each.
    """

    def close(found: re.Match[str]) -> str:
        notes["damaged-html", found["words"].strip()[:80]] += 1
        return found["kept"] + found["quote"]

    return _UNCLOSED.sub(close, html)


def mend_unclosed_links(html: str, notes: Counter[tuple[str, str]]) -> str:
    """Close links that were never closed, where the block ends: a parser would link all that follows.

    `notes` gets ("damaged-html", the link's words) for each.
    """
    ends = [bool(end) for end in _LINK_TAG.findall(html)]
    if 2 * sum(ends) >= len(ends):
        return html

    def close(link: re.Match[str]) -> str:
        words = re.sub(r"<[^<>]*>", "", link[1]).strip()
        if not words:
            return link[1]
        notes["damaged-html", words[:80]] += 1
        return f"{link[1].rstrip()}</a>"

    return _LINK_WITHOUT_END.sub(close, html)


def mend_unclosed_frames(html: str, notes: Counter[tuple[str, str]]) -> str:
    """Give an end tag to frames, scripts and the like that have none, or were closed as in XML
    ("<iframe />"): a parser would take all that follows for their content.

    `notes` gets ("damaged-html", the tag) for each without any end.
    """
    ends = [(len(html), "")]
    closes: dict[str, bool] = {}
    for tag in reversed(_swallowing_tags(html)):
        name, is_next_its_end = tag["name"].lower(), closes.get(tag["name"].lower(), False)
        closes[name] = bool(tag["end"])
        if tag["end"] or (is_next_its_end and name != "div"):
            continue
        slashed = _CLOSED_BY_SLASH.fullmatch(tag["attributes"]) is not None
        if slashed or _FRAMES.fullmatch(name):
            ends.append((tag.end(), f"</{name}>"))
            if not slashed:
                notes["damaged-html", tag[0][:80]] += 1
    parts, done = [], 0
    for place, end in reversed(ends):
        parts += [html[done:place], end]
        done = place
    return "".join(parts)


def _swallowing_tags(html: str) -> list[re.Match[str]]:
    """The tags of such elements, without those that are text in a script or the like."""
    tags: list[re.Match[str]] = []
    inside = ""
    for tag in _SWALLOWING_TAG.finditer(html):
        name = tag["name"].lower()
        if inside and not (tag["end"] and name == inside):
            continue
        inside = ""
        if (
            name in _TEXT_ONLY
            and not tag["end"]
            and not _CLOSED_BY_SLASH.fullmatch(tag["attributes"])
        ):
            inside = name
        tags.append(tag)
    return tags


def has_paragraphs(html: str) -> bool:
    """Whether line ends mean nothing: there are paragraphs, or it is the block editor's."""
    return "<!-- wp:" in html or re.search(r"<[pP][\s>]", html) is not None


def note_blocks(html: str, notes: Counter[tuple[str, str]]) -> None:
    """Count ("dynamic-block", name) for blocks that were made on the old site at each view."""
    for block in _BLOCK.finditer(html):
        if block["void"] and block["name"].removeprefix("core/") not in _SILENT_BLOCKS:
            notes["dynamic-block", block["name"].removeprefix("core/")] += 1
