"""Small ICC profiles (ICC.1:2001-04), made by hand, and what a colour under them is in sRGB."""

import struct

D50 = (0.9642, 1.0, 0.8249)
# Red, green and blue of the colour spaces as XYZ under D50.
DISPLAY_P3 = ((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841))
ADOBE_RGB = ((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446))
# From XYZ under D50 to linear sRGB (B. Lindbloom, Bradford-adapted).
_TO_SRGB = ((3.1339, -1.6169, -0.4906), (-0.9788, 1.9161, 0.0335), (0.0719, -0.2290, 1.4052))
GAMMA = 2.2
Colours = tuple[tuple[float, float, float], ...]


def rgb_profile(colours: Colours) -> bytes:
    tags = dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(_xyz, colours), strict=True))
    curves = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _gamma(GAMMA))
    return _profile(b"RGB ", b"XYZ ", tags | curves)


def grey_profile(gamma: float) -> bytes:
    return _profile(b"GRAY", b"XYZ ", {b"kTRC": _gamma(gamma)})


def cmyk_profile(paper: tuple[int, int, int], ink: tuple[int, int, int]) -> bytes:
    """Black is black, any other ink is `ink`, none is `paper`: both as CIELAB in three bytes."""
    straight = bytes(range(256))
    table = (
        b"mft1\0\0\0\0"
        + bytes([4, 3, 2, 0])
        + struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    )
    black = bytes([0, 128, 128])
    nodes = bytes(paper) + black + (bytes(ink) + black) * 7
    return _profile(
        b"CMYK", b"Lab ", {b"A2B0": table + straight * 4 + nodes + straight * 3}, kind=b"prtr"
    )


def in_srgb(colour: tuple[int, int, int], colours: Colours) -> tuple[int, ...]:
    """What a colour of a profile is in sRGB, by arithmetic."""
    linear = [(value / 255) ** GAMMA for value in colour]
    xyz = [
        sum(part * each[axis] for part, each in zip(linear, colours, strict=True))
        for axis in range(3)
    ]
    light = [sum(a * b for a, b in zip(row, xyz, strict=True)) for row in _TO_SRGB]
    return tuple(round(255 * _encoded(min(max(each, 0.0), 1.0))) for each in light)


def _encoded(light: float) -> float:
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def _gamma(value: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256)) + b"\0\0"


def _profile(
    space: bytes, connected: bytes, tags: dict[bytes, bytes], kind: bytes = b"mntr"
) -> bytes:
    tags = {b"wtpt": _xyz(D50), **tags}
    at = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s", at + len(body), bytes(4), 0x02400000, kind, space, connected)
    head += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28)
    head += struct.pack(">3i", *(round(value * 65536) for value in D50))
    return head.ljust(128, b"\0") + table + body
