"""IPTC-IIM datasets, as JPEG files carry them in Photoshop's resource 0x0404 (IIM 4.2)."""

from collections.abc import Iterator, Mapping

_MARKER = 0x1C
_EXTENDED = 0x8000
# The last letter of ESC - or ESC . says which part of ISO 8859 (its registered final bytes); what
# calls itself Latin-1 is Windows-1252 in practice.
_ESCAPES = (b"\x1b-", b"\x1b.")
_PARTS = {
    b"A": "cp1252",
    b"B": "iso8859-2",
    b"L": "iso8859-5",
    b"F": "iso8859-7",
    b"M": "iso8859-9",
}
_CHARSET = (1, 90)

_DATASETS = {
    (2, 80): "photographer",
    (2, 110): "agency",
    (2, 115): "source",
    (2, 116): "copyright",
    (2, 120): "caption",
    (2, 105): "headline",
    (2, 40): "instructions",
    (2, 92): "location",
    (2, 90): "city",
    (2, 95): "state",
    (2, 101): "country",
    (2, 103): "supplier_ref",
    (2, 55): "date",
    (2, 60): "time",
}


def read_iim(data: bytes) -> dict[str, list[str]]:
    """Field → its values. What follows an impossible length is ignored."""
    raw = list(_datasets(data))
    charset = next((value for key, value in raw if key == _CHARSET), b"")
    fields: dict[str, list[str]] = {}
    for key, value in raw:
        name = _DATASETS.get(key)
        text = _decode(value, charset).strip() if name else ""
        if name and text:
            fields.setdefault(name, []).append(text)
    if date := "".join(fields.pop("date", [])[:1]):
        fields["taken_at"] = [date + "T" + "".join(fields.get("time", ["000000"])[:1])]
    fields.pop("time", None)
    return fields


def iim_of(photoshop: object) -> bytes:
    """The IIM block of Pillow's `info["photoshop"]`."""
    block = photoshop.get(0x0404) if isinstance(photoshop, Mapping) else None
    return block if isinstance(block, bytes) else b""


def _datasets(data: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    at = 0
    while at + 5 <= len(data) and data[at] == _MARKER:
        key = (data[at + 1], data[at + 2])
        size = int.from_bytes(data[at + 3 : at + 5], "big")
        at += 5
        if size & _EXTENDED:
            digits = size & ~_EXTENDED
            size = int.from_bytes(data[at : at + digits], "big")
            at += digits
        if at + size > len(data):
            return
        yield key, data[at : at + size]
        at += size


def _decode(value: bytes, charset: bytes) -> str:
    """By the coded character set (1:90); without one, or with UTF-8 said of what isn't, UTF-8 where
    it fits, else Windows-1252. A by-line has 32 bytes: UTF-8 may be cut within its last letter."""
    if charset.startswith(_ESCAPES) and charset[2:3] in _PARTS:
        return value.decode(_PARTS[charset[2:3]], "replace")
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError as error:
        whole = value[: error.start]
        if error.reason == "unexpected end of data" and not whole.isascii():
            return whole.decode("utf-8")
        return value.decode("cp1252", "replace")
