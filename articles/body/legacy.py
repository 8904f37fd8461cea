"""What old articles bring along, rule by rule: a rule takes one element and mends it.

A rule changes the element in place and returns None, or returns the nodes that take its place.
Children are mended before their parents. To add a rule, write the function, put it into RULES with
the tags it is about (None for any), and give it a before/after pair in tests/articles/body/test_legacy.py. Nothing here makes HTML safe:
newsroom.lib.html does, after it.
"""

import re
from functools import lru_cache
from itertools import chain
from urllib.parse import parse_qsl, urlencode, urlsplit

from articles.body.pictures import PICTURE_RULES
from articles.body.rule import Context, OldSite, Rule, RuleOf
from articles.body.tree import Element, Node
from newsroom.lib.html_policy import REMOVED_WITH_CONTENT

__all__ = ["RULES", "Context", "OldSite", "Rule", "apply"]

# --- What goes, with all that is in it -----------------------------------------------------------
# Bars of plugins: WP Reactions, Jetpack's sharing and related posts, AddToAny, Sassy Social Share.
FURNITURE = re.compile(
    r"wpra-.*|sharedaddy|sd-sharing.*|jp-relatedposts|addtoany_share_save_container|heateor_sss_.*"
)
AMP_FURNITURE = frozenset(
    {"amp-ad", "amp-analytics", "amp-auto-ads", "amp-consent", "amp-list", "amp-next-page"}
    | {"amp-pixel", "amp-script", "amp-sidebar", "amp-social-share", "amp-sticky-ad"}
)


def is_reaction_bar(element: Element, context: Context) -> bool:
    """A reaction or sharing bar: its words are the page's, not the article's."""
    return "class" in element.attrs and any(map(FURNITURE.fullmatch, element.classes))


def is_amp_furniture(element: Element, context: Context) -> bool:
    if element.tag in AMP_FURNITURE:
        context.notes["dropped-element", element.tag] += 1
        return True
    return False


def is_code(element: Element, context: Context) -> bool:
    """Scripts, styles, frames without an address, form controls."""
    if element.tag == "iframe":
        return not element.attrs.get("src")
    if element.tag == "noscript":
        return False
    if element.tag in REMOVED_WITH_CONTENT:
        context.notes["dropped-element", element.tag] += 1
        return True
    return False


# --- Frames and links ---------------------------------------------------------------------------
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|amp|mc_[ce]id|igshid|ref_src")


def unknown_frame(element: Element, context: Context) -> list[Node] | None:
    """A frame that no provider claims → a link that names its host."""
    source = element.attrs.get("src", "").strip()
    url = f"https:{source}" if source.startswith("//") else source
    host = _split(url)[0]
    if not host:
        return []
    context.notes["unknown-frame", host] += 1
    link = Element("a", {"href": url}, [element.attrs.get("title") or host])
    return [Element("p", {}, [link])]


def old_site_link(element: Element, context: Context) -> list[Node] | None:
    """A link to the old site → a path of ours, without tracking, with its fragment."""
    if context.old_site is None:
        return None
    host, path, query, fragment = _split(element.attrs.get("href", ""))
    if not host or not context.old_site.owns(host):
        return None
    kept = [
        pair for pair in parse_qsl(query, keep_blank_values=True) if not TRACKING.fullmatch(pair[0])
    ]
    ours = context.old_site.path_for(
        "/" + path.lstrip("/") + (f"?{urlencode(kept)}" if kept else "")
    )
    element.attrs["href"] = ours + (f"#{fragment}" if fragment else "")
    return None


