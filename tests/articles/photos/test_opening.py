"""Which files are refused, and in which words."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from articles.photos import opening
from articles.photos.metadata import PhotoRefused, inspect_photo
from tests.articles.photos.pictures import file_of, picture


def refusal_of(data: bytes, name: str = "") -> PhotoRefused:
    with pytest.raises(PhotoRefused) as refusal:
        inspect_photo(BytesIO(data), name=name)
    return refusal.value


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "an SVG drawing, though its name ends in .jpg",
        ),
        (b"\xef\xbb\xbf<!-- x --><svg/>", "an SVG drawing"),
        (b"<!DOCTYPE html>", "a page or XML file"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"MZ", "a program"),
        (b"\0\0\0\x18ftypheic", "a HEIC photo"),
        (b"\0\0\0\x18ftypisom", "a video"),
        (b"II*\0", "a TIFF or raw file"),
        (b"8BPS", "a Photoshop file"),
        (b"what", "not a photo that we know"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(data: bytes, words: str) -> None:
    refusal = refusal_of(data, "x.JPG")
    assert refusal.code == "not_a_photo"
    assert words in str(refusal)
    assert "though" not in str(refusal_of(data, "x.svg"))


def test_an_empty_file_is_refused() -> None:
    assert refusal_of(b"").code == "empty"


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_FILE_BYTES", 100)
    assert refusal_of(file_of(picture()).getvalue()).code == "too_large"


@pytest.mark.parametrize("size", [(7_072, 7_072), (10_000, 10_000), (20_000, 20_000)])
def test_too_many_pixels_are_refused_from_the_header(size: tuple[int, int]) -> None:
    """Below, at and above the counts at which Pillow warns and raises."""
    header = struct.pack(">IIBBBBB", *size, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    data = (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    )
    idat = b"IDAT" + zlib.compress(b"")
    data += struct.pack(">I", len(idat) - 4) + idat + struct.pack(">I", zlib.crc32(idat))
    assert refusal_of(data).code == "too_many_pixels"


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_a_truncated_file_is_refused(format_name: str, share: float) -> None:
    noisy = Image.effect_noise((200, 150), 90).convert("RGB")
    data = file_of(noisy, format_name).getvalue()
    assert refusal_of(data[: int(len(data) * share)]).code == "damaged"


def gif(frames: int) -> bytes:
    still = file_of(picture(8, 8).quantize(2), "GIF").getvalue()
    start = still.index(b",\0\0\0\0")
    return still[:start] + still[start:-1] * frames + b";"


def test_frames_are_counted_and_capped() -> None:
    assert inspect_photo(BytesIO(gif(3))).frames == 3
    assert inspect_photo(BytesIO(gif(300))).frames == 300
    assert refusal_of(gif(301)).code == "too_many_frames"
    assert refusal_of(gif(100_000)).code == "too_many_frames"


def test_a_gif_with_a_comment_and_local_colours_is_counted() -> None:
    frames = [picture(colour=colour).quantize(4) for colour in ("red", "blue")]
    file = file_of(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=b"hello")
    assert inspect_photo(file).frames == 2


def test_a_gif_that_ends_in_its_middle_counts_what_is_there() -> None:
    whole = gif(1)
    facts = inspect_photo(BytesIO(whole[:-1] + b"\x2c\0"))
    assert facts.frames == 1
