"""Near duplicates: which copies of a picture are found, by which indexes."""

import random
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from articles.actions.photos import add_photo, replace_file
from articles.models import Photo
from articles.photos.dhash import dhash
from articles.photos.metadata import inspect_photo
from articles.photos.work import make_renditions
from newsroom.lib.near_hashes import NEAR, distance
from tests import builders
from tests.articles.photos.pictures import exif_of, file_of, picture


def scene(seed: int) -> Image.Image:
    """Soft shapes in two lights and some noise: as much structure as a photo has."""
    luck = random.Random(seed)
    colour = lambda: tuple(luck.randrange(256) for _ in range(3))  # noqa: E731
    light = Image.linear_gradient("L").resize((600, 400))
    image = Image.composite(
        picture(600, 400, colour=colour()), picture(600, 400, colour=colour()), light
    )
    for _ in range(9):
        x, y = luck.randrange(-60, 600), luck.randrange(-60, 400)
        box = (x, y, x + luck.randrange(40, 300), y + luck.randrange(40, 300))
        ImageDraw.Draw(image).ellipse(box, fill=colour())
    noise = Image.frombytes("L", image.size, luck.randbytes(240_000)).convert("RGB")
    return Image.blend(image.filter(ImageFilter.GaussianBlur(5)), noise, 0.08)


def marked(image: Image.Image) -> Image.Image:
    copy = image.copy()
    ImageDraw.Draw(copy).rectangle((420, 350, 580, 385), fill="white")
    return copy


COPIES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "recompressed": lambda image: Image.open(file_of(image, quality=30)),
    "small": lambda image: image.resize((160, 107)),
    "marked": marked,
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.15),
    "grey": lambda image: image.convert("L"),
    "cropped": lambda image: image.crop((6, 4, 594, 396)),
}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_near_its_picture(name: str) -> None:
    near = [distance(dhash(scene(seed)), dhash(COPIES[name](scene(seed)))) for seed in range(12)]
    assert sum(apart <= NEAR for apart in near) >= 11


def test_other_pictures_are_far() -> None:
    hashes = [dhash(scene(seed)) for seed in range(25)]
    apart = [distance(a, b) for a in hashes for b in hashes if a < b]
    assert min(apart) > NEAR


def test_a_plain_colour_has_no_hash_and_transparency_counts_as_white() -> None:
    assert dhash(picture()) == ""
    clear = Image.new("RGBA", (64, 48), (0, 0, 0, 0))
    assert dhash(clear) == ""
    clear.paste((0, 0, 0, 255), (32, 0, 64, 48))
    half = picture(colour="white")
    half.paste("black", (32, 0, 64, 48))
    assert dhash(clear) == dhash(half) != ""


def test_the_hash_is_of_the_picture_as_it_stands() -> None:
    lying = scene(1).transpose(Image.Transpose.ROTATE_90)
    facts = inspect_photo(file_of(lying, exif=exif_of({0x0112: 6}), quality=95))
    assert distance(facts.dhash, dhash(scene(1))) <= NEAR


@pytest.mark.django_db
@pytest.mark.usefixtures("media")
def test_an_upload_finds_what_looks_like_it() -> None:
    first = add_photo(file_of(scene(1)))
    other = add_photo(file_of(scene(2)))
    copy = add_photo(file_of(scene(1).resize((300, 200)), "PNG"))
    assert list(Photo.objects.exclude(pk=copy.pk).like(copy.dhash)) == [first]
    assert Photo.objects.like(first.dhash)[0] == first, "the nearest first"
    plain = add_photo(file_of(picture()))
    assert not Photo.objects.like(plain.dhash).exists()
    replace_file(other, file_of(scene(3)))
    assert Photo.objects.get(pk=other.pk).dhash == inspect_photo(file_of(scene(3))).dhash


@pytest.mark.django_db
@pytest.mark.usefixtures("media")
def test_the_worker_gives_a_hash_to_photos_of_before() -> None:
    photo = add_photo(file_of(scene(4)))
    Photo.objects.update(dhash="")
    assert make_renditions(photo.pk)
    assert distance(Photo.objects.get().dhash, photo.dhash) <= NEAR
    Photo.objects.update(rendition_state="pending", dhash="00000000000000ff")
    assert make_renditions(photo.pk)
    assert Photo.objects.get().dhash == "00000000000000ff", "an upload's own hash stays"


@pytest.mark.services
@pytest.mark.django_db
def test_what_is_alike_is_found_by_its_indexes() -> None:
    luck = random.Random(7)
    value = luck.getrandbits(64)
    near = value ^ (1 << 3 | 1 << 20 | 1 << 40 | 1 << 60)
    far = value ^ (0b11111 << 20)
    hashes = [f"{each:016x}" for each in (value, near, far)]
    rows = [builders.make_photo(dhash=each) for each in hashes]
    Photo.objects.bulk_create(Photo(dhash=f"{luck.getrandbits(64):016x}") for _ in range(2_000))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert list(Photo.objects.like(hashes[0])) == rows[:2]
    assert len(asked) == 2
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE articles_photo")
            cursor.execute("SET enable_seqscan = off")  # of so few rows it would read all
        plan = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(plan + asked[0]["sql"].replace("%", "%%"))
        steps = " ".join(map(str, cursor.fetchall()))
    for number in range(4):
        assert f"photo_dhash_{number}" in steps
