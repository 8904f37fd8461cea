"""JPEGs made to hurt whoever opens them, one function a kind (tests/hostile_photos.py)."""

import struct
from io import BytesIO

from PIL import Image


def jpeg(image: Image.Image, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", **options)
    return out.getvalue()


def plain(width: int = 64, height: int = 48) -> Image.Image:
    return Image.new("RGB", (width, height), "teal")


def segment(marker: int, payload: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload


def overlapping_exif(entries: int, size: int) -> bytes:
    """A directory whose values are all the same bytes: each is copied."""
    rows = b"".join(struct.pack("<HHII", tag, 7, size, 8) for tag in range(1, entries + 1))
    tiff = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", entries) + rows + bytes(4)
    return tiff + bytes(max(0, size + 8 - len(tiff)))


def mpo_of_thousands() -> bytes:
    """An index of 3,000 pictures (CIPA DC-007)."""
    many = 3_000
    entries = struct.pack("<IIIHH", 0x030000, 100, 0, 0, 0) * many
    ifd = struct.pack("<H", 3)
    ifd += struct.pack("<HHI4s", 0xB000, 7, 4, b"0100")
    ifd += struct.pack("<HHII", 0xB001, 4, 1, many)
    ifd += struct.pack("<HHII", 0xB002, 7, len(entries), 8 + 2 + 36 + 4)
    index = b"MPF\0II*\0\x08\0\0\0" + ifd + bytes(4) + entries
    still = jpeg(plain())
    return still[:2] + segment(0xE2, index) + still[2:]


def jpeg_of_a_giant_header() -> bytes:
    data = bytearray(jpeg(plain()))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", 65_535, 65_535)
    return bytes(data)


def jpeg_of_thousands_of_scans() -> bytes:
    """Each scan makes the decoder walk over 48 megapixels once more, for ten bytes."""
    data = jpeg(plain(8_000, 6_000), progressive=True, quality=10)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * 5_000 + data[-2:]


def jpeg_of_ninety_scans() -> bytes:
    data = jpeg(plain(8_000, 6_000), progressive=True, quality=10)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * 80 + data[-2:]


def jpeg_progressive_and_vast() -> bytes:
    """50 megapixels without subsampling: its coefficients alone take 300 MB."""
    return jpeg(plain(7_000, 7_000), progressive=True, subsampling=0, quality=10)


def jpeg_of_app_segments() -> bytes:
    still = jpeg(plain())
    return still[:2] + segment(0xE5, bytes(65_000)) * 600 + still[2:]


def jpeg_of_tiny_segments() -> bytes:
    still = jpeg(plain())
    return still[:2] + segment(0xE5, b"") * 5_000_000 + still[2:]


def jpeg_of_fill_bytes() -> bytes:
    still = jpeg(plain())
    return still[:2] + b"\xff" * 20_000_000 + still[2:]


def jpeg_of_an_exif_loop() -> bytes:
    """A TIFF directory whose next one is itself, with sub-directories that are it, too."""
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<HHII", 0x8825, 4, 1, 8)
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<H", 2) + entry + struct.pack("<I", 8)
    still = jpeg(plain())
    return still[:2] + segment(0xE1, b"Exif\0\0" + tiff) + still[2:]


def jpeg_of_a_laughing_xmp() -> bytes:
    names = "abcdefghij"
    entities = "".join(
        f'<!ENTITY {name} "{f"&{names[at - 1]};" * 10 if at else "lol"}">'
        for at, name in enumerate(names)
    )
    packet = f"<!DOCTYPE x [{entities}]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&j;</x:xmpmeta>"
    still = jpeg(plain())
    return (
        still[:2] + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet.encode()) + still[2:]
    )


def jpeg_of_overlapping_exif() -> bytes:
    still = jpeg(plain())
    exif = b"Exif\0\0" + overlapping_exif(5_400, 64_800)
    return still[:2] + segment(0xE1, exif[:65_500]) + still[20:]  # without the density of JFIF
