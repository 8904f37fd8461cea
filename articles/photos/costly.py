"""Files that would cost more to open than any photo does, found before a decoder starts. Pure.

Each rule bounds what Pillow or a decoder does once for every piece of a file: segments and
chunks (loops in Python), scans of a JPEG (each walks over all its pixels), the coefficients that a
progressive JPEG keeps, values of EXIF that share their bytes (each is copied). The bounds lie far
above what cameras and editors write; docs/performance.md (Photos) has what is left of attacks.
"""

import re
import struct
from collections.abc import Iterator

MAX_PIECES = 40_000  # PNG chunks: 1 KB each in a file of 40 MB; encoders write 8 and more
MAX_SEGMENTS = 2_000  # of a JPEG; 40 MB in the largest segments are 640
MAX_JUNK_BYTES = 65_536  # between them
MAX_SCANS = 200
MAX_SCAN_PIXELS = 1_500_000_000  # 62 scans of 24 megapixels; cameras and editors write 1 to 14
MAX_COEFFICIENT_BYTES = 200_000_000  # 66 megapixels at 4:2:0, 33 at 4:4:4
MAX_EXIF_VALUES = 2_000
MAX_EXIF_BYTES = 4_000_000
MAX_EXIFS = 64

ODDLY_BUILT = "This file is built so that opening it costs too much."
NOT_PROGRESSIVE = "This JPEG is progressive and takes too much to open."
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_FILL = re.compile(rb"\xff*")
_STANDING_ALONE = frozenset({0x00, 0x01, *range(0xD0, 0xD9)})
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_UNIT = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8}
_EXIF_DETAILS = 0x8769


class TooCostly(Exception):
    """str() says why, in a sentence for a person."""


def check_cost(data: bytes, format_name: str, *, max_pixels: int) -> None:
    """Raise TooCostly for a file that isn't worth opening. A size above `max_pixels` is left for
    whoever looks at sizes; so is what isn't well-formed.
    """
    if format_name == "JPEG":
        _check_jpeg(data, max_pixels)
    elif format_name == "PNG":
        _check_png(data)
    _check_exif(data)


def _check_jpeg(data: bytes, max_pixels: int) -> None:
    """ITU T.81, annex B: segments up to the first scan, then scans with segments in between."""
    at, segments, junk, scans, pixels, parts, coefficients = 2, 0, 0, 0, 0, 0, 0
    multiple = False
    while (start := data.find(b"\xff", at)) >= 0:
        fill = _FILL.match(data, start)
        name = fill.end() if fill else start + 1
        junk += name - 1 - at
        if name >= len(data) or data[name] == 0xD9:
            break
        if data[name] in _STANDING_ALONE:
            junk, at = junk + 2, name + 1
        else:
            segments += 1
            payload, at = name + 3, name + 1 + int.from_bytes(data[name + 1 : name + 3], "big")
            if data[name] in _FRAMES:
                pixels, parts, coefficients = _frame(data[payload:at])
                multiple = data[name] in _PROGRESSIVE
            elif data[name] == 0xDA:
                scans += 1
                multiple = multiple or data[payload : payload + 1] != bytes([parts])
                following = _NEXT_MARKER.search(data, at)
                at = following.start() if following else len(data)
                if not multiple or pixels > max_pixels:
                    break
        if junk > MAX_JUNK_BYTES or segments > MAX_SEGMENTS + scans:
            raise TooCostly(ODDLY_BUILT)
        _check_scans(scans, pixels, coefficients if multiple and pixels <= max_pixels else 0)


def _check_scans(scans: int, pixels: int, coefficients: int) -> None:
    if scans > MAX_SCANS or scans * pixels > MAX_SCAN_PIXELS:
        raise TooCostly(NOT_PROGRESSIVE)
    if scans and coefficients > MAX_COEFFICIENT_BYTES:
        raise TooCostly(NOT_PROGRESSIVE)


def _frame(header: bytes) -> tuple[int, int, int]:
    """Pixels, components, and the bytes of all coefficients (two each)."""
    if len(header) < 6:
        return 0, 0, 0
    height, width, parts = struct.unpack(">HHB", header[1:6])
    factors = [(each >> 4, each & 15) for each in header[7 : 6 + 3 * parts : 3]] or [(1, 1)]
    most = max(across for across, _ in factors) * max(down for _, down in factors)
    shares = sum(across * down for across, down in factors) / max(most, 1)
    return width * height, parts, round(2 * width * height * shares)


def _check_png(data: bytes) -> None:
    at, chunks = 8, 0
    while at + 8 <= len(data):
        at += 12 + int.from_bytes(data[at : at + 4], "big")
        chunks += 1
        if chunks > MAX_PIECES:
            raise TooCostly(ODDLY_BUILT)


def _check_exif(data: bytes) -> None:
    """Every TIFF structure of the file, wherever its format keeps it."""
    found = 0
    for order, start in _tiffs(data):
        tiff = memoryview(data)[start:]
        details = _check_directory(tiff, order, _number(tiff, order, 4))
        if details is None:
            continue
        found += 1
        if found > MAX_EXIFS:
            raise TooCostly(ODDLY_BUILT)
        if details:
            _check_directory(tiff, order, details)


def _tiffs(data: bytes) -> Iterator[tuple[str, int]]:
    """Byte order and place of what begins like one."""
    for order, mark in (("<", b"II*\0"), (">", b"MM\0*")):
        at = data.find(mark)
        while at >= 0:
            yield order, at
            at = data.find(mark, at + 4)


def _check_directory(tiff: memoryview, order: str, at: int) -> int | None:
    """Where its EXIF directory is, 0 without; None where there is no directory at all."""
    if not 8 <= at <= len(tiff) - 2:
        return None
    (count,) = struct.unpack_from(order + "H", tiff, at)
    end = at + 2 + 12 * count
    if not count or end > len(tiff):
        return None
    entries = list(struct.iter_unpack(order + "HHII", tiff[at + 2 : min(end, at + 2 + 12 * 4_000)]))
    kinds = sum(kind in _UNIT for _tag, kind, _many, _value in entries)
    if kinds < len(entries) * 0.9:
        return None  # four bytes of a picture that look like a beginning
    size = sum(many * _UNIT.get(kind, 0) for _tag, kind, many, _value in entries)
    if count > MAX_EXIF_VALUES or size > MAX_EXIF_BYTES:
        raise TooCostly(ODDLY_BUILT)
    return next((value for tag, _kind, _many, value in entries if tag == _EXIF_DETAILS), 0)


def _number(tiff: memoryview, order: str, at: int) -> int:
    return int(struct.unpack_from(order + "I", tiff, at)[0]) if len(tiff) >= at + 4 else 0
