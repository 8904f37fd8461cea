"""A body as a small tree of our own: plain Python that rules may change freely.

The parsing is lexbor's (HTML5, as browsers do it); nothing here sanitises.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsroom.lib.html import MAX_DEPTH, BodyRefused

VOID_TAGS = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"}
    | {"track", "wbr"}
)


@dataclass(slots=True, eq=False)
class Element:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: "list[Node]" = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()

    def walk(self) -> "Iterator[Element]":
        """Every element below this one, in document order."""
        pending = self._elements()
        while pending:
            node = pending.pop()
            yield node
            if node.children:
                pending += node._elements()

    def _elements(self) -> "list[Element]":
        """The elements right below this one, the last one first."""
        return [child for child in self.children[::-1] if isinstance(child, Element)]


Node = Element | str


def inside(elements: list[Element], tags: frozenset[str]) -> set[int]:
    """The id() of each of the elements, given in document order, that is of these tags, or inside
    one that is.
    """
    found: set[int] = set()
    for element in elements:
        if element.tag in tags and id(element) not in found:
            found.add(id(element))
            found.update(map(id, element.walk()))
    return found


def parse(html: str) -> Element:
    """The tree of an HTML fragment, without comments, under an element named "body".

    In: HTML that passed newsroom.lib.html.guard. Raises BodyRefused if it is deeper than that
    could see.
    """
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{html}").body
    root = Element("body")
    pending = [(body, root, 0)] if body else []
    while pending:
        source, target, depth = pending.pop()
        if depth > MAX_DEPTH + 8:
            raise BodyRefused(
                f"The HTML of this text is nested more than {MAX_DEPTH} levels deep. Paste it as "
                "plain text."
            )
        child = source.child
        while child is not None:
            if child.is_text_node:
                target.children.append(child.text_content or "")
            elif child.is_element_node:
                element = Element(child.tag or "", _attributes(child))
                target.children.append(element)
                pending.append((child, element, depth + 1))
            child = child.next
    return root


def _attributes(node: LexborNode) -> dict[str, str]:
    attributes = node.attributes
    return {name: value or "" for name, value in attributes.items()} if attributes else {}


def serialise(nodes: "list[Node]") -> str:
    """HTML of some nodes. Text and attribute values are escaped as the sanitiser escapes them, so
    that house HTML comes back as it was.
    """
    parts: list[str] = []
    pending: list[Node | None] = [*nodes[::-1]]
    around: list[str] = []
    while pending:
        node = pending.pop()
        if node is None:  # the end of the element around
            parts.append(f"</{around.pop()}>")
        elif isinstance(node, str):
            parts.append(_escaped(node))
        else:
            parts.append(_start_tag(node))
            if node.tag not in VOID_TAGS:
                around.append(node.tag)
                pending.append(None)
                pending += node.children[::-1]
    return "".join(parts)


def _start_tag(element: Element) -> str:
    if not element.attrs:
        return f"<{element.tag}>"
    attributes = "".join(
        f' {name}="{_escaped(value).replace(chr(34), "&quot;")}"'
        for name, value in element.attrs.items()
    )
    return f"<{element.tag}{attributes}>"


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\xa0", "&nbsp;")
