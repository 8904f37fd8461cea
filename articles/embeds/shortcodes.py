"""WordPress shortcodes that stand for a post: `[embed]URL[/embed]`, `[youtube URL]` and the like.

Syntax: https://developer.wordpress.org/apis/shortcode/ and, for providers' own, what Jetpack and
the plugins of old accepted: a named attribute, `[name=URL]`, a bare value, or the text in between.
Doubled brackets escape a shortcode. One scan; what isn't understood stays text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.embeds.findings import Findings
from articles.embeds.provider import EmbedRef, Provider
from articles.embeds.providers import PROVIDERS, match, match_text
from articles.embeds.tokens import Kind, Token
from articles.embeds.url import BLANK, SafeUrl, read_url

# A shortcode longer than this is none: keeps the search for its end short.
MAX_SHORTCODE_CHARS = 4000

_PROVIDERS: dict[str, Provider | None] = {
    name: provider for provider in PROVIDERS for name in provider.shortcodes
} | dict.fromkeys(("arve", "av_video", "vc_video"))
# All that only ever show something of another site's.
PLAYER_SHORTCODES = frozenset(_PROVIDERS)
_PROVIDERS |= dict.fromkeys(("embed", "video"))
# No tag looks past the next bracket, so that all of them together read the text once.
_TAG = re.compile(
    r"\[(?P<escape>\[?)(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9_.-]{1,40})(?=[\s=\]/])"
    rf"(?P<attributes>[^\[\]]{{0,{MAX_SHORTCODE_CHARS}}}+)\]"
)
_CURLY = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'")
)
_ATTRIBUTE = re.compile(
    r"""(?:(?P<name>[\w-]{1,40})\s*=\s*)?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+))"""
)
# As much of a first tag as may stand before a link in it or after it.
_OPENING = re.compile(r"\[(?P<name>[A-Za-z][A-Za-z0-9_.-]{1,40})(?=[\s=\]])[^\[\]<>]*+\]?\s*\Z")
_LINKED = [Kind.TEXT, Kind.OPEN, Kind.TEXT, Kind.CLOSE, Kind.TEXT]
_NAMES = (
    "url",
    "src",
    "link",
    "href",
    "id",
    "photo",
    "video",
    "video_id",
    "videoid",
    "clip_id",
    "v",
    "tweet",
    "",
)


@dataclass(frozen=True, slots=True)
class _Shortcode:
    """From `begin` to `end` of a text; `attributes` as they are written, `content` up to an end tag."""

    name: str
    attributes: str
    content: str
    begin: int
    end: int
    escaped: bool

    @property
    def values(self) -> dict[str, str]:
        return _attributes(self.attributes)


def expand_all(tokens: list[Token], findings: Findings) -> tuple[list[Token], bool]:
    """The tokens with all shortcodes in their texts made embeds, or links for `[embed]` of an
    unknown site; and whether there were any."""
    if not any("[" in token.text for token in tokens):
        return tokens, False
    expanded: list[Token] = []
    any_found = False
    for token in _join_linked(tokens):
        parts = (
            _expand(token, findings) if token.kind is Kind.TEXT and "[" in token.text else [token]
        )
        any_found = any_found or parts != [token]
        expanded += parts
    return expanded, any_found


def _expand(token: Token, findings: Findings) -> list[Token]:
    text = token.text
    parts: list[Token] = []
    done = position = 0
    for code in _shortcodes(text):
        if code.begin < position:
            continue
        replacement = None if code.escaped else _replacement(code, findings)
        if replacement is not None:
            parts += [Token(Kind.TEXT, text=text[done : code.begin]), replacement]
            done = code.end
        if replacement is not None or code.escaped:
            position = code.end
    if not parts:
        return [token]
    return [part for part in (*parts, Token(Kind.TEXT, text=text[done:])) if part.text or part.ref]


def _shortcodes(text: str) -> Iterator[_Shortcode]:
    """The shortcodes of names we know, in their order; one may stand in another's content."""
    tags = [tag for tag in _TAG.finditer(text) if tag["name"].lower() in _PROVIDERS]
    following: dict[str, re.Match[str]] = {}
    pairs: list[tuple[re.Match[str], re.Match[str] | None]] = []
    for tag in reversed(tags):
        name = tag["name"].lower()
        if not tag["end"]:
            pairs.append((tag, following.get(name)))
        following[name] = tag
    for tag, after in reversed(pairs):
        yield _shortcode(text, tag, after)


