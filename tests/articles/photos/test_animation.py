"""Pictures that move: their WebP files move as they did, all other files stand still."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from articles.actions.photos import add_photo
from articles.models import Photo, PhotoUse
from articles.photos import opening
from articles.photos.crops import CROPS
from articles.photos.figure import figure_view
from articles.photos.metadata import inspect_photo
from articles.photos.opening import PhotoRefused
from articles.photos.renditions import RenditionFile, RightsInfo, render_renditions
from articles.photos.work import make_renditions
from tests.articles.photos.pictures import exif_of, file_of, picture

COLOURS = ("red", "lime", "blue")
TIMES = [80, 120, 400]
RIGHTS = RightsInfo(creator="Ines Lark", credit="Tidelamp")


def moving(format_name: str, *, size: tuple[int, int] = (90, 60), **options: Any) -> BytesIO:
    frames = [picture(*size, colour=colour) for colour in COLOURS]
    for frame in frames:
        frame.paste("white", (0, 0, 9, 9))
    if format_name == "GIF":
        frames = [frame.quantize(8) for frame in frames]
    more = {"duration": TIMES, "loop": 2} | ({"lossless": True} if format_name == "WEBP" else {})
    return file_of(
        frames[0], format_name, save_all=True, append_images=frames[1:], **more | options
    )


def files_of(file: BytesIO, **options: Any) -> list[RenditionFile]:
    return list(render_renditions(file, credit=RIGHTS, **options))


def frames_of(made: RenditionFile) -> tuple[list[Image.Image], list[int], Any]:
    image = Image.open(BytesIO(made.data))
    frames, times = [], []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        image.load()
        frames.append(image.convert("RGB"))
        times.append(image.info.get("duration", 0))
    return frames, times, image.info.get("loop")


def is_close(colour: Any, wanted: str) -> bool:
    goal = picture(1, 1, colour=wanted).getpixel((0, 0))
    return all(abs(a - b) < 40 for a, b in zip(colour, goal, strict=True))  # type: ignore[arg-type]


@pytest.mark.parametrize("format_name", ["GIF", "WEBP", "AVIF", "PNG"])
def test_an_animation_moves_as_webp_and_its_other_files_stand_still(format_name: str) -> None:
    file = moving(format_name)
    assert inspect_photo(file).frames == 3
    made = files_of(file, widths=(90, 45), crops=())
    assert [(each.format, each.width, each.animated) for each in made] == [
        ("jpeg", 90, False), ("avif", 90, False), ("jpeg", 45, False), ("avif", 45, False),
        ("webp", 90, True), ("webp", 45, True),
    ]  # fmt: skip
    for each in made:
        frames, times, loop = frames_of(each)
        middle = (each.width // 2, each.height // 2)
        assert all(frame.size == (each.width, each.height) for frame in frames)
        if not each.animated:
            assert len(frames) == 1
            assert is_close(frames[0].getpixel(middle), "red")
            continue
        for frame, colour in zip(frames, COLOURS, strict=True):
            assert is_close(frame.getpixel(middle), colour)
        assert times == TIMES
        # AVIF's way to say it is one that Pillow does not read.
        assert loop == (0 if format_name == "AVIF" else 2)


def test_a_gif_that_says_nothing_plays_once_and_a_webp_stands_upright() -> None:
    once = files_of(moving("GIF", loop=None), widths=(90,), formats=("webp",), crops=())
    assert frames_of(once[0])[2] == 1
    lying = moving("WEBP", exif=exif_of({0x0112: 6}))
    (made,) = files_of(lying, widths=(60,), formats=("webp",), crops=())
    frames, _times, _loop = frames_of(made)
    assert (made.width, made.height) == (60, 90)
    assert is_close(frames[2].getpixel((55, 4)), "white")


def test_wide_animations_are_stills_above_960_pixels() -> None:
    made = files_of(moving("GIF", size=(1_400, 700)), crops=CROPS)
    assert sorted(each.width for each in made if each.animated) == [320, 640, 960]
    assert max(each.width for each in made if each.format == "jpeg") == 1_400
    assert {each.crop for each in made if each.crop} == {crop.name for crop in CROPS}


def test_transparent_frames_stay_transparent() -> None:
    frames = [Image.new("RGBA", (40, 40), (0, 0, 0, 0)) for _ in range(2)]
    frames[1].paste((255, 0, 0, 255), (0, 0, 20, 40))
    file = file_of(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100)
    (made,) = files_of(file, widths=(40,), formats=("webp",), crops=())
    image = Image.open(BytesIO(made.data))
    image.seek(1)
    found = [image.convert("RGBA").getpixel((x, 20)) for x in (10, 30)]
    assert [pixel[3] for pixel in found] == [255, 0]  # type: ignore[index]


@pytest.mark.parametrize("format_name", ["GIF", "WEBP", "AVIF", "PNG"])
def test_too_much_of_it_is_refused_in_words(
    format_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = moving(format_name)
    monkeypatch.setattr(opening, "MAX_ANIMATION_PIXELS", 3 * 90 * 60)
    inspect_photo(file)
    monkeypatch.setattr(opening, "MAX_ANIMATION_PIXELS", 3 * 90 * 60 - 1)
    with pytest.raises(PhotoRefused, match=r"3 frames .* as a video, or send a still") as refusal:
        inspect_photo(file)
    assert refusal.value.code == "too_many_frames"


def test_a_jpeg_with_further_pictures_is_its_first_picture() -> None:
    file = file_of(
        picture(colour="red"), "MPO", save_all=True, append_images=[picture(colour="blue")]
    )
    made = files_of(file, widths=(64,), crops=())
    assert [(each.format, each.animated) for each in made] == [
        ("jpeg", False), ("webp", False), ("avif", False),
    ]  # fmt: skip
    assert all(is_close(frames_of(each)[0][0].getpixel((30, 20)), "red") for each in made)


def test_a_frame_that_is_damaged_is_found_at_once() -> None:
    noisy = [Image.effect_noise((200, 150), 90).convert("RGB") for _ in range(3)]
    for format_name in ("WEBP", "PNG", "GIF"):
        data = file_of(noisy[0], format_name, save_all=True, append_images=noisy[1:]).getvalue()
        with pytest.raises(PhotoRefused):
            inspect_photo(BytesIO(data[: len(data) * 3 // 4]))


@pytest.mark.django_db
@pytest.mark.usefixtures("media")
def test_a_page_shows_it_still_to_who_wants_no_motion_and_on_paper() -> None:
    photo = add_photo(moving("GIF"))
    view = figure_view(PhotoUse(photo=photo))
    assert view is not None
    assert (view.stills, [kind for kind, _ in view.sources]) == ((), ["image/jpeg"])
    assert make_renditions(photo.pk)
    view = figure_view(PhotoUse(photo=Photo.objects.get()))
    assert view is not None
    assert [kind for kind, _ in view.stills] == ["image/avif", "image/jpeg"]
    assert [kind for kind, _ in view.sources] == ["image/webp"]
    assert view.src.endswith(".jpg")
