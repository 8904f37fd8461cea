"""What is too costly to open; that honest files never are; that garbage raises nothing else."""

import struct
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from articles.photos import costly
from articles.photos.costly import TooCostly, check_cost
from articles.photos.gif import gif_blocks
from articles.photos.metadata import inspect_photo
from tests.articles.photos.pictures import app13, exif_of, file_of, picture, with_app13

PIXELS = 50_000_000


def check(data: bytes, format_name: str = "JPEG") -> None:
    check_cost(data, format_name, max_pixels=PIXELS)


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ({"progressive": True}, (6_000, 4_000)),
        ({"progressive": True, "subsampling": 0}, (6_000, 4_000)),
        ({"optimize": True}, (400, 300)),
        ({"restart_marker_rows": 1}, (400, 300)),
    ],
    ids=str,
)
def test_honest_jpegs_are_opened(options: dict[str, object], size: tuple[int, int]) -> None:
    check(file_of(picture(*size), **options).getvalue())


def test_a_camera_s_file_with_all_it_writes_is_opened() -> None:
    exif = exif_of(
        {0x010F: "Maker", 0x0112: 1}, {0x927C: bytes(30_000), 0x9003: "2022:09:08 21:30:00"}
    )
    still = file_of(picture(400, 300), exif=exif, icc_profile=bytes(300_000), comment=b"x" * 60_000)
    data = with_app13(still, app13(bytes(60_000))).getvalue()
    check(data)
    check(data + data * 3)  # what follows the picture: a phone's second one, a film
    assert inspect_photo(BytesIO(data)).width == 400


def test_a_progressive_file_is_opened_while_its_coefficients_fit() -> None:
    data = file_of(picture(400, 300), progressive=True, subsampling=0).getvalue()
    frame = data.index(b"\xff\xc2") + 5
    for height, fits in ((4_900, True), (5_000, False)):
        big = data[:frame] + struct.pack(">HH", height, 6_800) + data[frame + 4 :]
        if fits:
            check(big)
        else:
            with pytest.raises(TooCostly, match="progressive"):
                check(big)
    larger = data[:frame] + struct.pack(">HH", 30_000, 30_000) + data[frame + 4 :]
    check(larger)  # its size is somebody else's to refuse


def test_a_picture_that_begins_like_exif_by_chance_is_opened() -> None:
    noise = b"II*\0\x08\0\0\0" + struct.pack("<H", 4_000) + bytes(range(1, 251)) * 200
    check(noise, "WEBP")
    check(b"MM\0*" + bytes(3), "AVIF")


def test_many_exifs_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(costly, "MAX_EXIFS", 3)
    one = exif_of({0x0112: 1}).tobytes()
    check(one * 3, "WEBP")
    with pytest.raises(TooCostly):
        check(one * 4, "WEBP")


def test_exif_details_are_looked_at_too() -> None:
    rows = b"".join(struct.pack("<HHII", tag, 7, 60_000, 8) for tag in range(200))
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 0x8769, 4, 1, 26) + bytes(4)
    tiff += struct.pack("<H", 200) + rows + bytes(60_000)
    with pytest.raises(TooCostly):
        check(tiff, "WEBP")


@given(
    data=st.binary(max_size=300), kind=st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "AVIF"]),
    start=st.sampled_from([b"", b"\xff\xd8\xff\xc2", b"\xff\xd8\xff\xda", b"II*\0", b"MM\0*\0\0\0\x08"]),
)  # fmt: skip
def test_garbage_raises_nothing_else(data: bytes, kind: str, start: bytes) -> None:
    with suppress(TooCostly):
        check(start + data, kind)
    gif_blocks(start + data, max_frames=3)


@given(data=st.data())
def test_a_changed_jpeg_raises_nothing_else(data: st.DataObject) -> None:
    out = BytesIO()
    Image.new("RGB", (40, 30)).save(out, "JPEG", progressive=True, exif=exif_of({0x0112: 1}))
    changed = bytearray(out.getvalue())
    for _ in range(data.draw(st.integers(1, 5))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    with suppress(TooCostly):
        check(bytes(changed))
