"""The shape of house HTML: paragraphs, no boxes, nothing empty, embeds between paragraphs.

WordPress's wpautop and what browsers make of sloppy HTML, done on the tree. Pure.
"""

import re

from articles.body.tree import Element, Node, inside
from newsroom.lib.html_policy import ALLOWED_TAGS

# Boxes: their content matters, not they.
BOXES = frozenset(
    {"article", "body", "button", "center", "dialog", "div", "fieldset", "footer", "form", "header"}
    | {"hgroup", "legend", "main", "nav", "section", "amp-carousel"}
)
# Parts of something else; outside of it they are boxes.
HOMES = {
    "li": {"ol", "ul"},
    "dd": {"dl", "div"},
    "dt": {"dl", "div"},
    "figcaption": {"figure"},
    "summary": {"details"},
}
BLOCKS = frozenset(
    {
        "address",
        "aside",
        "blockquote",
        "details",
        "dl",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
    }
    | {"oembed", "ol", "p", "pre", "table", "ul", *HOMES}
)
# In these, words stand in paragraphs.
FLOWS = frozenset({"aside", "blockquote", "body", "details"})
# In these too, where there are several of them.
CELLS = frozenset({"address", "dd", "figcaption", "li", "td", "th"})
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
# These hold words, no paragraphs.
PHRASES = HEADINGS | {"caption", "dt", "summary"}
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd"}
    | {
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
    }
)
# In these there are words and no blocks; spaces are the author's.
FLAT = frozenset({"audio", "pre", "video"})
_FLAT_MAY_HOLD = INLINE | {"br", "source", "track"}
# Where words may stand between blocks, and what can't hold a block.
_PLACES = FLOWS | BOXES
_OF_PHRASES = INLINE | HEADINGS | {"p"}
SPACES = " \t\n\f\u00a0"
_BLANK_LINE = re.compile(r"\n[ \t\f\u00a0]*\n\s*")
# Stands between two paragraphs that have no element yet.
_BREAK = Element("")


def arrange(root: Element, *, lines: bool) -> None:
    """Put the words below `root` into paragraphs and take boxes apart, in place.

    `lines`: the text has no paragraphs yet, so a line end is a line break. A blank line between
    blocks always ends a paragraph.
    """
    elements = [root, *root.walk()]
    flat = inside(elements, FLAT)
    for element in reversed(elements):
        if id(element) in flat:
            element.children = [node for child in element.children for node in _flattened(child)]
        else:
            element.children = _arranged(element, lines=lines)


def _flattened(node: Node) -> list[Node]:
    if isinstance(node, str) or node.tag in _FLAT_MAY_HOLD:
        return [node]
    return [*node.children, "\n"] if node.tag in BLOCKS | BOXES else node.children


def _arranged(element: Element, *, lines: bool) -> list[Node]:
    tag = element.tag
    children: list[Node] = []
    for child in element.children:
        if isinstance(child, Element):
            children.extend(_dissolved(child, parent=tag))
        elif tag in _PLACES:
            children.extend(_text_parts(child, lines=lines))
        else:
            children.append(child)
    if tag == "p" or tag in _PLACES:
        children = _double_breaks(children)
    if tag in FLOWS:
        return _paragraphs(children)
    if tag == "p" or tag in BOXES or not any(child is _BREAK for child in children):
        return children
    return _joined(children, tag)


def _dissolved(child: Element, *, parent: str) -> list[Node]:
    """What a parent gets of a child: the child, or its content where the child is only a box."""
    torn = any(map(_is_block, child.children))
    homes = HOMES.get(child.tag)
    if child.tag in BOXES or (homes and parent not in homes):
        # A box that is a paragraph in all but name keeps its alignment.
        named = not torn and parent in _PLACES and child.attrs.get("class")
        return [Element("p", child.attrs, child.children)] if named else _apart(child)
    if child.tag not in ALLOWED_TAGS:
        return _apart(child) if torn else child.children
    if child.tag == "p" and parent in PHRASES:
        return _apart(child)
    if torn and child.tag in _OF_PHRASES and not _block_link(child):
        return _apart(child)
    return [child]


def _apart(child: Element) -> list[Node]:
    return [_BREAK, *child.children, _BREAK]


def _is_block(node: Node) -> bool:
    return isinstance(node, Element) and (
        node is _BREAK or node.tag in BLOCKS or (node.tag == "a" and _block_link(node))
    )


def _block_link(element: Element) -> bool:
    """A link around whole blocks, which HTML allows; not around an embed, which is no link."""
    if element.tag != "a":
        return False
    tags = {child.tag for child in element.children if isinstance(child, Element)}
    return not tags.isdisjoint(BLOCKS) and "oembed" not in tags


def _text_parts(text: str, *, lines: bool) -> list[Node]:
    """Text that stands between blocks, cut at blank lines and, with `lines`, at line ends."""
    parts: list[Node] = []
    for number, paragraph in enumerate(_BLANK_LINE.split(text)):
        if number:
            parts.append(_BREAK)
        for line_number, line in enumerate(paragraph.split("\n") if lines else [paragraph]):
            if line_number:
                parts.append(Element("br"))
            parts.append(line)
    return parts


def _double_breaks(children: list[Node]) -> list[Node]:
    """Two line breaks or more, with nothing between them, end a paragraph."""
    if sum(map(is_line_break, children)) < 2:
        return children
    out: list[Node] = []
    breaks: list[Node] = []
    for child in [*children, _BREAK]:
        if is_line_break(child) or (breaks and isinstance(child, str) and not child.strip(SPACES)):
            breaks.append(child)
            continue
        double = sum(is_line_break(node) for node in breaks) > 1
        out.extend([_BREAK] if double else breaks)
        out.append(child)
        breaks = []
    return out[:-1]


def is_line_break(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "br"


def _runs(children: list[Node]) -> list[list[Node]]:
    """The children as blocks, each by itself, and runs of inline nodes, without blank ones."""
    runs: list[list[Node]] = []
    run: list[Node] = []
    for child in [*children, _BREAK]:
        if not _is_block(child):
            run.append(child)
            continue
        run = trimmed(run) if run else run
        if run:
            runs.append(run)
            run = []
        if child is not _BREAK:
            runs.append([child])
    return runs


def trimmed(run: list[Node]) -> list[Node]:
    """Inline nodes without the line breaks and the white space at their ends."""
    first, last = 0, len(run)
    while first < last and _is_blank(run[first]):
        first += 1
    while last > first and _is_blank(run[last - 1]):
        last -= 1
    run = run[first:last]
    if run and isinstance(run[0], str):
        run[0] = run[0].lstrip(SPACES)
    if run and isinstance(run[-1], str):
        run[-1] = run[-1].rstrip(SPACES)
    return run


def _is_blank(node: Node) -> bool:
    return not node.strip(SPACES) if isinstance(node, str) else node.tag == "br"


def _paragraphs(children: list[Node]) -> list[Node]:
    return [run[0] if _is_block(run[0]) else Element("p", {}, run) for run in _runs(children)]


def _joined(children: list[Node], tag: str) -> list[Node]:
    """Children of an element in which boxes were taken apart, as that element can hold them."""
    runs = _runs(children)
    if tag in CELLS and len(runs) > 1:
        return _paragraphs(children)
    joined: list[Node] = []
    for run in runs:
        if (
            joined
            and (tag in PHRASES or tag in INLINE)
            and not _is_block(joined[-1])
            and not _is_block(run[0])
        ):
            joined.append(Element("br"))
        joined.extend(run)
    return [" ", *joined, " "] if tag in INLINE else joined
