"""A photo's difference hash: near duplicates have nearly the same 64 bits. Pure.

Each bit says whether a point of a 9 × 8 grey copy is brighter than its right neighbour, after N.
Krawetz, "Kind of Like That" (2013); by one step of 255 is not, or noise would decide in plain skies.
`Photo.objects.like(photo.dhash)` finds the photos that differ by no more than
`newsroom.lib.near_hashes.NEAR` bits; how that was chosen: docs/performance.md, Photos.
"""

from PIL import Image

from articles.photos.decoding import plain_mode

_ACROSS, _DOWN = 9, 8
_NOISE = 1
_SAMPLED = 400


def dhash(image: Image.Image) -> str:
    """16 hexadecimal digits; "" for a picture that nothing is told of so (of one colour).

    image: upright, of any size and mode.
    """
    grey = (
        _grey(plain_mode(_sampled(image))).resize((_ACROSS, _DOWN), Image.Resampling.BOX).tobytes()
    )
    bits = 0
    for at in range(len(grey)):
        if (at + 1) % _ACROSS:
            bits = bits << 1 | (grey[at] > grey[at + 1] + _NOISE)
    return f"{bits:016x}" if bits else ""


def _sampled(image: Image.Image) -> Image.Image:
    """A grid of its points where it is large: their mean is near enough, and takes no memory."""
    step = max(1, min(image.size) // _SAMPLED)
    return image.resize((image.width // step, image.height // step), Image.Resampling.NEAREST)


def _grey(image: Image.Image) -> Image.Image:
    """In grey, what is transparent on white."""
    if image.mode != "RGBA":
        return image.convert("L")
    ground = Image.new("L", image.size, 255)
    ground.paste(image.convert("L"), mask=image.getchannel("A"))
    return ground
