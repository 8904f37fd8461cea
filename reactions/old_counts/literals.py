"""Values as MySQL writes them into a dump. Pure.

Source: MySQL 8.0 Reference Manual, "Literal Values": string escapes, introducers (_binary), hexadecimal
and bit literals.
"""

import re

STRING = rb"(?:'(?:[^'\\]++|\\.|'')*+'|\"(?:[^\"\\]++|\\.|\"\")*+\")"
# One value. Every part takes all it can and gives nothing back, so that a match costs its length.
LITERAL = (
    rb"(?:(?:_\w++\s*+)?(?:"
    + STRING
    + rb"|0x[0-9A-Fa-f]++)|[nN]"
    + STRING
    + rb"|[xX]'[0-9A-Fa-f]*+'"
    rb"|[bB]'[01]*+'|[-+]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][-+]?\d++)?|(?i:NULL|TRUE|FALSE)\b)"
)
ESCAPE = re.compile(rb"\\(.)|''", re.DOTALL)
DOUBLE_QUOTED_ESCAPE = re.compile(rb"\\(.)|\"\"", re.DOTALL)
INTRODUCER = re.compile(rb"(?:_\w+\s*|[nN](?=['\"]))")
CONTROL = {b"0": b"\0", b"b": b"\b", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"Z": b"\x1a"}
PATTERN = b"%_"  # keep their backslash: it is meant for LIKE
QUOTE, DOUBLE_QUOTE = b"'"[0], b'"'[0]


def value_of(raw: bytes) -> str | None:
    """A literal's value as text; None for NULL. `raw` matches LITERAL.

    Bytes that are no UTF-8 are read as Windows-1252, which is what MySQL calls latin1.
    """
    first = raw[0]
    if first == QUOTE and b"\\" not in raw and raw.count(b"'") == 2:
        return text_of(raw[1:-1])
    if first in b"0123456789-+." and raw[:2] != b"0x":
        return raw.decode("ascii")
    return _rare(raw)


def text_of(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _rare(raw: bytes) -> str | None:
    word = raw.upper()
    if word == b"NULL":
        return None
    if word in {b"TRUE", b"FALSE"}:
        return str(int(word == b"TRUE"))
    introducer = INTRODUCER.match(raw)
    if introducer:
        raw = raw[introducer.end() :]
    kind = raw[:2].lower()
    if kind == b"0x":
        return text_of(_from_hex(raw[2:]))
    if kind == b"x'":
        return text_of(_from_hex(raw[2:-1]))
    if kind == b"b'":
        return str(int(raw[2:-1] or b"0", 2))
    escape = DOUBLE_QUOTED_ESCAPE if raw[0] == DOUBLE_QUOTE else ESCAPE
    return text_of(escape.sub(_unescape, raw[1:-1]))


def _from_hex(digits: bytes) -> bytes:
    return bytes.fromhex(("0" * (len(digits) % 2)) + digits.decode("ascii"))


def _unescape(match: re.Match[bytes]) -> bytes:
    char = match[1]
    if char is None:  # a doubled quote
        return match[0][:1]
    if char in PATTERN:
        return match[0]
    return CONTROL.get(char, char)
