"""Files made to hurt whoever opens them, one function a kind. Used by tests and the benchmark."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image

from tests.hostile_jpegs import (
    jpeg,
    jpeg_of_a_giant_header,
    jpeg_of_a_laughing_xmp,
    jpeg_of_an_exif_loop,
    jpeg_of_app_segments,
    jpeg_of_fill_bytes,
    jpeg_of_ninety_scans,
    jpeg_of_overlapping_exif,
    jpeg_of_thousands_of_scans,
    jpeg_of_tiny_segments,
    jpeg_progressive_and_vast,
    mpo_of_thousands,
    overlapping_exif,
    plain,
)

Data = Callable[[], bytes]


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _png(width: int, height: int, *chunks: bytes, bits: int = 8, colour: int = 2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    body = _chunk(b"IHDR", header) + b"".join(chunks)
    return b"\x89PNG\r\n\x1a\n" + body + _chunk(b"IEND", b"")


def _zeros(count: int) -> bytes:
    """`count` megabytes of zeros, deflated."""
    packer, out = zlib.compressobj(9), []
    out += [packer.compress(bytes(1_000_000)) for _ in range(count)]
    return b"".join([*out, packer.flush()])


def png_bomb() -> bytes:
    return _png(30_000, 30_000, _chunk(b"IDAT", _zeros(300)))


def png_iccp_bomb() -> bytes:
    return _png(
        8, 8, _chunk(b"iCCP", b"x\0\0" + _zeros(400)), _chunk(b"IDAT", zlib.compress(bytes(200)))
    )


def png_ztxt_bomb() -> bytes:
    texts = [_chunk(b"zTXt", b"k%d\0\0" % each + _zeros(60)) for each in range(6)]
    return _png(8, 8, *texts, _chunk(b"IDAT", zlib.compress(bytes(200))))


def png_lies_of_its_size() -> bytes:
    return _png(7_000, 7_000, _chunk(b"IDAT", _zeros(1)))


def apng_of_a_million_frames() -> bytes:
    control = _chunk(b"acTL", struct.pack(">II", 1_000_000, 0))
    return _png(8, 8, control, _chunk(b"IDAT", zlib.compress(bytes(200))))


def gif_of_a_million_frames() -> bytes:
    out = BytesIO()
    plain(8, 8).quantize(2).save(out, "GIF")
    still = out.getvalue()
    start = still.index(b",\0\0\0\0")
    return still[:start] + still[start:-1] * 1_000_000 + b";"


def gif_of_a_giant_canvas() -> bytes:
    out = BytesIO()
    plain(8, 8).quantize(2).save(out, "GIF")
    data = bytearray(out.getvalue())
    data[6:10] = struct.pack("<HH", 65_535, 65_535)
    return bytes(data)


def gif_with_a_giant_frame() -> bytes:
    """The screen is small; the frame on it is not."""
    out = BytesIO()
    plain(8, 8).quantize(2).save(out, "GIF")
    data = bytearray(out.getvalue())
    at = data.index(b",\0\0\0\0")
    data[at + 5 : at + 9] = struct.pack("<HH", 65_535, 65_535)
    return bytes(data)


def webp_of_a_giant_canvas() -> bytes:
    canvas = struct.pack("<I", 16_382)[:3] * 2
    extended = b"VP8X" + struct.pack("<I", 10) + bytes([2, 0, 0, 0]) + canvas
    frame = BytesIO()
    plain(8, 8).save(frame, "WEBP")
    still = frame.getvalue()[12:]
    part = bytes(6) + struct.pack("<I", 7)[:3] * 2 + struct.pack("<I", 100)[:3] + b"\0" + still
    body = extended + b"ANIM" + struct.pack("<IIH", 6, 0, 0)
    body += b"ANMF" + struct.pack("<I", len(part)) + part
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def webp_of_many_frames() -> bytes:
    canvas = struct.pack("<I", 1_999)[:3] * 2
    body = b"VP8X" + struct.pack("<I", 10) + bytes([2, 0, 0, 0]) + canvas
    body += b"ANIM" + struct.pack("<IIH", 6, 0, 0)
    frame = BytesIO()
    plain(8, 8).save(frame, "WEBP")
    still = frame.getvalue()[12:]
    part = bytes(6) + struct.pack("<I", 7)[:3] * 2 + struct.pack("<I", 100)[:3] + b"\0" + still
    body += (b"ANMF" + struct.pack("<I", len(part)) + part) * 100_000
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def avif_of_a_giant_canvas() -> bytes:
    out = BytesIO()
    plain().save(out, "AVIF")
    data = bytearray(out.getvalue())
    at = data.index(b"ispe")
    data[at + 8 : at + 16] = struct.pack(">II", 16_000, 16_000)
    return bytes(data)


def avif_of_giant_boxes() -> bytes:
    return (
        struct.pack(">I", 24)
        + b"ftypavif\0\0\0\0avifmif1"
        + struct.pack(">I", 0x7FFFFFFF)
        + b"meta"
        + bytes(64)
    )


def png_of_tiny_chunks() -> bytes:
    return _png(8, 8, _chunk(b"tEXt", b"") * 3_000_000, _chunk(b"IDAT", zlib.compress(bytes(200))))


def gif_of_a_long_comment() -> bytes:
    out = BytesIO()
    plain(8, 8).quantize(2).save(out, "GIF")
    still = out.getvalue()
    start = still.index(b",\0\0\0\0")
    return still[:start] + b"!\xfe" + (b"\xff" + b"x" * 255) * 140_000 + b"\0" + still[start:]


def gif_of_tiny_blocks() -> bytes:
    out = BytesIO()
    plain(8, 8).quantize(2).save(out, "GIF")
    still = out.getvalue()
    start = still.index(b",\0\0\0\0")
    return still[:start] + b"!\xff" + b"\x01x" * 19_000_000 + b"\0" + still[start:]


def gif_with_a_giant_second_frame() -> bytes:
    out = BytesIO()
    plain(8, 8).quantize(2).save(out, "GIF")
    still = out.getvalue()
    start = still.index(b",\0\0\0\0")
    frame = bytearray(still[start:-1])
    frame[5:9] = struct.pack("<HH", 13_000, 13_000)
    return still[:-1] + bytes(frame) + b";"


def webp_of_overlapping_exif() -> bytes:
    frame = BytesIO()
    plain(8, 8).save(frame, "WEBP")
    still = frame.getvalue()[12:]
    exif = overlapping_exif(60_000, 2_000_000)
    body = b"VP8X" + struct.pack("<I", 10) + bytes([8, 0, 0, 0]) + struct.pack("<I", 7)[:3] * 2
    body += still + b"EXIF" + struct.pack("<I", len(exif)) + exif
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def avif_of_overlapping_exif() -> bytes:
    """Written in afterwards: Pillow reads what it is to write."""
    bomb = overlapping_exif(60_000, 2_000_000)
    harmless = b"II*\0\x08\0\0\0" + bytes(len(bomb) - 8)
    out = BytesIO()
    plain().save(out, "AVIF", exif=harmless)
    return out.getvalue().replace(harmless, bomb)


def truncated() -> bytes:
    return jpeg(Image.effect_noise((4_000, 3_000), 90))[:-2_000_000]


def too_large() -> bytes:
    return jpeg(plain()) + bytes(41 * 1024 * 1024)


def polyglot_of_a_page() -> bytes:
    return b"GIF89a/*" + b"<script>alert(1)</script>" * 100 + b"*/=1;"


def program_named_as_photo() -> bytes:
    return b"MZ" + bytes(1_000_000)


KINDS: dict[str, Data] = {
    each.__name__: each
    for each in (
        png_bomb, png_iccp_bomb, png_ztxt_bomb, png_lies_of_its_size, apng_of_a_million_frames,
        gif_of_a_million_frames, gif_of_a_giant_canvas, gif_with_a_giant_frame, mpo_of_thousands,
        jpeg_of_a_giant_header, jpeg_of_thousands_of_scans, jpeg_of_ninety_scans,
        jpeg_progressive_and_vast, jpeg_of_app_segments, jpeg_of_tiny_segments, jpeg_of_fill_bytes,
        jpeg_of_an_exif_loop, jpeg_of_a_laughing_xmp, webp_of_a_giant_canvas, webp_of_many_frames,
        png_of_tiny_chunks, gif_of_a_long_comment, gif_of_tiny_blocks, gif_with_a_giant_second_frame,
        jpeg_of_overlapping_exif, webp_of_overlapping_exif, avif_of_overlapping_exif,
        avif_of_a_giant_canvas, avif_of_giant_boxes, truncated, too_large, polyglot_of_a_page,
        program_named_as_photo,
    )
}  # fmt: skip
# What these do is bounded without refusing them: the picture in them is whole.
HARMLESS = {"jpeg_of_app_segments", "jpeg_of_an_exif_loop", "jpeg_of_a_laughing_xmp"}
