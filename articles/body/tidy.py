"""The last touches on the tree: spaces, ampersands, what is empty, ids that nothing points to."""

from articles.body.characters import mend_ampersands, tidy_spaces, unescape_once
from articles.body.paragraphs import BLOCKS, CELLS, PHRASES, SPACES, is_line_break, trimmed
from articles.body.tree import Element, Node, inside

# Their text is kept to the character.
VERBATIM = frozenset({"code", "kbd", "pre", "samp"})
# White space between the parts of these is nothing.
LISTINGS = frozenset(
    {"colgroup", "details", "dl", "figure", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul"}
    | {"aside", "audio", "blockquote", "body", "video"}
)
# No spaces at their ends.
_TRIMMED = BLOCKS | CELLS | PHRASES
# They need no words in them.
MAY_BE_EMPTY = frozenset(
    {"audio", "br", "col", "colgroup", "hr", "img", "oembed", "rp", "rt", "source", "td", "th"}
    | {"track", "video", "wbr"}
)


def tidy(root: Element) -> None:
    """Tidy everything below `root`, in place."""
    elements = [root, *root.walk()]
    _drop_unlinked_ids(elements)
    verbatim = inside(elements, VERBATIM)
    for element in reversed(elements):
        for name in ("href", "src") if element.attrs else ():
            if name in element.attrs:
                element.attrs[name] = unescape_once(element.attrs[name])
        if id(element) not in verbatim:
            element.children = _tidied(element)
        kept: list[Node] = []
        for child in element.children:
            kept += _kept(child)
        element.children = kept
    root.children = [part for child in root.children for part in (child, "\n")][:-1]


def _drop_unlinked_ids(elements: list[Element]) -> None:
    named = [element for element in elements if "id" in element.attrs]
    if not named:
        return
    linked = {
        element.attrs["href"][1:]
        for element in elements
        if element.attrs.get("href", "").startswith("#")
    }
    for element in named:
        if element.attrs["id"] not in linked:
            del element.attrs["id"]


def _tidied(element: Element) -> list[Node]:
    if not element.children:
        return []
    children = [_tidy_text(child) for child in _merged(element.children)]
    if element.tag in LISTINGS:
        return [child for child in children if not isinstance(child, str) or child.strip(SPACES)]
    if any(map(is_line_break, children)):
        children = [_beside_breaks(children, place) for place in range(len(children))]
    return trimmed(children) if element.tag in _TRIMMED else children


def _beside_breaks(nodes: list[Node], place: int) -> Node:
    """One of the nodes; if it is text, without the spaces before and after a line break."""
    node = nodes[place]
    if isinstance(node, str) and place and is_line_break(nodes[place - 1]):
        node = node.lstrip(" ")
    if isinstance(node, str) and place + 1 < len(nodes) and is_line_break(nodes[place + 1]):
        node = node.rstrip(" ")
    return node


def _merged(nodes: list[Node]) -> list[Node]:
    """The nodes with neighbouring texts as one."""
    merged: list[Node] = []
    words: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            words.append(node)
            continue
        if words:
            merged.append("".join(words))
            words = []
        merged.append(node)
    if words:
        merged.append("".join(words))
    return merged


def _tidy_text(node: Node) -> Node:
    return tidy_spaces(mend_ampersands(node)) if isinstance(node, str) else node


def _kept(node: Node) -> list[Node]:
    """The node itself, or nothing where it says nothing; an empty inline leaves its space."""
    if isinstance(node, str):
        return [node] if node else []
    if node.tag in MAY_BE_EMPTY or "data-photo" in node.attrs:
        return [node]
    for child in node.children:
        if child.strip(SPACES) if isinstance(child, str) else child.tag != "br":
            return [node]
    return [] if node.tag in _TRIMMED or node.tag in LISTINGS else node.children
