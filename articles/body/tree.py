"""A body as a small tree of our own: plain Python that rules may change freely.

The parsing is lexbor's (HTML5, as browsers do it); nothing here sanitises.
"""

import html as entities
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
        pending = list(reversed(self.children))
        while pending:
            node = pending.pop()
            if isinstance(node, Element):
                yield node
                pending.extend(reversed(node.children))

    def inside(self, tags: frozenset[str]) -> set[int]:
        """The id() of every element below that is of these tags, or inside one that is."""
        found: set[int] = set()
        for element in self.walk():
            if element.tag in tags and id(element) not in found:
                found.add(id(element))
                found.update(map(id, element.walk()))
        return found


Node = Element | str


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
    return {name: value or "" for name, value in node.attributes.items()}


def serialise(nodes: "list[Node]") -> str:
    """HTML of some nodes. Text and attribute values are escaped."""
    parts: list[str] = []
    pending: list[Node | _EndTag] = list(reversed(nodes))
    while pending:
        node = pending.pop()
        if isinstance(node, Element):
            parts.append(_start_tag(node))
            if node.tag not in VOID_TAGS:
                pending.append(_EndTag(node.tag))
                pending.extend(reversed(node.children))
        elif isinstance(node, _EndTag):
            parts.append(f"</{node.tag}>")
        else:
            parts.append(entities.escape(node, quote=False))
    return "".join(parts)


@dataclass(slots=True)
class _EndTag:
    tag: str


def _start_tag(element: Element) -> str:
    attributes = "".join(
        f' {name}="{entities.escape(value)}"' for name, value in element.attrs.items()
    )
    return f"<{element.tag}{attributes}>"
