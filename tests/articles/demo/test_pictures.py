"""The pictures: the same for a seed, different for another, and each with its passport."""

import io
import random
import re
from itertools import pairwise

import pytest
from PIL import Image

from articles.demo.paint import gradient
from articles.demo.palettes import PALETTES
from articles.demo.passport import Passport, iim_segment, with_segment, xmp_packet
from articles.demo.pictures import FEW, RECIPES, PictureSpec, begin_jpegs, jpeg_of, paint
from articles.demo.reading import read_content
from articles.photos.metadata import inspect_photo

SIZE = (240, 160)
PASSPORT = Passport(
    caption="Ropes & <tackle>",
    alt="Ropes on a quay",
    photographers=("Ilka Brandvold", "Jürgen Ødegård"),
    credit="Northlight Images",
    copyright="© Northlight Images",
)


def spec(seed: int, *, recipe: str = "sea") -> PictureSpec:
    return PictureSpec(recipe, "dusk", seed, SIZE, PASSPORT)


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_gives_the_same_picture_for_a_seed_and_another_for_another(recipe: str) -> None:
    random.seed(1)
    first = paint(recipe, palette="ember", seed=1, size=SIZE)
    random.seed(2)  # the shared source of chance must not matter
    again = paint(recipe, palette="ember", seed=1, size=SIZE)
    other = paint(recipe, palette="ember", seed=2, size=SIZE)
    assert first.size == SIZE
    assert first.mode == "RGB"
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_follows_its_palette(recipe: str) -> None:
    pictures = {paint(recipe, palette=name, seed=1, size=SIZE).tobytes() for name in PALETTES}
    assert len(pictures) == len(PALETTES)


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_picture_is_neither_blank_nor_burnt_out(recipe: str) -> None:
    grey = paint(recipe, palette="harbour", seed=3, size=SIZE).convert("L")
    histogram = grey.histogram()
    pixels = SIZE[0] * SIZE[1]
    assert histogram[0] < pixels * 0.5
    assert histogram[255] < pixels * 0.1
    assert sum(count > 0 for count in histogram) > 60


@pytest.mark.parametrize("size", [(200, 250), (320, 180), (160, 160)])
def test_a_picture_has_the_size_asked_for(size: tuple[int, int]) -> None:
    assert all(paint(name, palette="moss", seed=1, size=size).size == size for name in RECIPES)


def test_files_are_the_same_whether_made_by_one_process_or_by_two() -> None:
    many = [spec(seed) for seed in range(FEW + 1)]
    for specs in (many, many[:2]):
        files = begin_jpegs(specs)
        assert [files[one].result() for one in specs] == [jpeg_of(one) for one in specs]


def test_a_gradient_goes_through_its_stops_in_order() -> None:
    fall = gradient((1, 5), [(0, (0, 0, 0)), (0.5, (100, 0, 0)), (1, (200, 0, 0))])
    reds = [fall.getpixel((0, row))[0] for row in range(5)]  # type: ignore[index]
    assert all(before < after for before, after in pairwise(reds))
    across = gradient((5, 1), [(0, (0, 0, 0)), (1, (200, 0, 0))], sideways=True)
    assert across.getpixel((0, 0))[0] < across.getpixel((4, 0))[0]  # type: ignore[index]


def test_a_gradient_keeps_its_last_colour_to_the_end() -> None:
    assert gradient((1, 3), [(0, (9, 9, 9)), (0.2, (50, 50, 50))]).getpixel((0, 2)) == (50, 50, 50)


def test_the_upload_path_reads_the_whole_passport_from_the_file() -> None:
    facts = inspect_photo(io.BytesIO(jpeg_of(spec(1))), name="ropes.jpg")
    assert facts.photographer == "Ilka Brandvold, Jürgen Ødegård"
    assert facts.agency == "Northlight Images"
    assert facts.copyright == "© Northlight Images"
    assert facts.caption == "Ropes & <tackle>"
    assert facts.alt == "Ropes on a quay"
    assert "algorithmicMedia" in (facts.digital_source_type or "")


def test_iim_alone_says_as_much_as_iim_can() -> None:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG")
    marked = with_segment(file.getvalue(), iim_segment(PASSPORT))
    facts = inspect_photo(io.BytesIO(marked), name="ropes.jpg")
    assert facts.photographer == "Ilka Brandvold, Jürgen Ødegård"
    assert facts.agency == "Northlight Images"
    assert facts.caption == "Ropes & <tackle>"


def test_the_segment_stands_behind_jfif_or_right_at_the_start() -> None:
    jfif = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xda"
    assert with_segment(jfif, b"SEG") == b"\xff\xd8\xff\xe0\x00\x04abSEG\xff\xda"
    assert with_segment(b"\xff\xd8\xff\xda", b"SEG") == b"\xff\xd8SEG\xff\xda"


def test_an_iim_block_is_padded_to_an_even_length() -> None:
    for caption in ("a", "ab"):
        segment = iim_segment(Passport(caption, "", (), "", ""))
        assert len(segment) % 2 == 0
        assert int.from_bytes(segment[2:4]) == len(segment) - 2


def test_an_empty_passport_leaves_its_fields_out() -> None:
    packet = xmp_packet(Passport("", "", (), "", "")).decode()
    assert set(re.findall(r"<(?:dc|photoshop|Iptc4xmp\w+):(\w+)", packet)) == {"DigitalSourceType"}


def test_one_full_size_picture_is_light_enough_to_serve() -> None:
    photo = read_content().photos["neon-lead"]
    assert len(jpeg_of(photo.picture)) < 500_000
