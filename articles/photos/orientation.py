"""Which way up a picture is (EXIF 2.32, tag 0x0112)."""

from PIL import Image

from articles.photos.opening import PARSE_ERRORS

ORIENTATION_TAG = 0x0112

_METHODS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SIDEWAYS = frozenset({5, 6, 7, 8})


def found_orientation(image: Image.Image) -> int:
    """The number the file holds, valid or not; 1 (upright) where it holds none."""
    try:
        value = image.getexif().get(ORIENTATION_TAG, 1)
    except PARSE_ERRORS:
        return 1
    return value if isinstance(value, int) else 1


def display_size(width: int, height: int, *, orientation: int) -> tuple[int, int]:
    """(width, height) of the picture when it stands upright."""
    return (height, width) if orientation in SIDEWAYS else (width, height)


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The picture turned; an invalid orientation counts as 1."""
    method = _METHODS.get(orientation)
    return image if method is None else image.transpose(method)