def _split(url: str) -> tuple[str, str, str, str]:
    """Host, path, query and fragment of a web address; empty strings for anything else."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return "", "", "", ""
    if parts.scheme not in {"http", "https", ""}:
        return "", "", "", ""
    return host, parts.path, parts.query, parts.fragment


def no_link(element: Element, context: Context) -> list[Node] | None:
    """A link that leads nowhere → its words."""
    if not element.attrs.get("href", "").strip():
        return element.children
    return None


# --- Words --------------------------------------------------------------------------------------
RENAMED = {"b": "strong", "i": "em", "h1": "h2", "tt": "code", "strike": "s", "acronym": "abbr"}
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_NORMAL = re.compile(r"font-weight\s*:\s*(?:normal|400)")
_ITALIC = re.compile(r"font-style\s*:\s*italic")
_ALIGNED = re.compile(r"(?:\balign[-:]?|\baligned-|text-align(?:-|\s*:\s*))(left|center|right)\b")


def google_docs_bold(element: Element, context: Context) -> list[Node] | None:
    """Google Docs wraps what it copies into a `<b>` that isn't bold."""
    if _NORMAL.search(element.attrs.get("style", "")):
        return element.children
    return None


def house_name(element: Element, context: Context) -> list[Node] | None:
    """`<b>` → `<strong>`, `<h1>` → `<h2>` and the like."""
    element.tag = RENAMED[element.tag]
    return None


def styled_span(element: Element, context: Context) -> list[Node] | None:
    """A span made bold or italic by style → strong or em."""
    style = element.attrs.get("style", "")
    nodes = element.children
    if style and _ITALIC.search(style):
        nodes = [Element("em", {}, nodes)]
    if style and _BOLD.search(style):
        nodes = [Element("strong", {}, nodes)]
    return nodes if nodes is not element.children else None


def bare_span(element: Element, context: Context) -> list[Node] | None:
    """Spans that say nothing → their words."""
    if not element.attrs.keys() & {"lang", "dir"}:
        return element.children
    return None


def alignment(element: Element, context: Context) -> list[Node] | None:
    """Every way to align → our class; other classes go. Left is where text stands anyway."""
    given = element.attrs
    if element.tag != "center" and given.keys().isdisjoint(("class", "style", "align")):
        return None
    said = (
        f"{given.get('class', '')} {given.get('style', '')} align:{given.get('align', '').lower()}"
    )
    kept = [name for name in element.classes if name.startswith("language-") or name == "pullquote"]
    if "wp-block-pullquote" in element.classes:
        kept.append("pullquote")
    aligned = _ALIGNED.search(said)
    side = "center" if element.tag == "center" else aligned and aligned[1]
    if side and (side != "left" or element.tag in {"figure", "img", "table"}):
        kept.append(f"align-{side}")
    if kept:
        given["class"] = " ".join(kept)
    else:
        given.pop("class", None)
    return None


RULES: tuple[RuleOf, ...] = (
    *PICTURE_RULES,
    ({"iframe", "amp-iframe"}, unknown_frame),
    (None, alignment),
    ({"a"}, old_site_link),
    ({"a"}, no_link),
    ({"b"}, google_docs_bold),
    (RENAMED.keys(), house_name),
    ({"span"}, styled_span),
    ({"span"}, bare_span),
)


def apply(root: Element, context: Context) -> None:
    """Mend everything below `root`, in place."""
    parents: list[Element] = []
    for parent in chain([root], root.walk()):
        parents.append(parent)
        parent.children = [
            child
            for child in parent.children
            if isinstance(child, str) or not _goes(child, context)
        ]
    for parent in reversed(parents):
        mended: list[Node] = []
        for child in parent.children:
            if isinstance(child, str):
                mended.append(child)
            else:
                mended += _mended(child, context)
        parent.children = mended


def _goes(element: Element, context: Context) -> bool:
    return (
        is_reaction_bar(element, context)
        or is_amp_furniture(element, context)
        or is_code(element, context)
    )


def _mended(element: Element, context: Context, *, after: int = -1) -> list[Node]:
    """What takes the element's place, by the rules that come `after` this one."""
    tag = element.tag
    for number, rule in _rules_of(tag):
        if number <= after:
            continue
        replacement = rule(element, context)
        if replacement is not None:
            return replacement
        if element.tag != tag:
            return _mended(element, context, after=number)
    return [element]


@lru_cache(maxsize=256)
def _rules_of(tag: str) -> tuple[tuple[int, Rule], ...]:
    numbered = enumerate(RULES)
    return tuple((number, rule) for number, (tags, rule) in numbered if not tags or tag in tags)
