"""The blocks of a GIF, counted without decoding one (GIF89a, sections 17 to 27). Pure.

Pillow's `n_frames` walks through all of them, and a comment costs it the square of its length.
"""

from dataclasses import dataclass

MAX_BLOCKS = 400_000  # of 255 bytes; what is left of 40 MB when each is full is 160,000
MAX_EXTENSION_BYTES = 1_000_000  # XMP is the longest that any editor writes
_IMAGE, _EXTENSION = 0x2C, 0x21


@dataclass(frozen=True, slots=True)
class GifBlocks:
    """frames: at most one more than asked for. width, height: of a canvas that holds them all, in
    pixels. too_many: blocks or bytes beside the picture that no honest file has.
    """

    frames: int
    width: int
    height: int
    too_many: bool = False


def gif_blocks(data: bytes, *, max_frames: int) -> GifBlocks:
    """Counted up to where the file ends, is damaged, or has more frames than `max_frames`."""
    width, height = _pair(data, 6)
    at = 13 + _colours(data, 10)
    frames = blocks = beside = 0
    while at < len(data) and frames <= max_frames:
        kind = data[at]
        if kind == _IMAGE and at + 9 < len(data):
            frames += 1
            (left, top), (across, down) = _pair(data, at + 1), _pair(data, at + 5)
            width, height = max(width, left + across), max(height, top + down)
            at += 11 + _colours(data, at + 9)
        elif kind == _EXTENSION:
            at += 2
        else:
            break
        start = at
        while at < len(data) and data[at] and blocks <= MAX_BLOCKS:
            at += 1 + data[at]
            blocks += 1
        beside += at - start if kind == _EXTENSION else 0
        at += 1
        blocks += 1
        if blocks > MAX_BLOCKS or beside > MAX_EXTENSION_BYTES:
            return GifBlocks(max(frames, 1), width, height, too_many=True)
    return GifBlocks(max(frames, 1), width, height)


def _pair(data: bytes, at: int) -> tuple[int, int]:
    return int.from_bytes(data[at : at + 2], "little"), int.from_bytes(
        data[at + 2 : at + 4], "little"
    )


def _colours(data: bytes, at: int) -> int:
    """Bytes of the colour table that a flags byte announces."""
    flags = data[at] if at < len(data) else 0
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0
