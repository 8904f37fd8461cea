"""The elements a post arrives in: frames, AMP tags, providers' blockquotes, editors' own tags.

Each function looks at one element and says which post it is. What becomes of the element, and of
the text around it, is reading.py's business.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from articles.embeds.provider import EmbedRef, Hook, Provider, start_seconds
from articles.embeds.providers import PROVIDERS, match, match_text, owner
from articles.embeds.quotation import quotation
from articles.embeds.url import BLANK, SafeUrl, read_url

MAX_LINKS = 40
# A node takes two: to it, and past it.
MAX_STEPS = 16

Attributes = Mapping[str, str | None]
Hooks = list[tuple[Provider | None, Hook]]

# Markup of no single provider: what AMP and Embedly write for any address.
_ANY_PROVIDER = (
    Hook("a", ("href",), css_class="amp-wp-embed-fallback"),
    Hook("a", ("href",), css_class="embedly-card"),
    Hook("blockquote", css_class="embedly-card", link="first"),
    Hook("amp-embedly-card", ("data-url",)),
)
_HOOKS: dict[str, Hooks] = {}
for _provider in PROVIDERS:
    for _hook in _provider.hooks:
        _HOOKS.setdefault(_hook.tag, []).append((_provider, _hook))
for _hook in _ANY_PROVIDER:
    _HOOKS.setdefault(_hook.tag, []).append((None, _hook))
_LOADERS = frozenset(loader for provider in PROVIDERS for loader in provider.loaders)
# Where scripts that load frames late, or after consent, keep the address, in the order of trust.
_LATE_SOURCES = (
    *("data-src", "data-lazy-src", "data-litespeed-src", "data-original", "data-orig-src"),
    *("data-ezsrc", "data-cfsrc", "data-src-cmplz", "data-cmp-src", "data-cookieblock-src"),
    *("suppressedsrc", "consent-original-src-_"),
)

# What stands in a frame's `src` until its late source is put in place.
_PLACEHOLDER = re.compile(r"(?:about:blank)?\Z|data:image/", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"(?:display:none|visibility:hidden)", re.IGNORECASE)


def classes(attributes: Attributes) -> set[str]:
    return set((attributes.get("class") or "").split())


def hooks_of(tag: str, attributes: Attributes) -> Hooks:
    """The marks of providers' own markup that an element bears, each with its provider."""
    candidates = _HOOKS.get(tag)
    if not candidates or not attributes:
        return []
    own = (attributes.get("class") or "").split()
    return [
        (provider, hook)
        for provider, hook in candidates
        if (not hook.css_class or hook.css_class in own)
        and attributes.keys() >= hook.needed
        and not attributes.get(hook.unless)
    ]


def hooked(
    node: LexborNode, hooks: Hooks, attributes: Attributes, *, links: bool = True
) -> EmbedRef | None:
    """The post that an element of a provider's own markup stands for.

    Without `links`, elements known by the links in them are passed over.
    """
    for provider, hook in hooks:
        if hook.link and not links:
            continue
        for address in _addresses(node, attributes, hook=hook):
            ref = provider.read(address) if provider else match_text(address)
            if ref is not None:
                return _with_extras(ref, node, attributes=attributes, hook=hook)
    return None


def _addresses(node: LexborNode, attributes: Attributes, *, hook: Hook) -> Iterator[str]:
    if hook.link:
        links = node.css("a[href]")
        nearest = links[-MAX_LINKS:][::-1] if hook.link == "last" else links[:MAX_LINKS]
        yield from (link.attributes.get("href") or "" for link in nearest)
        return
    values = [(attributes.get(name) or "").strip(BLANK) for name in hook.attributes]
    if not all(values):
        return
    if not hook.template:
        yield values[0]
        return
    found = re.fullmatch(hook.pattern, " ".join(values))
    if found:
        yield hook.template.format(*found.groups())


def _with_extras(
    ref: EmbedRef, node: LexborNode, *, attributes: Attributes, hook: Hook
) -> EmbedRef:
    start = start_seconds(attributes.get(hook.start) or "") if hook.start else None
    if start is not None and ref.canonical_url is not None:
        timed = read_url(f"{ref.canonical_url}&t={start}s")
        ref = match(timed) or ref
    quote = node if hook.tag == "blockquote" else node.css_first("blockquote")
    if quote is None:
        return ref
    said = quotation(quote)
    return replace(ref, quote=said.text, author=said.author)


def short_text(node: LexborNode) -> str:
    """The text in an element of few nodes; "" for one of more, which is no address."""
    parts: list[str] = []
    pending = [node.first_child]
    for _ in range(MAX_STEPS):
        inner = pending.pop()
        if inner is not None:
            pending += [inner.next, inner.first_child]
            parts.append((inner.is_text_node and inner.text_content) or "")
        if not pending:
            return "".join(parts)
    return ""


@dataclass(frozen=True, slots=True)
class FrameSource:
    """What a frame shows: the address as written, and read where it can be."""

    address: str
    url: SafeUrl | None
    ref: EmbedRef | None


def frame_source(attributes: Attributes) -> FrameSource:
    """What an iframe shows, or would show once its late source is put in place."""
    address = (attributes.get("src") or "").strip(BLANK)
    if _PLACEHOLDER.match(address):
        late = ((attributes.get(name) or "").strip(BLANK) for name in _LATE_SOURCES)
        address = next(filter(None, late), "")
    return _source(address)


def object_source(node: LexborNode, attributes: Attributes) -> FrameSource:
    """What an `<object>` or `<embed>` shows: its own address, its parameters', its inner embed's.

    https://html.spec.whatwg.org/multipage/iframe-embed-object.html; `embedtype` is Wagtail's.
    """
    addresses = [attributes.get(name) for name in ("data", "src")]
    if attributes.get("embedtype") == "media":
        addresses.append(attributes.get("url"))
    addresses += [
        parameter.attributes.get("value")
        for parameter in node.css("param")[:MAX_LINKS]
        if (parameter.attributes.get("name") or "").lower() in {"movie", "src"}
    ]
    addresses += [inner.attributes.get("src") for inner in node.css("embed")[:MAX_LINKS]]
    sources = [_source(address.strip(BLANK)) for address in addresses if address]
    known = [source for source in sources if source.ref]
    readable = [source for source in sources if source.url]
    return next(iter((*known, *readable)), FrameSource("", None, None))


def _source(address: str) -> FrameSource:
    url = read_url(address)
    return FrameSource(address, url, match(url))


def is_hidden(attributes: Attributes) -> bool:
    """A frame that a reader never sees: counters and other trackers."""
    style = (attributes.get("style") or "").replace(" ", "")
    sides = {(attributes.get(side) or "").removesuffix("px") for side in ("width", "height")}
    return "hidden" in attributes or bool(sides & {"0", "1"}) or bool(_HIDDEN_STYLE.search(style))


def is_loader(address: str) -> bool:
    """Whether this script does nothing but turn a provider's markup into frames."""
    url = read_url(address)
    if url is None:
        return False
    provider = owner(url)
    if provider is not None and provider.discards(url):
        return True
    return f"{url.host}/{'/'.join(url.path)}".lower() in _LOADERS
