"""Rules for pictures, sound and their captions in old articles (see articles.body.legacy)."""

import re

from articles.body.rule import Context, RuleOf
from articles.body.tree import Element, Node

AMP_MEDIA = {"amp-img": "img", "amp-anim": "img", "amp-video": "video", "amp-audio": "audio"}
LAZY_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-orig-file")
LAZY_SRCSETS = ("data-srcset", "data-lazy-srcset")
_PLACEHOLDER = re.compile(
    r"(?i)$|data:|about:blank|.*(?:placeholder|blank|spacer|1x1|loading)\.\w+$"
)
_PHOTON = re.compile(r"(?i)(?:https?:)?//i\d\.wp\.com/([^/?#]+\.[^/?#]+/[^?#]*)")


def amp_media(element: Element, context: Context) -> list[Node] | None:
    element.tag = AMP_MEDIA[element.tag]
    return None


def lazy_picture(element: Element, context: Context) -> list[Node] | None:
    """A lazy-loading plugin's real address beats its placeholder."""
    real = next((element.attrs[name] for name in LAZY_SOURCES if element.attrs.get(name)), "")
    if real and _PLACEHOLDER.match(element.attrs.get("src", "")):
        element.attrs["src"] = real
    srcset = next((element.attrs[name] for name in LAZY_SRCSETS if element.attrs.get(name)), "")
    if srcset:
        element.attrs["srcset"] = srcset
    return None


def noscript_twin(element: Element, context: Context) -> list[Node] | None:
    """A picture for browsers without scripts: the twin of the one before it."""
    return []


def photon(element: Element, context: Context) -> list[Node] | None:
    """Jetpack's picture servers (iN.wp.com/host/path) → the picture itself."""
    found = _PHOTON.match(element.attrs.get("src", ""))
    if found:
        element.attrs["src"] = f"https://{found[1]}"
        element.attrs.pop("srcset", None)
    return None


def no_picture(element: Element, context: Context) -> list[Node] | None:
    """Counting pixels and pictures without an address that can be kept."""
    pixel = {element.attrs.get("width"), element.attrs.get("height")} & {"0", "1"}
    source = element.attrs.get("src", "").strip()
    if source and not pixel and not source.lower().startswith("data:"):
        return None
    if source and not pixel:
        context.notes["dropped-picture", "data:"] += 1
    return []


def caption_box(element: Element, context: Context) -> list[Node] | None:
    """The classic editor's caption box → figure and figcaption."""
    if "class" not in element.attrs:
        return None
    if "wp-caption" in element.classes and element.tag in {"div", "dl", "figure"}:
        element.tag = "figure"
    elif "wp-caption-text" in element.classes or "wp-caption-dd" in element.classes:
        element.tag = "figcaption"
        element.attrs.clear()
    return None


def link_to_same_picture(element: Element, context: Context) -> list[Node] | None:
    """A picture that links to its own file needs no link."""
    if len(element.children) != 1:
        return None
    picture = element.children[0]
    if isinstance(picture, str) or picture.tag != "img":
        return None
    same = _file_stem(element.attrs.get("href", "")) == _file_stem(picture.attrs.get("src", ""))
    return [picture] if same else None


def _file_stem(url: str) -> str:
    """The path of an upload without its size suffix ("-768x512", "-scaled") and ending."""
    path = re.sub(r"^(?:https?:)?//(?:www\.)?", "", url.partition("?")[0])
    return re.sub(r"(?:-\d+x\d+|-scaled)?\.\w+$", "", path)


PICTURE_RULES: tuple[RuleOf, ...] = (
    (AMP_MEDIA.keys(), amp_media),
    ({"img"}, lazy_picture),
    ({"noscript"}, noscript_twin),
    ({"img"}, photon),
    ({"img"}, no_picture),
    (None, caption_box),
    ({"a"}, link_to_same_picture),
)
