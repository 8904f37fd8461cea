"""WordPress shortcodes that stand for a post: `[embed]URL[/embed]`, `[youtube URL]` and the like.

Syntax: https://developer.wordpress.org/apis/shortcode/ and, for providers' own, what Jetpack and
the plugins of old accepted: a named attribute, `[name=URL]`, a bare value, or the text in between.
Doubled brackets escape a shortcode. One scan; what isn't understood stays text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.embeds.provider import EmbedRef, Provider
from articles.embeds.providers import PROVIDERS, match, match_text
from articles.embeds.tokens import Kind, Token, embed_token
from articles.embeds.url import BLANK, SafeUrl, read_url

# A shortcode longer than this is none: keeps the search for its end short.
MAX_SHORTCODE_CHARS = 4000

_PROVIDERS: dict[str, Provider | None] = {
    name: provider for provider in PROVIDERS for name in provider.shortcodes
} | {"embed": None, "video": None}
_START = re.compile(r"\[(\[?)([A-Za-z][A-Za-z0-9_.-]{1,40})(?=[\s=\]/])")
_CURLY = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'")
)
_ATTRIBUTE = re.compile(
    r"""(?:(?P<name>[\w-]{1,40})\s*=\s*)?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+))"""
)
_LINKED = [Kind.TEXT, Kind.OPEN, Kind.TEXT, Kind.CLOSE, Kind.TEXT]
_NAMES = ("url", "src", "link", "href", "id", "video", "video_id", "videoid", "v", "tweet", "")
_BARE_ID = re.compile(r"[A-Za-z0-9_-]{2,64}")


@dataclass(frozen=True, slots=True)
class _Shortcode:
    name: str
    values: dict[str, str]
    content: str
    end: int
    escaped: bool


def expand_all(tokens: list[Token], notes: list[str]) -> tuple[list[Token], bool]:
    """The tokens with all shortcodes in their texts made embeds, or links for `[embed]` of an
    unknown site (which `notes` then names); and whether there were any."""
    expanded: list[Token] = []
    any_found = False
    for token in _join_linked(tokens):
        parts = _expand(token, notes) if token.kind is Kind.TEXT and "[" in token.text else [token]
        any_found = any_found or parts != [token]
        expanded += parts
    return expanded, any_found


def _expand(token: Token, notes: list[str]) -> list[Token]:
    text = token.text
    parts: list[Token] = []
    done = position = 0
    while found := _START.search(text, position):
        position = found.end()
        if found[2].lower() not in _PROVIDERS:
            continue
        code = _read(text, found)
        if code is None:
            continue
        replacement = None if code.escaped else _replacement(code, notes)
        if replacement is not None:
            parts += [Token(Kind.TEXT, text=text[done : found.start()]), replacement]
            done = code.end
        if replacement is not None or code.escaped:
            position = code.end
    if not parts:
        return [token]
    return [part for part in (*parts, Token(Kind.TEXT, text=text[done:])) if part.text or part.ref]


def _join_linked(tokens: list[Token]) -> list[Token]:
    """`[embed]<a href="URL">…</a>[/embed]`, as editors link it by themselves, in one TEXT token."""
    joined: list[Token] = []
    position = 0
    while position < len(tokens):
        parts = tokens[position : position + 5]
        if [part.kind for part in parts] == _LINKED and _opens_before(parts):
            text = f"{parts[0].text}{parts[1].href}{parts[4].text}"
            # The text may go on to the next such shortcode.
            tokens[position + 4] = Token(Kind.TEXT, text=text)
            position += 4
        else:
            joined.append(tokens[position])
            position += 1
    return joined


def _opens_before(parts: list[Token]) -> bool:
    before, link, _, _, after = parts
    if link.name != "a" or not after.text.lstrip().startswith("[/embed]"):
        return False
    opening = before.text[before.text.rfind("[") :]
    return (
        opening.startswith("[embed")
        and opening.rstrip().endswith("]")
        and (read_url(link.href) is not None)
    )


def _read(text: str, found: re.Match[str]) -> _Shortcode | None:
    """The shortcode that begins here, up to its end tag where it has one."""
    name, begin = found[2].lower(), found.end()
    close = text.find("]", begin, begin + MAX_SHORTCODE_CHARS)
    if close < 0:
        return None
    attributes, end, content = text[begin:close], close + 1, ""
    end_tag = f"[/{found[2]}]"
    if not attributes.endswith("/"):
        end_at = text.find(end_tag, end, end + MAX_SHORTCODE_CHARS)
        # An end tag behind another shortcode of this name is that one's.
        if end_at >= 0 and text.find(f"[{found[2]}", end, end_at) < 0:
            content, end = text[end:end_at], end_at + len(end_tag)
    escaped = bool(found[1]) and text[end : end + 1] == "]"
    return _Shortcode(name, _attributes(attributes), content, end=end, escaped=escaped)


def _attributes(source: str) -> dict[str, str]:
    """Attributes by name, the first bare value by "". Curly quotes count as straight ones."""
    source = source.strip(BLANK).removesuffix("/").removeprefix("=").translate(_CURLY)
    values: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(source):
        value = found["double"] or found["single"] or found["bare"] or ""
        values.setdefault((found["name"] or "").lower(), value)
    return values


def _replacement(code: _Shortcode, notes: list[str]) -> Token | None:
    ref = next(filter(None, _refs(code)), None)
    if ref is not None:
        return embed_token(ref)
    if code.name != "embed":
        return None
    url = next(filter(None, map(read_url, _candidates(code))), None)
    if url is None:
        return None
    notes.append(f"No provider for {url.host}: the embed became a link.")
    return Token(Kind.LINK, href=url.source, text=url.source)


def _candidates(code: _Shortcode) -> Iterator[str]:
    yield code.content
    for name in _NAMES:
        if name in code.values:
            yield code.values[name]


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
        elif provider.id_url and _BARE_ID.fullmatch(value.strip(BLANK)):
            yield provider.read(provider.id_url.format(value.strip(BLANK)))
