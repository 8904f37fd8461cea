"""Uploads for kinds: what is refused in words before a decoder starts, and what is made of the rest."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw, PngImagePlugin

from reactions.kind_pictures import (
    MAX_MADE_BYTES,
    MAX_MILLISECONDS,
    SIDE,
    KindPicture,
    PhotoRefused,
    read_picture,
)
from tests import hostile_photos

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
# Those of the photos' own that are quick to make: tests/articles/photos/test_hostile.py has them all.
HOSTILE = {
    make.__name__: make
    for make in (
        hostile_photos.png_lies_of_its_size,
        hostile_photos.apng_of_a_million_frames,
        hostile_photos.webp_of_a_giant_canvas,
        hostile_photos.webp_of_many_frames,
        hostile_photos.webp_of_overlapping_exif,
        hostile_photos.polyglot_of_a_page,
    )
}


def face(width: int = 240, height: int = 240, turn: int = 0) -> Image.Image:
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    drawing = ImageDraw.Draw(image)
    drawing.ellipse((0, 0, width - 1, height - 1), fill=(255, 204, 0, 255))
    drawing.pieslice(
        (width // 9, height // 9, width * 8 // 9, height * 8 // 9),
        turn,
        turn + 60,
        fill=(40, 20, 0, 255),
    )
    return image


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def moving(count: int = 6, milliseconds: int = 100, kind: str = "WEBP", **options: object) -> bytes:
    frames = [face(turn=40 * n) for n in range(count)]
    more = {"save_all": True, "append_images": frames[1:], "duration": milliseconds, **options}
    return saved(frames[0], kind, **more)


def made(data: bytes, name: str = "face.png") -> KindPicture:
    return read_picture(BytesIO(data), name=name)


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def refusal(data: bytes, name: str = "face.png") -> str:
    with pytest.raises(PhotoRefused) as refused:
        made(data, name)
    return str(refused.value)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_becomes_a_small_square_with_its_transparency(kind: str) -> None:
    picture = made(saved(face(), kind))
    image = opened(picture.still)
    assert (image.format, image.size, image.mode) == ("WEBP", (SIDE, SIDE), "RGBA")
    assert image.getpixel((0, 0))[3] == 0  # type: ignore[index]
    assert picture.moving == b""


def test_a_wide_one_is_set_in_the_middle_and_a_small_one_is_not_blown_up() -> None:
    wide = opened(made(saved(Image.new("RGB", (400, 100), "red"))).still)
    assert wide.size == (SIDE, SIDE)
    assert wide.getpixel((48, 48))[3] == 255  # type: ignore[index]
    assert wide.getpixel((48, 4))[3] == 0  # type: ignore[index]
    assert opened(made(saved(face(40, 30))).still).size == (40, 40)


def test_nothing_of_the_file_stays_but_its_pixels() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "SECRET PLACE")
    exif = Image.Exif()
    exif[0x010F] = "SECRET CAMERA"
    data = saved(face(), pnginfo=text, exif=exif) + b"<script>SECRET TAIL</script>"
    assert b"SECRET" in data
    still = made(data).still
    assert b"SECRET" not in still
    assert not opened(still).getexif()


def test_an_animation_keeps_moving_for_five_seconds_and_has_a_still() -> None:
    picture = made(moving(6, 100))
    image = opened(picture.moving)
    assert (image.format, image.size, image.n_frames) == ("WEBP", (SIDE, SIDE), 6)  # type: ignore[attr-defined]
    assert image.info["loop"] * 600 <= MAX_MILLISECONDS
    assert image.info["loop"] == 8
    assert getattr(opened(picture.still), "n_frames", 1) == 1


def test_one_that_plays_once_plays_once() -> None:
    assert opened(made(moving(loop=1)).moving).info["loop"] == 1


def test_a_moving_png_is_one_too() -> None:
    assert opened(made(moving(kind="PNG")).moving).n_frames == 6  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (SVG, "is an SVG drawing, though its name ends in .png. Send a PNG or WebP picture."),
        (b"\xef\xbb\xbf \n" + SVG, "is an SVG drawing"),
        (saved(face().convert("RGB"), "JPEG"), "of the kind JPEG, though its name ends in .png"),
        (saved(face(), "GIF"), "of the kind GIF"),
        (b"%PDF-1.4", "is a PDF"),
        (b"<html>", "is a page or XML file"),
        (b"", "is empty"),
        (b"hello", "is not a photo that we know"),
        (saved(face()) + bytes(1_000_000), "larger than 1 MB"),
        (saved(Image.new("1", (2_100, 2_100))), "more than 4 megapixels"),
        (saved(face(12, 12)), "too small: 24 pixels at least"),
        (saved(face())[:200], "damaged or incomplete"),
        (moving(61, 20), "has 61 frames, and 60 is the most"),
        (moving(6, 1_000), "plays for 6.0 seconds"),
    ],
    ids=[
        "svg", "svg-bom", "jpeg", "gif", "pdf", "html", "empty", "text", "bytes", "pixels", "tiny",
        "cut", "frames", "long",
    ],
)  # fmt: skip
def test_what_is_not_taken_is_refused_in_words(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_an_animation_too_heavy_for_every_reader_is_refused() -> None:
    noise = [Image.effect_noise((96, 96), 200).convert("RGB") for _ in range(60)]
    data = saved(noise[0], "WEBP", save_all=True, append_images=noise[1:], duration=50, quality=30)
    assert f"{MAX_MADE_BYTES // 1_000} KB at most" in refusal(data)


def test_a_size_in_the_header_is_judged_before_a_decoder_sees_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def decoder(*args: object, **kwargs: object) -> None:
        raise AssertionError("A decoder was asked.")

    monkeypatch.setattr(Image, "open", decoder)
    for make in (hostile_photos.png_lies_of_its_size, hostile_photos.webp_of_a_giant_canvas):
        assert "more than 4 megapixels" in refusal(make())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(name: str) -> None:
    assert refusal(HOSTILE[name]())
