"""HTML to tokens: elements that stand for a post become EMBED, the rest stays what it is."""

import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.embeds import forms
from articles.embeds.blocks import Block, block_delimiter
from articles.embeds.findings import Findings
from articles.embeds.provider import EmbedRef
from articles.embeds.providers import match, owner
from articles.embeds.tokens import SPLIT, VOID, Kind, Token, names, open_token
from articles.embeds.url import BLANK, read_url

# Elements in which nothing is looked for: code, other languages, forms, files of our own.
_OPAQUE = names(
    "applet audio button canvas code kbd map math noembed noframes picture plaintext pre samp "
    "script select style svg template textarea title video xmp"
)
_CHILDLESS = _OPAQUE | VOID
_OEMBED_TAG = re.compile(r"</?oembed\b[^<>]*>", re.IGNORECASE)


class Reader:
    """Walks a document once; afterwards there are `tokens`, and whether anything `changed`."""

    def __init__(self, findings: Findings, *, in_noscript: bool = False) -> None:
        self.findings = findings
        self.tokens: list[Token] = []
        self.changed = False
        self._in_noscript = in_noscript
        self._around: list[str] = []
        self._twins: list[tuple[int, list[EmbedRef]]] = []
        self._block: Block | None = None
        self._without_post: LexborNode | None = None
        self._quotes_wordpress = False
        # Embed blocks of WordPress's first years: the address is the figure's own text.
        self._block_figures: set[int] = set()
        self._steps: dict[str, Callable[[LexborNode, forms.Attributes], bool]] = {
            "noscript": self._noscript,
            "iframe": self._iframe,
            "amp-iframe": self._iframe,
            "object": self._object,
            "embed": self._object,
            "oembed": self._oembed,
            "figure": self._figure,
        }

    def read(self, html: str) -> None:
        # The first node of a fragment answers for the whole of it (`.html`, `.css()`): give it one
        # of no meaning. And the parser must outlive its nodes.
        parser = LexborHTMLParser(f"<!---->{html}", is_fragment=True)
        self.walk(parser.root.next if parser.root is not None else None)
        self._settle_twins()

    def walk(self, node: LexborNode | None) -> None:
        """This node, what is in it, and what follows it."""
        inside: list[LexborNode] = []
        while node is not None or inside:
            if node is None:
                node = inside.pop()
                self._leave(node)
                node = node.next
            elif node.is_text_node:
                self._text(node, node.text_content or "")
                node = node.next
            elif self._enter(node):
                inside.append(node)
                node = node.first_child
            else:
                node = node.next

    # --- One node -------------------------------------------------------------------------------
    def _enter(self, node: LexborNode) -> bool:
        """Read an element or a comment; True where its children come next."""
        if node.is_element_node and node.tag:
            return self._element(node, node.tag)
        if node.is_comment_node:
            self._comment(node)
        return False

    def _element(self, node: LexborNode, tag: str) -> bool:
        attributes = node.attributes
        if tag in self._steps:
            return self._steps[tag](node, attributes)
        if attributes or tag in _CHILDLESS:
            return self._marked(node, tag, attributes=attributes)
        self._open(tag, attributes)
        return True

    def _marked(self, node: LexborNode, tag: str, *, attributes: forms.Attributes) -> bool:
        if "data-oembed-url" in attributes:
            return self._address(attributes["data-oembed-url"] or "")
        if "wp-block-embed__wrapper" in (attributes.get("class") or "").split():
            return self._wrapper(node)
        hooks = forms.hooks_of(tag, attributes)
        if hooks:
            ref = forms.hooked(node, hooks, attributes, links=self._without_post is None)
            if ref is not None:
                return self._embed(ref)
        if tag == "br":
            self.tokens.append(Token(Kind.BREAK, name=tag, html="<br>"))
        elif (tag == "script" and forms.is_loader(attributes.get("src") or "")) or (
            attributes.get("id") == "fb-root" and node.first_child is None
        ):
            return self._drop()
        elif tag in VOID or tag in _OPAQUE:
            self._raw(node, tag)
        else:
            if self._without_post is None and any(hook.link for _, hook in hooks):
                self._without_post = node  # none of the links in it is a post: look no further
            self._open(tag, attributes)
            return True
        return False

    def _text(self, node: LexborNode, text: str) -> None:
        figure = node.parent if self._block_figures else None
        if figure is not None and figure.mem_id in self._block_figures and read_url(text):
            self._address(text)
        else:
            self.tokens.append(Token(Kind.TEXT, text=text))

    def _open(self, tag: str, attributes: forms.Attributes) -> None:
        if tag == "blockquote" and "wp-embedded-content" in forms.classes(attributes):
            self._quotes_wordpress = True
        self._around.append(tag)
        self.tokens.append(open_token(tag, attributes))

    def _leave(self, node: LexborNode) -> None:
        tag = self._around.pop()
        if self._without_post is not None and self._without_post.mem_id == node.mem_id:
            self._without_post = None
        self.tokens.append(Token(Kind.CLOSE if tag else Kind.RAW, name=tag))

    def _raw(self, node: LexborNode, tag: str) -> None:
        html = node.html or ""
        if "<oembed" in html:  # the sanitiser would leave it: an embed that nobody knows of
            html = _OEMBED_TAG.sub("", html)
            self.changed = True
        self.tokens.append(Token(Kind.RAW, name=tag, html=html))

    # --- What an element becomes; each returns False: its children are dealt with ----------------
    def _embed(self, ref: EmbedRef) -> bool:
        self.changed = True
        self.tokens.append(self.findings.embed(ref))
        return False

    def _link(self, href: str, text: str, *, note: str) -> bool:
        self.changed = True
        self.tokens.append(self.findings.link(href, text, note=note))
        return False

    def _drop(self, note: str = "") -> bool:
        self.changed = True
        self.tokens.append(Token(Kind.DROP))
        if note:
            self.findings.note(note)
        return False

    def _address(self, address: str) -> bool:
        """An address that an editor meant as an embed: a post, or else a link."""
        url = read_url(address)
        ref = match(url)
        if ref is not None:
            return self._embed(ref)
        if url is None:
            return self._drop(f"An embed without a readable address was removed: {address}")
        note = f"No provider for {url.host}: the embed became a link."
        return self._link(url.source, url.source, note=note)

    # --- Elements -------------------------------------------------------------------------------
    def _noscript(self, node: LexborNode, _attributes: forms.Attributes) -> bool:
        """The twin of a frame that a script loads late counts only where that frame is unknown."""
        refs: list[EmbedRef] = []
        if not self._in_noscript:
            inner = Reader(Findings(), in_noscript=True)
            inner.walk(node.first_child)
            refs = [token.ref for token in inner.tokens if token.ref]
        if refs:
            self._twins.append((len(self.tokens), refs))
            return self._drop()
        self._raw(node, "noscript")
        return False

    def _settle_twins(self) -> None:
        if not self._twins:
            return
        known = {token.ref.identity for token in self.tokens if token.ref}
        settled: dict[int, list[Token]] = {}
        for index, refs in self._twins:
            fresh = {ref.identity: ref for ref in refs if ref.identity not in known}
            settled[index] = [self.findings.embed(ref) for ref in fresh.values()]
            known |= fresh.keys()
        self.tokens = [
            settled_token
            for index, token in enumerate(self.tokens)
            for settled_token in (settled.get(index) or [token])
        ]

    def _iframe(self, node: LexborNode, attributes: forms.Attributes) -> bool:
        source = forms.frame_source(attributes)
        url = source.url
        if source.ref is not None:
            return self._embed(source.ref)
        if self._quotes_wordpress and "wp-embedded-content" in forms.classes(attributes):
            return self._drop()  # the blockquote before it is the link
        if url is None:
            # A page of the old site's own is still something a reader can be led to.
            own = source.address.startswith("/") and not source.address.startswith("//")
            if own:
                note = f"A frame of the site's own became a link: {source.address}"
                text = attributes.get("title") or source.address
                return self._link(source.address, text, note=note)
            return self._drop(f"A frame without a readable address was removed: {source.address}")
        provider = owner(url)
        if provider is not None and provider.discards(url):
            return self._drop()
        if forms.is_hidden(attributes):
            return self._drop(f"A hidden frame from {url.host} was removed.")
        text = (attributes.get("title") or "").strip(BLANK) or url.source
        return self._link(url.source, text, note=f"The frame from {url.host} became a link.")

    def _object(self, node: LexborNode, attributes: forms.Attributes) -> bool:
        source = forms.object_source(node, attributes)
        if source.ref is not None:
            return self._embed(source.ref)
        if source.url is None:
            self._raw(node, node.tag or "")
            return False
        note = f"The object from {source.url.host} became a link."
        return self._link(source.url.source, source.url.source, note=note)

    def _oembed(self, node: LexborNode, attributes: forms.Attributes) -> bool:
        text = node.text(deep=True)
        was_changed = self.changed
        self._address(attributes.get("url") or text)
        ref = self.tokens[-1].ref
        child = node.first_child
        if (
            ref is not None
            and text == ref.url
            and child is not None
            and child.is_text_node
            and child.next is None
            and not attributes
            and not (self._around and self._around[-1] in SPLIT)
        ):
            self.changed = was_changed  # it is what we write ourselves
        return False

    def _figure(self, node: LexborNode, attributes: forms.Attributes) -> bool:
        self._open("figure", attributes)
        if any(name.startswith("wp-block-embed") for name in forms.classes(attributes)):
            self._block_figures.add(node.mem_id)
        return True

    def _wrapper(self, node: LexborNode) -> bool:
        """An embed block's inner element: its text is the address that WordPress shows."""
        text = forms.short_text(node)
        if read_url(text) is not None:
            return self._address(text)
        self._around.append("")
        self.tokens.append(Token(Kind.RAW))
        return True

    def _comment(self, node: LexborNode) -> None:
        delimiter = block_delimiter(node.comment_content or "")
        if delimiter is None:
            self.tokens.append(Token(Kind.RAW, name="!--", html=node.html or ""))
            return
        self.changed = True
        if delimiter.opens:
            self._block = Block(delimiter.url, len(self.tokens))
        if delimiter.closes:
            self._end_block()

    def _end_block(self) -> None:
        """A block that was saved without its HTML still names its address in the delimiter."""
        block, self._block = self._block, None
        if block is not None and block.url and block.is_empty(self.tokens):
            self._address(block.url)