def _shortcode(text: str, tag: re.Match[str], after: re.Match[str] | None) -> _Shortcode:
    """What a tag begins. `after` is the next tag of its name: its end tag, or another shortcode's
    beginning, whose end tag isn't this one's."""
    attributes, content, end = tag["attributes"], "", tag.end()
    if after and after["end"] and not attributes.endswith("/"):
        inside = text[end : after.start()]
        if len(inside) <= MAX_SHORTCODE_CHARS:
            content, end = inside, after.end()
    return _Shortcode(
        tag["name"].lower(),
        attributes,
        content,
        begin=tag.start("name") - 1,
        end=end,
        escaped=bool(tag["escape"]) and text[end : end + 1] == "]",
    )


def _join_linked(tokens: list[Token]) -> list[Token]:
    """`[embed]<a href="URL">…</a>[/embed]`, as editors link it by themselves, in one TEXT token."""
    joined: list[Token] = []
    before: list[str] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.kind is Kind.TEXT and "[" in token.text and _is_opening(tokens, position):
            before += [token.text, tokens[position + 1].href]
            position += 4  # the text after the link may go on to the next such shortcode
            continue
        if before:
            token = Token(Kind.TEXT, text="".join((*before, token.text)))
            before = []
        joined.append(token)
        position += 1
    return joined


def _is_opening(tokens: list[Token], position: int) -> bool:
    """Whether this text ends in a shortcode's first tag, or in the midst of it, and the link after
    it is the shortcode's address."""
    parts = tokens[position : position + 5]
    if [part.kind for part in parts] != _LINKED or parts[1].name != "a":
        return False
    opening = parts[0].text[parts[0].text.rfind("[") :]
    after = parts[4].text.lstrip(BLANK)
    closes = after.startswith("[/") if opening.rstrip(BLANK).endswith("]") else "]" in after[:100]
    begun = _OPENING.match(opening)
    return (
        closes
        and begun is not None
        and begun["name"].lower() in _PROVIDERS
        and read_url(parts[1].href) is not None
    )


def _attributes(source: str) -> dict[str, str]:
    """Attributes by name, the first bare value by "". Curly quotes count as straight ones."""
    source = source.strip(BLANK).removesuffix("/").removeprefix("=").translate(_CURLY)
    values: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(source):
        value = found["double"] or found["single"] or found["bare"] or ""
        values.setdefault((found["name"] or "").lower(), value)
    return values


def _replacement(code: _Shortcode, findings: Findings) -> Token | None:
    ref = next(filter(None, _refs(code)), None)
    if ref is not None:
        return findings.embed(ref)
    if code.name != "embed":
        return None
    url = next(filter(None, map(read_url, _candidates(code))), None)
    if url is None:
        return None
    note = f"No provider for {url.host}: the embed became a link."
    return findings.link(url.source, url.source, note=note)


def _candidates(code: _Shortcode) -> Iterator[str]:
    yield code.content
    values = code.values
    for name in _NAMES:
        if name in values:
            yield values[name]


def _refs(code: _Shortcode) -> Iterator[EmbedRef | None]:
    provider = _PROVIDERS[code.name]
    for value in _candidates(code):
        if provider is None:
            yield match_text(value)
            continue
        url: SafeUrl | None = read_url(value)
        if url is not None:
            ref = match(url)
            yield ref if ref is not None and ref.provider == provider.slug else None
        else:
            yield provider.read_id(value.strip(BLANK))
    if provider is not None:
        yield provider.read_attributes(code.values)
