"""The last touches on the tree: spaces, ampersands, what is empty, ids that nothing points to."""

from articles.body.characters import mend_ampersands, tidy_spaces, unescape_once
from articles.body.paragraphs import BLOCKS, CELLS, PHRASES, SPACES, is_line_break, trimmed
from articles.body.tree import Element, Node

# Their text is kept to the character.
VERBATIM = frozenset({"code", "kbd", "pre", "samp"})
# White space between the parts of these is nothing.
LISTINGS = frozenset(
    {"colgroup", "details", "dl", "figure", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul"}
    | {"aside", "audio", "blockquote", "body", "video"}
)
# They need no words in them.
MAY_BE_EMPTY = frozenset(
    {"audio", "br", "col", "colgroup", "hr", "img", "oembed", "rp", "rt", "source", "td", "th"}
    | {"track", "video", "wbr"}
)


def tidy(root: Element) -> None:
    """Tidy everything below `root`, in place."""
    _drop_unlinked_ids(root)
    verbatim = root.inside(VERBATIM)
    for element in reversed([root, *root.walk()]):
        for name in element.attrs.keys() & {"href", "src"}:
            element.attrs[name] = unescape_once(element.attrs[name])
        if id(element) not in verbatim:
            element.children = _tidied(element)
        element.children = [node for child in element.children for node in _kept(child)]
    root.children = [part for child in root.children for part in (child, "\n")][:-1]


def _drop_unlinked_ids(root: Element) -> None:
    linked = {
        element.attrs["href"][1:]
        for element in root.walk()
        if element.attrs.get("href", "").startswith("#")
    }
    for element in root.walk():
        if element.attrs.get("id") not in linked:
            element.attrs.pop("id", None)


def _tidied(element: Element) -> list[Node]:
    children = [_tidy_text(child) for child in _merged(element.children)]
    if element.tag in LISTINGS:
        return [child for child in children if not isinstance(child, str) or child.strip(SPACES)]
    children = [_beside_breaks(children, place) for place in range(len(children))]
    return trimmed(children) if element.tag in BLOCKS | CELLS | PHRASES else children


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
    for node in nodes:
        if merged and isinstance(node, str) and isinstance(merged[-1], str):
            merged[-1] += node
        else:
            merged.append(node)
    return merged


def _tidy_text(node: Node) -> Node:
    return tidy_spaces(mend_ampersands(node)) if isinstance(node, str) else node


def _kept(node: Node) -> list[Node]:
    """The node itself, or nothing where it says nothing; an empty inline leaves its space."""
    if isinstance(node, str):
        return [node] if node else []
    says = any(
        child.strip(SPACES) if isinstance(child, str) else child.tag != "br"
        for child in node.children
    )
    if says or node.tag in MAY_BE_EMPTY or "data-photo" in node.attrs:
        return [node]
    inline = node.tag not in BLOCKS | CELLS | PHRASES | LISTINGS
    return list(node.children) if inline else []
