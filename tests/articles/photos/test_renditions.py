"""The public files: upright, sRGB, with a credit and without a position."""

import json
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageStat

from articles.photos.crops import CROPS
from articles.photos.metadata import inspect_photo
from articles.photos.opening import PhotoRefused
from articles.photos.renditions import (
    RenditionFile,
    RightsInfo,
    dominant_colour,
    quick_rendition,
    render_renditions,
    swatch_of,
)
from articles.photos.rights_xmp import rights_packet
from tests.articles.photos.pictures import CORNERS, corners, exif_of, file_of, picture, xmp
from tests.cases import case_path

RIGHTS = RightsInfo(
    creator="Joseph Okpako",
    credit="Joseph Okpako/WireImage",
    copyright="© 2022 <Okpako> & Co",
    web_statement="https://wire.example/terms",
    licensor_url="https://wire.example/buy",
)
CASES = json.loads(case_path("photos/index.json").read_text(encoding="utf-8"))
ACCEPTED = [case for case in CASES if case["verdict"] == "accept"]


def renditions(file: BytesIO, **options: Any) -> list[RenditionFile]:
    return list(render_renditions(file, credit=RIGHTS, **{"crops": (), **options}))


def opened(rendition: RenditionFile) -> Image.Image:
    return Image.open(BytesIO(rendition.data))


def is_close(colour: Any, name: str) -> bool:
    wanted = Image.new("RGB", (1, 1), name).getpixel((0, 0))
    assert isinstance(wanted, tuple)
    return all(abs(one - other) < 60 for one, other in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case["file"])
def test_the_public_files_of_the_shared_cases_are_clean(case: dict[str, Any]) -> None:
    data = case_path(f"photos/{case['file']}").read_bytes()
    made = renditions(BytesIO(data))
    assert {rendition.format for rendition in made} == {"jpeg", "webp", "avif"}
    for rendition in made:
        image = opened(rendition)
        assert image.size == (rendition.width, rendition.height)
        assert min(image.size) >= 1
        assert dict(image.getexif()) == {}
        assert not {"exif", "icc_profile", "comment", "photoshop"} & set(image.info)
        assert b"GPS" not in rendition.data
        for forbidden in case.get("published_must_not_contain_bytes", []):
            assert forbidden.encode() not in rendition.data
        for place, colour in case.get("corners", {}).items():
            x = 3 if "left" in place else image.width - 4
            y = 3 if "top" in place else image.height - 4
            assert is_close(image.convert("RGB").getpixel((x, y)), colour.replace("green", "lime"))


@pytest.mark.parametrize("orientation", range(10))
def test_every_orientation_stands_upright(orientation: int) -> None:
    stored = corners()
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transposition that undoes it
    if orientation in back:
        stored = stored.transpose(Image.Transpose(back[orientation]))
    file = file_of(stored, exif=exif_of({0x0112: orientation}), quality=95)
    facts = inspect_photo(file)
    assert (facts.width, facts.height, facts.orientation) == (96, 64, orientation)
    for rendition in renditions(file, widths=(96, 48)):
        image = opened(rendition).convert("RGB")
        for place, colour in CORNERS.items():
            x = 3 if "left" in place else image.width - 4
            y = 3 if "top" in place else image.height - 4
            assert is_close(image.getpixel((x, y)), colour)


def cropped(file: BytesIO, **options: Any) -> dict[str, RenditionFile]:
    made = renditions(file, crops=CROPS, widths=(320,), formats=("webp",), **options)
    return {each.crop: each for each in made if each.crop}


