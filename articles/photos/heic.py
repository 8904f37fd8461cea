"""HEIC, the format of iPhones, by choice of the operator (HEIC_UPLOADS): its decoder is large, has
had its share of holes, and isn't installed with the rest. Public files are what they always are.
"""

from importlib import import_module
from importlib.util import find_spec

from articles.photos import opening

PACKAGE = "pillow_heif"


def is_installed() -> bool:
    """Whether pillow-heif is there."""
    return find_spec(PACKAGE) is not None


def allow() -> None:
    """Take HEIC from now on, in this process. Without pillow-heif nothing changes; the system check
    newsroom.E005 says so.
    """
    if is_installed():
        # Its first picture is the photo: no depth maps, no thumbnails.
        import_module(PACKAGE).register_heif_opener(
            thumbnails=False, depth_images=False, aux_images=False
        )
        opening.PLUGINS["HEIC"] = ("HEIF",)
