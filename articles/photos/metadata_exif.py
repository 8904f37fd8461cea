"""The few EXIF fields that concern rights: never position, serial numbers or thumbnails."""

from contextlib import suppress

from PIL import Image

from articles.photos.opening import PARSE_ERRORS

_EXIF_IFD = 0x8769
_TAGS = {0x013B: "photographer", 0x8298: "copyright", 0x010E: "caption"}
# Windows writes UTF-16 into tags of its own.
_WINDOWS_TAGS = {0x9C9D: "photographer", 0x9C9C: "caption", 0x9C9B: "caption"}
_TAKEN, _TAKEN_OFFSET = 0x9003, 0x9011


def read_exif(image: Image.Image) -> dict[str, list[str]]:
    """Field → its value in a list of one; {} where the EXIF block can't be read."""
    try:
        exif = image.getexif()
        details = exif.get_ifd(_EXIF_IFD)
    except PARSE_ERRORS:
        return {}
    fields = {name: _text(exif.get(tag)) for tag, name in _TAGS.items()}
    for tag, name in _WINDOWS_TAGS.items():
        fields[name] = fields[name] or _wide_text(exif.get(tag))
    fields["taken_at"] = _text(details.get(_TAKEN)) + _text(details.get(_TAKEN_OFFSET))
    return {name: [text] for name, text in fields.items() if text}


def _wide_text(value: object) -> str:
    if isinstance(value, tuple):
        value = bytes(each for each in value if isinstance(each, int) and 0 <= each < 256)
    text = value.decode("utf-16-le", "replace") if isinstance(value, bytes) else ""
    return text.partition("\0")[0].strip()


def _text(value: object) -> str:
    """EXIF text is ASCII; cameras write UTF-8 or Windows-1252, and Pillow hands over Latin-1."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    with suppress(UnicodeError):
        data = value.encode("latin-1")
        try:
            value = data.decode("utf-8")
        except UnicodeDecodeError:
            value = data.decode("cp1252")
    return value.replace("\0", " ").strip()