def test_crops_are_cut_round_the_focal_point_and_never_enlarged() -> None:
    stripes = picture(3_000, 1_500, colour="grey")
    stripes.paste("red", (2_500, 0, 3_000, 1_500))
    found = cropped(file_of(stripes), focal=(1.0, 0.5))
    assert {name: (each.width, each.height) for name, each in found.items()} == {
        "16:9": (1200, 675), "4:3": (1200, 900), "1:1": (1200, 1200), "social": (1200, 630),
    }  # fmt: skip
    for made in found.values():
        image = opened(made).convert("RGB")
        assert image.size == (made.width, made.height)
        assert is_close(image.getpixel((image.width - 9, 200)), "red")
        assert is_close(image.getpixel((9, 200)), "grey")
    assert not is_close(opened(cropped(file_of(stripes))["1:1"]).getpixel((1_190, 200)), "red")
    small = cropped(file_of(picture(500, 400)))
    assert {name: (each.width, each.height) for name, each in small.items()} == {
        "16:9": (500, 281), "4:3": (500, 375), "1:1": (400, 400),
    }  # fmt: skip
    assert cropped(file_of(picture(200, 200))) == {}


def test_a_crop_of_a_sideways_panorama_has_the_pixels_of_the_original() -> None:
    """A draft for the width alone would be too small for the square."""
    noisy = Image.effect_noise((1_300, 5_200), 90)
    file = file_of(noisy, exif=exif_of({0x0112: 6}), quality=95)
    square = opened(cropped(file)["1:1"]).convert("L")
    assert square.size == (1_200, 1_200)
    assert ImageStat.Stat(square).stddev[0] > 40, "sharp: noise that was shrunk is grey"


def test_it_never_enlarges_and_keeps_the_ratio() -> None:
    made = renditions(file_of(picture(1000, 500)))
    sizes = [(each.width, each.height) for each in made if each.format == "jpeg"]
    assert sizes == [(1000, 500), (960, 480), (640, 320), (320, 160)]
    assert {(each.width, each.height) for each in renditions(file_of(picture(100, 50)))} == {
        (100, 50)
    }


@pytest.mark.parametrize(("size", "made"), [((9_000, 2), (320, 1)), ((2, 20_000), (1, 10_000))])
def test_no_side_falls_to_nothing_or_over_a_formats_limit(
    size: tuple[int, int], made: tuple[int, int]
) -> None:
    found = renditions(file_of(picture(*size), "PNG"), widths=(320,))
    assert {(each.width, each.height) for each in found} == {made}


def test_each_file_names_creator_credit_rights_and_licence() -> None:
    for rendition in renditions(file_of(picture()), widths=(64,)):
        description = opened(rendition).getxmp()["xmpmeta"]["RDF"]["Description"]
        assert description["creator"]["Seq"]["li"] == RIGHTS.creator
        assert description["Credit"] == RIGHTS.credit
        assert description["rights"]["Alt"]["li"]["text"] == RIGHTS.copyright
        assert description["WebStatement"] == RIGHTS.web_statement
        facts = inspect_photo(BytesIO(rendition.data))
        assert facts.photographer == RIGHTS.creator
        assert facts.agency == RIGHTS.credit
        assert facts.copyright == RIGHTS.copyright
        assert facts.licensor_url == RIGHTS.licensor_url
        assert rendition.extension in {"jpg", "webp", "avif"}


def test_what_is_not_known_is_left_out() -> None:
    assert rights_packet(RightsInfo()) == b""
    packet = rights_packet(RightsInfo(creator="A\0\ud800B"))
    assert b"<rdf:li>AB</rdf:li>" in packet
    assert b"Licensor" not in packet.split(b">", 5)[5]


def test_position_serial_number_and_old_metadata_stay_behind() -> None:
    exif = exif_of({0x8825: {1: "N", 2: (51.0, 30.0, 0.0)}}, {0xA431: "SERIAL-4711"})
    file = file_of(
        picture(), exif=exif, xmp=xmp("", 'dc:format="SERIAL-4711"'), comment=b"SERIAL-4711"
    )
    for rendition in renditions(file, widths=(64,)):
        assert b"SERIAL" not in rendition.data
        assert b"Exif" not in rendition.data


