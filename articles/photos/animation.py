"""Pictures that move, kept as animated WebP: frames, their times, how often they play. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from articles.photos.decoding import in_srgb, plain_mode
from articles.photos.opening import OpenedPhoto, load_pixels
from articles.photos.orientation import found_orientation, upright

# Wider ones are stills: a moving picture of 1280 pixels is a video, and weighs like a worse one.
MAX_WIDTH = 960
DEFAULT_MILLISECONDS = 100
# Measured in docs/performance.md (Photos).
OPTIONS = {"quality": 70, "method": 3}


@dataclass(frozen=True, slots=True)
class Animation:
    """Upright frames in sRGB, all of one size; how long each shows (milliseconds); how often all of
    them play, 0 for ever.
    """

    frames: list[Image.Image]
    milliseconds: list[int]
    loop: int

    def resized(self, size: tuple[int, int]) -> "Animation":
        if self.frames[0].size == size:
            return self
        frames = [each.resize(size, Image.Resampling.LANCZOS) for each in self.frames]
        return Animation(frames, self.milliseconds, self.loop)

    def webp(self, xmp: bytes) -> bytes:
        out = BytesIO()
        self.frames[0].save(
            out, "WEBP", save_all=True, append_images=self.frames[1:],
            duration=self.milliseconds, loop=self.loop, xmp=xmp, **OPTIONS,
        )  # fmt: skip
        return out.getvalue()


def read_animation(photo: OpenedPhoto, size: tuple[int, int]) -> Animation:
    """All frames, upright and of `size`. Raises articles.photos.opening.PhotoRefused."""
    image = photo.image
    orientation, profile = found_orientation(image), image.info.get("icc_profile")
    loop = int(image.info.get("loop", 1 if photo.format == "GIF" else 0))
    frames, milliseconds = [], []
    for frame in each_frame(photo):
        plain = in_srgb(plain_mode(frame), profile)
        milliseconds.append(round(frame.info.get("duration") or DEFAULT_MILLISECONDS))
        small = upright(plain, orientation).resize(size, Image.Resampling.LANCZOS)
        small.info.clear()
        frames.append(small)
    return Animation(frames, milliseconds, loop)


def each_frame(photo: OpenedPhoto) -> Iterator[Image.Image]:
    """The frames that are there, decoded one after the other in one and the same object.

    Raises articles.photos.opening.PhotoRefused for a damaged one.
    """
    for number in range(photo.frames):
        try:
            photo.image.seek(number)
        except EOFError:
            return
        load_pixels(photo.image)
        yield photo.image
