"""Colours by value: what a picture's profile says, in sRGB, in each format of the public files."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from articles.photos.renditions import RightsInfo, render_renditions
from tests.articles.photos.pictures import file_of, picture
from tests.articles.photos.profiles import (
    ADOBE_RGB,
    DISPLAY_P3,
    cmyk_profile,
    grey_profile,
    in_srgb,
    rgb_profile,
)

COLOUR = (200, 100, 50)


def colours_of(file: BytesIO, at: tuple[int, int] = (30, 20)) -> dict[str, Any]:
    """format → the colour at a point of its file."""
    made = render_renditions(file, credit=RightsInfo(), widths=(64,), crops=())
    found = {}
    for each in made:
        image = Image.open(BytesIO(each.data))
        assert "icc_profile" not in image.info
        found[each.format] = image.convert("RGBA").getpixel(at)
    assert set(found) == {"jpeg", "webp", "avif"}
    return found


def is_near(found: Any, wanted: tuple[int, ...], by: int = 4) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=False))


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("colours", [DISPLAY_P3, ADOBE_RGB], ids=["Display P3", "Adobe RGB"])
def test_a_wide_colour_space(colours: Any, format_name: str) -> None:
    options = {"PNG": {}, "WEBP": {"lossless": True}}.get(format_name, {"quality": 95})
    file = file_of(picture(colour=COLOUR), format_name, icc_profile=rgb_profile(colours), **options)
    wanted = in_srgb(COLOUR, colours)
    assert max(abs(a - b) for a, b in zip(wanted, COLOUR, strict=True)) > 9, "the test has teeth"
    for found in colours_of(file).values():
        assert is_near(found, wanted)


def test_grey_with_a_profile_with_and_without_transparency() -> None:
    linear = grey_profile(1.0)
    for mode, colour in (("L", 55), ("LA", (55, 255))):
        file = file_of(picture(mode=mode, colour=colour), "PNG", icc_profile=linear)
        for found in colours_of(file).values():
            assert is_near(found, (128, 128, 128))


def test_cmyk_by_its_profile_and_without_one() -> None:
    # L 100, a 0, b 0 and L 60, a -60, b 60: white and a green.
    profile = cmyk_profile((255, 128, 128), (153, 68, 188))
    ink = picture(mode="CMYK", colour=(0, 0, 255, 0))
    for found in colours_of(file_of(ink, icc_profile=profile, quality=95)).values():
        assert is_near(found, (0, 168, 0), by=12)
    paper = picture(mode="CMYK", colour=(0, 0, 0, 0))
    for found in colours_of(file_of(paper, icc_profile=profile, quality=95)).values():
        assert is_near(found, (255, 255, 255))
    for found in colours_of(file_of(ink, quality=95)).values():
        assert is_near(found, (255, 255, 0), by=6)


def png16(colour_type: int, *values: int) -> BytesIO:
    """64 × 48 of one colour in 16 bits a channel: Pillow reads more of them than it writes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", 64, 48, 16, colour_type, 0, 0, 0)
    rows = (b"\0" + struct.pack(f">{len(values)}H", *values) * 64) * 48
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows))
    return BytesIO(data + chunk(b"IEND", b""))


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        (png16(0, 100 * 257), (100, 100, 100)),
        (png16(2, 200 * 257, 100 * 257, 50 * 257), COLOUR),
        (png16(4, 100 * 257, 65_535), (100, 100, 100)),
        (png16(6, 200 * 257, 100 * 257, 50 * 257, 65_535), COLOUR),
    ],
    ids=["grey", "RGB", "grey and alpha", "RGBA"],
)
def test_sixteen_bits(file: BytesIO, wanted: tuple[int, ...]) -> None:
    for found in colours_of(file).values():
        assert is_near(found, wanted)


def test_a_palette_with_transparency_is_clear_where_it_can_be_and_white_where_not() -> None:
    image = Image.new("P", (64, 48), 0)
    image.putpalette([*COLOUR, 0, 0, 255])
    image.paste(1, (32, 0, 64, 48))
    for options in ({"transparency": 1}, {"transparency": bytes([255, 0])}):
        data = file_of(image, "PNG", **options).getvalue()
        assert all(is_near(each, COLOUR) for each in colours_of(BytesIO(data), (10, 20)).values())
        clear = colours_of(BytesIO(data), (50, 20))
        assert clear["jpeg"][:3] == (255, 255, 255)
        assert [clear[name][3] for name in ("webp", "avif")] == [0, 0]


def test_a_large_transparent_picture_is_shrunk_in_strips_as_in_one() -> None:
    image = Image.linear_gradient("L").resize((700, 5_003)).convert("RGB")
    image.putalpha(Image.linear_gradient("L").rotate(90).resize((700, 5_003)))
    made = render_renditions(
        file_of(image, "PNG"), credit=RightsInfo(), widths=(70,), formats=("webp",), crops=()
    )
    small = Image.open(BytesIO(next(iter(made)).data))
    wanted = image.resize(small.size, Image.Resampling.BOX)
    for at in ((10, 20), (60, 250), (35, 480)):
        assert is_near(small.getpixel(at), wanted.getpixel(at), by=10)  # type: ignore[arg-type]
