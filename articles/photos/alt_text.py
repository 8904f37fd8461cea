"""Whether an alternative text says what is to be seen. Pure."""

import re

from newsroom.lib.text import clean_line, normalise_key

# Longer, a screen reader's listener gets a second caption; the words belong there.
LONG_ALT = 250

_ENDING = re.compile(
    r"\.(?:jpe?g|jfif|png|gif|webp|avif|hei[cf]|tiff?|bmp|svg|psd|raw|cr2|nef|dng)$", re.IGNORECASE
)
_HASH = re.compile(
    r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}|(?=\w*\d)[0-9a-f]{12,}", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
# What a camera, a telephone, an agency or a computer begins a name with, before a number.
_MACHINES = frozenset(
    {"img", "dsc", "dscn", "dscf", "dcim", "gopr", "pxl", "mvi", "hpim", "pict", "imag", "dji", "sdc",
     "imgp", "adobestock", "gettyimages", "shutterstock", "istock", "istockphoto", "depositphotos",
     "dreamstime"}
)  # fmt: skip
# What says that there is a picture, and not of what.
_PICTURES = frozenset(
    {"photo", "photos", "photograph", "picture", "pictures", "pic", "image", "images", "imagen",
     "immagine", "bild", "bilder", "foto", "fotos", "img", "screenshot", "bildschirmfoto", "screengrab",
     "scan", "file", "datei", "untitled", "unnamed", "unbenannt", "thumbnail", "download",
     "placeholder", "fullsizerender", "none", "null", "undefined", "tbd", "todo", "jpg", "jpeg", "png",
     "gif", "webp", "signal", "whatsapp"}
)  # fmt: skip
# What may stand around these: where, when, which copy of it.
_AROUND = frozenset(
    {"a", "an", "the", "of", "at", "um", "am", "pm", "on", "from", "via", "and", "copy", "kopie", "von",
     "final", "edit", "edited", "cropped", "crop", "scaled", "resized", "web", "large", "small",
     "medium", "hd", "min", "max", "new", "old", "v", "wa", "à", "la", "las", "alle", "s", "uhr"}
)  # fmt: skip
_TWO_WORDS = (
    (re.compile(r"screen[\s_-]*shot", re.IGNORECASE), "screenshot"),
    (re.compile(r"capture d.écran|captura de pantalla|schermata|schermafbeelding|zrzut ekranu|"
                r"skärmbild|снимок экрана|スクリーンショット", re.IGNORECASE), "screenshot"),
    (re.compile(r"^n/a$", re.IGNORECASE), "none"),
    (re.compile(r"sans titre|sin título|senza titolo|alt(?:ernative)? text", re.IGNORECASE), "untitled"),
)  # fmt: skip


def is_file_name(alt: str) -> bool:
    """Whether an alternative text is what a machine calls a picture, or only says that it is one:
    "IMG_1234.jpg", "Screenshot 2024-05-01 at 10.11.12", "Unbenannt-1", "image".
    """
    text = clean_line(alt)
    if not text:
        return False
    if _ENDING.search(text) or _HASH.search(text):
        return True
    for several, one in _TWO_WORDS:
        text = several.sub(one, text)
    words = [word.casefold() for word in _WORD.findall(text)]
    numbered = any(character.isdigit() for character in text)
    named = [word for word in words if word in _PICTURES or (numbered and word in _MACHINES)]
    if all(word in _AROUND or word in named for word in words):
        # Nothing else is said. Without a word it is a number or a row of signs.
        return bool(named) or not words
    return _is_one_token(text)


def _is_one_token(text: str) -> bool:
    """ "pier_at_dusk", "pier-at-dusk-1200x800", "AB1234567": words that no space parts."""
    if " " in text:
        return False
    digits = sum(character.isdigit() for character in text)
    return "_" in text or digits >= 5 or (digits >= 3 and text.count("-") > 1)


def repeats(alt: str, other: str) -> bool:
    """Whether both say the same, but for capitals, accents and signs."""
    words = _words(alt)
    return bool(words) and words == _words(other)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", normalise_key(text))