def test_a_wide_gamut_picture_becomes_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    broken = file_of(picture(colour="red"), icc_profile=lab.tobytes())
    assert is_close(opened(renditions(broken)[0]).convert("RGB").getpixel((5, 5)), "red")
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The same numbers under a profile with red and blue primaries swapped mean another colour.
    at = {name: srgb.index(name, 128 + 4) for name in (b"rXYZ", b"bXYZ")}
    swapped = bytearray(srgb)
    swapped[at[b"rXYZ"] : at[b"rXYZ"] + 4], swapped[at[b"bXYZ"] : at[b"bXYZ"] + 4] = (
        b"bXYZ",
        b"rXYZ",
    )
    file = file_of(picture(colour="red"), "PNG", icc_profile=bytes(swapped))
    assert is_close(opened(renditions(file)[0]).convert("RGB").getpixel((5, 5)), "blue")
    assert is_close(
        opened(renditions(file_of(picture(colour="red"), "PNG", icc_profile=b"no profile"))[0])
        .convert("RGB").getpixel((5, 5)), "red",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("image", "format_name", "colour"),
    [
        (picture(mode="L", colour=128), "JPEG", "grey"),
        (picture(mode="CMYK", colour=(0, 255, 255, 0)), "JPEG", "red"),
        (picture(mode="I;16", colour=128 * 256), "PNG", "grey"),
        (picture(mode="LA", colour=(128, 255)), "PNG", "grey"),
        (picture(mode="RGBA", colour=(255, 0, 0, 0)), "PNG", "white"),
        (picture(mode="1", colour=1), "PNG", "white"),
        (picture().quantize(4), "GIF", "teal"),
    ],
    ids=lambda value: getattr(value, "mode", value),
)
def test_any_mode_becomes_a_jpeg_in_its_colours(
    image: Image.Image, format_name: str, colour: str
) -> None:
    (made,) = renditions(file_of(image, format_name), formats=("jpeg",), widths=(64,))
    assert is_close(opened(made).convert("RGB").getpixel((30, 20)), colour)


def test_transparency_survives_where_the_format_has_it() -> None:
    file = file_of(picture(mode="RGBA", colour=(255, 0, 0, 0)), "PNG")
    for made in renditions(file, formats=("webp", "avif"), widths=(64,)):
        assert opened(made).convert("RGBA").getpixel((30, 20))[3] == 0  # type: ignore[index]


def test_of_each_width_the_jpeg_is_made_first() -> None:
    made = renditions(file_of(picture(700, 500)))
    assert [each.format for each in made] == ["jpeg", "webp", "avif"] * 3
    assert [each.width for each in made[::3]] == [700, 640, 320]


def test_the_quick_one_is_a_jpeg_of_middling_width_with_the_credit() -> None:
    made = quick_rendition(file_of(picture(2_000, 1_000)), credit=RIGHTS)
    assert (made.format, made.width, made.height) == ("jpeg", 960, 480)
    assert inspect_photo(BytesIO(made.data)).agency == RIGHTS.credit
    assert quick_rendition(file_of(picture(300, 200)), credit=RIGHTS).width == 300


def test_a_large_jpeg_is_decoded_small_and_still_right() -> None:
    made = renditions(file_of(corners(2_400, 1_600), quality=90), widths=(300,))
    assert {(each.width, each.height) for each in made} == {(300, 200)}


def test_the_dominant_colour_is_the_commonest() -> None:
    image = picture(90, 60, colour=(10, 120, 200))
    image.paste(Image.new("RGB", (20, 20), "white"), (0, 0))
    assert dominant_colour(swatch_of(file_of(image, "PNG"))) == "#0a78c8"
    clear = picture(mode="RGBA", colour=(0, 0, 0, 0))
    assert dominant_colour(swatch_of(file_of(clear, "PNG"))) == "", "it would show through"
    solid = picture(mode="RGBA", colour=(10, 120, 200, 255))
    assert dominant_colour(swatch_of(file_of(solid, "PNG"))) == "#0a78c8"


def test_a_damaged_original_is_refused() -> None:
    data = file_of(corners(400, 300)).getvalue()
    with pytest.raises(PhotoRefused):
        renditions(BytesIO(data[: len(data) // 2]))
