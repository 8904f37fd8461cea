"""The few EXIF fields that concern rights: never position, serial numbers or thumbnails."""

from contextlib import suppress

from PIL import Image

from articles.photos.opening import PARSE_ERRORS

_EXIF_IFD = 0x8769
_TAGS = {0x013B: "photographer", 0x8298: "copyright", 0x010E: "caption"}
_TAKEN, _TAKEN_OFFSET = 0x9003, 0x9011


def read_exif(image: Image.Image) -> dict[str, list[str]]:
    """Field → its value in a list of one; {} where the EXIF block can't be read."""
    try:
        exif = image.getexif()
        details = exif.get_ifd(_EXIF_IFD)
    except PARSE_ERRORS:
        return {}
    fields = {name: _text(exif.get(tag)) for tag, name in _TAGS.items()}
    fields["taken_at"] = _text(details.get(_TAKEN)) + _text(details.get(_TAKEN_OFFSET))
    return {name: [text] for name, text in fields.items() if text}


def _text(value: object) -> str:
    """EXIF text is ASCII; cameras write UTF-8, which Pillow hands over as Latin-1."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    with suppress(UnicodeError):
        value = value.encode("latin-1").decode("utf-8")
    return value.replace("\0", " ").strip()
