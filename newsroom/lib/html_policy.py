"""House HTML as data: which tags, attributes, classes and addresses a body may hold.

One table for the sanitiser (newsroom.lib.html) and for the editor (settings.py). What is in it can
neither run, nor style, nor pose as the page's own controls.
"""

import re
from collections.abc import Callable

# --- The allow-list -------------------------------------------------------------------------
_ALIGN = ("align-left", "align-center", "align-right")
_SPANS = ("colspan", "rowspan")
_MEDIA = ("src", "preload", "controls", "loop", "muted")
EVERY_TAG = ("dir", "lang", "title")
# Tag → its own attributes, besides EVERY_TAG.
ALLOWED_TAGS: dict[str, tuple[str, ...]] = {
    # blocks
    **dict.fromkeys(("address", "aside", "blockquote", "dd", "div", "dl", "dt", "hr"), ()),
    **dict.fromkeys(("p", "h2", "h3", "h4", "h5", "h6"), ("id",)),
    "ol": ("start", "reversed", "type"),
    "ul": (),
    "li": ("id", "value"),
    "pre": (),
    "details": ("open",),
    "summary": (),
    # pictures, sound, tables
    "figure": ("data-photo",),
    "figcaption": (),
    "img": ("src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"),
    "audio": _MEDIA,
    "video": (*_MEDIA, "poster", "width", "height", "playsinline"),
    "source": ("src", "type"),
    "track": ("src", "kind", "srclang", "label", "default"),
    **dict.fromkeys(("table", "caption", "thead", "tbody", "tfoot", "tr"), ()),
    **dict.fromkeys(("colgroup", "col"), ("span",)),
    "td": _SPANS,
    "th": (*_SPANS, "scope", "abbr"),
    # words
    "a": ("href", "hreflang", "rel"),
    "sup": ("id",),
    "time": ("datetime",),
    "ins": ("datetime",),
    "del": ("datetime",),
    "data": ("value",),
    **dict.fromkeys(("abbr", "b", "bdi", "bdo", "br", "cite", "code", "dfn", "em", "i", "kbd"), ()),
    **dict.fromkeys(("mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span"), ()),
    **dict.fromkeys(("strong", "sub", "u", "var", "wbr"), ()),
    # house markup: an embed's address, a photo's place (see articles.body.render)
    "oembed": (),
}
# Tag → the classes it may carry. "language-*" stands for any language's name.
ALLOWED_CLASSES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("p", "h2", "h3", "h4", "img", "table", "td", "th"), _ALIGN),
    "figure": (*_ALIGN, "pullquote"),
    "blockquote": ("pullquote",),
    "code": ("language-*",),
    "pre": ("language-*",),
}
# These go with all that is in them: code, frames, form controls, foreign languages.
REMOVED_WITH_CONTENT = frozenset(
    {"applet", "canvas", "iframe", "math", "noembed", "noframes", "noscript"}
    | {"object", "script", "select", "style", "svg", "template", "textarea", "title"}
)
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
FILE_SCHEMES = frozenset({"http", "https"})
# Kept where an author declared them; a link always has the last two.
DECLARED_RELS = ("nofollow", "sponsored", "ugc")
LINK_RELS = ("noopener", "noreferrer")
# In-page targets have a prefix of their own, so that no id of a body can shadow the page's scripts
# ("DOM clobbering").
ID_PREFIX = "c-"
# Twenty candidates of a long address each; what is longer holds pictures, not addresses.
MAX_SRCSET_CHARACTERS = 10_000

# CKEditor 4's "allowed content" object: the same table, in the editor's words.
CKEDITOR_ALLOWED_CONTENT: dict[str, dict[str, str]] = {
    tag: {
        "attributes": ",".join((*EVERY_TAG, *attributes)),
        "classes": ",".join(ALLOWED_CLASSES.get(tag, ())),
    }
    for tag, attributes in ALLOWED_TAGS.items()
}


_IGNORED = str.maketrans("", "", "\t\n\r")
_SCHEME_END = re.compile("[:/?#]")


