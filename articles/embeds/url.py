"""Strict reading of the addresses that people and old systems leave in articles.

One door for every address that may become an embed: what this module refuses is never matched,
linked or fetched. It is not a general URL parser, and it is stricter than a browser on purpose:
whatever a browser and this code could read differently is refused.
"""

import html
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

MAX_URL_CHARS = 2000
MAX_QUERY_FIELDS = 100

# Copied along with an address and never part of one: marks without width and text direction.
ZERO_WIDTH = "".join(
    map(chr, (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
)
# Everything that shows as white space or as nothing: str.strip() knows the rest.
BLANK = " \t\n\r\f\v\x85\xa0\u2007\u2028\u2029\u202f\u3000" + ZERO_WIDTH
_QUOTES = "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a"
_LEADING = BLANK + _QUOTES + "([{<"
_TRAILING = BLANK + _QUOTES + "]}>.,;:!?\u2026"
_NO_ZERO_WIDTH = str.maketrans("", "", ZERO_WIDTH)

_SCHEME = re.compile(r"(?:(https?):)?//", re.IGNORECASE)
_AUTHORITY_END = re.compile(r"[/?#]")
_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+", re.ASCII)
# Controls, white space, and what a browser would turn into something else on its way.
_REFUSED = re.compile(
    r"[\x00-\x20\x7f-\xa0\\<>\"\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_UNSAFE_SEGMENT = re.compile(r"[\x00-\x20\x7f/\\]")


@dataclass(frozen=True, slots=True)
class SafeUrl:
    """An address that passed: `host` in lower case, `path` as decoded segments without empty ones.

    `source` is the address as it was meant (scheme, host in lower case, path, query, fragment),
    `page` the same by https without query and fragment.
    """

    host: str
    path: tuple[str, ...]
    query: tuple[tuple[str, str], ...]
    fragment: str
    source: str
    page: str

    def param(self, *names: str) -> str:
        """The first value in the query that isn't empty, by the first of these names; or ""."""
        for name in names:
            for key, value in self.query:
                if key == name and value:
                    return value
        return ""


def read_url(text: str, *, entities: bool = False) -> SafeUrl | None:
    """The one address that `text` is, debris around it aside; None where it is anything else.

    `entities` decodes HTML entities first, once: for text that no HTML parser has read.
    The rules: http, https or `//`; no user info, backslash, control, `%` or non-ASCII letter in
    the host, no port but 80 and 443.
    """
    if len(text) > MAX_URL_CHARS * 2:
        return None
    text = html.unescape(text) if entities else text
    if "//" not in text:  # as in most texts
        return None
    text = _without_debris(text)
    scheme = _SCHEME.match(text)
    if scheme is None or len(text) > MAX_URL_CHARS:
        return None
    end = _AUTHORITY_END.search(text, scheme.end())
    cut = end.start() if end else len(text)
    host = _host(text[scheme.end() : cut])
    rest = text[cut:].translate(_NO_ZERO_WIDTH)
    if host is None or _REFUSED.search(rest):
        return None
    return _assemble((scheme.group(1) or "https").lower(), host, rest=rest)


def _without_debris(text: str) -> str:
    text = text.lstrip(_LEADING)
    # A closing bracket belongs to the address that also opens one.
    return text.rstrip(_TRAILING if "(" in text else _TRAILING + ")")


def _host(authority: str) -> str | None:
    host, colon, port = authority.lower().partition(":")
    if colon and port not in {"80", "443"}:
        return None
    return host if _HOST.fullmatch(host) and len(host) <= 253 else None


def _assemble(scheme: str, host: str, *, rest: str) -> SafeUrl | None:
    before, _, fragment = rest.partition("#")
    path, _, query = before.partition("?")
    segments = tuple(_segment(part) for part in path.split("/") if part)
    if "." in segments or ".." in segments:
        return None
    try:
        fields = (
            tuple(parse_qsl(query, keep_blank_values=True, max_num_fields=MAX_QUERY_FIELDS))
            if query
            else ()
        )
    except ValueError:
        return None
    return SafeUrl(
        host=host,
        path=segments,
        query=fields,
        fragment=fragment,
        source=f"{scheme}://{host}{rest}",
        page=f"https://{host}{path}",
    )


def _segment(raw: str) -> str:
    """Decoded once; left alone where the decoded text would no longer be one segment."""
    if "%" not in raw:
        return raw
    decoded = unquote(raw)
    return raw if _UNSAFE_SEGMENT.search(decoded) else decoded