# --- Attribute values: each check returns the value to keep, or None to drop it -----------------
def _url(value: str, *, schemes: frozenset[str]) -> str | None:
    """The address without the white space a browser ignores; None if it is not plainly one of ours.

    A backslash, which browsers read as a slash, is never legitimate. A colon before the path ends a
    scheme (RFC 3986, 4.2), whatever stands in front of it.
    """
    value = value.translate(_IGNORED).strip()
    end = _SCHEME_END.search(value)
    if "\\" in value:
        return None
    if end is not None and end[0] == ":" and value[: end.start()].lower() not in schemes:
        return None
    return value


def _link(value: str) -> str | None:
    url = _url(value, schemes=LINK_SCHEMES)
    if url and url.startswith("#") and len(url) > 1 and not url.startswith(f"#{ID_PREFIX}"):
        return f"#{ID_PREFIX}{url[1:]}"
    return url


def _file(value: str) -> str | None:
    return _url(value, schemes=FILE_SCHEMES) or None


def _srcset(value: str) -> str | None:
    """The candidates whose address and descriptor are both plain (HTML standard, "srcset")."""
    kept: list[str] = []
    if len(value) > MAX_SRCSET_CHARACTERS:
        return None
    for candidate in re.split(r"(?<=[0-9][wx]),|,[\t\n\f\r ]", value):
        url, *descriptors = candidate.strip(", \t\n\f\r").split() or [""]
        if _file(url) == url and all(re.fullmatch(r"[0-9.]+[wx]", d) for d in descriptors[:2]):
            kept.append(" ".join((url, *descriptors[:1])))
    return ", ".join(kept) or None


def _id(value: str) -> str | None:
    if not re.fullmatch(r"[\w.:-]{1,100}", value):
        return None
    return value if value.startswith(ID_PREFIX) else ID_PREFIX + value


def _rel(value: str) -> str | None:
    declared = value.lower().split()
    return " ".join(rel for rel in DECLARED_RELS if rel in declared) or None


def _matching(pattern: str) -> Callable[[str], str | None]:
    expression = re.compile(pattern, re.IGNORECASE)

    def check(value: str) -> str | None:
        return value if expression.fullmatch(value) else None

    return check


_NUMBER = _matching(r"-?[0-9]{1,6}")
_SWITCH = _matching(r"[a-z]{0,12}")
_LANGUAGE = _matching(r"[a-z0-9-]{1,35}")
ATTRIBUTE_CHECKS: dict[str, Callable[[str], str | None]] = {
    "href": _link,
    **dict.fromkeys(("src", "poster"), _file),
    "srcset": _srcset,
    "sizes": _matching(r"[a-z0-9 ().,:%*/+-]{1,200}"),
    "id": _id,
    "rel": _rel,
    "dir": _matching("ltr|rtl|auto"),
    **dict.fromkeys(("lang", "hreflang", "srclang"), _LANGUAGE),
    **dict.fromkeys(("width", "height", "colspan", "rowspan", "span", "start"), _NUMBER),
    "data-photo": _matching("[0-9]{1,18}"),
    "scope": _matching("row|col|rowgroup|colgroup"),
    "type": _matching(r"[a-z0-9+./;=, \"-]{1,80}"),
    "kind": _matching("subtitles|captions|descriptions|chapters|metadata"),
    "loading": _matching("lazy|eager"),
    "decoding": _matching("sync|async|auto"),
    "preload": _matching("none|metadata|auto|"),
    **dict.fromkeys(
        ("controls", "default", "loop", "muted", "open", "playsinline", "reversed"), _SWITCH
    ),
}


def _classes(tag: str, value: str) -> str | None:
    allowed = ALLOWED_CLASSES.get(tag, ())
    language = "language-*" in allowed
    kept = [
        name
        for name in dict.fromkeys(value.split())
        if name in allowed or (language and re.fullmatch(r"language-[a-z0-9+#-]{1,30}", name))
    ]
    return " ".join(kept) or None


def check_attribute(tag: str, name: str, value: str) -> str | None:
    """The value to keep of an allowed attribute, or None where it has to go."""
    if name == "class":
        return _classes(tag, value)
    check = ATTRIBUTE_CHECKS.get(name)
    return check(value) if check else value
